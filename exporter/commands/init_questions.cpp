#include "exporter/commands/init_questions.h"

#include <algorithm>
#include <iostream>

#include "app/digest.h"
#include "app/record/calendar.h"
#include "app/snapshot/keys.h"
#include "app/sticks.h"
#include "exporter/commands/terminal.h"
#include "exporter/emr/sql_url.h"
#include "exporter/report/report_words.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr const char* kUsualZone = "America/New_York";
constexpr int kAsksMost = 5;

// Beside the questions, which go to the terminal itself.
void say(const std::string& text) { std::cerr << text << std::flush; }

// The computer's own, unless it is a server that keeps no practice's time.
std::string zone_of_computer() {
  std::error_code fault;
  const std::string link = fs::read_symlink("/etc/localtime", fault).string();
  const std::string mark = "zoneinfo/";
  const auto at = link.find(mark);
  const std::string zone = at == std::string::npos ? "" : link.substr(at + mark.size());
  const bool is_place = zone.find('/') != std::string::npos && !zone.starts_with("Etc/") && app::is_time_zone(zone);
  return is_place ? zone : kUsualZone;
}

// Asks until the answer will do.
Result<std::string> ask_right(const std::string& question, const std::string& fallback, bool (*is_right)(const std::string&), const std::string& otherwise) {
  for (int asked = 0; asked < kAsksMost; ++asked) {
    TRY_GET(const std::string answer, ask(question, fallback));
    if (is_right(answer)) return answer;
    say(otherwise + "\n");
  }
  return Error{Code::bad_config, otherwise, ""};
}

// A slip of the hand, such as the next question's answer, is no folder's name.
Result<std::string> ask_place(const std::string& question, const std::string& fallback) {
  const auto is_place = [](const std::string& path) { return path.empty() || fs::path(path).is_absolute(); };
  return ask_right(question, fallback, is_place, "Give the whole path, which begins with /.");
}

constexpr const char* kNoName = "The practice's name must be one line of at most 200 bytes in UTF-8.";

Result<Done> ask_practice(const InitArguments& arguments, Options& options) {
  const auto is_name = [](const std::string& name) { return is_practice_name(name); };
  const auto is_zone = [](const std::string& zone) { return app::is_time_zone(zone); };
  options.practice = arguments.name;
  if (options.practice.empty()) {
    TRY_GET(options.practice, ask_right("The practice's name:", "", is_name, kNoName));
  }
  if (!is_practice_name(options.practice)) return Error{Code::bad_config, kNoName, ""};
  options.time_zone = arguments.time_zone;
  if (options.time_zone.empty() && arguments.asks()) {
    TRY_GET(options.time_zone, ask_right("Its time zone:", zone_of_computer(), is_zone, "That is no time zone's name, such as America/New_York."));
  }
  if (options.time_zone.empty()) options.time_zone = kUsualZone;
  if (app::is_time_zone(options.time_zone)) return Done{};
  return Error{Code::bad_config, "\"" + options.time_zone + "\" is no time zone's name, such as America/New_York.", ""};
}

std::string made_password() {
  std::string bytes(16, '\0');
  app::fill_random(bytes.data(), bytes.size());
  return app::format_hex(bytes);
}

// A server's user gets a password of its own; what cannot be known of a server is asked.
Result<Done> ask_database(FoundEmr& emr, InitAnswers& answers) {
  if (emr.pack.empty()) {
    TRY_GET(emr.pack, ask("Its mapping pack (openemr, or the path of a folder of your own):", "openemr"));
  }
  if (const auto gap = emr.url.find("/?"); gap != std::string::npos) {
    TRY_GET(const std::string database, ask("The database's name:", emr.pack));
    emr.url.insert(gap + 1, database);
  }
  if (emr.user.empty() || !answers.emr_password.empty()) return Done{};
  answers.emr_password = made_password();
  answers.grants = format_grants(emr, answers.emr_password);
  return Done{};
}

