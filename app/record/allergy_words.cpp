#include "app/record/allergy_words.h"

#include <algorithm>
#include <array>

#include "app/record/sheet_words.h"

namespace app {
namespace {

struct Negation {
  std::string_view typed;  // letters and digits only, in lower case; or a code
  AllergyMeaning meaning;
  std::string_view said;
};

constexpr auto kAll = AllergyMeaning::none_known;
constexpr auto kKind = AllergyMeaning::none_known_of_kind;
constexpr auto kAsk = AllergyMeaning::not_asked;
constexpr std::string_view kNone = "No known allergies";
constexpr std::string_view kNoDrug = "No known drug allergies";
constexpr std::string_view kNoFood = "No known food allergies";
constexpr std::string_view kNoEnvironment = "No known environmental allergies";
constexpr std::string_view kNotAsked = "Allergies not asked about";

constexpr std::array kNegations = std::to_array<Negation>({
    {"nka", kAll, kNone}, {"noknownallergies", kAll, kNone}, {"noknownallergy", kAll, kNone},
    {"none", kAll, kNone}, {"noneknown", kAll, kNone}, {"noallergies", kAll, kNone}, {"nilknown", kAll, kNone},
    {"no", kAll, kNone}, {"nil", kAll, kNone}, {"noallergy", kAll, kNone}, {"deniesallergies", kAll, kNone},
    {"noneknownallergies", kAll, kNone}, {"noknownallergiessituation", kAll, kNone},
    {"noknownallergysituation", kAll, kNone}, {"patientdeniesallergies", kAll, kNone},
    {"nonereported", kAll, kNone}, {"nkma", kKind, "No known medication allergies"},
    {"nkda", kKind, kNoDrug}, {"noknowndrugallergies", kKind, kNoDrug}, {"noknowndrugallergy", kKind, kNoDrug},
    {"nodrugallergies", kKind, kNoDrug}, {"noknownallergytodrug", kKind, kNoDrug},
    {"noknowndrugallergysituation", kKind, kNoDrug}, {"noknowndrugallergiessituation", kKind, kNoDrug},
    {"noknownmedicationallergies", kKind, "No known medication allergies"},
    {"noknownmedicationallergy", kKind, "No known medication allergies"},
    {"nkfa", kKind, kNoFood}, {"noknownfoodallergies", kKind, kNoFood}, {"noknownfoodallergy", kKind, kNoFood},
    {"noknownenvironmentalallergies", kKind, kNoEnvironment},
    {"noknownenvironmentalallergy", kKind, kNoEnvironment},
    {"noknownlatexallergy", kKind, "No known latex allergy"},
    {"noknowninsectallergy", kKind, "No known insect allergy"},
    {"noinformationaboutallergies", kAsk, kNotAsked}, {"notasked", kAsk, kNotAsked},
    {"unabletoassess", kAsk, kNotAsked}, {"allergystatusunknown", kAsk, kNotAsked},
    {"allergiesnotonfile", kAsk, kNotAsked}, {"unknown", kAsk, kNotAsked}, {"notonfile", kAsk, kNotAsked},
    {"allergiesunknown", kAsk, kNotAsked}, {"unknownallergies", kAsk, kNotAsked},
    {"716186003", kAll, kNone}, {"409137002", kKind, kNoDrug}, {"429625007", kKind, kNoFood},
    {"428607008", kKind, kNoEnvironment}, {"428197003", kKind, "No known insect allergy"},
    {"1003774007", kKind, "No known latex allergy"}, {"787481004", kAll, kNone},
    {"noknownallergies", kAll, kNone}, {"noallergyinfo", kAsk, kNotAsked}, {"1631000175102", kAsk, kNotAsked},
});

std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char c : lower_ascii(text)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0) letters += c;
  }
  return letters;
}

const Negation* find_negation(std::string_view text) {
  const std::string typed = letters_of(text);
  const auto found =
      std::find_if(kNegations.begin(), kNegations.end(), [&](const Negation& n) { return n.typed == typed; });
  return found == kNegations.end() ? nullptr : &*found;
}

// A text decides before any code: a code may be wrong, and the text is what somebody meant.
const Negation* negation_of(const Allergy& allergy) {
  if (const Negation* typed = find_negation(allergy.text)) return typed;
  for (const Coding& coding : allergy.codes) {
    const Negation* coded = find_negation(coding.code);
    if (coded != nullptr && (allergy.text.empty() || contains_ignoring_case(allergy.text, "no "))) return coded;
  }
  return nullptr;
}

// "No known allergy to penicillin group": a negation that no list foresaw.
bool begins_as_negation(std::string_view text) {
  const std::string lower = lower_ascii(text);
  return lower.starts_with("no known ") || lower.starts_with("not allergic to ") || lower.starts_with("denies ");
}

bool tells_of_severe(std::string_view text) {
  static constexpr std::array kSigns = std::to_array<std::string_view>(
      {"anaphyla", "severe", "life", "fatal", "angioedema", "airway", "shock", "24484000", "stevens-johnson"});
  if (contains_ignoring_case(text, "not severe")) return false;
  return std::any_of(kSigns.begin(), kSigns.end(), [&](auto sign) { return contains_ignoring_case(text, sign); });
}

}  // namespace

AllergyMeaning meaning_of(const Allergy& allergy) {
  if (const Negation* negation = negation_of(allergy)) return negation->meaning;
  return begins_as_negation(allergy.text) ? AllergyMeaning::none_known_of_kind : AllergyMeaning::agent;
}

std::string words_of_negation(const Allergy& allergy) {
  const Negation* negation = negation_of(allergy);
  return negation == nullptr ? allergy.text : std::string(negation->said);
}

bool is_severe(const Allergy& allergy) {
  return same_ignoring_case(allergy.criticality, "high") ||
         std::any_of(allergy.reactions.begin(), allergy.reactions.end(), [](const Reaction& reaction) {
           return tells_of_severe(reaction.text) || tells_of_severe(reaction.severity);
         });
}

std::string words_of_severity(std::string_view recorded) {
  std::string words = words_of_code(recorded);
  if (const auto at = words.find(" severity"); at != std::string::npos) words.erase(at);
  return words;
}

std::string format_reactions(const Allergy& allergy) {
  std::vector<std::string> all;
  for (const Reaction& reaction : allergy.reactions) {
    const std::string severity = words_of_severity(reaction.severity);
    std::string words = reaction.text.empty() ? "reaction not named" : reaction.text;
    if (reaction.text.empty() && severity.empty()) continue;
    if (!severity.empty()) words += " (" + severity + ')';
    all.push_back(std::move(words));
  }
  return join(all, ", ");
}

std::string format_reactions_briefly(const Allergy& allergy) {
  std::vector<std::string> all;
  for (const Reaction& reaction : allergy.reactions) {
    Particulars words;
    words.add(words_of_severity(reaction.severity)).add(reaction.text);
    if (!words.pieces().empty()) all.push_back(join(words.pieces(), " "));
  }
  return join(all, ", ");
}

}  // namespace app
