#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "viewer/views.h"

namespace viewer {

// The same in every chart, so that a hand learns them: what is asked most has a digit. Alt with L is left out: lock.
std::string key_of_section(std::string_view id) {
  using SectionKey = std::pair<std::string_view, const char*>;
  static constexpr auto kKeys = std::to_array<SectionKey>(
      {{"allergies", "1"}, {"medications", "2"}, {"problems", "3"}, {"results", "4"}, {"vital_signs", "5"},
       {"appointments", "6"}, {"immunizations", "7"}, {"alerts", "8"}, {"directives", "9"}, {"pregnancy", "G"},
       {"medications.past", "M"}, {"procedures", "P"}, {"devices", "E"}, {"social_history", "S"},
       {"family_history", "F"}, {"plan", "A"}, {"visits", "V"}, {"notes", "N"}, {"documents", "D"}, {"contacts", "C"},
       {"care_team", "T"}, {"coverage", "I"}, {"identity", "W"}, {"left_out", "X"}, {"unreadable", "U"},
       {"not_recorded", "Z"}});
  const auto found = std::find_if(kKeys.begin(), kKeys.end(), [&](const SectionKey& key) { return key.first == id; });
  return found == kKeys.end() ? "" : found->second;
}

int section_of_key(const app::Sheet& sheet, char key) {
  for (std::size_t i = 0; i < sheet.sections.size(); ++i)
    if (key_of_section(sheet.sections[i].id) == std::string_view(&key, 1)) return static_cast<int>(i);
  return -1;
}

}  // namespace viewer
