#include "exporter/commands/commands.h"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <iostream>

#include "app/record/json.h"
#include "app/snapshot/copy_parts.h"
#include "app/snapshot/keys.h"
#include "exporter/commands/terminal.h"

namespace exporter {

void add_copy_arguments(CLI::App& command, CopyArguments& arguments) {
  command.add_option("COPY", arguments.copy, "A copy, or the folder of copies (then its newest good copy)")->required();
  command.add_option("--passphrase-file", arguments.passphrase_file,
                     "A file whose first line is the passphrase, or that holds the lines of the sealed envelope");
  command.add_option("--keyholder", arguments.keyholder, "Whose passphrase it is; without it every keyholder is tried");
  command.add_option("--memory", arguments.memory,
                     "Where this computer remembers which copies were opened on it [~/.local/state/nightchart]");
  auto* anew = command.add_option("--pair-anew", arguments.pair_anew,
                                  "The practice has a new signing key: its fingerprint, as the sealed envelope shows it");
  command.add_option("--even-if-forged", arguments.even_if_forged,
                     "In an emergency: open a copy that the practice did not sign, and record this reason")
      ->excludes(anew);
  command.add_option("--unrecorded", arguments.unrecorded,
                     "Why something is shown or printed though this computer cannot keep the record of it for the privacy officer")
      ->check([](const std::string& why) { return why.size() < 4 ? std::string("a reason in words") : std::string(); }, "REASON");
  command.add_flag("--json", arguments.json, "One JSON document for programs");
}

namespace {

// Who sits at this terminal, as the system knows them.
std::string account() {
  for (const char* name : {"SUDO_USER", "LOGNAME", "USER"}) {
    if (const char* value = std::getenv(name); value != nullptr && value[0] != '\0') return value;
  }
  return "unknown account";
}

}  // namespace

app::Result<app::Opened> open_read_copy(const app::CopyInfo& info, const std::string& passphrase,
                                        const CopyArguments& arguments, app::LaptopMemory& memory) {
  Progress progress;
  app::Request request{passphrase, arguments.keyholder};
  const std::size_t slots = arguments.keyholder.empty() ? info.manifest.slots.size() : 1;
  progress.show("Trying the passphrase" + (slots > 1 ? " on " + std::to_string(slots) + " keyholders' keys; --keyholder names one" : std::string()));
  if (!arguments.even_if_forged.empty()) request.insistence = {arguments.even_if_forged, account()};
  request.pair_anew = arguments.pair_anew;
  return app::open_trusted(info, request, memory, app::now());
}

std::vector<app::Warning> with_trouble(std::vector<app::Warning> warnings, const app::LaptopMemory& memory) {
  const bool said = std::any_of(warnings.begin(), warnings.end(),
                                [&](const app::Warning& warning) { return warning.what == memory.trouble(); });
  if (!said && !memory.trouble().empty()) warnings.push_back({app::Warning::Kind::not_remembered, memory.trouble()});
  return warnings;
}

namespace {

// A command that opens one copy must not take an old one of the whole, or none, for a practice that is made in parts.
app::Result<app::Done> refuse_parts(const std::string& folder, const std::vector<app::PublicKey>& known) {
  if (!app::holds_parts(folder, known)) return app::Done{};
  const auto parts = app::find_parts(folder, app::Check::sizes, known);
  const std::string of = std::to_string(parts.size());
  return app::Error{app::Code::not_a_copy, "There is a practice in " + of + " parts, and this is done for one part at a time.",
                    "name a part's folder: " + parts.front().folder.string() + ", to " + parts.back().folder.filename().string()};
}

}  // namespace

app::Result<app::Opened> open_copy(const CopyArguments& arguments) {
  app::LaptopMemory memory = app::LaptopMemory::read(arguments.memory);
  TRY(refuse_parts(arguments.copy, known_signers(memory.pairings())));
  TRY_GET(const app::CopyInfo info, app::read_copy(arguments.copy, app::Check::files, known_signers(memory.pairings())));
  std::string passphrase = arguments.typed;
  if (!passphrase.empty()) {
    // It opens the other parts too.
  } else if (arguments.passphrase_file.empty()) {
    TRY_GET(passphrase, ask_passphrase("Passphrase, or the sealed envelope's lines, for " + describe(info) + ":"));
  } else {
    TRY_GET(passphrase, app::read_passphrase_file(arguments.passphrase_file));
  }
  auto opened = open_read_copy(info, passphrase, arguments, memory);
  if (opened.ok() || opened.error().code != app::Code::damaged) {
    note_passed_over(info);
    note_unread_beside(arguments.copy, known_signers(memory.pairings()));
    if (opened.ok()) note_warnings(with_trouble(opened.value().warnings, memory));
    return opened;
  }
  // The ruin of a copy may show only now: the folder's next older one serves instead, and it is said.
  std::vector<app::FoundCopy> passed_over = info.passed_over;
  passed_over.push_back({info.folder, info.manifest.sequence, opened.error()});
  for (const app::FoundCopy& older : app::list_copies(arguments.copy)) {
    if (older.fault || older.sequence >= info.manifest.sequence || older.signer != info.manifest.verifying_key) continue;
    TRY_GET(app::CopyInfo next, app::read_copy(older.folder, app::Check::files));
    next.passed_over = passed_over;
    auto copy = open_read_copy(next, passphrase, arguments, memory);
    if (copy.ok()) {
      note_passed_over(next);
      note_warnings(with_trouble(copy.value().warnings, memory));
      return copy;
    }
    passed_over.push_back({older.folder, older.sequence, copy.error()});
  }
  return opened;
}

void remember_own_practice(const app::PublicKey& verifying_key, const std::string& practice, const std::string& time_zone) {
  app::LaptopMemory memory = app::LaptopMemory::read();
  app::Pairing own;
  own.verifying_key = verifying_key;
  own.practice = practice;
  own.time_zone = time_zone;
  own.paired = app::now();
  own.confirmed = true;
  (void)memory.remember(own).ok();  // a host that remembers nothing meets its copies as any laptop does
}

void note_warnings(const std::vector<app::Warning>& warnings) {
  for (const app::Warning& warning : warnings) std::cerr << "nightchart: " << plain(warning.what) << std::endl;
}

void note_unread_beside(const std::string& folder, const std::vector<app::PublicKey>& known) {
  const std::string unread = app::describe_passed_over(folder, known);
  if (!unread.empty()) std::cerr << "nightchart: " << plain(unread) << std::endl;
}

void note_passed_over(const app::CopyInfo& info) {
  for (const app::FoundCopy& copy : info.passed_over) {
    std::cerr << "nightchart: NOT the newest copy: " << plain(copy.folder.filename().string()) << " cannot be used. "
              << (copy.fault ? plain(copy.fault->what) : "") << std::endl;
  }
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
    const app::Error shown{error.code, plain(error.what), plain(error.detail)};
    std::cerr << "nightchart: " << app::format_error(shown) << std::endl;
  }
  return static_cast<int>(error.code);
}

std::string words_of_part(const app::Shard& shard) {
  if (shard.is_whole()) return "";
  return "PART " + std::to_string(shard.number) + " OF " + std::to_string(shard.of) + " ONLY: the patients of the other parts are not here.";
}

std::string describe(const app::CopyInfo& info) {
  const app::Manifest& manifest = info.manifest;
  return plain(manifest.practice) + ", data as of " + app::format_as_of(manifest.as_of, manifest.time_zone) + ", " +
         app::freshness(manifest.as_of, app::now()).text;
}

}  // namespace exporter
