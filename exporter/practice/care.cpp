#include <algorithm>
#include <string_view>

#include "exporter/practice/laboratory_values.h"
#include "exporter/practice/record_of.h"

namespace exporter {
namespace {

constexpr int kEarliest_min = 8 * 60;
constexpr const char* kRooms[] = {"Room 1", "Room 2", "Room 3", "Room 4", "Procedure room", "Telehealth"};

// The kinds of vital_kinds, by their row.
enum VitalRow { kPressure = 1, kPulse, kWeight, kHeight, kTemperature, kOxygen };

std::string with_tenth(int tenths) { return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10); }

class Care {
 public:
  Care(const Person& person, Health& health, Tables& tables, Random& random, int today_d)
      : person_(person), health_(health), tables_(tables), random_(random), today_d_(today_d) {
    const int age = person_.age();
    // A body keeps its measure between visits.
    height_cm_ = age >= 18 ? (person_.woman ? 162 : 176) + random_.between(-11, 12) : age < 1 ? 62 : 76 + age * 6;
    const int usual = age >= 18 ? (height_cm_ - 100) * 10 : age < 1 ? 62 : 95 + age * 25 + age * age;
    weight_tenths_ = usual * random_.between(88, age >= 18 ? 138 : 118) / 100;
    high_pressure_ = suffers_from("Essential hypertension");
  }

  void write() {
    visits();
    immunizations();
    appointments();
  }

 private:
  bool suffers_from(std::string_view text) const {
    return std::any_of(health_.ills.begin(), health_.ills.end(), [text](const Ill& ill) { return text == ill.condition->text; });
  }

  void visits() {
    const int span_d = person_.last_d - person_.since_d;
    const int most = 4 + static_cast<int>(health_.ills.size()) + (person_.pregnant ? 2 : 0);
    int count = std::min(random_.between(1, std::min(most, 8)), 1 + span_d / 20);
    if (random_.percent(3)) count = 0;  // registered and never came
    std::vector<int> days;
    for (int i = 0; i < count; ++i) days.push_back(working_day_from(person_.since_d + random_.between(0, std::max(0, span_d - 3))));
    std::sort(days.begin(), days.end());
    for (const int day : days) {
      if (day <= person_.last_d) visit(day);
    }
  }

  void visit(int day) {
    ++visit_line_;
    const int start_min = kEarliest_min + 15 * random_.between(0, 34);
    const Condition* why = reason_on(day);
    const int age = person_.age_on(day);
    const char* kind = why == nullptr ? (age < 18 ? "Well child visit" : "Annual physical") : random_.percent(80) ? "Office visit" : "Follow-up";
    const char* reason = why == nullptr ? (age < 18 ? "Check-up, vaccines" : "Yearly check-up") : why->complaint;
    const int clinician = age < 18 && random_.percent(70) ? 4 : random_.between(1, kClinicians);
    const std::string started = format_iso_time(day, start_min);
    tables_.append(Table::visits, person_.id,
                   {kind, "finished", started, format_iso_time(day, start_min + random_.between(10, 45)), reason, clinician, random_.pick(kRooms)});
    if (why != nullptr && !why->lasting) passing_illness(*why, day);
    const std::string measured = vitals(day, started);
    note(why, day, clinician, started, measured, reason);
    if (age >= 18 ? random_.percent(44) : random_.percent(8)) {
      write_laboratory(person_, health_, day, start_min, clinician, tables_, random_);
    }
  }

  // Why they came: one of what they have, something passing, or nothing but the yearly visit.
  const Condition* reason_on(int day) {
    if (!health_.ills.empty() && random_.percent(55)) {
      const Ill& ill = health_.ills[random_.below(static_cast<std::uint32_t>(health_.ills.size()))];
      if (ill.onset_d <= day) return ill.condition;
    }
    if (random_.percent(50)) return nullptr;
    const Condition& passing = random_.pick(conditions());
    const int age = person_.age_on(day);
    const bool fits_person = passing.who == Who::anyone || (passing.who == Who::women) == person_.woman;
    return !passing.lasting && fits_person && age >= passing.from_age && age <= passing.to_age ? &passing : nullptr;
  }

