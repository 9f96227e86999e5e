#include "exporter/policy/apply_policy.h"

#include <algorithm>
#include <array>
#include <set>
#include <type_traits>
#include <utility>
#include <vector>

#include "app/record/sheet_words.h"
#include "exporter/policy/chart_dates.h"

namespace exporter {
namespace {

using app::Chart;
using app::Presence;

constexpr const char* kWithheldReason = "(withheld)";
constexpr const char* kWithheldWord = "withheld";
constexpr std::size_t kShortestTelling = 4;  // letters; a shorter text stands by chance in another

// Source: LOINC document codes of advance directives, which are in force until they are revoked.
constexpr auto kDirectiveCodes = std::to_array<std::string_view>(
    {"42348-3", "42349-1", "64298-3", "75320-2", "78823-2", "81334-5", "84095-9", "86533-7", "92664-2", "104144-1"});

template <typename T>
bool has_withheld_code(const EntryRule& rule, const T& entry) {
  if constexpr (requires { entry.codes; }) return withholds_code(rule, entry.codes);
  return false;
}

// Of what happened a title tells; of what somebody has, it is the thing itself.
template <typename T>
bool has_withheld_title(const EntryRule& rule, const T& entry) {
  if constexpr (std::is_same_v<T, app::Visit> || std::is_same_v<T, app::Appointment>) {
    return withholds_title(rule, entry.text) || withholds_title(rule, entry.reason);
  } else if constexpr (std::is_same_v<T, app::Note> || std::is_same_v<T, app::Document>) {
    return withholds_title(rule, entry.text);
  } else if constexpr (std::is_same_v<T, app::Observation>) {
    return withholds_title(rule, entry.panel);
  }
  return false;
}

template <typename T>
bool has_withheld_place(const EntryRule& rule, const T& entry) {
  if constexpr (requires { entry.place; }) return withholds_place(rule, entry.place);
  if constexpr (requires { entry.organization; }) return withholds_place(rule, entry.organization);
  return false;
}

// Of the patient's own particulars. A whole resource, or what qualifies one, may be there for want of a section.
bool is_of_person(const app::Unreadable& one) {
  return one.section == "identity" && !one.field.empty() && one.field != "modifierExtension" && one.field != "implicitRules";
}

// Takes out of every section what the rule withholds.
class Withholder {
 public:
  Withholder(const EntryRule& rule, const PatientFacts& facts) : rule_(rule), visits_(facts.withheld_visits) {
    for (const std::string& text : facts.withheld_problems) note_text(text);
  }

  template <typename T>
  void operator()(std::string_view, app::Section<T>& section) {
    if constexpr (!std::is_same_v<T, app::Allergy>) {
      const std::size_t before = section.entries.size();
      std::erase_if(section.entries, [this](const T& entry) { return take(entry); });
      if (section.entries.size() == before) return;
      section.withheld += static_cast<std::uint32_t>(before - section.entries.size());
    }
  }

  // What was taken out may be named by what stays.
  void hide_traces(Chart& chart) const {
    std::erase_if(chart.notes.entries, [&](const app::Note& note) {
      if (note.visit.empty() || !visits_.contains(note.visit)) return false;
      ++chart.notes.withheld;
      return true;
    });
    for (app::Visit& one : chart.visits.entries) hide(one.reason);
    for (app::Appointment& one : chart.appointments.entries) hide(one.reason);
    for (app::Medication& one : chart.medications.entries) hide(one.reason);
    for (app::Procedure& one : chart.procedures.entries) hide(one.reason);
    // It may be an entry that is withheld of which something could not be read, in whatever section it was filed.
    bool is_anything_withheld = false;
    const auto look = [&](std::string_view, const auto& section) { is_anything_withheld |= section.withheld != 0; };
    Chart::sections(std::as_const(chart), look);
    if (!is_anything_withheld) return;
    for (app::Unreadable& one : chart.unreadable) {
      if (!is_of_person(one)) one.as_recorded.clear();
    }
  }

 private:
  template <typename T>
  bool take(const T& entry) {
    if (!has_withheld_code(rule_, entry) && !has_withheld_title(rule_, entry) && !has_withheld_place(rule_, entry)) return false;
    if constexpr (std::is_same_v<T, app::Visit>) {
      if (!entry.key.empty()) visits_.insert(entry.key);
    }
    if constexpr (std::is_same_v<T, app::Problem>) {
      note_text(entry.text);
    }
    return true;
  }

  void note_text(const std::string& text) {
    if (text.size() >= kShortestTelling) texts_.push_back(text);
  }

  void hide(std::string& reason) const {
    const bool tells = std::any_of(texts_.begin(), texts_.end(), [&reason](const std::string& text) {
      return app::contains_ignoring_case(reason, text);
    });
    if (tells) reason = kWithheldReason;
  }

  const EntryRule& rule_;
  std::set<std::string, std::less<>> visits_;
  std::vector<std::string> texts_;
};

bool is_directive(const app::Document& document, const Chart& chart) {
  for (const app::Coding& coding : document.codes) {
    if (std::find(kDirectiveCodes.begin(), kDirectiveCodes.end(), coding.code) != kDirectiveCodes.end()) return true;
  }
  return std::any_of(chart.directives.entries.begin(), chart.directives.entries.end(),
                     [&document](const app::Statement& one) { return one.text == document.text; });
}

// Takes out what is older than the practice wants to carry about.
class Cutter {
 public:
  Cutter(const Policy& policy, const app::Date& today, const Chart& chart, std::map<std::string, std::uint64_t>& older)
      : policy_(policy), today_(today), chart_(chart), older_(older) {}

