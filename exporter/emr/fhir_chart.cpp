#include "exporter/emr/fhir_chart.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <type_traits>
#include <utility>

#include "exporter/emr/fhir_values.h"

namespace exporter {
namespace {

// Newest first; what has no date comes last. Entries of one day keep the order that they have.
using DateKey = std::array<int, 6>;

DateKey date_key(const app::Known<app::Date>& known) {
  if (!known.is_known()) return {};
  const app::Date& date = known.value();
  return {date.year, date.month, date.day, date.hour, date.minute, date.second};
}

template <typename T, typename GetDate>
void sort_newest_first(std::vector<T>& entries, const GetDate& date_of) {
  std::stable_sort(entries.begin(), entries.end(),
                   [&](const T& a, const T& b) { return date_key(date_of(a)) > date_key(date_of(b)); });
}

void place_observations(std::vector<PlacedObservation>& placed, app::Section<app::Observation>& section) {
  std::stable_sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) {
    const DateKey when_a = date_key(a.entry.date), when_b = date_key(b.entry.date);
    if (when_a != when_b) return when_a > when_b;
    return a.report != b.report ? a.report < b.report : a.place < b.place;
  });
  for (PlacedObservation& one : placed) section.add(std::move(one.entry));
}

template <typename T>
bool is_current(const T& entry) {
  if constexpr (requires { entry.current; }) return entry.current.value_or(true);
  return true;
}

// A denial stands as the section's state only where nothing contradicts it; else it is said as an alert,
// with its date, so that neither is lost.
class Denials {
 public:
  explicit Denials(PatientRecord& record) : record_(record) {}

  template <typename T>
  void operator()(std::string_view name, app::Section<T>& section) {
    const bool has_current =
        std::any_of(section.entries.begin(), section.entries.end(), [](const T& entry) { return is_current(entry); });
    for (const Negation& negation : record_.negations) {
      if (negation.section != name) continue;
      const bool believed = negation.statement.current.value_or(true);
      if (believed && negation.of_everything && section.entries.empty()) {
        section.state = app::Presence::known_none;
        section.recorded = negation.statement.recorded;
        section.author = negation.statement.author;
        continue;
      }
      app::Statement said = negation.statement;
      if (believed && has_current && negation.of_everything) {
        if (!said.note.empty()) said.note += '\n';
        said.note += "The chart also holds entries that say otherwise: ask the patient";
      }
      alerts.push_back(std::move(said));
    }
    const auto listed = record_.said_empty.find(std::string(name));
    if (listed == record_.said_empty.end() || section.state != app::Presence::not_recorded) return;
    section.state = listed->second.state;
    section.recorded = listed->second.recorded;
    section.author = listed->second.author;
  }

  std::vector<app::Statement> alerts;

 private:
  PatientRecord& record_;
};

// A section that neither the export nor the patient's own document speaks of.
struct SayNotExported {
  const std::set<std::string>& exported;
  const std::set<std::string>& spoken_of;

  template <typename T>
  void operator()(std::string_view name, app::Section<T>& section) const {
    if (section.state != app::Presence::not_recorded || exported.contains(std::string(name))) return;
    if (spoken_of.contains(std::string(name))) return;
    section.state = app::Presence::not_in_copy;
  }
};

std::string supply_text(const char* what, const Supply& supply) {
  if (supply.times == 0) return {};
  std::string text = what;
  text += supply.times == 1 ? "" : ' ' + std::to_string(supply.times) + " times, last";
  if (supply.last.presence() != app::Presence::not_recorded) text += ' ' + app::format_known_date(supply.last);
  return supply.quantity.empty() ? text : text + ": " + supply.quantity;
}

void say_supplies(PatientRecord& record) {
  for (const auto& [place, supplies] : record.supplies) {
    std::string& note = record.chart.medications.entries[place].note;
    join(note, "\n", supply_text("Dispensed", supplies.dispensed));
    join(note, "\n", supply_text("Given", supplies.given));
  }
}

void sort_sections(app::Chart& chart) {
  sort_newest_first(chart.alerts.entries, [](const auto& e) -> auto& { return e.recorded; });
  sort_newest_first(chart.directives.entries, [](const auto& e) -> auto& { return e.recorded; });
  std::stable_sort(chart.allergies.entries.begin(), chart.allergies.entries.end(),
                   [](const auto& a, const auto& b) { return a.text < b.text; });
  sort_newest_first(chart.medications.entries, [](const auto& e) -> auto& { return e.start; });
  sort_newest_first(chart.problems.entries, [](const auto& e) -> auto& { return e.onset; });
  sort_newest_first(chart.immunizations.entries, [](const auto& e) -> auto& { return e.date; });
  sort_newest_first(chart.procedures.entries, [](const auto& e) -> auto& { return e.date; });
  sort_newest_first(chart.plan.entries, [](const auto& e) -> auto& { return e.recorded; });
  sort_newest_first(chart.visits.entries, [](const auto& e) -> auto& { return e.start; });
  sort_newest_first(chart.notes.entries, [](const auto& e) -> auto& { return e.date; });
  sort_newest_first(chart.documents.entries, [](const auto& e) -> auto& { return e.date; });
  // The next appointment is what is asked for: the earliest first.
  std::stable_sort(chart.appointments.entries.begin(), chart.appointments.entries.end(),
                   [](const auto& a, const auto& b) { return date_key(a.start) < date_key(b.start); });
}

}  // namespace

app::Chart finish_chart(PatientRecord&& record, const std::set<std::string>& exported) {
  app::Chart& chart = record.chart;
  say_supplies(record);
  place_observations(record.results, chart.results);
  place_observations(record.vital_signs, chart.vital_signs);
  place_observations(record.social_history, chart.social_history);
  place_observations(record.pregnancy, chart.pregnancy);
  Denials denials(record);
  app::Chart::sections(chart, denials);
  for (app::Statement& alert : denials.alerts) chart.alerts.add(std::move(alert));
  sort_sections(chart);
  SayNotExported say{exported, record.spoken_of};
  app::Chart::sections(chart, say);
  return std::move(chart);
}

}  // namespace exporter