constexpr const char* kUsualExport = "/var/lib/emr/export";

Result<FoundEmr> choose_emr(const std::vector<FoundEmr>& found, std::string& password) {
  for (std::size_t i = 0; i < found.size(); ++i) say("  " + std::to_string(i + 1) + "  " + plain(found[i].what) + "\n");
  for (int asked = 0; asked < kAsksMost; ++asked) {
    TRY_GET(const std::string answer, ask(found.empty() ? "A folder of FHIR bulk data, or a database's address (mariadb://…, postgresql://…, sqlite:///…):"
                                                        : "Which? Its number, or another folder of FHIR bulk data, or a database's address:",
                                          found.empty() ? kUsualExport : "1"));
    const bool is_number = !answer.empty() && answer.size() < 3 && std::all_of(answer.begin(), answer.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number) {
      // Whoever has a password has a user already; it goes into a file of its own.
      std::string address = answer;
      auto taken = take_password(address);
      if (!taken.ok()) {
        say(taken.error().what + " Type it again; " + taken.error().detail + ".\n");
        continue;
      }
      password = std::move(taken).value();
      const FoundEmr emr = emr_of(address);
      if (!password.empty()) say("The password is kept in a file that only its owner can read, and not in the settings.\n");
      std::error_code ignored;
      if (emr.sql || emr.path == kUsualExport || fs::exists(emr.path, ignored)) return emr;
      say("There is no folder " + plain(emr.path.string()) + ", and a database's address has :// in it.\n");
      continue;
    }
    const std::size_t number = static_cast<std::size_t>(std::stoi(answer));
    if (number >= 1 && number <= found.size()) return found[number - 1];
    say("There is no such number.\n");
  }
  return Error{Code::bad_config, "No record system was chosen.", ""};
}

void take_emr(const FoundEmr& emr, const InitArguments& arguments, Options& options) {
  options.emr.kind = emr.sql ? EmrKind::sql : EmrKind::fhir_bulk;
  options.emr.path = emr.path;
  options.emr.pack = arguments.pack.empty() ? emr.pack : arguments.pack;
  options.emr.url = emr.url;
  options.emr.documents = emr.documents;
}

Result<Done> ask_emr(const InitArguments& arguments, InitAnswers& answers) {
  Options& options = answers.options;
  if (arguments.says_where_emr_is() || !arguments.asks()) {
    options.emr.kind = arguments.emr_kind == "sql" || (arguments.emr_kind.empty() && !arguments.url.empty()) ? EmrKind::sql : EmrKind::fhir_bulk;
    options.emr.path = arguments.path.empty() ? kUsualExport : fs::absolute(arguments.path);
    options.emr.pack = arguments.pack.empty() ? "practice" : arguments.pack;
    options.emr.url = arguments.url;
    TRY_GET(const std::string password, take_password(options.emr.url));
    if (!password.empty()) {
      return Error{Code::bad_config, "The address of --url holds a password, which everybody on this computer could read there.",
                   "take it out, write it into a file as its first line, and name that with --emr-password-file"};
    }
    if (!arguments.emr_password_file.empty()) options.emr.password_file = fs::absolute(arguments.emr_password_file).lexically_normal();
  } else {
    const std::vector<FoundEmr> found = find_emr(arguments.look_below);
    say(found.empty() ? "\nNo record system was found in the usual places.\n" : "\nThe record system (EMR). Found on this computer:\n");
    TRY_GET(FoundEmr emr, choose_emr(found, answers.emr_password));
    if (emr.sql) TRY(ask_database(emr, answers));
    take_emr(emr, arguments, options);
  }
  if (!arguments.documents.empty()) options.emr.documents = fs::absolute(arguments.documents).lexically_normal();
  return Done{};
}

std::string name_of(const fs::path& folder) {
  const fs::path path = folder.lexically_normal();
  return (path.has_filename() ? path.filename() : path.parent_path().filename()).string();
}

