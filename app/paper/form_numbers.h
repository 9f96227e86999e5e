// Numbers that forms carry before anybody writes on them: for a patient who has none yet, for a receipt.
//
// Shape:   "T-K7Q-123-X4PM2W-07-H": what it is for; the practice; the copy; the printing; the count; a check letter.
//          Letters are 0-9 and A-Z without I, L, O, U and V: none is taken for another.
// Why two never are the same: the count differs within a printing. Two printings out of one copy differ in the six
//          letters: those of a binder are its serial, given once in that copy; those printed on demand are drawn at
//          random among 860 million and never begin like a binder's. A practice never makes two copies of one number.
//          Two exporters differ in the practice's three letters, which come of their signing key. What is left to chance:
//          100 printings on demand out of the same copy share a number once in 170,000 such days; two exporters
//          of neighbours share their letters once in 30,000. A photocopy or a second print of the same file has the
//          same numbers: the forms say so.
// Errors:  none.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace app {

// Where numbers come from.
struct NumberSpace {
  std::string practice;  // three letters
  std::string copy;      // "123"
  std::string printing;  // six letters
};

// The three letters of a practice, of any bytes that are its own (its verifying key).
std::string practice_letters(std::string_view key);
// Of one binder or volume in a copy; serial 1, 2, … up to 28 million.
NumberSpace binder_numbers(std::string_view practice_key, std::uint64_t copy, std::uint32_t serial);
// Of forms that somebody prints now. `random` gives 0 to most - 1.
using RandomBelow = std::uint32_t (*)(std::uint32_t most);
NumberSpace numbers_on_demand(std::string_view practice_key, std::uint64_t copy, RandomBelow random);

// Gives each number once.
class FormNumbers {
 public:
  explicit FormNumbers(NumberSpace space) : space_(std::move(space)) {}
  std::string next(const std::string& prefix);
  // All that were given, in their order.
  const std::vector<std::string>& all() const { return all_; }

 private:
  NumberSpace space_;
  std::map<std::string, unsigned> given_;
  std::vector<std::string> all_;
};

// The check letter of what stands before it; dashes and blanks count for nothing. '\0' for other letters.
char check_letter(std::string_view text);
// Whether somebody wrote such a number down without a mistake; small letters are taken as capitals.
bool is_form_number(std::string_view text);

}  // namespace app
