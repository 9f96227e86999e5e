// The night's numbers for Prometheus.
#include <algorithm>
#include <map>

#include "exporter/report/drill.h"
#include "exporter/report/night_page.h"

namespace exporter {
namespace {

// A label's value: backslash, quotation mark and end of line are written with a backslash.
std::string label(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\\' || c == '"') out += '\\';
    out += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return out + '"';
}

class Metrics {
 public:
  void begin(const std::string& name, const std::string& help) {
    name_ = "nightchart_" + name;
    text_ += "# HELP " + name_ + ' ' + help + "\n# TYPE " + name_ + " gauge\n";
  }
  void value(const std::string& number, const std::string& labels = "") { text_ += name_ + labels + ' ' + number + '\n'; }
  void value(std::int64_t number, const std::string& labels = "") { value(std::to_string(number), labels); }
  void one(const std::string& name, const std::string& help, std::int64_t number) { begin(name, help), value(number); }
  std::string text() && { return std::move(text_); }

 private:
  std::string name_, text_;
};

void add_counts(const NightRecord& record, Metrics& metrics) {
  const auto whole = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
  metrics.one("copy_sequence", "Number of the copy that the last night published.", whole(record.sequence));
  metrics.one("copy_bytes", "Size of that copy without the volumes of documents.", whole(record.bytes));
  metrics.one("patients", "Patients in that copy.", whole(record.counts.patients));
  metrics.begin("entries", "Entries in that copy, by section.");
  for (const auto& [section, count] : record.counts.entries) metrics.value(whole(count), "{section=" + label(section) + "}");
  metrics.one("documents", "Documents whose pages are in that copy.", whole(record.counts.documents));
  metrics.one("documents_missing", "Documents that the EMR names and that are not there.", whole(record.documents_missing));
  metrics.one("documents_failed", "Documents that could not be read or kept.", whole(record.documents_failed));
  metrics.one("unreadable", "Entries marked unreadable.", whole(record.unreadable));
  metrics.one("skipped", "Lines or rows that belong to no chart.", whole(record.skipped));
}

// By place, of the last drill held there.
void add_drills(const ReadinessFacts& facts, Metrics& metrics) {
  std::map<std::string, std::pair<std::int64_t, bool>> places;  // when it passed last, and whether the last one did
  for (const DrillRecord& drill : facts.drills) {
    if (drill.destination != kDrillItself) places.erase(kDrillItself);  // it could begin again
    auto& [passed_at, passed] = places[drill.destination];
    passed = drill.code == 0;
    if (passed) passed_at = drill.when.s;
  }
  metrics.begin("drill_ok", "1 if the last restore drill at that place passed.");
  for (const auto& [name, place] : places) metrics.value(place.second ? 1 : 0, "{destination=" + label(name) + "}");
  metrics.begin("drill_last_passed_timestamp_seconds", "When a restore drill last passed there; 0 for never.");
  for (const auto& [name, place] : places) metrics.value(place.first, "{destination=" + label(name) + "}");
}

}  // namespace

std::string format_metrics(const NightRecord& record, const Readiness& readiness, const ReadinessFacts& facts) {
  Metrics metrics;
  metrics.one("night_began_timestamp_seconds", "When the last night began.", record.began.s);
  metrics.one("night_exit_code", "How it ended: 0 done, 3 done with unreadable entries, others failed.", record.code);
  metrics.one("night_published", "1 if it published a copy.", record.published ? 1 : 0);
  metrics.begin("night_duration_seconds", "How long it took.");
  metrics.value(std::to_string(record.took_s));
  if (facts.newest) metrics.one("copy_data_timestamp_seconds", "The moment of which the newest good copy speaks.", facts.newest->as_of.s);
  metrics.one("readiness", "0 green, 1 amber, 2 red; see nightchart status.", static_cast<std::int64_t>(readiness.light));
  metrics.begin("destination_ok", "1 if the last night copied to the destination and checked the copy there.");
  for (const std::string& name : facts.destinations) {
    bool ok = false;
    for (const PlaceRecord& place : record.places) ok = ok || (place.name == name && place.code == 0);
    metrics.value(ok ? 1 : 0, "{destination=" + label(name) + "}");
  }
  metrics.begin("destination_last_good_timestamp_seconds", "When the last run began that copied there; 0 for never.");
  for (const std::string& name : facts.destinations) {
    std::int64_t last = 0;
    for (const auto* runs : {&facts.nights, &facts.between}) {
      for (const NightRecord& run : *runs) {
        for (const PlaceRecord& place : run.places) last = place.name == name && place.code == 0 ? std::max(last, run.began.s) : last;
      }
    }
    metrics.value(last, "{destination=" + label(name) + "}");
  }
  add_drills(facts, metrics);
  if (record.published) add_counts(record, metrics);
  return std::move(metrics).text();
}

}  // namespace exporter
