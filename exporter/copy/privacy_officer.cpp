#include "exporter/copy/privacy_officer.h"

#include <system_error>

#include "app/record/calendar.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/practice_keys.h"

namespace exporter {
namespace {

using app::Code;
using app::Error;
using app::Result;
namespace fs = std::filesystem;

constexpr std::size_t kFileMost = 16384;
constexpr std::size_t kNameMost = 100;

fs::path officer_file(const fs::path& practice) { return practice / "keys" / "privacy-officer.json"; }

bool is_there(const fs::path& file) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(file, ignored));
}

}  // namespace

Result<PrivacyOfficer> make_privacy_officer(const fs::path& practice, const std::string& name, const std::string& passphrase,
                                            bool anew, app::LockCost cost) {
  if (name.empty() || name.size() > kNameMost) return Error{Code::bad_config, "A privacy officer needs a name of 1 to 100 letters.", ""};
  if (passphrase.empty()) return Error{Code::bad_config, "A privacy officer needs a passphrase.", "an empty one protects nothing"};
  const fs::path file = officer_file(practice);
  if (is_there(file)) {
    if (!anew) return Error{Code::wrong_kind, "This practice has a privacy officer already.", "--anew makes a new key and keeps the old one beside it: " + file.string()};
    // What was recorded until now is sealed to the key before.
    const fs::path kept = file.parent_path() / ("privacy-officer-until-" + app::format_utc(app::now()) + ".json");
    TRY_GET(const std::string before, read_file(file, kFileMost));
    TRY(write_file(kept, before, true));
  }
  TRY_GET(const app::SigningKey signing_key, read_signing_key(practice));
  const app::KeyPair pair = app::make_key_pair();
  TRY_GET(std::string locked, app::lock_key(name, pair, signing_key.verifying_key(), passphrase, cost));
  TRY(write_file(file, locked + "\n", true));
  return PrivacyOfficer{name, pair.public_key, std::move(locked)};
}

Result<PrivacyOfficer> read_officer_file(const fs::path& file) {
  TRY_GET(std::string json, read_file(file, kFileMost));
  while (!json.empty() && json.back() == '\n') json.pop_back();
  const auto key = app::parse_locked_key(json);
  if (!key.ok()) return Error{key.error().code, file.string() + " is no privacy officer's key. " + key.error().what, key.error().detail};
  return PrivacyOfficer{key.value().keyholder, key.value().public_key, std::move(json)};
}

Result<std::optional<PrivacyOfficer>> read_privacy_officer(const fs::path& practice) {
  if (!is_there(officer_file(practice))) return std::optional<PrivacyOfficer>();
  TRY_GET(PrivacyOfficer officer, read_officer_file(officer_file(practice)));
  return std::optional<PrivacyOfficer>(std::move(officer));
}

}  // namespace exporter
