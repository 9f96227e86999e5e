#include <algorithm>
#include <string_view>

#include "exporter/practice/record_of.h"

namespace exporter {
namespace {

constexpr int kTerm_d = 280;

bool concerns(Who who, bool woman) { return who == Who::anyone || (who == Who::women) == woman; }

bool takes(const Health& health, std::string_view drug) {
  return std::any_of(health.drugs.begin(), health.drugs.end(), [drug](const Drug* taken) { return drug == taken->name; });
}

bool has(const Health& health, std::string_view condition) {
  return std::any_of(health.ills.begin(), health.ills.end(), [condition](const Ill& ill) { return condition == ill.condition->text; });
}

// Between young and old, in a thousand.
int chance_at(const Condition& condition, int age) {
  // What begins in childhood is mostly grown out of.
  if (condition.to_age <= 20 && age > condition.to_age + 15) return condition.old_in_thousand / 8;
  if (age >= condition.to_age) return condition.old_in_thousand;
  return condition.young_in_thousand + (condition.old_in_thousand - condition.young_in_thousand) *
                                           (age - condition.from_age) / std::max(1, condition.to_age - condition.from_age);
}

// Of one kind of illness there is one: two sorts of diabetes, or of anticoagulation, do not meet.
bool excluded(const Condition& condition, const Health& health, const Person& person) {
  const std::string_view text = condition.text;
  if (text == "Type 1 diabetes mellitus") return has(health, "Type 2 diabetes mellitus");
  if (text == "Diabetic neuropathy") return !has(health, "Type 2 diabetes mellitus") && !has(health, "Type 1 diabetes mellitus");
  if (text == "Malignant neoplasm of breast" || text == "Crohn's disease") return person.pregnant;
  return false;
}

void write_allergies(const Person& person, Health& health, Tables& tables, Random& random) {
  health.allergies_asked = random.percent(80);
  const std::string asked = format_iso_day(person.since_d);
  if (!health.allergies_asked) return;
  const int count = random.percent(70) ? 0 : random.percent(75) ? 1 : random.between(2, 4);
  if (count == 0) {
    if (random.percent(85)) tables.append(Table::none_known, person.id, {"allergies", asked});
    return;
  }
  for (int i = 0; i < count; ++i) {
    const Allergen& allergen = random.pick(allergens());
    if (std::find(health.allergens.begin(), health.allergens.end(), &allergen) != health.allergens.end()) continue;
    health.allergens.push_back(&allergen);
    const char* reaction = random.percent(85) ? random.pick(allergen.reactions) : "";
    const std::string_view words = reaction;
    const bool grave = words == "Anaphylaxis" || words == "Angioedema" || words == "Stevens-Johnson syndrome";
    const char* severity = words.empty() ? "" : grave ? "severe" : random.percent(70) ? "mild" : "moderate";
    const int age = random.between(0, std::max(0, person.age() - 1));
    const std::string onset = random.percent(50) ? format_iso_day(person.born_d + age * 365 + 40).substr(0, random.percent(60) ? 4 : 10) : "";
    const char* verification = random.percent(80) ? "confirmed" : random.percent(70) ? "unconfirmed" : "refuted";
    const bool refuted = std::string_view(verification) == "refuted";
    tables.append(Table::allergies, person.id,
                  {allergen.text, allergen.rxnorm, random.percent(85) ? "allergy" : "intolerance", allergen.category,
                   grave ? "high" : random.percent(40) ? "low" : "", reaction, severity, refuted ? "inactive" : "active", verification,
                   onset, asked, random.between(10, 13), random.percent(8) ? "Told by a parent" : ""});
  }
  const bool anaphylaxis = std::any_of(health.allergens.begin(), health.allergens.end(), [](const Allergen* allergen) {
    return std::string_view(allergen->text) == "Peanut" || std::string_view(allergen->text) == "Bee venom";
  });
  if (!anaphylaxis) return;
  const Drug& pen = drugs()[static_cast<std::size_t>(drug_index("epinephrine"))];
  health.drugs.push_back(&pen);
  write_prescription(pen, "Anaphylaxis", person, person.since_d, 0, tables, random);
}

void write_problem(const Condition& condition, int onset_d, const Person& person, Tables& tables, Random& random) {
  const int row = static_cast<int>(&condition - conditions().data()) + 1;
  const int recorded_d = std::max(onset_d, person.since_d);
  const std::string onset = format_iso_day(onset_d).substr(0, random.percent(30) ? 4 : random.percent(20) ? 7 : 10);
  tables.append(Table::problems, person.id,
                {row, random.percent(15) ? (random.percent(60) ? "mild" : "moderate") : "", "active", random.percent(94) ? "confirmed" : "provisional",
                 onset, "", format_iso_day(std::min(recorded_d, person.last_d)), random.between(1, kClinicians), ""});
}

void treat(const Condition& condition, int onset_d, const Person& person, Health& health, Tables& tables, Random& random) {
  const int from_d = std::min(std::max(onset_d, person.since_d) + random.between(0, 90), person.last_d);
  const auto prescribe = [&](const Drug& drug) {
    if (takes(health, drug.name)) return;
    health.drugs.push_back(&drug);
    write_prescription(drug, condition.text, person, from_d, 0, tables, random);
  };
  const bool treated = std::any_of(std::begin(condition.treatments), std::end(condition.treatments),
                                   [&](const char* name) { return name != nullptr && takes(health, name); });
  if (random.percent(92) && !treated) {
    if (const Drug* drug = fitting_drug(condition, person, health, random)) prescribe(*drug);
  }
  for (const char* name : condition.added) {
    if (name == nullptr || !random.percent(40)) continue;
    const Drug& drug = drugs()[static_cast<std::size_t>(drug_index(name))];
    if (fits(drug, person, health)) prescribe(drug);
  }
}

void write_ills(const Person& person, Health& health, Tables& tables, Random& random) {
  const int age = person.age();
  for (const Condition& condition : conditions()) {
    if (!condition.lasting || age < condition.from_age || !concerns(condition.who, person.woman)) continue;
    if (!random.in_thousand(chance_at(condition, age)) || excluded(condition, health, person)) continue;
    const int at_age = random.between(condition.from_age, std::min(age, condition.to_age));
    const int onset_d = std::min(person.born_d + at_age * 365 + random.between(20, 364), person.last_d);
    health.ills.push_back({&condition, onset_d});
    write_problem(condition, onset_d, person, tables, random);
    treat(condition, onset_d, person, health, tables, random);
  }
  // Somebody asked, and there is nothing.
  if (health.ills.empty() && random.percent(30)) {
    tables.append(Table::none_known, person.id, {"problems", format_iso_day(person.since_d)});
  }
  if (health.drugs.empty() && random.percent(30)) {
    tables.append(Table::none_known, person.id, {"medications", format_iso_day(person.since_d)});
  }
  if (person.pregnant) {
    const Drug& vitamin = drugs()[static_cast<std::size_t>(drug_index("prenatal vitamin"))];
    health.drugs.push_back(&vitamin);
    write_prescription(vitamin, "Pregnancy", person, std::max(person.since_d, person.last_d - 100), 0, tables, random);
  }
}

void write_operations(const Person& person, Tables& tables, Random& random) {
  const int age = person.age();
  const int tries = age < 18 ? 1 : age < 60 ? 2 : 4;
  for (int i = 0; i < tries; ++i) {
    const Operation& operation = random.pick(operations());
    if (age <= operation.from_age || !concerns(operation.who, person.woman) || !random.percent(45)) continue;
    const bool womb = std::string_view(operation.text) == "Hysterectomy" || std::string_view(operation.site) == "uterus";
    if (person.pregnant && womb) continue;
    const int at_age = random.between(operation.from_age, age - 1);
    const int day = std::min(person.born_d + at_age * 365 + random.between(10, 360), person.last_d);
    const std::string done = format_iso_day(day);
    tables.append(Table::procedures, person.id,
                  {operation.text, operation.snomed, "completed", done.substr(0, random.percent(30) ? 4 : 10), operation.site, "",
                   random.percent(50) ? "Elmford General Hospital" : "", ""});
    if (*operation.device == '\0') continue;
    std::string udi = "(01)00850555" + std::to_string(random.between(100'000, 999'999));
    udi += "(21)" + std::to_string(random.between(1000, 9999));
    tables.append(Table::devices, person.id, {operation.device, random.percent(60) ? udi : std::string(), "active", done, "", ""});
  }
}

void write_pregnancy(const Person& person, Tables& tables, Random& random, int today_d) {
  if (!person.pregnant) {
    if (person.woman && person.age() >= 18 && person.age() <= 45 && random.percent(8)) {
      tables.append(Table::pregnancies, person.id, {"Pregnancy status", "82810-3", "Not pregnant", format_iso_day(person.last_d)});
    }
    return;
  }
  const int due_d = today_d + random.between(3, 230);
  const std::string noted = format_iso_day(std::min(today_d, std::max(due_d - kTerm_d + 50, person.since_d)));
  tables.append(Table::pregnancies, person.id, {"Pregnancy status", "82810-3", "Pregnant", noted});
  tables.append(Table::pregnancies, person.id, {"Estimated date of delivery", "11778-8", format_iso_day(due_d), noted});
  const int before = random.between(0, person.age() > 24 ? 3 : 1);
  tables.append(Table::pregnancies, person.id, {"Pregnancies, number", "11996-6", std::to_string(before + 1), noted});
  tables.append(Table::pregnancies, person.id, {"Births, number", "11977-6", std::to_string(before), noted});
}

}  // namespace

bool fits(const Drug& drug, const Person& person, const Health& health) {
  if (person.pregnant && drug.never_in_pregnancy) return false;
  if (drug.never_with_blood_thinner && (takes(health, "warfarin") || takes(health, "apixaban"))) return false;
  const std::string_view name = drug.name;
  // A blood thinner is not begun beside what must not go with it, nor beside another.
  if (name == "warfarin" || name == "apixaban") {
    if (takes(health, "warfarin") || takes(health, "apixaban")) return false;
    if (std::any_of(health.drugs.begin(), health.drugs.end(), [](const Drug* taken) { return taken->never_with_blood_thinner; })) return false;
  }
  if ((name == "doxycycline" || name == "aspirin") && person.age() < 18) return false;
  const std::string_view family = drug.family;
  if (family.empty()) return true;
  return std::none_of(health.allergens.begin(), health.allergens.end(), [&](const Allergen* a) { return family == a->family; });
}

const Drug* fitting_drug(const Condition& condition, const Person& person, const Health& health, Random& random) {
  int count = 0;
  while (count < 4 && condition.treatments[count] != nullptr) ++count;
  if (count == 0) return nullptr;
  const int first = random.percent(65) ? 0 : random.between(0, count - 1);
  for (int i = 0; i < count; ++i) {
    const char* name = condition.treatments[(first + i) % count];
    const Drug& drug = drugs()[static_cast<std::size_t>(drug_index(name))];
    if (fits(drug, person, health)) return &drug;
  }
  return nullptr;
}

void write_prescription(const Drug& drug, const std::string& reason, const Person& person, int from_d, int until_d,
                        Tables& tables, Random& random) {
  const int row = static_cast<int>(&drug - drugs().data()) + 1;
  const char* status = until_d != 0 ? "completed" : "active";
  const std::string quantity = until_d != 0 ? "20" : random.percent(60) ? "90" : "30";
  tables.append(Table::prescriptions, person.id,
                {row, drug.dose, drug.frequency, drug.instructions, drug.as_needed ? 1 : 0, quantity,
                 until_d != 0 ? 0 : random.between(0, 5), reason, status, format_iso_day(from_d),
                 until_d != 0 ? format_iso_day(until_d) : std::string(), random.between(1, kClinicians), ""});
}

Health write_health(const Person& person, Tables& tables, Random& random, int today_d) {
  Health health;
  write_allergies(person, health, tables, random);
  write_ills(person, health, tables, random);
  write_operations(person, tables, random);
  write_pregnancy(person, tables, random, today_d);
  return health;
}

}  // namespace exporter
