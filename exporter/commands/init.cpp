#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <optional>
#include <vector>

#include "app/record/json.h"
#include "exporter/child_process_posix.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/init_questions.h"
#include "exporter/commands/terminal.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/practice_keys.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

// What was made, as far as it must be told.
struct Practice {
  InitAnswers answers;
  std::optional<EnvelopeMade> envelope;
  std::optional<Error> envelope_fault;

  const Options& options() const { return answers.options; }
};

// A practice folder in the making: under another name beside its own until it is whole, where nothing is there yet; so that
// whoever stops half-way has all of it or nothing. A folder that is there keeps its owner and its rights, may be a link or a mount
// point, and may lie where only an administrator can make another: it is filled where it is.
class Making {
 public:
  explicit Making(const fs::path& folder) : folder_(folder) {
    std::error_code fault;
    if (fs::exists(folder_, fault)) making_ = folder_, was_empty_ = fs::is_empty(folder_, fault);
    else making_ = folder_.parent_path() / ("." + folder_.filename().string() + ".making");
  }
  ~Making() {
    if (done_) return;
    std::error_code ignored;
    if (making_ != folder_) fs::remove_all(making_, ignored);
    else if (was_empty_) remove_content();
  }
  Making(const Making&) = delete;
  Making& operator=(const Making&) = delete;

  const fs::path& path() const { return making_; }
  Result<Done> begin() {
    std::error_code fault;
    if (making_ != folder_) TRY(remove_folder(making_));
    fs::create_directories(making_, fault);
    if (fault) return Error{Code::io, "The folder " + folder_.string() + " cannot be made.", fault.message()};
    return Done{};
  }
  Result<Done> end() {
    if (making_ == folder_) {
      done_ = true;
      return sync_folder(folder_);
    }
    TRY(sync_tree(making_));
    std::error_code fault;
    fs::rename(making_, folder_, fault);
    if (fault) return system_error("rename", folder_, fault);
    done_ = true;
    return sync_folder(folder_.parent_path());
  }

 private:
  void remove_content() const {
    std::error_code fault, ignored;
    std::vector<fs::path> content;
    for (fs::directory_iterator entry(folder_, fault), end; !fault && entry != end; entry.increment(fault)) content.push_back(entry->path());
    for (const fs::path& path : content) fs::remove_all(path, ignored);
  }

  fs::path folder_, making_;
  bool was_empty_ = false, done_ = false;
};

// Without the envelope the practice is whole, and it can be made at any time.
void make_first_envelope(const Options& made, Practice& practice) {
  if (practice.answers.envelope_file.empty()) return;
  auto envelope = hand_over_envelope(made, {fs::absolute(practice.answers.envelope_file).string(), "", false});
  if (envelope.ok()) {
    practice.envelope = std::move(envelope).value();
    return;
  }
  practice.envelope_fault = envelope.error();
  practice.envelope_fault->what = "The practice is made, but without a sealed envelope. " + practice.envelope_fault->what;
}

Result<Done> write_practice(Practice& practice) {
  const Options& options = practice.options();
  Making making(options.practice_folder());
  TRY(making.begin());
  Options made = options;
  made.file = making.path() / options.file.filename();
  // A run that ended half-way may have left the signing key; it is the practice's own and stays.
  if (!read_signing_key(making.path()).ok()) TRY(make_signing_key(making.path()));
  TRY(add_keyholder(making.path(), practice.answers.keyholder, practice.answers.passphrase.text));
  if (!practice.answers.emr_password.empty()) TRY(write_file(making.path() / "emr-password", practice.answers.emr_password + "\n", true));
  make_first_envelope(made, practice);
  TRY(write_file(made.file, format_options(options)));
  return making.end();
}

Result<Practice> make_practice_folder(const InitArguments& arguments) {
  std::error_code fault;
  const fs::path file = fs::absolute(fs::path(arguments.folder) / "nightchart.toml").lexically_normal();
  if (fs::exists(file, fault)) {
    return Error{Code::bad_config, file.string() + " exists already; nothing was changed.", "`nightchart keyholder add` adds a keyholder."};
  }
  Practice practice;
  TRY_GET(practice.answers, ask_init(arguments));
  TRY(write_practice(practice));
  const Options& options = practice.options();
  if (const auto key = read_signing_key(options.practice_folder()); key.ok()) {
    remember_own_practice(key.value().verifying_key(), options.practice, options.time_zone);
  }
  return practice;
}

