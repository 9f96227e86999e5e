// The one way in which a person's copy is opened, by the viewer and by every command: with what this computer remembers
// checked before, told meanwhile, and learned from afterwards.
//
// Order:   the manifest's signature, sizes and hashes were checked by read_copy → the passphrase vouches for the signer
//          (forged) → the charts open → the pairing is made or its number raised.
// Errors:  as Copy::open; forged when the passphrase's key vouches for another practice key. Then it opens only on
//          somebody's word, which is recorded, and only as far as its bytes can be read at all.
#pragma once

#include <string>
#include <vector>

#include "app/snapshot/copy.h"
#include "app/snapshot/laptop_memory.h"

namespace app {

// On whose word a forged copy is opened, and why.
struct Insistence {
  std::string reason;
  std::string initials;

  bool is_given() const { return !reason.empty(); }
};

// What somebody gives to open a copy.
struct Request {
  std::string passphrase;
  std::string keyholder{};   // empty: any
  Insistence insistence{};
  std::string pair_anew{};   // the fingerprint of the practice's new key, as somebody compared it; empty: not asked for
  TriedKeys* tried = nullptr;  // shared by the parts of a practice that are opened one after the other with one passphrase
};

struct Opened {
  Copy copy;
  std::vector<Warning> warnings;  // heaviest first
  bool verified = true;           // false: it is forged, and open on somebody's word
};

Result<Opened> open_trusted(const CopyInfo& info, const Request& request, LaptopMemory& memory, Instant now);

// Copies that this computer has reason to believe come first: a stranger's copy is never the newest of a folder.
std::vector<PublicKey> known_signers(const Pairings& pairings);

}  // namespace app
