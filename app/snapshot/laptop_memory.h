// What a computer remembers between two outages: the practices whose copies were opened on it, the newest of each, and
// every time that somebody went on against the viewer's advice. Nothing about any patient.
//
// Shape:   a folder, usually $XDG_STATE_HOME/nightchart or ~/.local/state/nightchart, with known-practices.json
//          (replaced in one step) and decisions.log (one line of JSON each, only ever added to).
// Errors:  none that keep a copy shut: what cannot be read or written is said in words, and everything goes on.
#pragma once

#include <filesystem>
#include <string>

#include "app/error.h"
#include "app/snapshot/pairing.h"

namespace app {

// A decision that somebody took on their own responsibility.
struct Decision {
  Instant time;
  std::string kind;  // "opened though forged", "paired anew"
  CopyInfo copy;
  std::string reason;    // as typed; at most kReasonMost bytes are kept
  std::string initials;  // whose decision it was
};
inline constexpr std::size_t kReasonMost = 500;

class LaptopMemory {
 public:
  // What lies in `folder`; empty: the usual folder, or none where there is no home.
  static LaptopMemory read(std::filesystem::path folder = {});

  const std::filesystem::path& folder() const { return folder_; }
  const Pairings& pairings() const { return pairings_; }
  // What is amiss with the memory, in words, or "".
  const std::string& trouble() const { return trouble_; }

  // Brings one practice in, together with whatever another program has written meanwhile. After a failure the pairing
  // is known to this program alone.
  // Errors:  io, no_room, busy, newer_format: `what` is one calm sentence.
  Result<Done> remember(const Pairing& opened);

  // Errors:  as above.
  Result<Done> record(const Decision& decision);

 private:
  std::filesystem::path folder_;
  Pairings pairings_;
  std::string trouble_;
};

}  // namespace app
