#include "exporter/practice/household.h"

#include <algorithm>
#include <chrono>

#include "exporter/practice/random.h"

namespace exporter {
namespace {

constexpr double kYear_d = 365.2425;

constexpr const char* kStreets[] = {"Elm Street", "Oak Avenue", "Maple Drive", "Cedar Lane", "Main Street", "Church Street",
                                    "Lake Shore Road", "Hillcrest Avenue", "2nd Street", "Martin Luther King Jr. Boulevard",
                                    "County Road 12", "Río Grande Way", "St. Mary's Place", "Mill Pond Road"};
constexpr const char* kUnits[] = {"Apt 3B", "Unit 12", "Floor 2", "Trailer 7", "c/o Front Desk"};

struct Town {
  const char* city;
  const char* state;
  const char* zip;
};
constexpr Town kTowns[] = {{"Elmford", "NY", "10599"},     {"Cedar Hollow", "NY", "10598"}, {"Port Harmony", "NY", "10597"},
                           {"Millbrook Falls", "NY", "10596"}, {"Saint Claire", "NY", "10595"}, {"New Aldergrove", "CT", "06899"}};

// An age, evenly in a span of years, as a day of birth.
int born_at_age(Random& random, int from, int to, int today_d) {
  const int oldest = static_cast<int>((to + 1) * kYear_d);
  const int youngest = static_cast<int>(from * kYear_d);
  return today_d - random.between(youngest, oldest - 1);
}

struct Ages {
  int share;  // of a hundred
  int from, to;
};
// Of adults who live without children.
constexpr Ages kAdultAges[] = {{20, 19, 29}, {20, 30, 44}, {25, 45, 59}, {22, 60, 74}, {11, 75, 87}, {2, 88, 101}};

int adult_born(Random& random, int today_d) {
  int at = random.between(0, 99);
  for (const Ages& ages : kAdultAges) {
    if (at < ages.share) return born_at_age(random, ages.from, ages.to, today_d);
    at -= ages.share;
  }
  return born_at_age(random, 30, 40, today_d);
}

class HouseholdMaker {
 public:
  HouseholdMaker(Random& random, std::int64_t first_id, int today_d)
      : random_(random), next_id_(first_id), today_d_(today_d), people_(pick_people(random)),
        family_(pick_family(people_, random)) {}

