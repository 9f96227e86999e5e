// The policy done to one chart: what must not leave the EMR is taken out, counted, and said in its place.
//
// Pure: a chart, a policy and a day in; the chart as it may leave out. Whatever EMR a chart came from.
// Rules:   An entry or a patient is left out by what the EMR says, never by what it does not say: an entry without a date is
//          not old, a patient without a known site is not elsewhere.
//          The reason is kept nowhere: not in the chart, not in a count.
//          Allergies are withheld for a label of their own alone.
// Errors:  none.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "app/record/chart.h"
#include "exporter/policy/patient_facts.h"
#include "exporter/policy/policy.h"

namespace exporter {

enum class Fate {
  whole,   // as it is, but for entries that are withheld
  named,   // is in the copy by name alone
  absent,  // is not in the copy
};

// How much stayed behind; nothing about whom.
struct PolicyReport {
  std::uint64_t named = 0;   // patients who are in the copy by name alone
  std::uint64_t absent = 0;  // patients who are not in it
  std::map<std::string, std::uint64_t> withheld;  // entries by section
  std::map<std::string, std::uint64_t> older;     // left out by their age
  std::map<std::string, std::uint64_t> kept;      // what is in the copy
  std::uint64_t unreadable = 0;       // of what is in the copy, marked so
  std::uint64_t unknown_numbers = 0;  // in the list of withheld patients, that no patient has
  std::string words;                  // see describe_policy()
};

class PolicyRun {
 public:
  // `today` is the day of which the EMR's data speak.
  PolicyRun(const Policy& policy, const app::Date& today);

  Fate apply(const PatientFacts& facts, app::Chart& chart);
  // Whole after the last chart.
  PolicyReport report() const;

 private:
  Fate fate_of(const PatientFacts& facts, const app::Chart& chart);
  bool is_listed(const app::Chart& chart);
  bool is_outside(const PatientFacts& facts, const app::Chart& chart) const;
  void count_kept(const app::Chart& chart);

  const Policy& policy_;
  app::Date today_;
  app::Date active_since_;
  PatientList unseen_;  // numbers of the list that no patient had yet
  PolicyReport report_;
};

}  // namespace exporter