void print_made(const Practice& practice) {
  std::cout << "\nMade " << plain(practice.options().file.string()) << ", the practice's signing key, and the keyholder " << plain(practice.answers.keyholder) << ".\n\n";
  show_drawn(practice.answers.passphrase, practice.answers.keyholder);
  if (practice.envelope) std::cout << describe_envelope(*practice.envelope) << "\n";
  if (practice.answers.grants.empty()) return;
  std::cout << "Nightchart reads the EMR's database as a user of its own, who may read and nothing else. Type this there as its administrator\n"
               "(the password is in emr-password beside the settings already):\n\n"
            << practice.answers.grants << std::endl;
}

// This program, here at the terminal, with the new settings.
Result<int> run_here(const std::vector<std::string>& words, const Options& options) {
  std::error_code fault;
  const fs::path program = fs::read_symlink("/proc/self/exe", fault);
  if (fault) return Error{Code::io, "Where this program lies could not be found out.", fault.message()};
  std::vector<std::string> command{program.string()};
  command.insert(command.end(), words.begin(), words.end());
  command.insert(command.end(), {"--config", options.file.string()});
  std::cout << std::flush;
  return run_in_front(command);
}

// What is done at once, each if it was asked for; `left` is what remains then.
class FirstSteps {
 public:
  FirstSteps(const InitArguments& arguments, const Practice& practice) : arguments_(arguments), practice_(practice), config_(" --config " + practice.options().file.string()) {}

  // The code of the first that failed.
  Result<int> take() {
    if (practice_.options().emr.kind == EmrKind::sql) TRY(check_emr());
    TRY(night());
    TRY(schedule());
    return code_;
  }

  void print_left() const {
    const Options& options = practice_.options();
    std::cout << "\nWhat is left to do:\n";
    int number = 0;
    const auto line = [&number](const std::string& text) { std::cout << "  " << ++number << ". " << text << "\n"; };
    line("Write the passphrase down and keep it where the lights need not be on.");
    if (practice_.envelope) line("Print and seal the envelope, as said above.");
    else line("THERE IS NO SEALED ENVELOPE YET: if the passphrase is forgotten, no copy opens, ever. Make it now:\n"
              "     nightchart keyholder envelope --printer QUEUE" + config_ + "     (or --out FILE.pdf)");
    if (!night_done_) line("Look through " + options.file.string() + ", then: nightchart night" + config_ + "     the first one by hand, to see that it works");
    if (!scheduled_) line("nightchart schedule" + config_ + "     from then on it runs by itself every night");
    line("nightchart-viewer " + options.copies.string() + "     find somebody, as on the day; then nightchart status" + config_ +
         (options.destinations.empty() ? "\n     and another place for copies above all: [[destination]] in the settings" : ""));
    std::cout << std::flush;
  }

 private:
  Result<bool> wanted(bool asked_for, const std::string& question) const {
    if (asked_for) return true;
    if (!arguments_.asks()) return false;
    return ask_yes(question);
  }
  void note(int code) {
    if (code != 0 && code_ == 0) code_ = code;
  }

  Result<Done> check_emr() {
    TRY_GET(const bool yes, wanted(arguments_.first_night, practice_.answers.grants.empty() ? "Look whether the EMR can be read now?" : "Done that? Then look whether the EMR can be read now?"));
    if (!yes) return Done{};
    TRY_GET(const int code, run_here({"emr", "check"}, practice_.options()));
    emr_reads_ = code == 0 || code == app::kExitUnreadable;
    if (!emr_reads_) std::cout << "The EMR cannot be read yet. Mend [emr] in the settings, or what is said above; then: nightchart emr check" << config_ << "\n";
    if (!emr_reads_) note(code);
    return Done{};
  }

  Result<Done> night() {
    if (!emr_reads_) return Done{};
    TRY_GET(const bool yes, wanted(arguments_.first_night, "\nRun the first night now, to see that it works?"));
    if (!yes) return Done{};
    TRY_GET(const int code, run_here({"night"}, practice_.options()));
    night_done_ = code == 0 || code == app::kExitUnreadable;
    note(code);
    return Done{};
  }

