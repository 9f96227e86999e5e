// The keys in a practice's folder: its own signing key, and for every keyholder the public key and the
// private key locked by the holder's passphrase. Nothing here opens a copy without a passphrase.
//
// Shape:   keys/signing.key (its owner's only), keyholders/NAME.json (a locked key as of keys_locked.h),
//          keyholders/ENVELOPE.json (the sealed envelope's public key: its private key is on paper).
// Errors:  bad_config (a name that can't be a file's; the last keyholder), not_found, wrong_kind (a file that is
//          something else), io, no_room. Nothing that exists is overwritten but where it says so.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/snapshot/keys.h"
#include "app/snapshot/keys_locked.h"

namespace exporter {

struct Keyholder {
  std::string name;
  app::PublicKey public_key{};
  std::string locked_key;  // JSON; empty for the sealed envelope
  app::Instant made{};     // 0 if its file does not say

  bool is_envelope() const { return locked_key.empty(); }
};

// Makes keys/signing.key. Errors: wrong_kind when there is one already.
app::Result<app::SigningKey> make_signing_key(const std::filesystem::path& practice);
app::Result<app::SigningKey> read_signing_key(const std::filesystem::path& practice);

// Makes a new pair of keys, locks the private one and forgets it. Requires: the signing key, for which the lock vouches.
app::Result<Keyholder> add_keyholder(const std::filesystem::path& practice, const std::string& name,
                                     const std::string& passphrase,
                                     app::LockCost cost = app::kLockModerate);
// All of them by name; one that can't be read, or was made for another signing key, fails the whole: it would silently
// lock somebody out.
app::Result<std::vector<Keyholder>> read_keyholders(const std::filesystem::path& practice);
// In place of the keyholder's old ones: new keys under a new passphrase. With the old keys under a new passphrase, whoever
// has an old copy and the old passphrase would open the new copies too.
app::Result<Keyholder> replace_keyholder(const std::filesystem::path& practice, const std::string& name,
                                         const std::string& passphrase, app::LockCost cost = app::kLockModerate);
// In place of the envelope before it.
app::Result<app::Done> keep_envelope(const std::filesystem::path& practice, const Keyholder& envelope);
// From the next night on. Copies that were made before still open for them. The last one stays: nobody could open a copy.
app::Result<app::Done> remove_keyholder(const std::filesystem::path& practice, const std::string& name);

}  // namespace exporter
