#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "app/record/document_list.h"
#include "app/record/json.h"
#include "app/snapshot/copy_parts.h"
#include "app/snapshot/fingerprint.h"
#include "app/snapshot/keys.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/terminal.h"

namespace exporter {
namespace {

std::uint64_t total_bytes(const app::Manifest& manifest) {
  std::uint64_t bytes = 0;
  for (const app::ManifestFile& file : manifest.files) bytes += file.bytes;
  return bytes;
}

// What is said of a copy that passed.
struct Findings {
  app::CopyInfo info;
  bool with_key = false;
  bool verified = true;  // false: its signer is not the practice, and somebody wanted it read all the same
  std::vector<app::Warning> warnings;
  app::DocumentCheck documents;  // without a key: their volumes' bytes only
};

app::Result<app::Done> verify_charts(const CopyArguments& arguments, app::LaptopMemory& memory, Findings& findings) {
  TRY_GET(const std::string passphrase, app::read_passphrase_file(arguments.passphrase_file));
  TRY_GET(app::Opened opened, open_read_copy(findings.info, passphrase, arguments, memory));
  findings.with_key = true;
  findings.verified = opened.verified;
  findings.warnings = std::move(opened.warnings);
  TRY(opened.copy.verify());
  findings.documents = opened.copy.verify_documents();
  return app::Done{};
}

// What can be said of documents without a key: whether their volumes are what the manifest says.
app::DocumentCheck verify_volumes(const app::CopyInfo& info) {
  app::DocumentCheck check;
  for (const app::ManifestVolume& volume : info.manifest.volumes) ++check.volumes, check.bytes += volume.bytes;
  for (const app::FoundVolume& volume : info.volumes) {
    if (volume.fault) check.faults.push_back(*volume.fault);
  }
  return check;
}

app::Result<Findings> verify(const CopyArguments& arguments) {
  app::LaptopMemory memory = app::LaptopMemory::read(arguments.memory);
  TRY_GET(app::CopyInfo info, app::read_copy(arguments.copy, app::Check::hashes, known_signers(memory.pairings())));
  Findings findings;
  findings.info = std::move(info);
  if (!arguments.passphrase_file.empty()) {
    TRY(verify_charts(arguments, memory, findings));
  } else {
    // Without a passphrase nobody vouches for a key that this computer has not seen.
    if (app::signer_of(findings.info, memory.pairings()) == app::Signer::other_key) {
      return app::make_forged(findings.info, memory.pairings());
    }
    findings.documents = verify_volumes(findings.info);
    findings.warnings = app::make_warnings(findings.info, memory.pairings(), app::now());
  }
  findings.warnings = with_trouble(std::move(findings.warnings), memory);
  return findings;
}

void print_json(const Findings& findings) {
  const app::Manifest& manifest = findings.info.manifest;
  std::string text;
  app::JsonWriter writer(text);
  writer.open_object();
  writer.member("verified", findings.verified);
  writer.member("charts_opened", findings.with_key);
  writer.member("copy", std::string_view(findings.info.folder.filename().string()));
  writer.member("practice", std::string_view(manifest.practice));
  writer.member("fingerprint", std::string_view(app::format_fingerprint(manifest.verifying_key)));
  writer.member("sequence", static_cast<std::int64_t>(manifest.sequence));
  writer.member("as_of", std::string_view(app::format_utc(manifest.as_of)));
  if (!manifest.shard.is_whole()) {
    writer.member("part", std::int64_t{manifest.shard.number});
    writer.member("parts", std::int64_t{manifest.shard.of});
  }
  writer.member("patients", static_cast<std::int64_t>(manifest.counts.at("patients")));
  writer.member("bytes", static_cast<std::int64_t>(total_bytes(manifest)));
  writer.member("volumes", static_cast<std::int64_t>(findings.documents.volumes));
  writer.member("documents_read", static_cast<std::int64_t>(findings.documents.documents));
  writer.key("volume_faults");
  writer.open_array();
  for (const app::Error& fault : findings.documents.faults) writer.text(fault.what);
  writer.close_array();
  writer.key("warnings");
  writer.open_array();
  for (const app::Warning& warning : findings.warnings) {
    writer.open_object();
    writer.member("kind", app::name_of(warning.kind));
    writer.member("what", std::string_view(warning.what));
    writer.close_object();
  }
  writer.close_array();
  writer.key("strangers");
  writer.open_array();
  for (const std::string& name : findings.info.strangers) writer.text(name);
  writer.close_array();
  writer.close_object();
  std::cout << text << std::endl;
}

void print_documents(const Findings& findings) {
  const app::DocumentCheck& check = findings.documents;
  if (check.volumes == 0) return;
  std::cout << "  Documents: " << check.volumes << (check.volumes == 1 ? " volume, " : " volumes, ") << app::words_of_size(check.bytes);
  if (findings.with_key) std::cout << "; the pages of " << check.documents << " read, each as it was kept";
  std::cout << ".\n";
  for (const app::Error& fault : check.faults) {
    std::cout << "  PAGES LOST: " << fault.what << " The charts are whole; the next night reads these documents again.\n";
  }
}

void print_words(const Findings& findings, bool is_alone) {
  const app::Manifest& manifest = findings.info.manifest;
  std::cout << findings.info.folder.string() << "\n"
            << "  " << describe(findings.info) << "\n";
  if (is_alone && !manifest.shard.is_whole()) std::cout << "  " << words_of_part(manifest.shard) << "\n";
  std::cout << "  " << (findings.verified ? "Signature good; " : "") << manifest.files.size()
            << (manifest.files.size() == 1 ? " file" : " files") << ", " << app::words_of_size(total_bytes(manifest))
            << ", every byte as it was written.\n"
            << "  Signed by " << app::format_fingerprint(manifest.verifying_key) << ": the practice's sealed envelope must show the same.\n";
  if (findings.with_key) {
    std::cout << "  Every page, all " << manifest.counts.at("patients") << " charts and every count agree. This copy opens.\n";
  } else {
    std::cout << "  Its charts were not opened: give --passphrase-file to check them too.\n";
  }
  print_documents(findings);
  for (const std::string& name : findings.info.strangers) {
    std::cout << "  Not part of this copy, and not read: " << plain(name) << "\n";
  }
  std::cout << std::flush;
  note_warnings(findings.warnings);
}

// `is_alone`: no other part is looked at.
int verify_one(const CopyArguments& arguments, bool is_alone) {
  const auto findings = verify(arguments);
  if (!findings.ok()) return report_error(findings.error(), arguments.json);
  if (arguments.json) print_json(findings.value());
  else print_words(findings.value(), is_alone);
  note_passed_over(findings.value().info);
  if (!findings.value().verified) return static_cast<int>(app::Code::forged);
  const auto& passed_over = findings.value().info.passed_over;
  const auto& lost = findings.value().documents.faults;
  if (passed_over.empty() && !lost.empty()) return static_cast<int>(lost.front().code);
  return passed_over.empty() ? 0 : static_cast<int>(passed_over.front().fault->code);
}

// Each part for itself, whether they are all there, and of one night. With --json one line a part.
int run(CopyArguments arguments) {
  const std::vector<app::PublicKey> known = known_signers(app::LaptopMemory::read(arguments.memory).pairings());
  note_unread_beside(arguments.copy, known);
  if (!app::holds_parts(arguments.copy, known)) return verify_one(arguments, true);
  int worst = 0;
  const std::vector<app::FoundPart> parts = app::find_parts(arguments.copy, app::Check::sizes, known);
  for (const app::FoundPart& part : parts) {
    arguments.copy = part.folder.string();
    if (!arguments.json) std::cout << app::name_of(part.shard) << std::endl;
    const int code = part.fault ? report_error(*part.fault, arguments.json) : verify_one(arguments, false);
    if (worst == 0) worst = code;
  }
  if (auto late = app::judge_ages(parts)) {
    late->what = "THE PARTS ARE NOT OF ONE NIGHT. " + late->what;
    const int code = report_error(*late, arguments.json);
    if (worst == 0) worst = code;
  }
  return worst;
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
