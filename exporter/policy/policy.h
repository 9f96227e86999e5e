// What leaves the EMR, as the practice decided: which patients, how far back, and which entries not at all.
//
// Units:   months.
// Errors:  none.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/record/calendar.h"
#include "exporter/policy/entry_rule.h"
#include "exporter/policy/patient_list.h"

namespace exporter {

// How a patient whose record stays behind stands in the copy.
enum class Listing {
  named,   // by name, birth date and number; whatever else there is, is said to be withheld
  absent,  // not at all
};

struct Policy {
  bool only_active = false;
  int active_months = 36;
  std::vector<std::string> sites;  // empty: all
  bool with_provider = false;      // only those who have one
  Listing left_out = Listing::absent;  // those outside of these

  std::filesystem::path list;  // of patients to withhold; may be empty
  PatientList withheld;        // what stands in it
  Listing withheld_as = Listing::named;

  std::map<std::string, int, std::less<>> months;  // how far back a section goes; one that is not named goes all the way
  EntryRule entries = EntryRule::safe_default();
};

// Sections that may be cut by age: what is in force (allergies, alerts, …) never is.
const std::vector<std::string_view>& sections_with_age();

// The first day that is kept. Whole years begin with a January and months with their first day: a day that moved on
// every night would change every sheet every night, and all of the binder with it.
app::Date first_day_kept(const app::Date& today, int months);

// For a packet's cover: what is not in the copy and why. Says nothing of kinds, which would tell of whoever has an entry withheld.
// Empty when everything leaves the EMR.
std::string describe_policy(const Policy& policy, const app::Date& today);

}  // namespace exporter
