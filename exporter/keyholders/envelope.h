// The sealed envelope of a practice: a keyholder of whom this host knows the public key and nothing else.
//
// Shape:   there is one current envelope; making a new one takes its place (keep_envelope of practice_keys.h).
// Errors:  as said below.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/snapshot/keys_envelope.h"
#include "exporter/copy/practice_keys.h"

namespace exporter {

struct NewEnvelope {
  Keyholder keyholder;
  app::Recovery recovery;  // on its way to the paper: kept nowhere
};

// A new one for this practice, which nothing knows of yet. `today` is written into its name.
NewEnvelope make_envelope(const app::PublicKey& verifying_key, const std::string& today);

std::optional<Keyholder> find_envelope(const std::vector<Keyholder>& keyholders);

// Whether these lines are the current envelope's. Errors: as parse_recovery_lines; wrong_kind for another's.
app::Result<app::Done> check_envelope(const Keyholder& current, std::string_view typed);

}  // namespace exporter
