// Names of the peoples whom a practice in the United States meets, as their own letters and in Latin ones.
#pragma once

#include <span>
#include <string>

namespace exporter {

class Random;

// One part of a name; `latin` is empty where the name itself is written in Latin letters.
struct NamePart {
  const char* own;
  const char* latin;
  const char* kana = "";  // how a Japanese name is read
};

struct People {
  const char* language;
  const char* script;  // ISO 15924
  int weight;          // how many among the patients, in relation to the others
  bool one_name;       // some have a single name
  std::span<const NamePart> women;
  std::span<const NamePart> men;
  std::span<const NamePart> families;
};

std::span<const People> peoples_in_latin_letters();
std::span<const People> peoples_in_other_letters();

const People& pick_people(Random& random);
// A given name and a family name of that people.
NamePart pick_given(const People& people, bool woman, Random& random);
// Latin families are now and then composed, so that a large practice has many rare ones.
struct FamilyName {
  std::string own;
  std::string latin;
  std::string kana;
};
FamilyName pick_family(const People& people, Random& random);
// The form of a family name that a woman or a man bears, where that differs.
FamilyName borne_by(const FamilyName& family, const People& people, bool woman);

}  // namespace exporter
