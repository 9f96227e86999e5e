#include "app/snapshot/unlock.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "app/snapshot/keys_envelope.h"
#include "app/snapshot/keys_locked.h"
#include "app/snapshot/recovery_lines.h"

namespace app {
namespace {

Error not_your_practice(const std::string& opened_by, const std::string& keyholder) {
  return Error{Code::forged, opened_by + " is right, but this copy was not made by your practice.",
               "it is signed by another key than the one that the key of " + keyholder + " was made for"};
}

Result<UnlockedSlot> open_slot(const KeySlot& slot, KeyPair pair, bool by_envelope, bool vouched_for) {
  TRY_GET(SecretBytes bytes, open_sealed(slot.sealed_key, pair));
  TRY_GET(CopyKey key, CopyKey::from(std::move(bytes)));
  return UnlockedSlot{slot.keyholder, std::move(pair), std::move(key), by_envelope, vouched_for};
}

Result<UnlockedSlot> try_passphrase(const KeySlot& slot, const Manifest& manifest, const std::string& passphrase,
                                    Vouching vouching, TriedKeys& tried) {
  TRY_GET(UnlockedKey unlocked, tried.unlock(slot.locked_key, passphrase));
  if (unlocked.pair.public_key != slot.public_key) {
    return Error{Code::damaged, "The key slot of " + slot.keyholder + " is damaged.", "two keys are mixed"};
  }
  const bool vouched_for = unlocked.verifying_key == manifest.verifying_key;
  if (!vouched_for && vouching == Vouching::needed) return not_your_practice("The passphrase", slot.keyholder);
  return open_slot(slot, std::move(unlocked.pair), false, vouched_for);
}

Result<UnlockedSlot> try_envelope(const Manifest& manifest, const Recovery& recovery, Vouching vouching) {
  KeyPair pair = envelope_key_pair(recovery);
  const bool ours = recovery.practice == practice_digest(manifest.verifying_key);
  std::string wanted;
  for (const KeySlot& slot : manifest.slots) {
    if (slot.public_key == pair.public_key) {
      if (!ours && vouching == Vouching::needed) return not_your_practice("The sealed envelope", slot.keyholder);
      return open_slot(slot, std::move(pair), true, ours);
    }
    if (slot.locked_key.empty()) wanted += (wanted.empty() ? "" : ", ") + slot.keyholder;
  }
  if (!ours) {
    return Error{Code::wrong_kind, "This sealed envelope belongs to another practice than this copy.", ""};
  }
  return Error{Code::wrong_kind,
               wanted.empty() ? "This copy was made before there was a sealed envelope: only a passphrase opens it."
                              : "This sealed envelope is not the one of this copy, which opens with: " + wanted + ".",
               "every line is right; a new envelope opens only the copies that were made after it"};
}

// Bytes filled by Argon2id. What can't be read costs nothing: it is refused at once.
std::uint64_t cost_of(const KeySlot& slot) {
  const auto key = parse_locked_key(slot.locked_key);
  return key.ok() ? key.value().cost.passes * key.value().cost.memory_bytes : 0;
}
// All slots together may cost as much as 64 of the usual ones: about half a minute.
constexpr std::uint64_t kCostMost = 64 * kLockModerate.passes * kLockModerate.memory_bytes;

}  // namespace

Result<UnlockedKey> TriedKeys::unlock(const std::string& locked_key, const std::string& passphrase) {
  auto known = tried_.find(locked_key);
  if (known == tried_.end()) known = tried_.emplace(locked_key, unlock_key(locked_key, passphrase)).first;
  if (!known->second.ok()) return known->second.error();
  const UnlockedKey& key = known->second.value();
  return UnlockedKey{{key.pair.public_key, SecretBytes::copy_of(key.pair.secret_key.view())}, key.verifying_key};
}

Result<UnlockedSlot> unlock_copy(const Manifest& manifest, const std::string& typed, Vouching vouching,
                                 const std::string& keyholder, const OnTry& on_try, TriedKeys* tried) {
  TriedKeys here;
  if (const auto recovery = parse_recovery_lines(typed); recovery.ok()) {
    return try_envelope(manifest, recovery.value(), vouching);
  }

  std::vector<const KeySlot*> slots;
  for (const KeySlot& slot : manifest.slots) {
    if (!slot.locked_key.empty() && (keyholder.empty() || slot.keyholder == keyholder)) slots.push_back(&slot);
  }
  if (slots.empty()) {
    return Error{Code::not_found,
                 keyholder.empty() ? "This copy holds no key that a passphrase could open."
                                   : "This copy knows no keyholder named " + keyholder + ".", ""};
  }
  std::ranges::stable_sort(slots, {}, [](const KeySlot* slot) { return cost_of(*slot); });
  std::optional<Error> fault;  // of a slot that could not be tried; another may still open
  std::uint64_t spent = 0;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    spent += cost_of(*slots[i]);
    if (i > 0 && spent > kCostMost) {
      fault = Error{Code::damaged, "This copy asks for more work than any practice's to try one passphrase.", "name the keyholder"};
      break;
    }
    if (on_try) on_try(slots[i]->keyholder, i + 1, slots.size());
    auto opened = try_passphrase(*slots[i], manifest, typed, vouching, tried != nullptr ? *tried : here);
    if (opened.ok() || opened.error().code == Code::forged) return opened;
    if (opened.error().code != Code::wrong_passphrase && !fault) fault = opened.error();
  }
  if (fault) return *fault;
  if (judge_recovery_lines(typed).seems_to_be) return parse_recovery_lines(typed).error();
  return Error{Code::wrong_passphrase,
               keyholder.empty() ? "This passphrase opens none of this copy's keys."
                                 : "This is not the passphrase of " + keyholder + " for this copy.", ""};
}

}  // namespace app
