// Which patients one typed name or one typed number may mean, from the surest to the least sure.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/record/calendar.h"
#include "app/snapshot/patient_set.h"
#include "app/snapshot/search_tables.h"

namespace app {

// How sure a number is: each set holds those before it too.
inline constexpr std::size_t kNumberLevels = 4;  // its MRN · its birthday, telephone · begins so · in part

struct NumberMatch {
  std::array<PatientSet, kNumberLevels> levels;
};
NumberMatch match_number(const SearchTables& tables, std::string_view typed, const Date& today);

struct NameMatch {
  PatientSet exact_family;
  PatientSet exact;
  PatientSet front_family;  // a family name begins with it
  PatientSet front;
};
NameMatch match_name(const SearchTables& tables, std::string_view name);

// A word that may have been meant by another that was typed: the lower `doubt`, the likelier.
struct MeantWord {
  std::uint32_t word = 0;
  std::uint8_t doubt = 0;  // 1 … kMostDoubt
  std::uint8_t order = 0;  // the likelier first among those of the same doubt
  bool alike = false;      // spelt otherwise at most in letters that are said alike: smy… for smi
};
inline constexpr std::uint8_t kMostDoubt = 6;

// The likeliest first, those that are alike before all others; without those that begin with `name`.
std::vector<MeantWord> meant_words(const SearchTables& tables, const std::string& name);

// The same of one word alone: whether it may have been meant by `name`.
bool may_mean(std::string_view word, const std::string& name);

}  // namespace app
