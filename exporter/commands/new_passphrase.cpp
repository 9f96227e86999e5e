#include "exporter/commands/new_passphrase.h"

#include <CLI/CLI.hpp>

#include <iostream>

#include "app/snapshot/keys.h"
#include "app/snapshot/passphrase.h"
#include "app/snapshot/recovery_lines.h"
#include "exporter/commands/terminal.h"
#include "exporter/keyholders/passphrase_strength.h"
#include "exporter/keyholders/passphrase_words.h"

namespace exporter {
namespace {

using app::Result;

constexpr int kAsksMost = 5;

Result<NewPassphrase> draw() {
  TRY_GET(std::string words, make_passphrase(find_words()));
  return NewPassphrase{std::move(words), true};
}

Result<app::Done> judge(const std::string& passphrase, const std::vector<std::string>& names) {
  if (app::judge_recovery_lines(passphrase).right_lines > 0) {
    return app::Error{app::Code::wrong_kind, "This looks like the lines of a sealed envelope, which is no passphrase.", ""};
  }
  return check_new_passphrase(passphrase, names);
}

Result<NewPassphrase> ask_for(const std::string& keyholder, const std::vector<std::string>& names) {
  Result<app::Done> judged = app::Done{};
  for (int asked = 0; asked < kAsksMost; ++asked) {
    TRY_GET(const std::string first,
            ask_passphrase("A passphrase for " + plain(keyholder) + " (Enter alone: six words are drawn for you):"));
    if (first.empty()) return draw();
    judged = judge(first, names);
    if (!judged.ok()) {
      std::cerr << judged.error().what << "\n  " << judged.error().detail << std::endl;
      continue;
    }
    TRY_GET(const std::string second, ask_passphrase("Once more:"));
    if (app::clean_passphrase(first) == app::clean_passphrase(second)) return NewPassphrase{first, false};
    judged = app::Error{app::Code::wrong_passphrase, "The two passphrases are not the same.", ""};
    std::cerr << judged.error().what << std::endl;
  }
  return judged.error();
}

}  // namespace

void add_passphrase_arguments(CLI::App& command, PassphraseArguments& arguments) {
  auto* file = command.add_option("--passphrase-file", arguments.file,
                                  "A file whose first line is the keyholder's passphrase; else you are asked");
  command.add_flag("--generate", arguments.generate, "Draw a passphrase of six words and show it once")->excludes(file);
}

Result<NewPassphrase> new_passphrase(const PassphraseArguments& arguments, const std::string& keyholder,
                                     const std::vector<std::string>& names) {
  if (arguments.generate) return draw();
  if (arguments.file.empty()) return ask_for(keyholder, names);
  TRY_GET(std::string passphrase, app::read_passphrase_file(arguments.file));
  TRY(judge(passphrase, names));
  return NewPassphrase{std::move(passphrase), false};
}

void show_drawn(const NewPassphrase& passphrase, const std::string& keyholder) {
  if (!passphrase.drawn) return;
  std::cout << "The passphrase of " << plain(keyholder) << ", shown this once:\n\n    " << passphrase.text << "\n\n"
            << "Write it down now, and keep it where the lights need not be on. Nightchart does not know it any more.\n\n";
}

}  // namespace exporter
