#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <optional>

#include "app/record/json.h"
#include "app/snapshot/keys.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/keyholder_envelope.h"
#include "exporter/commands/new_passphrase.h"
#include "exporter/commands/terminal.h"
#include "exporter/copy/document_memory.h"
#include "exporter/copy/practice_keys.h"
#include "exporter/keyholders/documents_access.h"
#include "exporter/options.h"
#include "exporter/split.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Result;

struct Arguments {
  std::string config;
  std::string name;
  PassphraseArguments passphrase;
  std::string documents_passphrase_file;  // an existing keyholder's
  bool json = false;
};

Result<Options> find_options(const std::string& config) {
  TRY_GET(const fs::path file, find_config(config));
  return read_options(file);
}

void print_json(const std::string& name, const NewPassphrase& passphrase) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("keyholder", std::string_view(name));
  if (passphrase.drawn) json.member("passphrase", std::string_view(passphrase.text));
  json.close_object();
  std::cout << text << std::endl;
}

// What became of the documents that were kept before, for new keys.
enum class OldDocuments { none, opened, written_anew };

struct NewKeys {
  NewPassphrase passphrase;
  OldDocuments documents = OldDocuments::none;
};

Result<NewKeys> set_keys(const Arguments& arguments, bool is_new) {
  TRY_GET(const Options options, find_options(arguments.config));
  const fs::path practice = options.practice_folder();
  std::optional<app::KeyPair> existing;
  if (!arguments.documents_passphrase_file.empty()) {
    TRY_GET(const std::string phrase, app::read_passphrase_file(arguments.documents_passphrase_file));
    TRY_GET(existing, unlock_any_keyholder(practice, phrase));
  }
  NewKeys set;
  TRY_GET(set.passphrase, new_passphrase(arguments.passphrase, arguments.name, {options.practice, arguments.name}));
  auto made = is_new ? add_keyholder(practice, arguments.name, set.passphrase.text)
                     : replace_keyholder(practice, arguments.name, set.passphrase.text);
  if (!made.ok()) return made.error();
  // Each part of a practice has volumes of its own.
  std::size_t closed = 0;
  for (const std::filesystem::path& state : list_states(options)) {
    if (!keeps_documents(state)) continue;
    set.documents = OldDocuments::written_anew;
    if (!existing) continue;
    TRY_GET(const std::size_t closed_there, reseal_volumes(state, *existing, made.value().public_key));
    closed += closed_there;
  }
  if (set.documents == OldDocuments::written_anew && existing && closed == 0) set.documents = OldDocuments::opened;
  return set;
}

// A new keyholder, or new keys for one: both take a passphrase.
int run_set(const Arguments& arguments, bool is_new) {
  const auto keys = set_keys(arguments, is_new);
  if (!keys.ok()) return report_error(keys.error(), arguments.json);
  const NewPassphrase& passphrase = keys.value().passphrase;
  if (arguments.json) {
    print_json(arguments.name, passphrase);
    return 0;
  }
  show_drawn(passphrase, arguments.name);
  if (is_new) {
    std::cout << plain(arguments.name) << " can open the copies of the nights from now on; those made before stay closed to them."
              << std::endl;
  } else {
    std::cout << "The copies of the nights from now on open with the new passphrase of " << plain(arguments.name) << ".\n"
              << "Those made before still open with the old one, and with that only: if somebody else may know it, make a new\n"
              << "copy tonight and erase the old ones from laptops and sticks." << std::endl;
  }
  if (keys.value().documents == OldDocuments::opened) {
    std::cout << "The scanned documents that are kept already open for them too, from the next night on." << std::endl;
  } else if (keys.value().documents == OldDocuments::written_anew) {
    std::cout << "The next night writes all scanned documents anew for them, which takes longer than other nights.\n"
              << "(With --documents-passphrase-file an existing keyholder opens those that are kept already instead.)" << std::endl;
  }
  return 0;
}

int run_list(const Arguments& arguments) {
  std::string time_zone = "UTC";
  const auto listed = [&]() -> Result<std::vector<Keyholder>> {
    TRY_GET(const Options options, find_options(arguments.config));
    time_zone = options.time_zone;
    return read_keyholders(options.practice_folder());
  }();
  if (!listed.ok()) return report_error(listed.error(), arguments.json);
  std::string text;
  app::JsonWriter json(text);
  json.open_array();
  bool envelope = false;
  for (const Keyholder& keyholder : listed.value()) {
    const bool dated = keyholder.made.s != 0;
    envelope = envelope || keyholder.is_envelope();
    json.open_object();
    json.member("keyholder", std::string_view(keyholder.name));
    json.member("opens_with", keyholder.is_envelope() ? "sealed envelope" : "passphrase");
    if (dated) json.member("since", std::string_view(app::format_utc(keyholder.made)));
    json.close_object();
    if (arguments.json) continue;
    std::cout << plain(keyholder.name) << "   " << (keyholder.is_envelope() ? "opens with the lines on its page" : "opens with a passphrase");
    if (dated && !keyholder.is_envelope()) {
      std::cout << ", since " << app::format_day(app::local_date(keyholder.made, time_zone));
    }
    std::cout << "\n";
  }
  json.close_array();
  if (arguments.json) std::cout << text << std::endl;
  if (!arguments.json && !envelope) {
    std::cout << "There is no sealed envelope: when nobody remembers a passphrase, no copy opens. `nightchart keyholder envelope` makes one."
              << std::endl;
  }
  return 0;
}

