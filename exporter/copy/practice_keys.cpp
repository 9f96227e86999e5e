#include "exporter/copy/practice_keys.h"

#include <algorithm>

#include "app/digest.h"
#include "app/record/json.h"
#include "app/record/text.h"
#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;
namespace fs = std::filesystem;

constexpr std::size_t kKeyFileMost = 16384;
constexpr std::size_t kNameMost = 100;
constexpr std::string_view kEnvelopeFile = "ENVELOPE.json";

fs::path signing_file(const fs::path& practice) { return practice / "keys" / "signing.key"; }
fs::path keyholder_file(const fs::path& practice, const std::string& name) {
  return practice / "keyholders" / (name + ".json");
}

bool is_there(const fs::path& file) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(file, ignored));
}

// A name that people read on the unlock page and that is a file's on every system.
Result<Done> check_name(const std::string& name) {
  const bool plain = app::is_clean(name) && std::none_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || std::string_view("/\\:*?\"<>|").find(c) != std::string::npos;
  });
  if (!plain || name.empty() || name.size() > kNameMost || name.front() == '.' || name.front() == ' ' ||
      name.back() == '.' || name.back() == ' ') {
    return Error{Code::bad_config, "A keyholder cannot have this name.",
                 "1 to 100 letters; none of / \\ : * ? \" < > |; no dot or blank at its ends"};
  }
  const std::string upper = app::upper_case(name + ".json");
  if (upper == app::upper_case(kEnvelopeFile)) {
    return Error{Code::bad_config, "A keyholder cannot be named " + name + ".", "`nightchart keyholder envelope` makes the sealed envelope"};
  }
  return Done{};
}

Result<Done> make_folder(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) {
    return Error{Code::io, "The folder " + folder.string() + " cannot be made.", failure.message()};
  }
  return Done{};
}

Error of_another_practice(const fs::path& file) {
  return Error{Code::wrong_kind, file.string() + " was made for another signing key than this practice's.",
               "no reader would believe its copies: bring keys/signing.key back, or remove the keyholder and add it anew"};
}

Result<Keyholder> read_envelope(const fs::path& file, const app::PublicKey& verifying_key) {
  TRY_GET(const std::string text, read_file(file, kKeyFileMost));
  app::JsonDocument document;
  const auto parsed = document.parse(text);
  Keyholder envelope;
  app::PublicKey made_for{};
  if (!parsed.ok() || parsed.value()["nightchart"].text() != "sealed envelope" ||
      !app::parse_hex(parsed.value()["public_key"].text(), envelope.public_key) ||
      !app::parse_hex(parsed.value()["verifying_key"].text(), made_for) || parsed.value()["keyholder"].text().empty()) {
    return Error{Code::wrong_kind, file.string() + " is no sealed envelope's file.", ""};
  }
  if (made_for != verifying_key) return of_another_practice(file);
  envelope.name = parsed.value()["keyholder"].text();
  if (!app::parse_utc(parsed.value()["made"].text(), envelope.made)) envelope.made = {};
  return envelope;
}

Result<Keyholder> read_keyholder(const fs::path& file, const app::PublicKey& verifying_key) {
  TRY_GET(std::string json, read_file(file, kKeyFileMost));
  while (!json.empty() && json.back() == '\n') json.pop_back();
  const auto key = app::parse_locked_key(json);
  if (!key.ok()) {
    return Error{key.error().code, file.string() + " is no keyholder's file. " + key.error().what, key.error().detail};
  }
  if (key.value().keyholder != file.stem().string()) {
    return Error{Code::wrong_kind, file.string() + " is the file of another keyholder.",
                 "it was renamed: it belongs to " + key.value().keyholder};
  }
  if (key.value().verifying_key != verifying_key) {
    return of_another_practice(file);
  }
  return Keyholder{key.value().keyholder, key.value().public_key, std::move(json), key.value().made};
}

}  // namespace

Result<app::SigningKey> make_signing_key(const fs::path& practice) {
  const fs::path file = signing_file(practice);
  if (is_there(file)) {
    return Error{Code::wrong_kind, "This practice has a signing key already.", file.string()};
  }
  TRY(make_folder(file.parent_path()));
  app::SigningKey key = app::SigningKey::make();
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("nightchart", "signing key");
  json.member("version", std::int64_t{1});
  json.member("seed", std::string_view(app::format_hex(key.seed().view())));
  json.member("verifying_key", std::string_view(app::format_hex(key.verifying_key())));
  json.close_object();
  TRY(write_file(file, text + "\n", true));
  return key;
}