  template <typename T>
  void operator()(std::string_view name, app::Section<T>& section) const {
    if constexpr (requires(const T& entry) { last_day_of(entry); }) {
      const auto months = policy_.months.find(name);
      if (months == policy_.months.end() || months->second == 0) return;
      const app::Date first = first_day_kept(today_, months->second);
      const int first_day = last_day_of(app::Known<app::Date>(first));
      const std::size_t before = section.entries.size();
      std::erase_if(section.entries, [&](const T& entry) {
        const int day = last_day_of(entry);
        return day != 0 && day < first_day && !is_in_force(entry);
      });
      if (section.entries.size() == before) return;
      const auto count = static_cast<std::uint32_t>(before - section.entries.size());
      older_[std::string(name)] += count;
      section.withheld += count;
      section.recorded = first;
    }
  }

 private:
  template <typename T>
  bool is_in_force(const T& entry) const {
    if constexpr (std::is_same_v<T, app::Document>) return is_directive(entry, chart_);
    return false;
  }

  const Policy& policy_;
  const app::Date& today_;
  const Chart& chart_;
  std::map<std::string, std::uint64_t>& older_;
};

struct SettleState {
  template <typename T>
  void operator()(std::string_view, app::Section<T>& section) const {
    if (!section.entries.empty() || section.withheld == 0) return;
    if (section.state != Presence::not_in_copy) section.state = Presence::withheld;
  }
};

void keep_name_alone(Chart& chart) {
  Chart named;
  named.emr_key = std::move(chart.emr_key);
  named.mrn = std::move(chart.mrn);
  for (app::Identifier& one : chart.identifiers) {
    if (one.value == named.mrn) named.identifiers.push_back(std::move(one));
  }
  if (!chart.names.empty()) named.names.push_back(std::move(chart.names.front()));
  named.birth_date = std::move(chart.birth_date);
  // Else they would be said not to be recorded.
  named.sex = kWithheldWord;
  named.telecom = {{"phone", "", kWithheldWord}};
  named.addresses.emplace_back().line = kWithheldWord;
  auto withhold = [](std::string_view, auto& section) { section.state = Presence::withheld; };
  Chart::sections(named, withhold);
  chart = std::move(named);
}

}  // namespace

PolicyRun::PolicyRun(const Policy& policy, const app::Date& today)
    : policy_(policy), today_(today), active_since_(first_day_kept(today, policy.active_months)), unseen_(policy.withheld) {}

bool PolicyRun::is_listed(const Chart& chart) {
  if (policy_.withheld.empty()) return false;
  bool listed = false;
  const auto look = [&](const std::string& number) {
    if (!policy_.withheld.contains(number)) return;
    listed = true;
    unseen_.erase(number);
  };
  look(chart.mrn);
  for (const app::Identifier& one : chart.identifiers) look(one.value);
  return listed;
}

bool PolicyRun::is_outside(const PatientFacts& facts, const Chart& chart) const {
  if (policy_.with_provider && facts.provider && facts.provider->empty()) return true;
  const auto is_of = [&](const std::string& site) {
    return std::any_of(policy_.sites.begin(), policy_.sites.end(),
                       [&site](const std::string& one) { return app::same_ignoring_case(one, site); });
  };
  if (!policy_.sites.empty() && !facts.sites.empty() && std::none_of(facts.sites.begin(), facts.sites.end(), is_of)) return true;
  // What could not be read may be what somebody was seen for yesterday.
  if (!policy_.only_active || !chart.unreadable.empty()) return false;
  const int last = std::max(last_active_day(chart), last_day_of(facts.last_active));
  return last != 0 && last < last_day_of(app::Known<app::Date>(active_since_));
}

Fate PolicyRun::fate_of(const PatientFacts& facts, const Chart& chart) {
  const auto as = [](Listing listing) { return listing == Listing::named ? Fate::named : Fate::absent; };
  if (is_listed(chart) || withholds(policy_.entries, facts.labels)) return as(policy_.withheld_as);
  if (is_outside(facts, chart)) return as(policy_.left_out);
  return Fate::whole;
}

Fate PolicyRun::apply(const PatientFacts& facts, Chart& chart) {
  const Fate fate = fate_of(facts, chart);
  if (fate == Fate::absent) {
    ++report_.absent;
    return fate;
  }
  if (fate == Fate::named) {
    ++report_.named;
    keep_name_alone(chart);
    return fate;
  }
  Withholder withholder(policy_.entries, facts);
  Chart::sections(chart, withholder);
  withholder.hide_traces(chart);
  const auto count_withheld = [this](std::string_view name, auto& section) {
    if (section.withheld == 0) return;
    report_.withheld[std::string(name)] += section.withheld;
    // Nobody's word that there is none stands where there is something.
    section.recorded = {};
    section.author.clear();
  };
  Chart::sections(chart, count_withheld);
  const Cutter cutter(policy_, today_, chart, report_.older);
  Chart::sections(chart, cutter);
  const SettleState settle;
  Chart::sections(chart, settle);
  count_kept(chart);
  return fate;
}

void PolicyRun::count_kept(const Chart& chart) {
  const auto add = [this](std::string_view name, const auto& section) {
    if (!section.entries.empty()) report_.kept[std::string(name)] += section.entries.size();
  };
  Chart::sections(chart, add);
  report_.unreadable += chart.unreadable.size();
}

PolicyReport PolicyRun::report() const {
  PolicyReport report = report_;
  report.unknown_numbers = unseen_.size();
  report.words = describe_policy(policy_, today_);
  return report;
}

}  // namespace exporter
