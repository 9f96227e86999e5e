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
  auto opened = app::Copy::open(info, passphrase, arguments.keyholder);
  if (opened.ok() || opened.error().code != app::Code::damaged) {
    note_passed_over(info);
    return opened;
  }
  // The ruin of a copy may show only now: the folder's next older one serves instead, and it is said.
  std::vector<app::FoundCopy> passed_over = info.passed_over;
  passed_over.push_back({info.folder, info.manifest.sequence, opened.error()});
  for (const app::FoundCopy& older : app::list_copies(arguments.copy)) {
    if (older.fault || older.sequence >= info.manifest.sequence) continue;
    TRY_GET(app::CopyInfo next, app::read_copy(older.folder, app::Check::sizes));
    next.passed_over = passed_over;
    auto copy = app::Copy::open(next, passphrase, arguments.keyholder);
    if (copy.ok()) {
      note_passed_over(next);
      return copy;
    }
    passed_over.push_back({older.folder, older.sequence, copy.error()});
  }
  return opened;
}

void note_passed_over(const app::CopyInfo& info) {
  for (const app::FoundCopy& copy : info.passed_over) {
    std::cerr << "nightchart: NOT the newest copy: " << copy.folder.filename().string() << " cannot be used. "
              << (copy.fault ? copy.fault->what : "") << std::endl;
  }
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
