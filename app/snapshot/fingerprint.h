// A practice's verifying key in a form that two people can compare: on the screen, on the sealed envelope, by telephone.
//
// Source:  FORMAT.md, "Whose copy it is": the first 80 bits of the key's BLAKE2b-256, "1A2B-3C4D-5E6F-7081-92A3".
// Errors:  none.
#pragma once

#include <string>
#include <string_view>

#include "app/snapshot/keys.h"

namespace app {

std::string format_fingerprint(const PublicKey& verifying_key);

// Whether somebody typed this key's fingerprint: blanks, dashes and the size of letters don't count.
bool is_fingerprint_of(const PublicKey& verifying_key, std::string_view typed);

}  // namespace app
