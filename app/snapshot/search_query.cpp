#include "app/snapshot/search_query.h"

#include <algorithm>

#include "app/record/name_folding.h"
#include "app/record/text.h"
#include "app/snapshot/search_fuzzy.h"
#include "app/snapshot/typed_date.h"

namespace app {
namespace {

constexpr std::size_t kMostWordsOfNumber = 5;  // "4 de marzo de 1975"
constexpr std::size_t kLongestTyped = 200;
constexpr std::size_t kLongestLead = 4;

struct Word {
  std::string_view text;
  std::vector<std::string> names;  // what it is as a name
  bool has_digit = false;
  bool has_letter = false;
  bool is_month = false;
  bool joins_date = false;  // "de", "of": part of a date between two that are
  bool is_label = false;    // "MRN", "born": says what the number after it is
  bool is_begun = false;    // one digit, or a day with its separator: too little to look for
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == ';'; }

bool joins_date(std::string_view text) { return text == "de" || text == "of" || text == "del"; }

bool is_label(const std::string& name) {
  static constexpr std::string_view kLabels[] = {"mrn", "id", "no", "nr", "tel", "phone", "dob", "born"};
  return std::find(std::begin(kLabels), std::end(kLabels), name) != std::end(kLabels);
}

bool is_separator(char c) { return c == '/' || c == '.' || c == '-'; }

Word read_word(std::string_view text) {
  Word word;
  word.text = text;
  std::size_t digits = 0;
  for (std::size_t at = 0; at < text.size(); at += character_length(text, at)) {
    const std::uint32_t c = code_point_at(text, at);
    if (digit_value(c) >= 0) ++digits;
    else if (c >= 0x80 || (c | 0x20) - 'a' < 26u) word.has_letter = true;
  }
  word.has_digit = digits > 0;
  word.is_begun = digits == 1 ? text.size() <= 2 : digits == 2 && text.size() == 3 && is_separator(text.back());
  word.is_month = !word.has_digit && word.has_letter && is_month_word(text);
  word.joins_date = joins_date(text);
  if (word.has_letter) word.names = fold_query(text);
  word.is_label = word.names.size() == 1 && is_label(word.names[0]);
  return word;
}

std::vector<Word> split(std::string_view typed) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < typed.size() && words.size() < kMostTypedWords;) {
    while (at < typed.size() && is_blank(typed[at])) ++at;
    std::size_t end = at;
    while (end < typed.size() && !is_blank(typed[end])) ++end;
    Word word = read_word(typed.substr(at, end - at));
    if (word.has_digit || word.has_letter) words.push_back(std::move(word));
    at = end;
  }
  return words;
}

// Whether words [begin, end) may be one number: digits, and letters only where a date has them or before
// all digits, as in "A 0077".
bool may_be_number(const std::vector<Word>& words, std::size_t begin, std::size_t end) {
  bool digits = false;
  for (std::size_t i = begin; i < end; ++i) {
    digits = digits || words[i].has_digit;
    if (words[i].has_digit || words[i].is_month) continue;
    if (i == begin && end - begin > 1 && words[i].text.size() <= kLongestLead) continue;
    if (!words[i].joins_date || i == begin || i + 1 == end) return false;
  }
  return digits;
}

class Reader {
 public:
  explicit Reader(const std::vector<Word>& words) : words_(words) {}

  std::vector<Reading> read() {
    Reading so_far;
    go_on(0, so_far);
    return std::move(readings_);
  }

 private:
  void go_on(std::size_t at, Reading& so_far) {
    if (readings_.size() >= kMostReadings) return;
    if (at == words_.size()) return readings_.push_back(so_far);
    // The longest number first: that is how most people mean it.
    for (std::size_t end = std::min(words_.size(), at + kMostWordsOfNumber); end > at; --end) {
      if (!may_be_number(words_, at, end)) continue;
      const char* begin = words_[at].text.data();
      const std::string_view last = words_[end - 1].text;
      so_far.numbers.emplace_back(begin, static_cast<std::size_t>(last.data() + last.size() - begin));
      go_on(end, so_far);
      so_far.numbers.pop_back();
    }
    const Word& word = words_[at];
    const bool last = at + 1 == words_.size();
    const bool passed_by = last ? word.is_begun && !so_far.names.empty() : word.is_label && words_[at + 1].has_digit;
    if (passed_by) go_on(at + 1, so_far);
    if (word.names.empty() && word.has_digit) return;
    const std::size_t before = so_far.names.size();
    so_far.names.insert(so_far.names.end(), word.names.begin(), word.names.end());
    go_on(at + 1, so_far);
    so_far.names.resize(before);
  }

  const std::vector<Word>& words_;
  std::vector<Reading> readings_;
};

bool is_form_of_address(std::string_view name) {
  static constexpr std::string_view kForms[] = {"mr", "mrs", "ms", "mx", "dr", "prof"};
  return std::find(std::begin(kForms), std::end(kForms), name) != std::end(kForms);
}

void tidy(Reading& reading) {
  std::vector<std::string> names;
  for (std::string& name : reading.names) {
    if (name.size() > kLongestTypedWord) name.resize(kLongestTypedWord);
    if (!is_form_of_address(name)) names.push_back(std::move(name));
  }
  if (!names.empty()) reading.names = std::move(names);
  if (reading.names.size() > kMostTypedWords) reading.names.resize(kMostTypedWords);
}

}  // namespace

std::vector<Reading> read_query(std::string_view typed) {
  const std::vector<Word> words = split(typed.substr(0, kLongestTyped));
  if (words.empty()) return {};
  std::vector<Reading> readings = Reader(words).read();
  for (Reading& reading : readings) tidy(reading);
  std::erase_if(readings, [](const Reading& reading) { return reading.names.empty() && reading.numbers.empty(); });
  return readings;
}

}  // namespace app
