#include "app/snapshot/search_matches.h"

#include <algorithm>
#include <cstdlib>

#include "app/record/name_folding.h"
#include "app/record/text.h"
#include "app/snapshot/search_fuzzy.h"
#include "app/snapshot/typed_date.h"

namespace app {
namespace {

constexpr std::size_t kFewestPhoneDigits = 3;

enum Level : std::size_t { kSame = 0, kDayOrWhole = 1, kBegins = 2, kInPart = 3 };

// The digits alone, or nothing if there are letters among them.
std::string digits_of(std::string_view typed) {
  std::string digits;
  for (std::size_t at = 0; at < typed.size(); at += character_length(typed, at)) {
    const std::uint32_t c = code_point_at(typed, at);
    const int digit = digit_value(c);
    if (digit >= 0) digits += static_cast<char>('0' + digit);
    else if (c >= 0x80 || (c | 0x20) - 'a' < 26u || c == '/') return "";
  }
  return digits;
}

class NumberMatcher {
 public:
  NumberMatcher(const SearchTables& tables, NumberMatch& match) : tables_(tables), match_(match) {}

  void match_identifier(std::string_view typed) {
    const std::string folded = fold_number(typed);
    if (folded.empty()) return;
    const Range range = tables_.numbers_beginning(folded);
    for (std::size_t i = range.begin; i < range.end; ++i) {
      const std::uint32_t owner = tables_.number_owners[i];
      const bool whole = tables_.numbers[i].size() == folded.size();
      const bool of_chart = (owner & 1) == 0;
      add(owner >> 1, whole ? (of_chart ? kSame : kDayOrWhole) : (of_chart ? kBegins : kInPart));
    }
  }
  void match_birth(std::string_view typed, const Date& today) {
    for (const DayRange days : parse_typed_date(typed, today)) {
      const Range range = tables_.born_between(days.begin, days.end);
      const Level level = days.end - days.begin == 1 && days.finished ? kDayOrWhole : kInPart;
      for (std::size_t i = range.begin; i < range.end; ++i) add(tables_.by_birth[i], level);
    }
  }
  void match_phone(std::string digits) {
    if (digits.starts_with("00")) digits.erase(0, 2);
    match_phone_digits(digits);
    // At home a number begins with 0, from abroad it does not.
    if (digits.starts_with("0")) match_phone_digits(std::string_view(digits).substr(1));
  }

 private:
  void match_phone_digits(std::string_view digits) {
    if (digits.size() < kFewestPhoneDigits) return;
    const Range beginning = tables_.phones_beginning(digits);
    for (std::size_t i = beginning.begin; i < beginning.end; ++i) add_phone(i, digits);
    const Range ending = tables_.phones_ending(digits);
    for (std::size_t i = ending.begin; i < ending.end; ++i) add_phone(tables_.phones_reversed[i], digits);
  }
  void add_phone(std::size_t phone, std::string_view digits) {
    const bool whole = tables_.phones[phone] == pack_digits(digits);
    add(tables_.phone_patients[phone], whole ? kDayOrWhole : kInPart);
  }
  void add(std::uint32_t patient, std::size_t level) { match_.levels[level].add(patient); }

