#include "exporter/practice/record_of.h"

namespace exporter {
namespace {

struct Worker {
  const char* name;
  const char* role;
  const char* organization;
};
constexpr Worker kStaff[] = {
    {"Ruth Abernathy, MD", "Family medicine", ""},
    {"José Ibarra, MD", "Family medicine", ""},
    {"Priyanka Venkataraman, DO", "Internal medicine", ""},
    {"Samuel Okafor, MD", "Pediatrics", ""},
    {"Mei-Ling Tsai, NP", "Nurse practitioner", ""},
    {"Anneke de Wit, PA-C", "Physician assistant", ""},
    {"Catherine O'Malley, MD", "Obstetrics and gynecology", ""},
    {"Hyun-ju Bae, MD", "Internal medicine", ""},
    {"Gabriel Fontaine, NP", "Nurse practitioner", ""},
    {"Dolores Whitcomb, RN", "Nurse", ""},
    {"Terrence Boone, RN", "Nurse", ""},
    {"Ingrid Lindqvist, MA", "Medical assistant", ""},
    {"Patrick Mbeki, MA", "Medical assistant", ""},
    {"Yolanda Cruz", "Front desk", ""},
    {"Nathaniel Roth, MD", "Cardiology", "Valley Heart Associates"},
    {"Farida Rahimi, MD", "Endocrinology", "Hudson Endocrine Group"},
    {"Louis Petrakis, MD", "Oncology", "Cedar Hollow Cancer Center"},
    {"Miriam Adler, MD", "Neurology", "Port Harmony Neurology"},
    {"Grant Whitfield, MD", "Orthopedics", "Elmford Bone and Joint"},
    {"Sunita Rao, LCSW", "Behavioral health", "Millbrook Counseling"},
};
constexpr const char* kPayers[] = {"Medicare Part B",        "State Medicaid",           "Evergreen Health Plan",
                                   "Blue Harbor of New York", "United Valley Insurance",  "Self-pay",
                                   "Tri-County Union Fund",   "Veterans Community Care"};

struct Vital {
  const char* text;
  const char* loinc;
  const char* unit;
};
constexpr Vital kVitals[] = {{"Blood pressure", "85354-9", "mmHg"},    {"Heart rate", "8867-4", "/min"},
                             {"Body weight", "29463-7", "kg"},         {"Body height", "8302-2", "cm"},
                             {"Body temperature", "8310-5", "Cel"},    {"Oxygen saturation", "59408-5", "%"},
                             {"Respiratory rate", "9279-1", "/min"}};

}  // namespace

void write_catalogues(Tables& tables, Random& random) {
  int id = 0;
  for (const Worker& worker : kStaff) {
    const std::string phone = format_phone(random);
    tables.append(Table::staff, {++id, worker.name, worker.role, worker.organization, phone});
  }
  id = 0;
  for (const char* payer : kPayers) {
    const std::string phone = "1-800-555-01" + std::to_string(10 + id);
    tables.append(Table::payers, {++id, payer, phone});
  }
  id = 0;
  for (const Drug& drug : drugs()) {
    tables.append(Table::drugs, {++id, drug.text, drug.rxnorm, drug.name, drug.brand, drug.strength, drug.form, drug.route});
  }
  id = 0;
  for (const Condition& condition : conditions()) {
    tables.append(Table::diagnoses, {++id, condition.text, condition.icd10, condition.snomed});
  }
  id = 0;
  for (const LabTest& test : lab_tests()) tables.append(Table::tests, {++id, test.panel, test.text, test.loinc, test.unit});
  id = 0;
  for (const Vital& vital : kVitals) tables.append(Table::vital_kinds, {++id, vital.text, vital.loinc, vital.unit});
  id = 0;
  for (const Vaccine& vaccine : vaccines()) {
    tables.append(Table::vaccines, {++id, vaccine.text, vaccine.cvx, vaccine.manufacturer});
  }
}

}  // namespace exporter
