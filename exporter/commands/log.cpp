#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>

#include "app/record/json.h"
#include "app/snapshot/access_log.h"
#include "app/snapshot/laptop_memory.h"
#include "app/snapshot/reconcile.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/log.h"
#include "exporter/commands/new_passphrase.h"
#include "exporter/commands/terminal.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/privacy_officer.h"
#include "exporter/options.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Error;
using app::Result;

constexpr std::size_t kLogMost = std::size_t{1} << 30;

struct Arguments {
  std::string config;
  std::string name;
  PassphraseArguments passphrase;
  bool anew = false;
  std::string file, key, passphrase_file, since, until, seen;
  bool patients = false;
  bool reconcile = false;
  bool json = false;
};

Result<Options> find_options(const std::string& config) {
  TRY_GET(const fs::path file, find_config(config));
  return read_options(file);
}

int run_officer(const Arguments& arguments) {
  NewPassphrase passphrase;
  const auto made = [&]() -> Result<PrivacyOfficer> {
    TRY_GET(const Options options, find_options(arguments.config));
    TRY_GET(passphrase, new_passphrase(arguments.passphrase, arguments.name, {options.practice, arguments.name}));
    return make_privacy_officer(options.practice_folder(), arguments.name, passphrase.text, arguments.anew);
  }();
  if (!made.ok()) return report_error(made.error(), arguments.json);
  if (arguments.json) {
    std::string text;
    app::JsonWriter json(text);
    json.open_object();
    json.member("privacy_officer", std::string_view(arguments.name));
    if (passphrase.drawn) json.member("passphrase", std::string_view(passphrase.text));
    json.close_object();
    std::cout << text << std::endl;
    return 0;
  }
  show_drawn(passphrase, arguments.name);
  std::cout << "From the next night's copy on, laptops record every look, sealed so that only " << plain(arguments.name)
            << " can read it:\n"
            << "  nightchart log read --passphrase-file FILE     on a laptop, or with the access.log that was brought "
               "from one"
            << std::endl;
  return 0;
}

struct ReadLog {
  app::AccessLog log;
  std::string time_zone = "UTC";
};

// The officer's key: the file that was named, or the practice's.
Result<PrivacyOfficer> find_officer(const Arguments& arguments, std::string& time_zone) {
  if (!arguments.key.empty()) {
    const auto options = find_options(arguments.config);
    if (options.ok()) time_zone = options.value().time_zone;
    return read_officer_file(arguments.key);
  }
  TRY_GET(const Options options, find_options(arguments.config));
  time_zone = options.time_zone;
  TRY_GET(auto officer, read_privacy_officer(options.practice_folder()));
  if (!officer)
    return Error{Code::not_found, "This practice has named no privacy officer.", "`nightchart log officer NAME` does"};
  return *officer;
}

Result<ReadLog> read_log(const Arguments& arguments) {
  ReadLog read;
  TRY_GET(const PrivacyOfficer officer, find_officer(arguments, read.time_zone));
  fs::path file = arguments.file.empty() ? app::LaptopMemory::read().folder() : fs::path(arguments.file);
  std::error_code ignored;
  if (fs::is_directory(file, ignored)) file /= "access.log";
  TRY_GET(const std::string text, read_file(file, kLogMost));
  std::string passphrase;
  if (arguments.passphrase_file.empty()) {
    TRY_GET(passphrase, ask_passphrase("Passphrase of " + plain(officer.name)));
  } else {
    TRY_GET(passphrase, app::read_passphrase_file(arguments.passphrase_file));
  }
  TRY_GET(const app::UnlockedKey unlocked, app::unlock_key(officer.locked_key, passphrase));
  read.log = app::read_access_log(text, unlocked.pair, arguments.seen);
  const auto outside = [&](const app::ReadLook& look) {
    const std::string time = app::format_utc(look.look.time);
    return (!arguments.since.empty() && time < arguments.since) ||
           (!arguments.until.empty() && time >= arguments.until);
  };
  std::erase_if(read.log.looks, [&](const app::ReadLook& look) { return look.readable && outside(look); });
  return read;
}

