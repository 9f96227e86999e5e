#include "exporter/copy/host_key.h"

#include "app/digest.h"
#include "app/record/json.h"
#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Result;

constexpr std::size_t kKeyFileMost = 1024;

Result<app::CopyKey> read_key(const fs::path& file, const std::string& said) {
  TRY_GET(const std::string text, read_file(file, kKeyFileMost));
  app::JsonDocument document;
  const auto parsed = document.parse(text);
  std::string bytes;
  if (!parsed.ok() || parsed.value()["nightchart"].text() != said ||
      !app::parse_hex(parsed.value()["key"].text(), app::CopyKey::kBytes, bytes)) {
    return app::Error{app::Code::wrong_kind, file.string() + " is no key.", ""};
  }
  return app::CopyKey::from(app::SecretBytes::copy_of(bytes));
}

Result<app::CopyKey> make_key(const fs::path& file, const std::string& said) {
  app::CopyKey key = app::CopyKey::make();
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("nightchart", std::string_view(said));
  json.member("version", std::int64_t{1});
  json.member("key", key.hex().view());
  json.close_object();
  std::error_code failure;
  fs::create_directories(file.parent_path(), failure);
  TRY(write_file(file, text + "\n", true));
  return key;
}

}  // namespace

Result<HostKey> open_host_key(const fs::path& practice, const std::string& kind, const fs::path& locked) {
  const fs::path file = practice / "keys" / (kind + ".key");
  const std::string said = kind + " key";
  auto key = read_key(file, said);
  if (key.ok()) return HostKey{std::move(key).value(), std::nullopt};
  const app::Code why = key.error().code;
  // A disk that fails to read it tonight may read it tomorrow: a new key would lock out all that was kept under it.
  if (why != app::Code::not_found && why != app::Code::wrong_kind) {
    return app::Error{why, "The key of what this computer remembers could not be read, so tonight it is not used, and not replaced. " + key.error().what,
                      key.error().detail};
  }
  std::optional<app::Error> lost;
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(locked, ignored)) || why != app::Code::not_found) lost = key.error();
  if (why == app::Code::wrong_kind) {
    fs::path aside = file;
    aside += ".damaged";
    fs::rename(file, aside, ignored);  // whoever can mend it has it still
  }
  TRY_GET(app::CopyKey made, make_key(file, said));
  return HostKey{std::move(made), lost};
}

}  // namespace exporter
