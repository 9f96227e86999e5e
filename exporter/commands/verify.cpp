#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "app/record/json.h"
#include "app/snapshot/keys.h"
#include "exporter/commands/commands.h"

namespace exporter {
namespace {

std::uint64_t total_bytes(const app::Manifest& manifest) {
  std::uint64_t bytes = 0;
  for (const app::ManifestFile& file : manifest.files) bytes += file.bytes;
  return bytes;
}

app::Result<app::Done> verify_charts(const app::CopyInfo& info, const CopyArguments& arguments) {
  TRY_GET(const std::string passphrase, app::read_passphrase_file(arguments.passphrase_file));
  TRY_GET(const app::Copy copy, app::Copy::open(info, passphrase, arguments.keyholder));
  return copy.verify();
}

void print_result(const app::CopyInfo& info, bool with_key, bool json) {
  const app::Manifest& manifest = info.manifest;
  const auto patients = manifest.counts.find("patients");
  const std::uint64_t count = patients == manifest.counts.end() ? 0 : patients->second;
  if (json) {
    std::string text;
    app::JsonWriter writer(text);
    writer.open_object();
    writer.member("verified", true);
    writer.member("charts_opened", with_key);
    writer.member("copy", std::string_view(info.folder.filename().string()));
    writer.member("practice", std::string_view(manifest.practice));
    writer.member("sequence", static_cast<std::int64_t>(manifest.sequence));
    writer.member("as_of", std::string_view(app::format_utc(manifest.as_of)));
    writer.member("patients", static_cast<std::int64_t>(count));
    writer.member("bytes", static_cast<std::int64_t>(total_bytes(manifest)));
    writer.close_object();
    std::cout << text << std::endl;
    return;
  }
  std::cout << info.folder.string() << "\n"
            << "  " << describe(info) << "\n"
            << "  Signature good; " << manifest.files.size() << (manifest.files.size() == 1 ? " file" : " files") << ", "
            << total_bytes(manifest) / 1'000'000 << " MB, every byte as it was written.\n";
  if (with_key) {
    std::cout << "  Every page, all " << count << " charts and every count agree. This copy opens." << std::endl;
  } else {
    std::cout << "  Its charts were not opened: give --passphrase-file to check them too." << std::endl;
  }
}

int run(const CopyArguments& arguments) {
  const auto info = app::read_copy(arguments.copy, app::Check::hashes);
  if (!info.ok()) return report_error(info.error(), arguments.json);
  const bool with_key = !arguments.passphrase_file.empty();
  if (with_key) {
    const auto verified = verify_charts(info.value(), arguments);
    if (!verified.ok()) return report_error(verified.error(), arguments.json);
  }
  print_result(info.value(), with_key, arguments.json);
  note_passed_over(info.value());
  const auto& passed_over = info.value().passed_over;
  return passed_over.empty() ? 0 : static_cast<int>(passed_over.front().fault->code);
}

}  // namespace

void add_verify(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<CopyArguments>();
  CLI::App* command = program.add_subcommand(
      "verify", "Check a copy: signature and every byte without a key; with one, every page, chart and count too");
  add_copy_arguments(*command, *arguments);
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace exporter
