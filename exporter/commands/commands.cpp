#include "exporter/commands/commands.h"

#include <CLI/CLI.hpp>

#include <iostream>

#include "app/record/json.h"
#include "app/snapshot/keys.h"
#include "exporter/commands/terminal.h"

namespace exporter {

void add_copy_arguments(CLI::App& command, CopyArguments& arguments) {
  command.add_option("COPY", arguments.copy, "A copy, or the folder of copies (then its newest good copy)")->required();
  command.add_option("--passphrase-file", arguments.passphrase_file,
                     "A file whose first line is the passphrase");
  command.add_option("--keyholder", arguments.keyholder, "Whose passphrase it is; without it every keyholder is tried");
  command.add_flag("--json", arguments.json, "One JSON document for programs");
}

app::Result<app::Copy> open_copy(const CopyArguments& arguments) {
  TRY_GET(const app::CopyInfo info, app::read_copy(arguments.copy, app::Check::sizes));
  std::string passphrase;
  if (arguments.passphrase_file.empty()) {
    TRY_GET(passphrase, ask_passphrase("Passphrase for " + describe(info) + ":"));
  } else {
    TRY_GET(passphrase, app::read_passphrase_file(arguments.passphrase_file));
  }
  return app::Copy::open(info, passphrase, arguments.keyholder);
}

app::Result<std::string> new_passphrase(const std::string& file, const std::string& keyholder) {
  if (!file.empty()) return app::read_passphrase_file(file);
  TRY_GET(const std::string first, ask_passphrase("A passphrase for " + keyholder + ":"));
  TRY_GET(const std::string second, ask_passphrase("Once more:"));
  if (first.empty() || first != second) {
    return app::Error{app::Code::wrong_passphrase, "The two passphrases are not the same, or empty.", ""};
  }
  return first;
}

int report_error(const app::Error& error, bool json) {
  if (json) {
    std::string text;
    app::JsonWriter writer(text);
    writer.open_object();
    writer.key("error");
    writer.open_object();
    writer.member("code", static_cast<std::int64_t>(error.code));
    writer.member("what", std::string_view(error.what));
    writer.member("detail", std::string_view(error.detail));
    writer.member("advice", app::advice(error.code));
    writer.close_object();
    writer.close_object();
    std::cout << text << std::endl;
  } else {
    std::cerr << "nightchart: " << app::format_error(error) << std::endl;
  }
  return static_cast<int>(error.code);
}

std::string describe(const app::CopyInfo& info) {
  const app::Manifest& manifest = info.manifest;
  return manifest.practice + ", data as of " + app::format_as_of(manifest.as_of, manifest.time_zone) + ", " +
         app::freshness(manifest.as_of, app::now()).text;
}

}  // namespace exporter
