#include <string_view>

#include "exporter/practice/record_of.h"

namespace exporter {
namespace {

constexpr const char* kRelations[] = {"sister", "brother", "daughter", "son", "friend", "neighbor", "mother", "aunt"};
constexpr const char* kPlans[] = {"PPO Standard", "HMO Select", "High deductible", "Silver 2", "Family Plus"};
constexpr const char* kSmoking[] = {"Never smoked", "Never smoked", "Never smoked", "Former smoker", "Smokes 10 cigarettes a day"};
constexpr const char* kDrinking[] = {"Does not drink", "1-2 drinks a week", "Social drinker", "About 10 drinks a week"};
constexpr const char* kWork[] = {"Teacher", "Retired", "Truck driver", "Nurse", "Between jobs", "Software developer", "Carpenter", "Runs a bakery", "Student"};
constexpr const char* kPapers[] = {"Insurance card, front and back", "Consent to treatment", "Outside records: cardiology",
                                   "Chest X-ray report", "Discharge summary", "Vaccination card", "Living will, scanned"};

class Particulars {
 public:
  Particulars(const Person& person, const Household& household, Tables& tables, Random& random, Papers* papers)
      : person_(person), household_(household), tables_(tables), random_(random), papers_(papers), latin_(std::string_view(person.people->script) == "Latn") {}

  void write() {
    patient();
    names();
    ways_to_reach();
    numbers();
    relations();
    if (random_.percent(94)) policies();
    team();
    cautions();
    habits();
    papers();
    family_and_plan();
  }

 private:
  void patient() {
    std::string mrn = std::to_string(person_.id);
    mrn = "EF" + std::string(mrn.size() < 6 ? 6 - mrn.size() : 0, '0') + mrn;
    const std::string born = format_iso_day(person_.born_d);
    const std::string died = person_.deceased ? format_iso_day(person_.last_d) : "";
    const char* sex = person_.woman ? "Female" : "Male";
    const char* gender = random_.in_thousand(8) ? "Non-binary" : random_.percent(60) ? (person_.woman ? "Woman" : "Man") : "";
    const bool foreign = std::string_view(person_.people->language) != "English";
    const bool interpreter = foreign && random_.percent(35);
    const bool speaks_own = interpreter || (foreign && random_.percent(50));
    const char* language = speaks_own ? person_.people->language : random_.percent(90) ? "English" : "";
    // Some were registered with no more than a year of birth; a few with none.
    const int precision = random_.between(0, 999);
    const std::string known_birth = precision < 2 ? "" : precision < 8 ? born.substr(0, 4) : precision < 11 ? born.substr(0, 7) : born;
    tables_.append(Table::patients,
                   {person_.id, mrn, sex, gender, known_birth, person_.deceased ? 1 : 0, died, language,
                    interpreter ? 1 : 0, interpreter ? std::string("Telephone interpreter, ") + language : std::string()});
  }

  void names() {
    std::string given = person_.given.own;
    if (person_.middle.own != nullptr) given += std::string(" ") + person_.middle.own;
    const char* prefix = random_.percent(2) ? "Dr." : "";
    const char* suffix = !person_.woman && random_.percent(2) ? (random_.percent(70) ? "Jr." : "III") : "";
    if (latin_) {
      name("official", "Latn", prefix, given, person_.family.own, suffix);
    } else {
      name("official", "Latn", prefix, person_.given_in_latin(), person_.family_in_latin(), "");
      name("usual", person_.people->script, "", given, person_.family.own, "");
      if (*person_.given.kana != '\0') name("usual", "Kana", "", person_.given.kana, person_.family.kana, "");
    }
    if (random_.percent(8)) name("nickname", "Latn", "", person_.given_in_latin().substr(0, person_.given_in_latin().find(' ')), "", "");
    if (person_.woman && person_.place != Place::child && random_.percent(18) && !person_.family.own.empty()) {
      const FamilyName maiden = borne_by(pick_family(*person_.people, random_), *person_.people, true);
      name("maiden", "Latn", "", person_.given_in_latin(), maiden.latin.empty() ? maiden.own : maiden.latin, "");
    }
  }
  void name(const char* use, const char* script, const std::string& prefix, const std::string& given, const std::string& family, const char* suffix) {
    tables_.append(Table::names, person_.id, {use, script, prefix, given, family, suffix, ""});
  }

