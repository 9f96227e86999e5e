// The people of an invented practice, a household at a time: who they are, and when they lived.
//
// Units:   days since 1970-01-01.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "exporter/practice/names.h"

namespace exporter {

class Random;

enum class Place { adult, partner, child, elder };

struct Person {
  std::int64_t id = 0;
  Place place = Place::adult;
  bool woman = false;
  const People* people = nullptr;
  NamePart given{};
  NamePart middle{};
  FamilyName family;  // empty for who has one name
  int born_d = 0;
  int last_d = 0;  // today, or the day of death
  bool deceased = false;
  bool pregnant = false;
  int since_d = 0;  // patient of the practice since

  int age_on(int day) const { return static_cast<int>((day - born_d) / 365.2425); }
  int age() const { return age_on(last_d); }
  // As it is written in Latin letters.
  std::string given_in_latin() const;
  std::string family_in_latin() const;
  std::string name_in_latin() const;
};

struct Household {
  std::string street;
  std::string city;
  std::string state;
  std::string zip;
  std::string phone;
  std::vector<Person> people;
};

// The next household; its people are numbered from `first_id`.
Household make_household(Random& random, std::int64_t first_id, int today_d);

std::string format_phone(Random& random);
// "2026-11-22".
std::string format_iso_day(int day);
// "2026-11-22 09:15".
std::string format_iso_time(int day, int minutes);
// The next day that is no Saturday or Sunday, from `day` on.
int working_day_from(int day);

}  // namespace exporter