void add_destination(const fs::path& folder, bool is_stick, Options& options) {
  DestinationOptions destination;
  destination.path = fs::absolute(folder).lexically_normal();
  destination.name = name_of(destination.path);
  destination.must_be_mounted = is_stick;
  destination.keep = options.keep;
  for (const DestinationOptions& other : options.destinations) {
    if (other.name == destination.name) destination.name += " " + std::to_string(options.destinations.size() + 1);
  }
  options.destinations.push_back(destination);
}

std::string free_room(const fs::path& folder) {
  std::error_code unknown;
  const auto room = fs::space(folder, unknown);
  return unknown ? "" : " (" + size_of(room.available) + " free)";
}

Result<Done> ask_places(const InitArguments& arguments, Options& options) {
  options.copies = arguments.copies.empty() ? fs::path("/srv/nightchart") : fs::absolute(arguments.copies).lexically_normal();
  if (arguments.copies.empty() && arguments.asks()) {
    TRY_GET(const std::string copies, ask_place("\nWhere the copies are made, on this computer:", options.copies.string()));
    options.copies = fs::absolute(copies).lexically_normal();
  }
  for (const std::string& folder : arguments.destinations) add_destination(folder, false, options);
  if (!arguments.asks() || !arguments.destinations.empty()) return Done{};
  say("A copy on this computer alone is lost with it: each night's copy should go to a stick, a share or a laptop as well.\n");
  for (const fs::path& stick : app::find_sticks()) {
    TRY_GET(const bool wanted, ask_yes("Copy to " + plain(stick.string()) + free_room(stick) + " too?"));
    if (wanted) add_destination(stick, true, options);
  }
  TRY_GET(const std::string folder, ask_place("Another folder elsewhere that gets every copy (Enter alone: none, or later):", ""));
  if (!folder.empty()) add_destination(folder, false, options);
  return Done{};
}

Result<Done> ask_keys(const InitArguments& arguments, InitAnswers& answers) {
  answers.keyholder = arguments.keyholder;
  if (answers.keyholder.empty()) {
    say("\nCopies are encrypted; a keyholder's passphrase opens them. More keyholders can be added at any time.\n");
    TRY_GET(answers.keyholder, ask("The first keyholder (a person or a laptop):", "reception"));
  }
  TRY_GET(answers.passphrase, new_passphrase(arguments.passphrase, answers.keyholder, {answers.options.practice, answers.keyholder}));
  answers.envelope_file = arguments.envelope.out;
  if (answers.envelope_file.empty() && arguments.asks()) {
    say("\nThe sealed envelope: a page that opens the copies on the day when nobody remembers a passphrase.\n");
    TRY_GET(answers.envelope_file, ask_place("Where to write it, a PDF to print and delete (Enter alone: later):", ""));
  }
  return Done{};
}

}  // namespace

Result<bool> ask_yes(const std::string& question) {
  TRY_GET(const std::string answer, ask(question + " [Y/n]", ""));
  return answer.empty() || answer[0] == 'y' || answer[0] == 'Y';
}

Result<InitAnswers> ask_init(const InitArguments& arguments) {
  InitAnswers answers;
  answers.options.file = fs::absolute(fs::path(arguments.folder) / "nightchart.toml").lexically_normal();
  if (arguments.asks()) say("A new practice, in " + plain(answers.options.practice_folder().string()) + ". Ctrl-C at any question stops; nothing is written before the last one.\n\n");
  TRY(ask_practice(arguments, answers.options));
  TRY(ask_emr(arguments, answers));
  TRY(ask_places(arguments, answers.options));
  TRY(ask_keys(arguments, answers));
  if (!answers.emr_password.empty()) answers.options.emr.password_file = answers.options.practice_folder() / "emr-password";
  return answers;
}

}  // namespace exporter
