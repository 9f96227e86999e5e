#include "exporter/practice/names.h"

#include <string_view>

#include "exporter/practice/random.h"

namespace exporter {
namespace {

// Rare families of a large practice: two of these make one that sounds like a village.
constexpr const char* kFront[] = {
    "Ash", "Beck", "Black", "Brad", "Bram", "Brook", "Bur", "Cald", "Carl", "Chad", "Clif", "Crom", "Dal", "Den",
    "Dun", "East", "Eld", "Fair", "Fern", "Gar", "Glen", "Green", "Hal", "Hart", "Hazel", "Hol", "Hux", "Kel",
    "Kirk", "Lang", "Lin", "Lock", "Mar", "Mel", "Mid", "Nor", "Oak", "Old", "Pem", "Pres", "Rad", "Red", "Ring",
    "Rock", "Rud", "Sel", "Shel", "Stan", "Stock", "Sut", "Tem", "Thorn", "Tor", "Wal", "Wes",
    "Whit", "Wim", "Win", "Wood", "Yard"};
constexpr const char* kBack[] = {
    "acre", "bank", "bee", "berry", "borough", "bourne", "bridge", "brook", "bury", "by", "combe", "cote", "cott",
    "croft", "dale", "den", "don", "er", "field", "ford", "gate", "grave", "ham", "hurst", "ing", "ington", "land",
    "ley", "low", "man", "mere", "mont", "more", "ridge", "row", "sall", "sey", "shaw", "sley", "son", "stead",
    "stock", "stone", "ston", "thorpe", "ton", "wald", "ward", "water", "well", "wick", "win", "wood", "worth", "yer"};

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> endings) {
  for (const std::string_view ending : endings) {
    if (text.ends_with(ending)) return true;
  }
  return false;
}

int weight_of(std::span<const People> all) {
  int sum = 0;
  for (const People& people : all) sum += people.weight;
  return sum;
}

const People& at_weight(std::span<const People> all, int weight) {
  for (const People& people : all) {
    if (weight < people.weight) return people;
    weight -= people.weight;
  }
  return all.back();
}

}  // namespace

const People& pick_people(Random& random) {
  const auto latin = peoples_in_latin_letters();
  const auto other = peoples_in_other_letters();
  static const int latin_weight = weight_of(latin);
  static const int other_weight = weight_of(other);
  const int weight = random.between(0, latin_weight + other_weight - 1);
  return weight < latin_weight ? at_weight(latin, weight) : at_weight(other, weight - latin_weight);
}

NamePart pick_given(const People& people, bool woman, Random& random) {
  return random.pick(woman ? people.women : people.men);
}

FamilyName pick_family(const People& people, Random& random) {
  if (people.families.empty()) return {};
  const NamePart& part = random.pick(people.families);
  FamilyName family{part.own, part.latin, part.kana};
  const std::string_view language = people.language;
  if (std::string_view(people.script) != "Latn") return family;
  if (language == "English" && random.percent(60)) {
    family.own = random.pick(kFront);
    family.own += random.pick(kBack);
  }
  if (language == "Spanish" && random.percent(50)) {
    family.own += ' ';
    family.own += random.pick(people.families).own;
  } else if (language != "Vietnamese" && random.percent(3)) {
    family.own += '-';
    family.own += random.pick(people.families).own;
  }
  return family;
}

FamilyName borne_by(const FamilyName& family, const People& people, bool woman) {
  FamilyName borne = family;
  if (!woman || std::string_view(people.language) != "Russian") return borne;
  if (!ends_with_any(family.own, {"ов", "ёв", "ин"})) return borne;
  borne.own += "а";
  borne.latin += 'a';
  return borne;
}

}  // namespace exporter
