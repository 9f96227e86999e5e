// What one invented person's record holds, written into the practice's tables in three parts.
//
// Units:   days since 1970-01-01.
#pragma once

#include <string>
#include <vector>

#include "exporter/practice/household.h"
#include "exporter/practice/medicine.h"
#include "exporter/practice/papers.h"
#include "exporter/practice/random.h"
#include "exporter/practice/tables.h"

namespace exporter {

struct Ill {
  const Condition* condition = nullptr;
  int onset_d = 0;
};

// What later parts must agree with.
struct Health {
  std::vector<Ill> ills;                      // the lasting ones
  std::vector<const Drug*> drugs;             // taken now
  std::vector<const Allergen*> allergens;
  bool allergies_asked = false;
};

constexpr int kClinicians = 9;  // of the staff, the first

// Staff, payers, drugs, tests, …: what the rows of patients refer to.
void write_catalogues(Tables& tables, Random& random);

// Names, addresses, whom to call, insurance, care team, directives, social history, documents; their scans, if
// there is a folder for them.
void write_particulars(const Person& person, const Household& household, Tables& tables, Random& random,
                       Papers* papers);

// Allergies, problems, prescriptions, operations, pregnancy.
Health write_health(const Person& person, Tables& tables, Random& random, int today_d);

// Visits with what was measured and written, laboratory results, immunizations, appointments.
void write_care(const Person& person, Health& health, Tables& tables, Random& random, int today_d);

// A drug against `condition` that nothing speaks against, or nullptr.
const Drug* fitting_drug(const Condition& condition, const Person& person, const Health& health, Random& random);
bool fits(const Drug& drug, const Person& person, const Health& health);
void write_prescription(const Drug& drug, const std::string& reason, const Person& person, int from_d, int until_d,
                        Tables& tables, Random& random);

}  // namespace exporter
