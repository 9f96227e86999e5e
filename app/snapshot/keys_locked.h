// A keyholder's private key, locked by a passphrase, as a small JSON text that also vouches for the practice.
//
// Anyone who holds a copy knows the public key and this text, and could put both into a copy of his own. So the lock
// covers the practice's verifying key too: who unlocks it compares that with the copy's.
//
// Source:  Argon2id (RFC 9106) makes the locking key, XChaCha20-Poly1305 locks. FORMAT.md, "Slots and unlocking".
// Errors:  parse_locked_key: Code::wrong_kind (no locked key, or an earlier release's), newer_format. unlock_key: these,
//          and wrong_passphrase; a locked key that was changed can't be told from a wrong passphrase.
//          Both lock_key and unlock_key: no_room when the memory that the lock asks for is not there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/error.h"
#include "app/record/calendar.h"
#include "app/snapshot/keys.h"

namespace app {

// What trying one passphrase costs. It is kept with the lock; raise it and old locks still open.
struct LockCost {
  std::uint64_t passes = 3;
  std::uint64_t memory_bytes = 256ull << 20;
};
inline constexpr LockCost kLockModerate{};
// No protection: for tests, which lock many keys.
inline constexpr LockCost kLockForTests{1, 64ull << 10};

// What anyone can read of a locked key.
struct LockedKey {
  std::string keyholder;
  PublicKey public_key{};
  PublicKey verifying_key{};  // the practice's; to be believed only after unlock_key
  Instant made;               // not vouched for; 0 if it does not say
  LockCost cost;
  std::string salt;    // 16 bytes
  std::string nonce;   // 24 bytes
  std::string locked;  // 32 bytes and a tag of 16
};

// What a passphrase gives: the keys, and the verifying key of the practice that they were made for. A copy that is
// signed by another key is not this practice's, though it opens.
struct UnlockedKey {
  KeyPair pair;
  PublicKey verifying_key{};
};

// Requires: a passphrase that is not empty. It is used as clean_passphrase() gives it.
Result<std::string> lock_key(const std::string& keyholder, const KeyPair& pair, const PublicKey& verifying_key,
                             const std::string& passphrase, LockCost cost = kLockModerate);
Result<LockedKey> parse_locked_key(std::string_view json);
Result<UnlockedKey> unlock_key(std::string_view json, const std::string& passphrase);

}  // namespace app