  const SearchTables& tables_;
  NumberMatch& match_;
};

// How many errors are forgiven in a word of that length.
int forgiven_errors(std::size_t letters) { return letters < 3 ? 0 : letters < 5 ? 1 : 2; }

constexpr std::size_t kShortestSounding = 4;
constexpr std::size_t kShortestSkeleton = 2;
constexpr std::size_t kShortestSkeletonFront = 3;
constexpr std::size_t kMostMissingLetters = 4;
constexpr std::size_t kShortestForTwoErrors = 6;

std::uint8_t order_of(const SearchTables& tables, std::uint32_t word, std::size_t whole, const std::string& name) {
  const bool other_initial = tables.words[word].substr(0, 1) != name.substr(0, 1);
  return static_cast<std::uint8_t>(std::min<std::size_t>(whole, kFar) * 2 + (other_initial ? 1 : 0));
}

// Letters that a caller's name is spelt with in one family and not in the next.
char said_as(char letter) {
  switch (letter) {
    case 'y': return 'i';
    case 'k': return 'c';
    case 'z': return 's';
    default: return letter;
  }
}

bool begins_alike(std::string_view word, std::string_view name) {
  return word.size() >= name.size() &&
         std::equal(name.begin(), name.end(), word.begin(), [](char a, char b) { return said_as(a) == said_as(b); });
}

// Of words that are near in letters: those that sound alike as well are likelier.
void add_near(const SearchTables& tables, const std::string& name, const std::string& skeleton,
              std::vector<MeantWord>& meant) {
  const int errors = forgiven_errors(name.size());
  if (errors == 0) return;
  for (const NearWord& near : near_words(tables.words, tables.shared, name, errors)) {
    if (near.front == 0) continue;
    if (begins_alike(tables.words[near.word], name)) {
      meant.push_back({near.word, 1, 0, true});
      continue;
    }
    const bool alike = !skeleton.empty() && sound_skeleton(tables.words[near.word]) == skeleton;
    int doubt = near.front * 2 - (alike ? 1 : 0);
    if (near.front == 2 && name.size() < kShortestForTwoErrors) doubt = kMostDoubt;
    meant.push_back({near.word, static_cast<std::uint8_t>(doubt), order_of(tables, near.word, near.whole, name), false});
  }
}

void add_sounding(const SearchTables& tables, const std::string& name, const std::string& skeleton,
                  std::vector<MeantWord>& meant) {
  if (name.size() < kShortestSounding || skeleton.size() < kShortestSkeleton) return;
  const std::size_t known = meant.size();  // these are in the vocabulary's order
  const Range range = tables.words_sounding(skeleton);
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const std::uint32_t word = tables.words_by_sound[i];
    const std::string_view text = tables.words[word];
    if (text.starts_with(name)) continue;
    const auto found = std::lower_bound(meant.begin(), meant.begin() + static_cast<std::ptrdiff_t>(known), word,
                                        [](const MeantWord& a, std::uint32_t b) { return a.word < b; });
    if (found != meant.begin() + static_cast<std::ptrdiff_t>(known) && found->word == word) continue;
    const bool same = sound_skeleton(text) == skeleton;
    const std::size_t differs = text.size() > name.size() ? text.size() - name.size() : name.size() - text.size();
    if (!same && (skeleton.size() < kShortestSkeletonFront || differs > kMostMissingLetters)) continue;
    const std::uint8_t doubt = same ? kMostDoubt - 1 : kMostDoubt;
    meant.push_back({word, doubt, order_of(tables, word, differs + 1, name), false});
  }
}

}  // namespace

NumberMatch match_number(const SearchTables& tables, std::string_view typed, const Date& today) {
  NumberMatch match;
  match.levels.fill(PatientSet(tables.patients()));
  NumberMatcher matcher(tables, match);
  matcher.match_identifier(typed);
  matcher.match_birth(typed, today);
  matcher.match_phone(digits_of(typed));
  for (std::size_t level = 1; level < kNumberLevels; ++level) match.levels[level].join(match.levels[level - 1]);
  return match;
}

NameMatch match_name(const SearchTables& tables, std::string_view name) {
  const PatientSet none(tables.patients());
  NameMatch match{none, none, none, none};
  const Range words = tables.words_beginning(name);
  const Range owners = tables.owners_of(words);
  for (std::size_t i = owners.begin; i < owners.end; ++i) {
    const std::uint32_t owner = tables.word_owners[i];
    match.front.add(owner >> 1);
    if ((owner & 1) == 0) match.front_family.add(owner >> 1);
  }
  if (words.begin == words.end || tables.words[words.begin].size() != name.size()) return match;
  const Range exact = tables.owners_of({words.begin, words.begin + 1});
  for (std::size_t i = exact.begin; i < exact.end; ++i) {
    const std::uint32_t owner = tables.word_owners[i];
    match.exact.add(owner >> 1);
    if ((owner & 1) == 0) match.exact_family.add(owner >> 1);
  }
  return match;
}

std::vector<MeantWord> meant_words(const SearchTables& tables, const std::string& name) {
  const std::string skeleton = sound_skeleton(name);
  std::vector<MeantWord> meant;
  add_near(tables, name, skeleton, meant);
  add_sounding(tables, name, skeleton, meant);
  const auto frequency = [&tables](const MeantWord& word) {
    const Range owners = tables.owners_of({word.word, std::size_t{word.word} + 1});
    return owners.end - owners.begin;
  };
  std::sort(meant.begin(), meant.end(), [&](const MeantWord& a, const MeantWord& b) {
    if (a.doubt != b.doubt) return a.doubt < b.doubt;
    if (a.alike != b.alike) return a.alike;
    if (a.order != b.order) return a.order < b.order;
    const std::size_t of_a = frequency(a), of_b = frequency(b);
    return of_a != of_b ? of_a > of_b : a.word < b.word;
  });
  return meant;
}

bool may_mean(std::string_view word, const std::string& name) {
  const std::string skeleton = sound_skeleton(name);
  const bool counts = name.size() >= kShortestSounding && skeleton.size() >= kShortestSkeleton;
  if (counts && sound_skeleton(word).starts_with(skeleton)) return true;
  std::string end;
  for (int shift = 0; shift < 32; shift += 8) end += static_cast<char>(word.size() >> shift & 0xFF);
  return !near_words({word, Numbers(end)}, {0}, name, forgiven_errors(name.size())).empty();
}

}  // namespace app