void write_look(const app::ReadLook& read, app::JsonWriter& json) {
  const app::Look& look = read.look;
  json.open_object();
  json.member("number", static_cast<std::int64_t>(read.number));
  json.member("readable", read.readable);
  if (read.readable) {
    json.member("time", std::string_view(app::format_utc(look.time)));
    for (const auto& [name, value] : {std::pair{"kind", &look.kind},
                                      {"who", &look.who},
                                      {"practice", &look.practice},
                                      {"words", &look.words},
                                      {"mrn", &look.mrn},
                                      {"name", &look.name}})
      if (!value->empty()) json.member(name, std::string_view(*value));
    json.member("sequence", static_cast<std::int64_t>(look.sequence));
  }
  json.close_object();
}

void print_json(const ReadLog& read) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.key("looks");
  json.open_array();
  for (const app::ReadLook& look : read.log.looks) write_look(look, json);
  json.close_array();
  json.key("faults");
  json.open_array();
  for (const std::string& fault : read.log.faults) json.text(fault);
  json.close_array();
  json.member("seen", std::string_view(app::format_hex(read.log.head)));
  json.close_object();
  std::cout << text << std::endl;
}

std::string format_time(app::Instant time, const std::string& time_zone) {
  const app::Date date = app::local_date(time, time_zone);
  return app::format_day(date) + " " + app::format_time_of_day(date);
}

void print_looks(const ReadLog& read) {
  for (const app::ReadLook& one : read.log.looks) {
    if (!one.readable) {
      std::cout << one.number << "  sealed to another key than this officer's\n";
      continue;
    }
    const app::Look& look = one.look;
    std::cout << one.number << "  " << format_time(look.time, read.time_zone) << "  " << plain(look.who) << "  "
              << plain(look.kind);
    if (!look.name.empty())
      std::cout << "  " << plain(look.name) << ", MRN " << (look.mrn.empty() ? "none" : plain(look.mrn));
    if (!look.words.empty()) std::cout << "  \"" << plain(look.words) << "\"";
    std::cout << "  (copy " << look.sequence << ")\n";
  }
}

// Each patient once: whom to look after when the EMR is back.
void print_patients(const ReadLog& read) {
  struct Views {
    std::string name, first, last;
    std::size_t count = 0;
  };
  std::map<std::string, Views> patients;
  for (const app::ReadLook& one : read.log.looks) {
    if (!one.readable || one.look.kind != "viewed") continue;
    Views& views = patients[one.look.mrn + "\n" + one.look.name];
    const std::string time = format_time(one.look.time, read.time_zone);
    if (views.count++ == 0) views.first = time;
    views.last = time, views.name = one.look.name;
  }
  std::cout << patients.size() << (patients.size() == 1 ? " patient's chart was" : " patients' charts were")
            << " opened:\n";
  for (const auto& [key, views] : patients)
    std::cout << "[ ]  " << plain(views.name) << "  MRN " << plain(key.substr(0, key.find('\n'))) << "  " << views.count
              << (views.count == 1 ? " look, " : " looks, ") << views.first
              << (views.count == 1 ? "" : " to " + views.last) << "\n";
}

app::Reconciliation reconciliation_of(const ReadLog& read) {
  std::vector<app::Look> looks;
  for (const app::ReadLook& one : read.log.looks)
    if (one.readable) looks.push_back(one.look);
  return app::make_reconciliation(looks);
}

void print_events(const std::string& title, const std::vector<app::ReconciledEvent>& events,
                  const std::string& time_zone) {
  if (events.empty()) return;
  std::cout << "\n" << title << ": " << events.size() << "\n";
  for (const app::ReconciledEvent& event : events)
    std::cout << "[ ]  " << format_time(event.time, time_zone) << "  " << plain(event.what) << "  by "
              << plain(event.who) << "\n";
}

