// Who may read what the laptops record of looks: their public key goes into every copy, their private key lies in the
// practice's folder, locked by their passphrase. It opens no copy.
//
// Shape:   keys/privacy-officer.json, a locked key as of keys_locked.h.
// Errors:  wrong_kind (there is one already, or the file is something else), bad_config, io, no_room.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/error.h"
#include "app/snapshot/keys.h"
#include "app/snapshot/keys_locked.h"

namespace exporter {

struct PrivacyOfficer {
  std::string name;
  app::PublicKey public_key{};
  std::string locked_key;
};

// `anew`: in place of the one before, who goes on reading what was sealed to them.
app::Result<PrivacyOfficer> make_privacy_officer(const std::filesystem::path& practice, const std::string& name,
                                                 const std::string& passphrase, bool anew,
                                                 app::LockCost cost = app::kLockModerate);
// Nothing if the practice has named nobody.
app::Result<std::optional<PrivacyOfficer>> read_privacy_officer(const std::filesystem::path& practice);
// The same of any such file: the one of the officer before, which lies beside it.
app::Result<PrivacyOfficer> read_officer_file(const std::filesystem::path& file);

}  // namespace exporter