  void passing_illness(const Condition& condition, int day) {
    const int row = static_cast<int>(&condition - conditions().data()) + 1;
    const int over_d = std::min(day + random_.between(7, 30), person_.last_d);
    tables_.append(Table::problems, person_.id,
                   {row, "", over_d + 14 < today_d_ ? "resolved" : "active", "confirmed", format_iso_day(std::max(day - 2, person_.born_d)),
                    over_d + 14 < today_d_ ? format_iso_day(over_d) : std::string(), format_iso_day(day), random_.between(1, kClinicians), ""});
    if (const Drug* drug = fitting_drug(condition, person_, health_, random_)) {
      write_prescription(*drug, condition.text, person_, day, std::min(day + 10, person_.last_d), tables_, random_);
    }
  }

  void vital(VitalRow row, const std::string& value, const std::string& taken) {
    tables_.append(Table::vitals, person_.id, {static_cast<int>(row), value, taken});
  }

  std::string vitals(int day, const std::string& taken) {
    std::string said;
    const int age = person_.age_on(day);
    if (age >= 3) {
      const int upper = (age < 18 ? 88 + age : 104 + age / 5) + random_.between(0, 18) + (high_pressure_ ? 18 : 0);
      const std::string value = std::to_string(upper) + '/' + std::to_string(upper * 6 / 10 + 3);
      vital(kPressure, value, taken);
      said = "BP " + value + ". ";
    }
    const std::string pulse = std::to_string((age < 2 ? 115 : age < 12 ? 88 : 66) + random_.between(0, 20));
    vital(kPulse, pulse, taken);
    said += "HR " + pulse + ". ";
    if (random_.percent(80)) {
      // Children weigh less the longer ago it was.
      const int grown = person_.age() < 18 && person_.age() > 0 ? 1000 * (age + 2) / (person_.age() + 2) : 1000;
      const int tenths = weight_tenths_ * grown / 1000;
      vital(kWeight, with_tenth(std::max(28, tenths + random_.between(-12, 12))), taken);
      if (random_.percent(35)) vital(kHeight, std::to_string(std::max(48, height_cm_ * (grown + 1000) / 2000)), taken);
    }
    if (random_.percent(35)) vital(kTemperature, with_tenth(random_.between(362, 374)), taken);
    if (age > 40 && random_.percent(30)) vital(kOxygen, std::to_string(random_.between(93, 99)), taken);
    return said;
  }

  void note(const Condition* why, int day, int clinician, const std::string& written, const std::string& measured, const char* reason) {
    const int age = person_.age_on(day);
    std::string body = "S: ";
    body += age < 2 ? std::to_string(std::max(0, (day - person_.born_d) / 30)) + "-month-old" : std::to_string(age) + "-year-old";
    body += person_.woman ? (age < 18 ? " girl. " : " woman. ") : (age < 18 ? " boy. " : " man. ");
    body += reason;
    static constexpr const char* kTold[] = {". Since 3 days.", ". No fever.", ". Feels well otherwise.", ". Sleeping poorly.",
                                            ". Appetite good.", ". Here with family.", ". No new symptoms."};
    body += random_.pick(kTold);
    body += "\nO: " + measured;
    static constexpr const char* kSeen[] = {"Alert, no distress.", "Lungs clear, heart regular.", "Abdomen soft.", "No edema.",
                                            "Tympanic membranes clear.", "Gait steady.", "Skin warm and dry."};
    body += random_.pick(kSeen);
    body += "\nA: ";
    body += why != nullptr ? why->text : "Healthy";
    static constexpr const char* kCourse[] = {".", ", stable.", ", improving.", ", not at goal."};
    body += why != nullptr && why->lasting ? random_.pick(kCourse) : ".";
    body += "\nP: ";
    body += why != nullptr ? why->plan : "Age-appropriate counselling. Return in a year.";
    if (random_.percent(20)) body += "\nPatient agrees with the plan and has our number for the weekend.";
    tables_.append(Table::notes, person_.id, {visit_line_, "Progress note", "signed", written, clinician, body});
  }

