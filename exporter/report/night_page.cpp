#include "exporter/report/night_page.h"

#include "exporter/report/report_words.h"

namespace exporter {
namespace {

std::string right(const std::string& text, std::size_t width) {
  return std::string(text.size() < width ? width - text.size() : 0, ' ') + text;
}

// "  allergies             3,104         3,098           +6"
std::string row(const std::string& name, const std::string& tonight, const std::string& before, const std::string& change) {
  const std::string text = "  " + name + std::string(name.size() < 30 ? 30 - name.size() : 1, ' ') + right(tonight, 12) + right(before, 16) + right(change, 12);
  return text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
}

class Table {
 public:
  Table(const NightRecord& tonight, const NightRecord* before) : tonight_(tonight), before_(before) {
    text_ = row("", "tonight", before ? "night before" : "", before ? "change" : "");
  }

  void add(const std::string& name, std::uint64_t tonight, std::uint64_t before) {
    std::string change;
    if (before_ != nullptr && tonight > before) change = "+" + grouped(tonight - before);
    if (before_ != nullptr && tonight < before) change = "-" + grouped(before - tonight);
    text_ += row(name, grouped(tonight), before_ ? grouped(before) : "", change);
  }
  void add(const std::string& name, std::uint64_t NightRecord::* count) { add(name, tonight_.*count, before_ ? before_->*count : 0); }

  std::string text() && { return std::move(text_); }

 private:
  const NightRecord& tonight_;
  const NightRecord* before_;
  std::string text_;
};

std::uint64_t count_in(const NightRecord* night, const std::string& section) {
  if (night == nullptr) return 0;
  const auto found = night->counts.entries.find(section);
  return found == night->counts.entries.end() ? 0 : found->second;
}

std::string make_table(const NightRecord& record, const NightRecord* before) {
  Table table(record, before);
  table.add("patients", record.counts.patients, before ? before->counts.patients : 0);
  std::map<std::string, std::uint64_t> sections = record.counts.entries;
  if (before != nullptr) sections.insert(before->counts.entries.begin(), before->counts.entries.end());
  for (const auto& [section, count] : sections) {
    table.add(section == "documents" ? "documents (titles)" : section, count_in(&record, section), count_in(before, section));
  }
  table.add("documents (their pages)", record.counts.documents, before ? before->counts.documents : 0);
  table.add("documents missing in the EMR", &NightRecord::documents_missing);
  table.add("documents that failed", &NightRecord::documents_failed);
  table.add("withheld by the settings", &NightRecord::withheld);
  table.add("entries unreadable", &NightRecord::unreadable);
  table.add("lines or rows skipped", &NightRecord::skipped);
  table.add("pages printed", &NightRecord::pages);
  return std::move(table).text();
}

std::string result_words(const NightRecord& record) {
  if (record.unchanged) return "nothing had changed in the EMR, so no copy was made.";
  if (!record.published) return "FAILED. " + record.what;
  const std::string missed = missed_words(record.places);
  if (!missed.empty()) return "the copy is made, but " + missed + ".";
  if (record.code != 0 && record.code != app::kExitUnreadable) return "the copy is made, but something went wrong: see below.";
  return record.code == 0 ? "done, and nothing was unreadable." : "done; what could not be read is marked in the charts and counted below.";
}

std::string name_of_run(app::Occasion occasion) {
  return occasion == app::Occasion::battery ? "The copy taken on battery, " : occasion == app::Occasion::day ? "The copy between two nights, " : "The night of ";
}

}  // namespace

std::string format_night_page(const EndedNight& night, const NightRecord& record, const NightRecord* before, const Readiness& readiness,
                              const std::string& practice, const std::string& time_zone) {
  std::string text = practice + "\n" + name_of_run(record.occasion) + app::format_as_of(record.began, time_zone) + "\n\nRESULT: " + result_words(record) + "\n";
  if (night.fault && !night.fault->detail.empty()) text += "        " + night.fault->detail + "\n";
  if (!record.accepted_shrink.empty()) text += "        Far less than before was accepted, for this reason: " + record.accepted_shrink + "\n";
  if (record.published) {
    text += "\n" + make_table(record, before);
  } else if (before != nullptr) {
    text += "\nThe copy of " + app::format_as_of(before->as_of, time_zone) + " (no. " + std::to_string(before->sequence) + ") stays the current one.\n";
  }
  if (night.report != nullptr) text += "\nIN WORDS\n" + format_report(*night.report);
  std::string due;
  for (const Finding& finding : readiness.findings) {
    if (finding.light != Light::green) due += "  " + std::string(word_of(finding.light)) + "  " + finding.about + ": " + finding.what + "\n";
  }
  text += "\nWHAT IS DUE\n" + (due.empty() ? "  Nothing.\n" : due);
  return text;
}

std::string format_night_file(const EndedNight& night, const NightRecord& record, const NightRecord* before, const Readiness& readiness) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("exit_code", std::int64_t{record.code});
  json.member("published", record.published);
  json.member("began", std::string_view(app::format_utc(record.began)));
  if (night.fault) {
    json.key("error");
    json.open_object();
    json.member("code", static_cast<std::int64_t>(night.fault->code));
    json.member("what", std::string_view(night.fault->what));
    json.member("detail", std::string_view(night.fault->detail));
    json.close_object();
  }
  json.key("tonight");
  json.raw(format_night_record(record));
  if (before != nullptr) {
    json.key("before");
    json.raw(format_night_record(*before));
  }
  if (night.report != nullptr) {
    json.key("report");
    json.raw(format_report_json(*night.report));
  }
  append_readiness(readiness, json);
  json.close_object();
  return text + "\n";
}

}  // namespace exporter
