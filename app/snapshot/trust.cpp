#include "app/snapshot/trust.h"

#include <algorithm>

#include "app/snapshot/fingerprint.h"

namespace app {
namespace {

constexpr const char* kOpenedThoughForged = "opened though forged";
constexpr const char* kPairedAnew = "paired anew";

void note(Result<Done> outcome, std::vector<Warning>& warnings) {
  if (!outcome.ok()) warnings.push_back({Warning::Kind::not_remembered, outcome.error().what});
}

Warning not_verified(const CopyInfo& info) {
  return {Warning::Kind::not_verified, "NOT VERIFIED: " + info.manifest.practice +
                                           " did not make this copy, as far as anyone can tell. What it shows may be false."};
}

}  // namespace

Result<Opened> open_trusted(const CopyInfo& info, const Request& request, LaptopMemory& memory, Instant now) {
  const PublicKey& key = info.manifest.verifying_key;
  const bool anew = !request.pair_anew.empty();
  if (anew && !is_fingerprint_of(key, request.pair_anew)) {
    return Error{Code::forged, "The fingerprint that you compared is not that of the key that signed this copy.",
                 "it is signed by " + format_fingerprint(key) + "; copy " + info.folder.string()};
  }
  const Pairing* known = memory.pairings().find(key);
  const bool confirmed = anew || (known != nullptr && known->confirmed);
  const bool insists = request.insistence.is_given();
  auto copy = Copy::open(info, request.passphrase, request.keyholder,
                         confirmed || insists ? Vouching::not_needed : Vouching::needed, {}, request.tried);
  if (!copy.ok()) return copy.error().code == Code::forged ? make_forged(info, memory.pairings()) : copy.error();

  Opened opened{std::move(copy).value(), make_warnings(info, memory.pairings(), now), true};
  opened.verified = confirmed || opened.copy.is_vouched_for();
  if (!opened.verified) {
    opened.warnings.insert(opened.warnings.begin(), not_verified(info));
    note(memory.record({now, kOpenedThoughForged, info, request.insistence.reason, request.insistence.initials}), opened.warnings);
    return opened;
  }
  if (anew) {
    std::erase_if(opened.warnings, [](const Warning& warning) {
      return warning.kind == Warning::Kind::new_key || warning.kind == Warning::Kind::first_time;
    });
    note(memory.record({now, kPairedAnew, info, "its fingerprint was compared", ""}), opened.warnings);
  }
  note(memory.remember(make_pairing(info, now, confirmed)), opened.warnings);
  return opened;
}

std::vector<PublicKey> known_signers(const Pairings& pairings) {
  std::vector<PublicKey> signers;
  for (const Pairing& pairing : pairings.practices) signers.push_back(pairing.verifying_key);
  return signers;
}

}  // namespace app
