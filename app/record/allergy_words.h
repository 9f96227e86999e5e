// What an entry in the list of allergies really says: an agent, or that none is known.
//
// A negation typed as an entry ("NKDA") is the commonest lie of an allergy list: counted as an agent it
// hides that nothing is known; left out it hides that somebody asked.
// Source:  IPS and SNOMED CT codes of negated allergies; what practices type.
// Errors:  none.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/record/entries.h"

namespace app {

enum class AllergyMeaning : std::uint8_t {
  agent,
  none_known,          // "no known allergies"
  none_known_of_kind,  // "no known drug allergies"
  not_asked,           // "no information about allergies", "unable to assess"
};

AllergyMeaning meaning_of(const Allergy& allergy);

// "No known drug allergies" for a negation however it was typed; the text itself if we only know that
// it is one.
std::string words_of_negation(const Allergy& allergy);

// Whether the entry tells of anaphylaxis, a severe or fatal reaction, or a high criticality.
bool is_severe(const Allergy& allergy);

// "hives + swelling (moderate), anaphylaxis (severe)"; "" when no reaction is recorded.
std::string format_reactions(const Allergy& allergy);
// The same for within brackets: "moderate hives + swelling, severe anaphylaxis".
std::string format_reactions_briefly(const Allergy& allergy);
std::string words_of_severity(std::string_view recorded);

}  // namespace app
