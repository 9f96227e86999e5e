#include "exporter/report/night_report.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "app/record/chart.h"
#include "app/record/json.h"
#include "exporter/report/night_record.h"
#include "exporter/report/report_words.h"

namespace exporter {
namespace {

constexpr std::size_t kMostPlacesPrinted = 5;

std::string duration_of(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::llround(std::max(1.0, seconds)));
  if (whole < 120) return counted(whole, "second", "seconds");
  return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
}

// The sections a clinician asks for first, by count; the rest in one sum.
std::string kept_words(const ReadReport& read) {
  static constexpr std::string_view kNamed[] = {"allergies", "medications", "problems", "immunizations", "results", "visits"};
  std::uint64_t total = 0;
  for (const auto& [section, count] : read.entries) total += count;
  std::string text = counted(total, "entry", "entries") + ':';
  for (const std::string_view name : kNamed) {
    const auto found = read.entries.find(std::string(name));
    text += (name == kNamed[0] ? " " : ", ") + grouped(found == read.entries.end() ? 0 : found->second) + ' ' + std::string(name);
  }
  return text + ", …";
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

void append_skipped(const ReadReport& read, std::string& text) {
  if (read.skipped == 0) return;
  text += line("Skipped", counted(read.skipped, "line or row belongs", "lines or rows belong") + " to no chart or could not be read:");
  const std::size_t named = std::min(kMostPlacesPrinted, read.first_skipped.size());
  for (std::size_t i = 0; i < named; ++i) {
    text += line("", read.first_skipped[i].where + ": " + read.first_skipped[i].reason);
  }
  if (read.skipped > named) text += line("", "… (--json names the first " + std::to_string(kMostSkippedNamed) + ")");
}

void append_counts(app::JsonWriter& json, std::string_view key, const std::map<std::string, std::uint64_t>& counts) {
  json.key(key);
  json.open_object();
  for (const auto& [name, count] : counts) json.member(name, static_cast<std::int64_t>(count));
  json.close_object();
}

void append_occasion(const NightReport& report, std::string& text) {
  if (report.occasion == app::Occasion::battery) {
    text += line("ON BATTERY", "the last copy before the power goes: charts and schedule, no paper, no new scans");
  } else if (report.occasion == app::Occasion::day) {
    text += line("Between", "two nights: charts and schedule, no paper, no new scans");
  }
  if (!report.shard.is_whole()) {
    text += line("Part", std::to_string(report.shard.number) + " of " + std::to_string(report.shard.of) + " of the practice's patients");
  }
}

std::string format_unchanged(const NightReport& report) {
  std::string away;
  for (const std::string& place : report.away) away += line("NOT THERE", place + ": it gets a copy as soon as it is");
  return report.practice + ": nothing changed.\n\n" +
         line("Read", report.source_unread ? "nothing: nobody has written to the EMR's files since" : "everything: the EMR says what it said then, to the letter") +
         line("Copy no. " + std::to_string(report.sequence), "is what the EMR says now; no other was made") + away + line("Took", duration_of(report.total_s));
}

// What the first line says of it.
std::string outcome_of(const NightReport& report) {
  const std::string missed = missed_words(places_of(report));
  return missed.empty() ? "the night is done." : "the copy is made, but " + missed + ".";
}

void append_destinations(const std::vector<DestinationResult>& destinations, std::string& text) {
  for (const DestinationResult& destination : destinations) {
    const bool late = destination.fault && destination.fault->code == app::Code::out_of_time;
    if (late) text += line("No time for", destination.name + ": it does not have this copy");
    else text += line("Copied to", destination.name + (destination.fault ? ": FAILED. " + destination.fault->what : ": copied and checked there"));
  }
}

}  // namespace

std::string format_report(const NightReport& report) {
  if (report.unchanged) return format_unchanged(report);
  const ReadReport& read = report.read;
  std::string text = report.practice + ": " + outcome_of(report) + "\n\n";
  append_occasion(report, text);
  text += line("Read", counted(read.patients, "patient", "patients") + " from the EMR, data as of " +
                           app::format_as_of(report.as_of, report.time_zone));
  text += line("Kept", kept_words(read));
  text += line("Unreadable", read.unreadable == 0 ? "nothing" : counted(read.unreadable, "entry is", "entries are") +
                                                                    " marked \"unreadable\" in the charts");
  append_skipped(read, text);
  if (!read.passed_by.empty()) {
    std::vector<std::string> names;
    for (const auto& [name, count] : read.passed_by) names.push_back(grouped(count) + ' ' + name);
    text += line("Passed by", joined(names) + " (have no place in a chart)");
  }
  for (const std::string& caution : read.cautions) text += line("Take care", caution);
  if (!report.not_in_copy.empty()) text += line("MISSING", joined(report.not_in_copy) + ": the EMR's data hold nothing of the kind");
  if (!report.accepted_shrink.empty()) text += line("Take care", "far less than on the nights before was accepted: " + report.accepted_shrink);
  append_policy(report.policy, text);
  append_documents(report.documents, text);
  if (report.paper_fault) text += line("Printed", "NOTHING. " + report.paper_fault->what + " The copy was made without paper.");
  if (report.paper && !report.paper_fault) {
    append_binder(report.binder, report.days, text);
    if (report.contacts_fault) text += line("", "WITHOUT the telephone list: " + report.contacts_fault->what);
  }
  if (report.forms_fault) text += line("FORMS", report.forms_fault->what + " The copy has Nightchart's own forms instead of yours.");
  text += line("Copy no. " + std::to_string(report.sequence), report.copy.string() + "  (" + size_of(report.bytes) + ", encrypted)");
  text += line("Opens for", joined(report.keyholders));
  text += line("Checked", "opened again from the disk: every byte and all " + counted(read.patients - report.policy.absent, "chart", "charts") + " are as they were read");
  if (report.left_behind) text += line("LEFT BEHIND", report.left_behind->what);
  append_destinations(report.destinations, text);
  append_rotation(report.rotation, text);
  for (const DestinationResult& destination : report.destinations) append_rotation(destination.rotation, text);
  return text + line("Took", duration_of(report.total_s));
}

std::string format_report_json(const NightReport& report) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("practice", std::string_view(report.practice));
  if (report.occasion != app::Occasion::night) json.member("occasion", app::name_of(report.occasion));
  if (report.unchanged) json.member("unchanged", true);
  if (!report.away.empty()) {
    json.key("away");
    json.open_array();
    for (const std::string& place : report.away) json.text(place);
    json.close_array();
  }
  if (!report.shard.is_whole()) {
    json.member("shard", std::int64_t{report.shard.number});
    json.member("shards", std::int64_t{report.shard.of});
  }
  json.member("copy", std::string_view(report.copy.string()));
  json.member("sequence", static_cast<std::int64_t>(report.sequence));
  json.member("as_of", std::string_view(app::format_utc(report.as_of)));
  json.member("taken", std::string_view(app::format_utc(report.taken)));
  json.member("bytes", static_cast<std::int64_t>(report.bytes));
  json.member("patients", static_cast<std::int64_t>(report.read.patients));
  append_counts(json, "entries", report.read.entries);
  append_counts(json, "passed_by", report.read.passed_by);
  append_policy(report.policy, json);
  append_documents(report.documents, json);
  json.member("unreadable", static_cast<std::int64_t>(report.read.unreadable));
  json.member("skipped", static_cast<std::int64_t>(report.read.skipped));
  json.key("first_skipped");
  json.open_array();
  for (const Skipped& skipped : report.read.first_skipped) {
    json.open_object();
    json.member("where", std::string_view(skipped.where));
    json.member("reason", std::string_view(skipped.reason));
    json.close_object();
  }
  json.close_array();
  json.key("cautions");
  json.open_array();
  for (const std::string& caution : report.read.cautions) json.text(caution);
  json.close_array();
  append_binder(report.binder, json);
  if (!report.accepted_shrink.empty()) json.member("accepted_shrink", std::string_view(report.accepted_shrink));
  if (report.paper_fault) json.member("paper_fault", std::string_view(report.paper_fault->what));
  if (report.forms_fault) json.member("forms_fault", std::string_view(report.forms_fault->what));
  if (report.left_behind) json.member("left_behind", std::string_view(report.left_behind->what));
  json.key("not_in_copy");
  json.open_array();
  for (const std::string& section : report.not_in_copy) json.text(section);
  json.close_array();
  json.key("destinations");
  json.open_array();
  for (const DestinationResult& destination : report.destinations) {
    json.open_object();
    json.member("name", std::string_view(destination.name));
    json.member("ok", !destination.fault);
    if (destination.fault) json.member("fault", std::string_view(destination.fault->what));
    json.member("milliseconds", static_cast<std::int64_t>(destination.took_s * 1000));
    append_rotation(destination.rotation, json);
    json.close_object();
  }
  json.close_array();
  append_rotation(report.rotation, json);
  json.key("milliseconds");
  json.open_object();
  json.member("read_and_keep", static_cast<std::int64_t>(report.read_s * 1000));
  json.member("paper", static_cast<std::int64_t>(report.paper_s * 1000));
  json.member("verify", static_cast<std::int64_t>(report.verify_s * 1000));
  json.member("total", static_cast<std::int64_t>(report.total_s * 1000));
  json.close_object();
  json.close_object();
  return text;
}

}  // namespace exporter