  void immunizations() {
    for (std::size_t i = 0; i < vaccines().size(); ++i) {
      const Vaccine& vaccine = vaccines()[i];
      const int row = static_cast<int>(i) + 1;
      if (vaccine.yearly) {
        influenza(row);
        continue;
      }
      if (person_.born_d < (vaccine.born_after - 1970) * 365 || random_.percent(7)) continue;
      int dose = 0;
      for (const char* at = vaccine.doses; *at != '\0';) {
        int months = 0;
        for (; *at >= '0' && *at <= '9'; ++at) months = months * 10 + (*at - '0');
        while (*at == ' ') ++at;
        const int day = working_day_from(person_.born_d + months * 30 + random_.between(2, 40));
        ++dose;
        // What came before they were patients here is mostly lost.
        if (day > person_.last_d || (day < person_.since_d && random_.percent(35)) || day < person_.last_d - 30 * 365) continue;
        injection(row, day, dose);
      }
    }
  }
  void influenza(int row) {
    for (int year = 2; year >= 0; --year) {
      if (!random_.percent(38)) continue;
      const int day = working_day_from(person_.last_d - year * 365 - random_.between(20, 90));
      if (day - person_.born_d > 180 && day >= person_.since_d && day <= person_.last_d) injection(row, day, 0);
    }
  }
  void injection(int row, int day, int dose) {
    const std::string given = format_iso_day(day);
    if (random_.percent(1)) {
      tables_.append(Table::immunizations, person_.id, {row, given, "not-done", "Refused by patient or parent", "", "", "", "", 10, 0});
      return;
    }
    const bool told = day < person_.since_d;
    std::string lot;
    if (!told) lot = static_cast<char>('A' + random_.below(26));
    if (!told) lot += std::to_string(random_.between(1000, 99'999));
    tables_.append(Table::immunizations, person_.id,
                   {row, given, "completed", "", dose > 0 ? "dose " + std::to_string(dose) : std::string(), lot,
                    told ? "" : person_.age_on(day) < 2 ? "left thigh" : "left deltoid", told ? "" : "intramuscular",
                    told ? 14 : random_.between(10, 13), told ? 1 : 0});
  }

  void appointments() {
    if (random_.percent(35)) {
      const int day = working_day_from(person_.since_d + random_.between(0, std::max(0, person_.last_d - person_.since_d - 3)));
      if (day < today_d_ && day <= person_.last_d) appointment(day, random_.percent(70) ? "fulfilled" : random_.percent(50) ? "no-show" : "cancelled");
    }
    if (person_.deceased) return;
    if (random_.in_thousand(16)) appointment(today_d_, random_.percent(90) ? "booked" : "cancelled");
    if (random_.percent(36) || person_.pregnant) {
      const int within_d = random_.percent(40) ? 14 : 150;
      const int day = working_day_from(today_d_ + random_.between(1, within_d));
      appointment(day, random_.percent(92) ? "booked" : "cancelled");
    }
  }
  void appointment(int day, const char* status) {
    static constexpr const char* kKinds[] = {"Office visit", "Follow-up", "Annual physical", "Nurse visit", "Telehealth", "New patient"};
    const int age = person_.age_on(day);
    const char* kind = person_.pregnant && day >= today_d_ ? "Prenatal visit" : age < 18 && random_.percent(50) ? "Well child visit" : random_.pick(kKinds);
    const char* reason = health_.ills.empty() ? "Check-up" : health_.ills[random_.below(static_cast<std::uint32_t>(health_.ills.size()))].condition->complaint;
    if (std::string_view(kind) == "Prenatal visit") reason = "Prenatal care";
    const int at_min = kEarliest_min + 15 * random_.between(0, 34);
    tables_.append(Table::appointments, person_.id,
                   {kind, status, format_iso_time(day, at_min), 15 * random_.between(1, 3), random_.between(1, kClinicians), random_.pick(kRooms), reason,
                    random_.percent(5) ? "Needs a ride: call the day before" : ""});
  }

  const Person& person_;
  Health& health_;
  Tables& tables_;
  Random& random_;
  int today_d_;
  int height_cm_ = 0;
  int weight_tenths_ = 0;
  bool high_pressure_ = false;
  int visit_line_ = 0;
};

}  // namespace

void write_care(const Person& person, Health& health, Tables& tables, Random& random, int today_d) {
  Care(person, health, tables, random, today_d).write();
}

}  // namespace exporter
