// From what somebody typed to a copy's key: a passphrase, or the lines of the sealed envelope.
//
// Errors:  not_found (nobody of that name, or nothing that could be opened), wrong_passphrase, wrong_kind (a line of the
//          envelope has a mistake; another envelope's), forged (it opens, and another practice signed it), damaged,
//          no_room (no memory to try a passphrase).
// Source:  FORMAT.md, "Slots and unlocking".
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "app/error.h"
#include "app/snapshot/keys.h"
#include "app/snapshot/keys_locked.h"
#include "app/snapshot/manifest.h"

namespace app {

// Whether the keyholder's key must vouch for the practice that signed the copy.
enum class Vouching : std::uint8_t { needed, not_needed };

struct UnlockedSlot {
  std::string keyholder;
  KeyPair pair;  // the keyholder's: it opens whatever else is sealed to them
  CopyKey key;
  bool by_envelope = false;
  bool vouched_for = false;  // by the keyholder's key: the practice that signed the copy is theirs
};

// Told before each slot is tried: that takes a second or two.
using OnTry = std::function<void(const std::string& keyholder, std::size_t at, std::size_t of)>;

// What one passphrase did to locked keys. The parts of a practice hold the same ones, and each costs a second or two.
class TriedKeys {
 public:
  // As unlock_key(), once for each key. The passphrase is the same each time.
  Result<UnlockedKey> unlock(const std::string& locked_key, const std::string& passphrase);

 private:
  std::map<std::string, Result<UnlockedKey>> tried_;
};

// Tries every slot, or the named keyholder's alone. Lines of an envelope are known as such, and go to their slot at once.
Result<UnlockedSlot> unlock_copy(const Manifest& manifest, const std::string& typed, Vouching vouching,
                                 const std::string& keyholder = "", const OnTry& on_try = {}, TriedKeys* tried = nullptr);

}  // namespace app
