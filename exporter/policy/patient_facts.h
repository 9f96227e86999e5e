// What a policy must know of a patient and no chart holds.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/record/calendar.h"
#include "app/record/known.h"
#include "exporter/policy/entry_rule.h"

namespace exporter {

struct PatientFacts {
  std::vector<std::string> sites;       // where the patient belongs; empty: the EMR does not say
  std::optional<std::string> provider;  // "" when the EMR says that there is none
  app::Known<app::Date> last_active;    // beside the dates of the chart itself
  std::vector<EntryLabel> labels;       // of the whole record
  std::set<std::string, std::less<>> withheld_visits;  // keys of those that are not in the chart
  std::vector<std::string> withheld_problems;          // what they are called
};

}  // namespace exporter
