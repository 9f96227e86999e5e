// The key of a sealed envelope: it exists on paper alone, and whenever somebody types or scans what stands there.
//
// Source:  FORMAT.md, "The sealed envelope": BLAKE2b-256 of the seed, personalised, is the X25519 private key.
// Errors:  none.
#pragma once

#include "app/snapshot/keys.h"
#include "app/snapshot/recovery_lines.h"

namespace app {

// A new seed, for this practice.
Recovery make_recovery(const PublicKey& verifying_key);

KeyPair envelope_key_pair(const Recovery& recovery);

}  // namespace app
