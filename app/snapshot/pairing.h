// Which practices this laptop knows, and what follows from it for a copy: whose it is, whether a newer one was opened
// here before, whether its folder and the clock agree with it.
//
// A practice is known by its verifying key; its name is for people and proves nothing. Only a copy that was verified
// and unlocked here makes a pairing or raises its number, so no folder can bring anything in by lying about.
// Source:  FORMAT.md, "Whose copy it is".
// Errors:  parse_pairings: wrong_kind (no such JSON), newer_format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/digest.h"
#include "app/error.h"
#include "app/record/calendar.h"
#include "app/snapshot/copy.h"

namespace app {

// One practice as this laptop knows it. Nothing of a patient.
struct Pairing {
  PublicKey verifying_key{};
  std::string practice;
  std::string time_zone;
  Instant paired;             // when its first copy was opened here
  bool confirmed = false;     // somebody compared the fingerprint, or the key was made on this computer
  std::uint64_t sequence = 0;  // of the newest copy that was opened here; 0: none yet
  Instant as_of;              // of that copy
  Digest manifest{};          // BLAKE2b-256 of that copy's manifest.json
  Shard shard = {};           // each part of a practice has numbers of its own
};

struct Pairings {
  std::vector<Pairing> practices;

  const Pairing* find(const PublicKey& verifying_key) const;
  const Pairing* find(const PublicKey& verifying_key, const Shard& shard) const;
};

// More than any laptop's: nobody can fill its disk with practices.
inline constexpr std::size_t kPairingsMost = 64;

Result<Pairings> parse_pairings(std::string_view json);
std::string format_pairings(const Pairings& pairings);

// What is to be remembered of a copy that was verified and unlocked.
Pairing make_pairing(const CopyInfo& info, Instant now, bool confirmed);
// Brings it in: numbers only rise, what was confirmed stays so. False when there is no room for one more practice.
bool merge_pairing(Pairings& pairings, const Pairing& opened);

// Something that whoever opens the copy must know, though it opens.
struct Warning {
  enum class Kind : std::uint8_t {
    first_time,      // this laptop never opened a copy of this practice
    new_key,         // another key than the practice of this name had; the passphrase vouched for it
    older,           // a newer one was opened here
    same_number,     // another copy of this number was opened here
    renamed,         // the folder's name says something else than the manifest
    clock,           // the copy comes from the future
    not_verified,    // opened though it is forged, on somebody's word
    not_remembered,  // this laptop cannot keep what it learned
  };
  Kind kind;
  std::string what;  // whole sentences, for anyone
};
// "older", for programs and FORMAT.md.
std::string_view name_of(Warning::Kind kind);

// Whose a copy seems to be, before it is unlocked.
enum class Signer : std::uint8_t {
  known,      // its key was seen here
  first,      // nobody of this name was seen here
  other_key,  // the practice of this name has another key here
};
Signer signer_of(const CopyInfo& info, const Pairings& known);

// What can be said of a verified manifest on this laptop, at this time, without a key. In the order of weight.
std::vector<Warning> make_warnings(const CopyInfo& info, const Pairings& known, Instant now);

// Code::forged: what is said of a copy whose signer nobody vouches for.
Error make_forged(const CopyInfo& info, const Pairings& known);

}  // namespace app
