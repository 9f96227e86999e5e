// The small words of a sheet: joined, compared without case, taken out of computer's spelling.
//
// Errors:  none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/record/entries.h"

namespace app {

// ASCII letters in lower case; everything else as it is.
std::string lower_ascii(std::string_view text);
bool same_ignoring_case(std::string_view a, std::string_view b);
bool less_ignoring_case(std::string_view a, std::string_view b);
bool contains_ignoring_case(std::string_view text, std::string_view part);

// "entered-in-error" → "entered in error"; a text that is no such code stays as it is.
std::string words_of_code(std::string_view code);

// "1 visit", "3 visits".
std::string count_of(std::size_t count, std::string_view one, std::string_view many);

// The first letter a capital, if it is an ASCII letter.
std::string capitalized(std::string text);

// Small print, piece by piece: empty pieces and pieces already said are left out, the rest stand
// apart by "; ".
class Particulars {
 public:
  Particulars& add(std::string_view text);
  // "label value"
  Particulars& add(std::string_view label, std::string_view value);
  // "label 03-Jan-2024"; a date that is simply not recorded is left out, any other state is said.
  Particulars& add(std::string_view label, const Known<Date>& date);
  Particulars& add_codes(const std::vector<Coding>& codes, std::string_view text);

  const std::vector<std::string>& pieces() const { return pieces_; }
  std::string text() const;

 private:
  std::vector<std::string> pieces_;
};

std::string join(const std::vector<std::string>& pieces, std::string_view between);

// "SNOMED CT" for http://snomed.info/sct, …; the system as recorded where we do not know it.
std::string_view name_of_code_system(std::string_view system);

// "home phone", "mobile phone", "email".
std::string label_of(const ContactPoint& point);
// "555-0100 (home phone)".
std::string format_contact_point(const ContactPoint& point);
std::string format_address(const Address& address);

}  // namespace app
