// A keyholder's private key, locked by a passphrase, as a small JSON text.
//
// Source:  Argon2id (RFC 9106) makes the locking key, XChaCha20-Poly1305 locks. FORMAT.md, "Locked keys".
// Errors:  parse_locked_key: Code::wrong_kind (no locked key), newer_format. unlock_key: these, and
//          wrong_passphrase; a locked key that was changed can't be told from a wrong passphrase.
//          Both lock_key and unlock_key: no_room when the memory that the lock asks for is not there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/error.h"
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
  LockCost cost;
  std::string salt;    // 16 bytes
  std::string nonce;   // 24 bytes
  std::string locked;  // 32 bytes and a tag of 16
};

// Requires: a passphrase that is not empty. It is used as UTF-8 in normalisation form C.
Result<std::string> lock_key(const std::string& keyholder, const KeyPair& pair,
                             const std::string& passphrase, LockCost cost = kLockModerate);
Result<LockedKey> parse_locked_key(std::string_view json);
Result<KeyPair> unlock_key(std::string_view json, const std::string& passphrase);

}  // namespace app