  void ways_to_reach() {
    if (random_.percent(60)) tables_.append(Table::phones, person_.id, {"phone", "home", household_.phone});
    if (person_.place != Place::child && random_.percent(90)) {
      tables_.append(Table::phones, person_.id, {"phone", "mobile", format_phone(random_)});
    }
    if (person_.place != Place::child && random_.percent(45)) {
      const std::string mail = "patient" + std::to_string(person_.id) + "@example.com";
      tables_.append(Table::phones, person_.id, {"email", "", mail});
    }
    tables_.append(Table::addresses, person_.id, {"home", household_.street, household_.city, household_.state, household_.zip, "US"});
    if (random_.percent(4)) {
      tables_.append(Table::addresses, person_.id, {"temp", "44 College Green, Room 211", "Albany", "NY", "12222", "US"});
    }
  }

  void numbers() {
    if (person_.age() >= 18 && random_.percent(40)) {
      const std::string number = std::to_string(100'000'000 + random_.between(0, 899'999'999));
      tables_.append(Table::numbers, person_.id, {"Driver's license", "NY", number});
    }
    if (random_.percent(10)) {
      const std::string number = "H" + std::to_string(random_.between(10'000, 9'999'999));
      tables_.append(Table::numbers, person_.id, {"Hospital number", "Elmford General", number});
    }
  }

  void relations() {
    for (const Person& other : household_.people) {
      if (other.id == person_.id || other.place == Place::child) continue;
      const bool child = person_.place == Place::child && person_.age() < 18;
      const char* relationship = child || person_.place == Place::child ? (other.woman ? "mother" : "father")
                                 : other.place == Place::elder          ? (other.woman ? "mother" : "father")
                                 : person_.place == Place::elder        ? (other.woman ? "daughter" : "son")
                                                                        : (other.woman ? "wife" : "husband");
      const std::string address = household_.street + ", " + household_.city;
      tables_.append(Table::related, person_.id,
                     {other.name_in_latin(), relationship, other.deceased ? 0 : 1, child ? 1 : 0, household_.phone, address,
                      other.deceased ? "Deceased" : ""});
    }
    if (!random_.percent(38)) return;
    const bool woman = random_.percent(50);
    std::string name = pick_given(peoples_in_latin_letters()[0], woman, random_).own;
    name += ' ' + pick_family(peoples_in_latin_letters()[0], random_).own;
    tables_.append(Table::related, person_.id,
                   {name, random_.pick(kRelations), 1, 0, format_phone(random_), "", random_.percent(10) ? "Call in the evening only" : ""});
  }

  void policies() {
    const bool old = person_.age() >= 65;
    const int payer = old ? 1 : random_.percent(22) ? 2 : random_.between(3, 8);
    const Person& holder = household_.people.front();
    const bool own = old || person_.id == holder.id;
    policy(payer, "primary", own ? person_ : holder, own ? "self" : person_.place == Place::child ? "child" : "spouse", 1, 0);
    if (old && random_.percent(40)) policy(random_.between(3, 5), "secondary", person_, "self", 1, 0);
    if (!random_.percent(9)) return;
    const int until_d = person_.last_d - random_.between(100, 900);
    policy(random_.between(3, 8), "primary", person_, "self", 0, until_d);
  }
  void policy(int payer, const char* rank, const Person& holder, const char* relation, int active, int until_d) {
    const std::string member = "M" + std::to_string(random_.between(10'000'000, 99'999'999));
    const std::string group = random_.percent(60) ? "G-" + std::to_string(random_.between(100, 9999)) : "";
    const std::string copay = random_.percent(50) ? "$" + std::to_string(5 * random_.between(1, 10)) : "";
    const std::string from = format_iso_day((until_d != 0 ? until_d : person_.last_d) - random_.between(60, 2500));
    tables_.append(Table::policies, person_.id,
                   {payer, rank, random_.pick(kPlans), member, group, holder.name_in_latin(), relation, copay, active, from,
                    until_d != 0 ? format_iso_day(until_d) : std::string()});
  }

  void team() {
    const int clinician = person_.age() < 18 && random_.percent(70) ? 4 : random_.between(1, kClinicians);
    tables_.append(Table::team, person_.id, {clinician, "Primary care", 1});
    if (person_.age() > 50 && random_.percent(30)) tables_.append(Table::team, person_.id, {random_.between(15, 19), "Specialist", 1});
  }

  void cautions() {
    const std::string day = format_iso_day(person_.since_d + random_.between(0, person_.last_d - person_.since_d));
    if (person_.age() > 74 && random_.percent(35)) {
      tables_.append(Table::flags, person_.id, {"Fall risk", "safety", 1, day, 10, ""});
    }
    if (random_.percent(4)) {
      static constexpr const char* kFlags[] = {"Hard of hearing: speak to the left side", "Service dog", "Difficult veins: butterfly needle",
                                               "Needs a chaperone", "Same name as another patient: check the date of birth", "Do not leave voicemail"};
      tables_.append(Table::flags, person_.id, {random_.pick(kFlags), "note", random_.percent(85) ? 1 : 0, day, 11, ""});
    }
    const bool frail = person_.age() > 78;
    if (frail && random_.percent(22)) {
      tables_.append(Table::directives, person_.id, {"Do not resuscitate (DNR)", "MOLST", 1, day, 1, "Original with the patient"});
    }
    if (person_.age() > 64 && random_.percent(35)) {
      tables_.append(Table::directives, person_.id, {"Health care proxy named", "proxy", 1, day, 14, ""});
    }
  }

  // By the patient's number and not by chance, so that what comes after falls as it always did.
  void family_and_plan() {
    static constexpr const char* kRelatives[] = {"Mother", "Father", "Brother", "Sister"};
    static constexpr const char* kIllnesses[] = {"Breast cancer", "Heart attack", "Type 2 diabetes", "Colon cancer", "Stroke"};
    const auto number = static_cast<std::size_t>(person_.id);
    const std::string day = format_iso_day(person_.since_d);
    if (number % 4 == 0 && person_.age() >= 18) {
      tables_.append(Table::family, person_.id, {kRelatives[number / 4 % 4], kIllnesses[number / 4 % 5],
                                                 std::to_string(40 + number % 37), day});
    }
    if (number % 5 == 0 && person_.age() >= 65) {
      tables_.append(Table::plans, person_.id, {"Vaccine that is due", "Influenza vaccine", 1, day, 10, ""});
    }
    if (number % 11 == 0 && person_.age() >= 50) {
      tables_.append(Table::plans, person_.id, {"Goal", "Blood pressure below 140/90 mmHg", 1, day, 1, ""});
    }
  }

  void habits() {
    if (person_.age() < 14) return;
    const std::string day = format_iso_day(person_.since_d);
    if (random_.percent(85)) tables_.append(Table::social, person_.id, {"Tobacco smoking status", "72166-2", random_.pick(kSmoking), day});
    if (person_.age() >= 18 && random_.percent(65)) tables_.append(Table::social, person_.id, {"Alcohol use", "11331-6", random_.pick(kDrinking), day});
    if (person_.age() >= 18 && random_.percent(50)) {
      const char* work = person_.age() >= 67 ? "Retired" : random_.pick(kWork);
      tables_.append(Table::social, person_.id, {"Occupation", "11341-5", work, day});
    }
  }

  void papers() {
    for (int i = random_.between(0, 2); i > 0; --i) {
      const std::string day = format_iso_day(person_.since_d + random_.between(0, person_.last_d - person_.since_d));
      const bool photo = random_.percent(25);
      const char* title = random_.pick(kPapers);
      // Photographs are there by name only: the folder of scans holds what is drawn here.
      const std::string file = papers_ != nullptr && !photo ? papers_->add(person_.id, i, title, person_.name_in_latin(), day) : "";
      tables_.append(Table::documents, person_.id, {title, "current", day, 14, photo ? "image/jpeg" : "application/pdf", "", file});
    }
  }

  const Person& person_;
  const Household& household_;
  Tables& tables_;
  Random& random_;
  Papers* papers_;
  bool latin_;
};

}  // namespace

void write_particulars(const Person& person, const Household& household, Tables& tables, Random& random,
                       Papers* papers) {
  Particulars(person, household, tables, random, papers).write();
}

}  // namespace exporter
