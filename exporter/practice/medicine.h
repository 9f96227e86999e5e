// What an invented practice knows of medicine: conditions, the drugs that treat them, the values that go
// with them, vaccines and allergens. Plausible, not medical advice.
//
// Source:  codes of ICD-10-CM, SNOMED CT, RxNorm (ingredients), LOINC and CVX, where they are well known;
//          an empty code says that none is given.
#pragma once

#include <span>

namespace exporter {

enum class Who { anyone, women, men };

struct Drug {
  const char* name;  // "lisinopril": conditions name their treatment so
  const char* text;  // as it stands in a medication list
  const char* rxnorm;
  const char* brand;
  const char* strength;
  const char* form;
  const char* route;
  const char* dose;
  const char* frequency;
  const char* instructions;
  const char* family;         // what one may be allergic to: "penicillin"; "" otherwise
  bool as_needed;
  bool never_in_pregnancy;
  bool never_with_blood_thinner;
};
std::span<const Drug> drugs();
// Requires: there is such a drug.
int drug_index(const char* name);

struct Condition {
  const char* text;
  const char* icd10;
  const char* snomed;
  Who who;
  int from_age, to_age;        // of onset
  int young_in_thousand;       // how many have it at from_age …
  int old_in_thousand;         // … and at to_age and beyond
  bool lasting;                // else it is over within weeks
  const char* treatments[4];   // of these, one after another is tried: the first that fits
  const char* added[2];        // given besides
  const char* complaint;       // why people come with it
  const char* plan;            // what is done about it
};
std::span<const Condition> conditions();

struct LabTest {
  const char* panel;
  const char* text;
  const char* loinc;
  const char* unit;
  double low, high;      // reference range; for women where it differs, see women_low
  double women_low, women_high;
  int digits;            // after the point
};
std::span<const LabTest> lab_tests();

// What a condition or a drug does to a value.
struct LabEffect {
  const char* cause;  // Condition::text or Drug::name
  const char* test;   // LabTest::text
  double from, to;
};
std::span<const LabEffect> lab_effects();

struct Vaccine {
  const char* text;
  const char* cvx;
  const char* manufacturer;
  const char* doses;     // months of age at which it is due, in order: "2 4 6 15 48"
  int born_after;        // year since which it is given
  bool yearly;           // from 6 months on, each autumn
};
std::span<const Vaccine> vaccines();

struct Allergen {
  const char* text;
  const char* rxnorm;
  const char* category;
  const char* family;  // the Drug::family that must not be given
  const char* reactions[3];
};
std::span<const Allergen> allergens();

struct Operation {
  const char* text;
  const char* snomed;
  Who who;
  int from_age;
  const char* site;
  const char* device;  // what stays in the body, or ""
};
std::span<const Operation> operations();

}  // namespace exporter