  Result<Done> schedule() {
    TRY_GET(const bool yes, wanted(arguments_.schedule, "\nLet it run by itself every night at 02:00?"));
    if (!yes) return Done{};
    std::error_code ignored;
    const bool systemd = fs::is_directory("/run/systemd/system", ignored);
    TRY_GET(const int code, run_here(systemd ? std::vector<std::string>{"schedule"} : std::vector<std::string>{"schedule", "--cron"}, practice_.options()));
    if (!systemd) std::cout << "There is no systemd here: put these lines into /etc/cron.d/nightchart, if cron runs.\n";
    scheduled_ = code == 0;
    note(code);
    return Done{};
  }

  const InitArguments& arguments_;
  const Practice& practice_;
  std::string config_;
  bool emr_reads_ = true, night_done_ = false, scheduled_ = false;
  int code_ = 0;
};

void print_json(const Practice& practice) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("config", std::string_view(practice.options().file.string()));
  json.member("keyholder", std::string_view(practice.answers.keyholder));
  if (practice.answers.passphrase.drawn) json.member("passphrase", std::string_view(practice.answers.passphrase.text));
  if (!practice.answers.grants.empty()) json.member("grants", std::string_view(practice.answers.grants));
  if (practice.envelope) json.member("envelope", std::string_view(practice.envelope->envelope.name));
  json.close_object();
  std::cout << text << std::endl;
}

int run_init(const InitArguments& arguments) {
  const auto made = make_practice_folder(arguments);
  if (!made.ok()) return report_error(made.error(), arguments.json);
  const Practice& practice = made.value();
  const auto& fault = practice.envelope_fault;
  if (arguments.json && fault && !practice.answers.passphrase.drawn && practice.answers.grants.empty()) return report_error(*fault, true);
  // A drawn passphrase, and what the database must be told, are shown whatever else went wrong: they are shown once only.
  if (arguments.json) {
    print_json(practice);
    return fault ? report_error(*fault, false) : 0;
  }
  print_made(practice);
  FirstSteps steps(arguments, practice);
  const auto taken = steps.take();
  steps.print_left();
  if (fault) return report_error(*fault, false);
  return taken.ok() ? taken.value() : report_error(taken.error(), false);
}

}  // namespace

void add_init(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<InitArguments>();
  CLI::App* command = program.add_subcommand("init", "Make a practice's folder: settings, signing key, first keyholder; asks step by step");
  command->add_option("FOLDER", arguments->folder, "Where to make it, such as /etc/nightchart")->required();
  command->add_option("--name", arguments->name, "The practice's name");
  command->add_option("--time-zone", arguments->time_zone, "In which printed times are said [America/New_York]");
  command->add_option("--keyholder", arguments->keyholder, "Who can open the copies: a person or a laptop");
  add_passphrase_arguments(*command, arguments->passphrase);
  command->add_option("--envelope", arguments->envelope.out, "Write the sealed envelope's page to this PDF file, to print and delete");
  command->add_option("--emr-kind", arguments->emr_kind, "fhir-bulk or sql")->check(CLI::IsMember({"fhir-bulk", "sql"}));
  command->add_option("--path", arguments->path, "fhir-bulk: the folder of NDJSON files");
  command->add_option("--pack", arguments->pack, "sql: the mapping pack [practice]");
  command->add_option("--documents", arguments->documents, "The folder in which the EMR keeps its scans");
  command->add_option("--url", arguments->url, "sql: the database, such as sqlite:///var/lib/emr.sqlite; without any password");
  command->add_option("--emr-password-file", arguments->emr_password_file, "sql: a file whose first line is the password of the user in --url");
  command->add_option("--look-below", arguments->look_below, "When it asks: where to look for the EMR")->capture_default_str();
  command->add_option("--copies", arguments->copies, "Where copies are made [/srv/nightchart]");
  command->add_option("--destination", arguments->destinations, "A folder elsewhere that gets every copy; any number");
  auto* night = command->add_flag("--first-night", arguments->first_night, "Run the first night at once");
  auto* schedule = command->add_flag("--schedule", arguments->schedule, "Let it run by itself every night: systemd's timer, or the line for cron");
  command->add_flag("--json", arguments->json, "One JSON document for programs")->excludes(night)->excludes(schedule);
  command->footer("With --name, --keyholder and --passphrase-file (or --generate) it asks nothing, and looks for nothing. Nothing is written before the\n"
                  "last answer. Everything can be changed in the file later.");
  command->callback([arguments, &exit_code] { exit_code = run_init(*arguments); });
}

}  // namespace exporter
