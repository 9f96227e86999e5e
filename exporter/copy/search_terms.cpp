#include "exporter/copy/search_terms.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "app/record/name_folding.h"
#include "app/record/text.h"
#include "app/snapshot/search_tables.h"

namespace exporter {
namespace {

constexpr std::size_t kLongestNumber = 100;
constexpr std::size_t kFewestPhoneDigits = 4;
constexpr std::size_t kMostCachedKeys = 50'000;
constexpr std::size_t kLongestKey = 1000;

void add_word(std::string word, bool family, std::vector<SearchWord>& words) {
  if (word.size() > app::kLongestWord) word.resize(app::kLongestWord);
  for (SearchWord& known : words) {
    if (known.word != word) continue;
    known.family = known.family || family;
    return;
  }
  words.push_back({std::move(word), family});
}

void add_words(std::string_view text, bool family, std::vector<SearchWord>& words) {
  if (text.empty()) return;
  for (std::string& word : app::fold_name(text)) add_word(std::move(word), family, words);
}

// "de la Cruz" is typed delacruz, "O'Brien" o brien.
void add_other_divisions(const std::string& text, bool family, std::vector<SearchWord>& words) {
  const bool hyphen = text.find('-') != std::string::npos;
  if (hyphen || (family && text.find(' ') != std::string::npos)) {
    std::string joined;
    for (const std::string& part : app::fold_query(text)) joined += part;
    if (!joined.empty()) add_word(std::move(joined), family, words);
  }
  if (const auto apostrophe = text.find('\''); apostrophe != std::string::npos) {
    add_words(std::string_view(text).substr(apostrophe + 1), family, words);
  }
}

bool is_written_without_blanks(std::string_view text) {
  const std::string script = app::script_of(text);
  return script == "Hani" || script == "Hang" || script == "Hira" || script == "Kana";
}

void add_number(std::string_view number, bool of_chart, std::vector<SearchNumber>& numbers) {
  if (number.empty() || number.size() > kLongestNumber) return;
  std::string folded = app::fold_number(number);
  if (folded.empty()) return;
  for (SearchNumber& known : numbers) {
    if (known.number != folded) continue;
    known.of_chart = known.of_chart || of_chart;
    return;
  }
  numbers.push_back({std::move(folded), of_chart});
}

// What is left of a number that is written with leading letters or zeros: "MRN-000123" → "123".
std::string without_lead(const std::string& folded) {
  std::size_t at = 0;
  while (at < folded.size() && !(folded[at] >= '0' && folded[at] <= '9')) ++at;
  while (at < folded.size() && folded[at] == '0') ++at;
  const std::string rest = folded.substr(at);
  const bool digits = rest.find_first_not_of("0123456789") == std::string::npos;
  return at > 0 && rest.size() >= 2 && digits ? rest : "";
}

bool is_phone(const app::ContactPoint& contact) {
  return contact.system != "email" && contact.system != "url" && contact.value.find('@') == std::string::npos;
}

// The digits before any extension ("x12", "ext. 12").
std::string dialled_digits(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
    else if (!digits.empty() && (c == 'x' || c == 'X' || c == 'e' || c == 'E' || c == '#' || c == ';')) break;
  }
  return digits;
}

// How many digits the country's code takes at the front of an international number (ITU E.164).
std::size_t country_code_length(std::string_view digits) {
  static constexpr std::string_view kTwo[] = {"20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43",
                                              "44", "45", "46", "47", "48", "49", "51", "52", "53", "54", "55", "56",
                                              "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
                                              "86", "90", "91", "92", "93", "94", "95", "98"};
  if (digits.starts_with("1") || digits.starts_with("7")) return 1;
  return std::find(std::begin(kTwo), std::end(kTwo), digits.substr(0, 2)) != std::end(kTwo) ? 2 : 3;
}

void add_phone(const std::string& value, std::vector<std::string>& phones) {
  std::string digits = dialled_digits(value);
  bool international = value.find('+') != std::string::npos;
  if (!international && digits.starts_with("00")) international = true, digits.erase(0, 2);
  if (!international && digits.size() == 11 && digits[0] == '1') international = true;
  if (digits.size() < kFewestPhoneDigits) return;
  std::string national = digits;
  if (international) national.erase(0, country_code_length(digits));
  else if (digits.starts_with("0")) national.erase(0, 1);
  for (std::string& number : std::array<std::string, 2>{std::move(digits), std::move(national)}) {
    if (number.size() > app::kMostPhoneDigits) number.resize(app::kMostPhoneDigits);
    if (number.size() < 3 || std::find(phones.begin(), phones.end(), number) != phones.end()) continue;
    phones.push_back(std::move(number));
  }
}

// Names repeat, their keys are dear.
const std::string& cached_key(const std::string& name) {
  thread_local std::unordered_map<std::string, std::string> keys;
  if (const auto found = keys.find(name); found != keys.end()) return found->second;
  if (keys.size() >= kMostCachedKeys) keys.clear();
  return keys.emplace(name, app::collation_key(app::upper_case(name))).first->second;
}

}  // namespace

std::vector<SearchWord> search_words(const app::Chart& chart) {
  std::vector<SearchWord> words;
  words.reserve(8);
  for (const app::HumanName& name : chart.names) {
    add_words(name.family, true, words);
    add_words(name.given, false, words);
    add_words(name.suffix, false, words);
    add_words(name.text, name.family.empty() && name.given.empty(), words);
    add_other_divisions(name.family, true, words);
    add_other_divisions(name.given, false, words);
    if (is_written_without_blanks(name.family)) add_words(name.family + name.given, false, words);
  }
  return words;
}

std::vector<SearchNumber> search_numbers(const app::Chart& chart) {
  std::vector<SearchNumber> numbers;
  add_number(chart.mrn, true, numbers);
  add_number(chart.emr_key, true, numbers);
  for (const app::Identifier& identifier : chart.identifiers) add_number(identifier.value, false, numbers);
  if (!numbers.empty()) add_number(without_lead(numbers.front().number), false, numbers);
  return numbers;
}

std::vector<std::string> search_phones(const app::Chart& chart) {
  std::vector<std::string> phones;
  for (const app::ContactPoint& contact : chart.telecom) {
    if (is_phone(contact)) add_phone(contact.value, phones);
  }
  // Who calls for a patient calls from their own telephone.
  for (const app::Contact& somebody : chart.contacts.entries) {
    for (const app::ContactPoint& contact : somebody.telecom) {
      if (is_phone(contact)) add_phone(contact.value, phones);
    }
  }
  return phones;
}

std::string shown_phone(const app::Chart& chart) {
  for (const app::ContactPoint& contact : chart.telecom) {
    if (is_phone(contact) && contact.system != "fax" && !contact.value.empty()) return contact.value;
  }
  return "";
}

std::string sorting_key(const app::Chart& chart) {
  const app::HumanName& name = app::shown_name(chart);
  std::string key = cached_key(name.family.empty() ? name.text : name.family);
  key += '\0';
  key += cached_key(name.given);
  if (key.size() > kLongestKey) key.resize(kLongestKey);
  return key;
}

}  // namespace exporter