Result<app::SigningKey> read_signing_key(const fs::path& practice) {
  const fs::path file = signing_file(practice);
  TRY_GET(const std::string text, read_file(file, kKeyFileMost));
  app::JsonDocument document;
  const auto parsed = document.parse(text);
  std::string seed;
  if (!parsed.ok() || parsed.value()["nightchart"].text() != "signing key" ||
      !app::parse_hex(parsed.value()["seed"].text(), 32, seed)) {
    return Error{Code::wrong_kind, file.string() + " is no signing key.", ""};
  }
  return app::SigningKey::from_seed(app::SecretBytes::copy_of(seed));
}

namespace {

Result<Keyholder> write_keyholder(const fs::path& practice, const std::string& name, const std::string& passphrase,
                                  app::LockCost cost) {
  const fs::path file = keyholder_file(practice, name);
  if (passphrase.empty()) {
    return Error{Code::bad_config, "A keyholder needs a passphrase.", "an empty one protects nothing"};
  }
  TRY_GET(const app::SigningKey signing_key, read_signing_key(practice));
  TRY(make_folder(file.parent_path()));
  const app::KeyPair pair = app::make_key_pair();
  TRY_GET(std::string locked, app::lock_key(name, pair, signing_key.verifying_key(), passphrase, cost));
  TRY(write_file(file, locked + "\n"));
  return Keyholder{name, pair.public_key, std::move(locked), app::now()};
}

}  // namespace

Result<Keyholder> add_keyholder(const fs::path& practice, const std::string& name,
                                const std::string& passphrase, app::LockCost cost) {
  TRY(check_name(name));
  if (is_there(keyholder_file(practice, name))) {
    return Error{Code::bad_config, "There is a keyholder named " + name + " already.",
                 "`nightchart keyholder passphrase` gives them a new passphrase"};
  }
  return write_keyholder(practice, name, passphrase, cost);
}

Result<Keyholder> replace_keyholder(const fs::path& practice, const std::string& name, const std::string& passphrase,
                                    app::LockCost cost) {
  TRY(check_name(name));
  if (!is_there(keyholder_file(practice, name))) {
    return Error{Code::not_found, "There is no keyholder named " + name + ".", keyholder_file(practice, name).string()};
  }
  return write_keyholder(practice, name, passphrase, cost);
}

Result<Done> keep_envelope(const fs::path& practice, const Keyholder& envelope) {
  TRY_GET(const app::SigningKey signing_key, read_signing_key(practice));
  const fs::path file = practice / "keyholders" / kEnvelopeFile;
  TRY(make_folder(file.parent_path()));
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("nightchart", "sealed envelope");
  json.member("version", std::int64_t{1});
  json.member("keyholder", std::string_view(envelope.name));
  json.member("public_key", std::string_view(app::format_hex(envelope.public_key)));
  json.member("verifying_key", std::string_view(app::format_hex(signing_key.verifying_key())));
  json.member("made", std::string_view(app::format_utc(envelope.made)));
  json.close_object();
  return write_file(file, text + "\n");
}

Result<std::vector<Keyholder>> read_keyholders(const fs::path& practice) {
  std::vector<Keyholder> keyholders;
  std::error_code failure;
  const fs::path folder = practice / "keyholders";
  if (!is_there(folder)) return keyholders;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with(".") || !name.ends_with(".json")) continue;
    TRY_GET(const app::SigningKey signing_key, read_signing_key(practice));
    const auto read = name == kEnvelopeFile ? read_envelope : read_keyholder;
    TRY_GET(Keyholder keyholder, read(entry->path(), signing_key.verifying_key()));
    keyholders.push_back(std::move(keyholder));
  }
  if (failure) {
    return Error{Code::io, "The folder " + folder.string() + " cannot be read.", failure.message()};
  }
  std::sort(keyholders.begin(), keyholders.end(),
            [](const Keyholder& a, const Keyholder& b) { return a.name < b.name; });
  return keyholders;
}

Result<Done> remove_keyholder(const fs::path& practice, const std::string& name) {
  // A file that can't be read is removed by its name too: it would stop every night.
  const auto all = read_keyholders(practice);
  fs::path file;
  if (all.ok()) {
    for (const Keyholder& keyholder : all.value()) {
      if (keyholder.name == name && keyholder.is_envelope()) file = practice / "keyholders" / kEnvelopeFile;
    }
  }
  if (file.empty()) {
    TRY(check_name(name));
    file = keyholder_file(practice, name);
  }
  if (!is_there(file)) return Error{Code::not_found, "There is no keyholder named " + name + ".", file.string()};
  if (all.ok() && all.value().size() == 1) {
    return Error{Code::bad_config, name + " is the last keyholder: without one nobody could open a copy.",
                 "Add another first; then remove this one."};
  }
  std::error_code failure;
  fs::remove(file, failure);
  if (failure) return Error{Code::io, file.string() + " cannot be removed.", failure.message()};
  return sync_folder(file.parent_path());
}

}  // namespace exporter