// The list that has to close to zero when the EMR is back.
void print_reconciliation(const ReadLog& read) {
  const app::Reconciliation list = reconciliation_of(read);
  const auto count = [](std::size_t times, const char* word) {
    return times == 0 ? std::string()
                      : "  " + std::string(word) + " " + std::to_string(times) + (times == 1 ? " time" : " times");
  };
  if (list.start) std::cout << "Outage from " << format_time(*list.start, read.time_zone);
  else std::cout << "Nobody marked the beginning of an outage: all looks";
  std::cout << (list.end     ? " to " + format_time(*list.end, read.time_zone)
                : list.start ? ", its end is not marked"
                             : "")
            << "\n\n"
            << "Patients whose chart was looked at: " << list.patients.size() << "\n";
  for (const app::ReconciledPatient& patient : list.patients)
    std::cout << "[ ]  " << plain(patient.name) << "  MRN " << (patient.mrn.empty() ? "none" : plain(patient.mrn))
              << count(patient.viewed, "viewed") << count(patient.printed, "printed") << "  "
              << format_time(patient.first, read.time_zone) << "  by " << plain(patient.who) << "\n";
  print_events("Searches that opened no chart", list.searches, read.time_zone);
  print_events("Lists that were printed", list.papers, read.time_zone);
  print_events("Forms and temporary numbers handed out", list.forms, read.time_zone);
  print_events("Looks that were not recorded until then, and the reason given", list.gaps, read.time_zone);
  std::cout << "\nForms and temporary numbers that were handed out are on the paper alone: add them by hand.\n";
  const auto unreadable = std::count_if(read.log.looks.begin(), read.log.looks.end(),
                                        [](const app::ReadLook& one) { return !one.readable; });
  if (unreadable > 0)
    std::cout << "NOT COMPLETE: " << unreadable << (unreadable == 1 ? " line is" : " lines are")
              << " sealed to another key.\n";
}

int run_read(const Arguments& arguments) {
  const auto read = read_log(arguments);
  if (!read.ok()) return report_error(read.error(), arguments.json);
  const app::AccessLog& log = read.value().log;
  if (arguments.json) {
    print_json(read.value());
  } else {
    if (arguments.reconcile) print_reconciliation(read.value());
    else if (arguments.patients) print_patients(read.value());
    else print_looks(read.value());
    if (log.faults.empty()) std::cout << "The chain is whole.";
    else std::cout << "THE LOG WAS CHANGED:";
    for (const std::string& fault : log.faults) std::cout << "\n  - " << fault;
    std::cout << "\nTo notice next time if lines are cut off at the end: --seen " << app::format_hex(log.head)
              << std::endl;
  }
  return log.faults.empty() ? 0 : static_cast<int>(Code::damaged);
}

}  // namespace

void add_log(CLI::App& program, int& exit_code) {
  CLI::App* group =
      program.add_subcommand("log", "Who looked at what on the laptops: recorded for the privacy officer alone");
  group->require_subcommand(1);
  auto arguments = std::make_shared<Arguments>();
  const auto add_usual = [&](CLI::App& command) {
    command.add_option("--config", arguments->config,
                       "The settings; else NIGHTCHART_CONFIG, ./nightchart.toml, /etc/nightchart/nightchart.toml");
    command.add_flag("--json", arguments->json, "One JSON document for programs");
  };
  CLI::App* officer = group->add_subcommand("officer", "Name the privacy officer, who alone can read the record");
  officer->add_option("NAME", arguments->name, "Their name")->required();
  officer->add_flag("--anew", arguments->anew, "A new key in place of the one before");
  add_passphrase_arguments(*officer, arguments->passphrase);
  add_usual(*officer);
  officer->footer("The officer's passphrase opens no copy. Example: nightchart log officer \"Dr. Reyes\" --generate");
  officer->callback([arguments, &exit_code] { exit_code = run_officer(*arguments); });
  CLI::App* read = group->add_subcommand("read", "Check the chain and print the record");
  read->add_option("FILE", arguments->file, "An access.log, or the folder that it lies in; else this computer's");
  read->add_option("--key", arguments->key, "The officer's key file; else keys/privacy-officer.json of the practice");
  read->add_option("--passphrase-file", arguments->passphrase_file, "The officer's passphrase; else it is asked for");
  read->add_option("--since", arguments->since, "From this time on, 2026-11-22 or 2026-11-22T08:00 (UTC)");
  read->add_option("--until", arguments->until, "Before this time");
  read->add_option("--seen", arguments->seen, "What the last reading printed: whether its last line is still there");
  CLI::Option* patients =
      read->add_flag("--patients", arguments->patients, "Each patient whose chart was opened, once");
  read->add_flag("--reconcile", arguments->reconcile,
                 "What to put right after the last outage: a list to close when the EMR is back")
      ->excludes(patients);
  add_usual(*read);
  read->footer("Exit code 11 when the log was changed.");
  read->callback([arguments, &exit_code] { exit_code = run_read(*arguments); });
}

}  // namespace exporter