int run_remove(const Arguments& arguments) {
  const auto left = [&]() -> Result<std::vector<Keyholder>> {
    TRY_GET(const Options options, find_options(arguments.config));
    TRY(remove_keyholder(options.practice_folder(), arguments.name));
    for (const std::filesystem::path& state : list_states(options)) {
      if (keeps_documents(state)) TRY(order_new_volumes(state));
    }
    return read_keyholders(options.practice_folder());
  }();
  if (!left.ok()) return report_error(left.error(), arguments.json);
  bool by_passphrase = false;
  for (const Keyholder& keyholder : left.value()) by_passphrase = by_passphrase || !keyholder.is_envelope();
  if (arguments.json) {
    std::string text;
    app::JsonWriter json(text);
    json.open_object();
    json.member("removed", std::string_view(arguments.name));
    json.member("keyholders_left", static_cast<std::int64_t>(left.value().size()));
    json.member("old_copies_still_open", true);
    json.close_object();
    std::cout << text << std::endl;
    return 0;
  }
  const std::string name = plain(arguments.name);
  std::cout << "The copies of the nights from now on do not open for " << name << ".\n\n"
            << "What this does not do:\n"
            << "  - Every copy that was made before still opens for them. Run the night now, let it replace the copies on laptops\n"
            << "    and sticks, and erase those that they can get at.\n"
            << "  - Scanned documents stay open to them in the volumes that were written before; the next night writes all of them\n"
            << "    anew, and removes those volumes once no copy needs them.\n"
            << "  - Whoever shared their passphrase still has it: give the others new ones (`nightchart keyholder passphrase`).\n"
            << "  - If they may have seen the sealed envelope's page, make a new one (`nightchart keyholder envelope`).\n"
            << "  - Their accounts on this computer and in the EMR are another matter." << std::endl;
  if (!by_passphrase) std::cout << "\nOnly the sealed envelope opens the copies to come: add a keyholder." << std::endl;
  return 0;
}

CLI::App* add_one_command(CLI::App& group, const char* name, const char* about, Arguments& arguments) {
  CLI::App* command = group.add_subcommand(name, about);
  command->add_option("--config", arguments.config, "The settings; else NIGHTCHART_CONFIG, ./nightchart.toml, /etc/nightchart/nightchart.toml");
  command->add_flag("--json", arguments.json, "One JSON document for programs");
  return command;
}

void add_documents_passphrase(CLI::App& command, Arguments& arguments) {
  command.add_option("--documents-passphrase-file", arguments.documents_passphrase_file,
                     "An existing keyholder's passphrase, to open the scanned documents that are kept already for the new keys; "
                     "else the next night writes them all anew");
}

}  // namespace

void add_keyholder(CLI::App& program, int& exit_code) {
  CLI::App* group = program.add_subcommand("keyholder", "Who can open the copies of the nights to come");
  group->require_subcommand(1);
  auto arguments = std::make_shared<Arguments>();
  CLI::App* add_one = add_one_command(*group, "add", "Add a person or a laptop", *arguments);
  add_one->add_option("NAME", arguments->name, "Their name, as the unlock page lists it")->required();
  add_passphrase_arguments(*add_one, arguments->passphrase);
  add_documents_passphrase(*add_one, *arguments);
  add_one->footer("A passphrase that a thief would guess is refused. Example: nightchart keyholder add reception --generate");
  add_one->callback([arguments, &exit_code] { exit_code = run_set(*arguments, true); });
  CLI::App* list = add_one_command(*group, "list", "List them", *arguments);
  list->callback([arguments, &exit_code] { exit_code = run_list(*arguments); });
  CLI::App* remove = add_one_command(*group, "remove", "From the next night on, no copy opens for them", *arguments);
  remove->add_option("NAME", arguments->name, "Their name, as `keyholder list` shows it")->required();
  remove->footer("Copies that were made before still open for them. The last keyholder cannot be removed.");
  remove->callback([arguments, &exit_code] { exit_code = run_remove(*arguments); });
  CLI::App* change = add_one_command(*group, "passphrase", "Give one of them a new passphrase, and new keys", *arguments);
  change->add_option("NAME", arguments->name, "Their name, as `keyholder list` shows it")->required();
  add_passphrase_arguments(*change, arguments->passphrase);
  add_documents_passphrase(*change, *arguments);
  change->footer("The old passphrase is not needed. Copies that were made before open with the old one only.");
  change->callback([arguments, &exit_code] { exit_code = run_set(*arguments, false); });
  add_keyholder_envelope(*group, exit_code);
}

}  // namespace exporter