  Household make() {
    settle();
    const int kind = random_.between(0, 99);
    if (kind < 30) {
      const int born = adult_born(random_, today_d_);
      add(Place::adult, born, random_.percent(52));
    } else if (kind < 62) {
      couple(adult_born(random_, today_d_));
    } else if (kind < 84) {
      const int born = born_at_age(random_, 24, 50, today_d_);
      couple(born);
      children(born, 1 + static_cast<int>(random_.below(3)));
    } else if (kind < 92) {
      const int born = born_at_age(random_, 21, 48, today_d_);
      add(Place::adult, born, random_.percent(80));
      children(born, 1 + static_cast<int>(random_.below(2)));
    } else {
      const int born = born_at_age(random_, 40, 62, today_d_);
      add(Place::adult, born, random_.percent(60));
      const int elder_born = born - static_cast<int>(random_.between(22, 36) * kYear_d);
      add(Place::elder, std::max(elder_born, today_d_ - 36'900), random_.percent(62));
    }
    return std::move(household_);
  }

 private:
  void settle() {
    const Town& town = random_.pick(kTowns);
    household_.street = std::to_string(random_.between(1, 2400)) + ' ';
    household_.street += random_.pick(kStreets);
    if (random_.percent(20)) household_.street += std::string(", ") + random_.pick(kUnits);
    household_.city = town.city, household_.state = town.state, household_.zip = town.zip;
    household_.phone = format_phone(random_);
  }

  void couple(int born_d) {
    const bool woman = random_.percent(50);
    add(Place::adult, born_d, woman);
    const bool both_same = random_.percent(4);
    const int apart = random_.between(-2500, 2500);
    const int partner_born = std::clamp(born_d + apart, today_d_ - 36'900, today_d_ - static_cast<int>(18.1 * kYear_d));
    add(Place::partner, partner_born, both_same ? woman : !woman);
    if (random_.percent(18)) household_.people.back().family = pick_family(people_, random_);
  }

  void children(int parent_born_d, int count) {
    int born = parent_born_d + static_cast<int>(random_.between(20, 33) * kYear_d);
    born += random_.between(0, 360);
    for (int i = 0; i < count && born <= today_d_ && today_d_ - born < 24 * kYear_d; ++i) {
      add(Place::child, born, random_.percent(49));
      if (random_.percent(3)) add(Place::child, born, random_.percent(49));  // twins
      born += random_.between(500, 1700);
    }
  }

  void add(Place place, int born_d, bool woman) {
    Person person;
    person.id = next_id_++;
    person.place = place;
    person.woman = woman;
    person.people = &people_;
    person.given = pick_given(people_, woman, random_);
    // Twins are told apart by their names, at least.
    for (const Person& other : household_.people) {
      if (other.place == place && other.born_d == born_d && other.given.own == person.given.own) {
        person.given = pick_given(people_, !woman, random_);
        person.woman = !woman;
      }
    }
    const bool latin = std::string_view(people_.script) == "Latn";
    if (latin && random_.percent(45)) person.middle = pick_given(people_, person.woman, random_);
    if (!(people_.one_name && random_.percent(50))) person.family = borne_by(family_, people_, person.woman);
    person.born_d = born_d;
    live(person);
    household_.people.push_back(std::move(person));
  }

  // When they died, if they did, since when they come here, and whether they are with child.
  void live(Person& person) {
    person.last_d = today_d_;
    const int age = person.age_on(today_d_);
    const int dying = age >= 85 ? 160 : age >= 70 ? 70 : age >= 40 ? 12 : 1;
    if (random_.in_thousand(dying)) {
      person.deceased = true;
      person.last_d = std::max(person.born_d + 1, today_d_ - random_.between(1, 6 * 365));
    }
    const int known_d = std::min(person.last_d - person.born_d, random_.between(30, 12 * 365));
    person.since_d = person.last_d - known_d;
    const int bearing = person.age();
    person.pregnant = person.woman && !person.deceased && bearing >= 18 && bearing <= 43 && random_.percent(5);
  }

  Random& random_;
  std::int64_t next_id_;
  int today_d_;
  const People& people_;
  FamilyName family_;
  Household household_;
};

const char* latin_of(const NamePart& part) { return *part.latin != '\0' ? part.latin : part.own; }

}  // namespace

std::string Person::given_in_latin() const {
  std::string text = latin_of(given);
  if (middle.own != nullptr) text += std::string(" ") + latin_of(middle);
  return text;
}

std::string Person::family_in_latin() const { return family.latin.empty() ? family.own : family.latin; }

std::string Person::name_in_latin() const {
  const std::string last = family_in_latin();
  return last.empty() ? std::string(latin_of(given)) : latin_of(given) + std::string(" ") + last;
}

Household make_household(Random& random, std::int64_t first_id, int today_d) {
  return HouseholdMaker(random, first_id, today_d).make();
}

std::string format_phone(Random& random) {
  static constexpr const char* kAreas[] = {"914", "845", "203", "718"};
  // 555-0100 to 555-0199 is kept for invented people; a practice has more, all of exchange 555.
  std::string line = std::to_string(10'000 + random.between(0, 9999)).substr(1);
  const std::string area = random.pick(kAreas);
  switch (random.below(3)) {
    case 0: return "(" + area + ") 555-" + line;
    case 1: return area + "-555-" + line;
    default: return "+1 " + area + " 555 " + line;
  }
}

std::string format_iso_day(int day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  const int numbers[] = {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
                         static_cast<int>(static_cast<unsigned>(date.day()))};
  std::string text = "0000-00-00";
  const auto put = [&text](std::size_t at, int value) {
    for (; value > 0; value /= 10) text[at--] = static_cast<char>('0' + value % 10);
  };
  put(3, numbers[0]), put(6, numbers[1]), put(9, numbers[2]);
  return text;
}

std::string format_iso_time(int day, int minutes) {
  std::string text = format_iso_day(day) + " 00:00";
  text[11] = static_cast<char>('0' + minutes / 600), text[12] = static_cast<char>('0' + minutes / 60 % 10);
  text[14] = static_cast<char>('0' + minutes % 60 / 10), text[15] = static_cast<char>('0' + minutes % 10);
  return text;
}

int working_day_from(int day) {
  const int weekday = (day % 7 + 11) % 7;  // the first of January 1970 was a Thursday: 4
  if (weekday == 6) return day + 2;
  return weekday == 0 ? day + 1 : day;
}

}  // namespace exporter
