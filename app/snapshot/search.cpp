#include "app/snapshot/search.h"

#include <algorithm>
#include <unordered_map>

#include "app/record/text.h"
#include "app/snapshot/patient_set.h"
#include "app/snapshot/search_matches.h"
#include "app/snapshot/search_query.h"
#include "app/snapshot/search_tables.h"

namespace app {
namespace {

// Typing errors are assumed only while fewer than these are found as typed.
constexpr std::size_t kEnoughOfOneName = 50;
constexpr std::size_t kEnoughOfShortName = 10;
// Of three letters every fourth name of a town is one typing error away.
constexpr std::size_t kShortName = 4;
constexpr std::size_t kEnoughOfSeveralNames = 10;
constexpr std::size_t kNameStages = 4;

// Patients in the order found, each once.
class Found {
 public:
  Found(std::size_t patients, std::size_t most) : seen_(patients), most_(most) {}

  void add(std::uint32_t patient, bool exact) {
    if (seen_.has(patient)) return;
    seen_.add(patient);
    ++total_;
    if (list_.size() < most_) list_.push_back({patient, exact});
  }
  void add(const PatientSet& patients, bool exact) {
    patients.each([this, exact](std::uint32_t patient) { add(patient, exact); });
  }
  void add(const PatientSet& patients, const Range& among, bool exact) {
    patients.each_between(among.begin, among.end, [this, exact](std::uint32_t patient) { add(patient, exact); });
  }

  struct Item {
    std::uint32_t patient;
    bool exact;
  };
  const std::vector<Item>& list() const { return list_; }
  std::uint32_t total() const { return total_; }
  bool full() const { return list_.size() >= most_; }

 private:
  PatientSet seen_;
  std::size_t most_;
  std::vector<Item> list_;
  std::uint32_t total_ = 0;
};

// "1975-03-04", "1975-03", "1975" or "" for yyyymmdd.
std::string format_born(std::uint32_t birth) {
  if (birth == 0) return "";
  std::string digits = std::to_string(birth);
  digits.insert(0, digits.size() < 8 ? 8 - digits.size() : 0, '0');
  std::string born = digits.substr(0, 4);
  if (digits.substr(4, 2) != "00") born += '-' + digits.substr(4, 2);
  if (digits.substr(6, 2) != "00") born += '-' + digits.substr(6, 2);
  return born;
}

// One search.
class Search {
 public:
  Search(const SearchTables& tables, const Date& today, std::size_t most)
      : tables_(tables), today_(today), found_(tables.patients(), most) {}

  Hits run(std::string_view typed) {
    for (Reading& reading : read_query(typed)) take_on(std::move(reading));
    for (std::size_t stage = 0; stage < kNameStages; ++stage) {
      for (const Attempt& attempt : attempts_) find_as_typed(attempt, stage);
    }
    if (found_.total() == 0) {
      for (const Attempt& attempt : attempts_) find_divided_otherwise(attempt);
    }
    for (const Attempt& attempt : attempts_) find_mistyped(attempt);
    return hits();
  }

 private:
  // A reading whose numbers fit somebody.
  struct Attempt {
    std::vector<std::string> names;
    std::vector<PatientSet> levels;  // who has its numbers, by sureness; empty if there are none
  };

  void take_on(Reading reading) {
    Attempt attempt;
    for (const std::string& number : reading.numbers) {
      const NumberMatch& match = number_match(number);
      if (attempt.levels.empty()) attempt.levels.assign(match.levels.begin(), match.levels.end());
      else for (std::size_t i = 0; i < kNumberLevels; ++i) attempt.levels[i].keep(match.levels[i]);
    }
    if (!attempt.levels.empty() && attempt.levels.back().empty()) return;
    attempt.names = std::move(reading.names);
    attempts_.push_back(std::move(attempt));
  }

  const NumberMatch& number_match(const std::string& number) {
    const auto known = numbers_.find(number);
    return known != numbers_.end() ? known->second
                                   : numbers_.emplace(number, match_number(tables_, number, today_)).first->second;
  }
  const NameMatch& name_match(const std::string& name) {
    const auto known = names_.find(name);
    return known != names_.end() ? known->second : names_.emplace(name, match_name(tables_, name)).first->second;
  }
  const std::vector<MeantWord>& meant(const std::string& name) {
    const auto known = meant_.find(name);
    return known != meant_.end() ? known->second : meant_.emplace(name, meant_words(tables_, name)).first->second;
  }

  const Range& listed_under(const std::string& name) {
    const auto known = listed_.find(name);
    return known != listed_.end() ? known->second : listed_.emplace(name, tables_.listed_under(name)).first->second;
  }

  void add_by_level(const Attempt& attempt, const PatientSet& named) {
    if (attempt.levels.empty()) return add_named(attempt, named);
    for (const PatientSet& level : attempt.levels) {
      PatientSet both = named;
      both.keep(level);
      add_named(attempt, both);
    }
  }

  // Who is listed under what was typed comes before those of whose names it is a later word.
  void add_named(const Attempt& attempt, const PatientSet& named) {
    if (named.empty()) return;
    for (const std::string& name : attempt.names) found_.add(named, listed_under(name), true);
    found_.add(named, true);
  }

  // Stages: whole names before beginnings, family names before others; in each the first family name before later ones.
  void find_as_typed(const Attempt& attempt, std::size_t stage) {
    const std::size_t count = attempt.names.size();
    if (count == 0) {
      if (stage == 0) for (const PatientSet& level : attempt.levels) found_.add(level, true);
      return;
    }
    if (count == 1) {
      const NameMatch& match = name_match(attempt.names[0]);
      const PatientSet* const sets[kNameStages] = {&match.exact_family, &match.exact, &match.front_family, &match.front};
      return add_by_level(attempt, *sets[stage]);
    }
    if (stage == kNameStages - 1) return;
    const std::size_t whole = stage == 0 ? count : stage == 1 ? count - 1 : 0;
    PatientSet named = whole > 0 ? name_match(attempt.names[0]).exact : name_match(attempt.names[0]).front;
    for (std::size_t i = 1; i < count; ++i) {
      const NameMatch& match = name_match(attempt.names[i]);
      named.keep(i < whole ? match.exact : match.front);
    }
    add_by_level(attempt, named);
  }

  // "mac donald" for Macdonald.
  void find_divided_otherwise(const Attempt& attempt) {
    const std::size_t count = attempt.names.size();
    for (std::size_t begin = 0; begin + 1 < count; ++begin) {
      std::string joined = attempt.names[begin];
      for (std::size_t end = begin + 1; end < count; ++end) {
        joined += attempt.names[end];
        PatientSet named = name_match(joined).front;
        for (std::size_t i = 0; i < count; ++i) {
          if (i < begin || i > end) named.keep(name_match(attempt.names[i]).front);
        }
        add_by_level(attempt, named);
      }
    }
  }

  void find_mistyped(const Attempt& attempt) {
    const std::size_t count = attempt.names.size();
    if (count == 0 || found_.full()) return;
    if (count == 1) return find_one_mistyped(attempt, found_.total() >= enough_of(attempt.names[0]));
    if (found_.total() < kEnoughOfSeveralNames) find_several_mistyped(attempt);
  }

  static std::size_t enough_of(const std::string& name) {
    return name.size() < kShortName ? 1 : name.size() == kShortName ? kEnoughOfShortName : kEnoughOfOneName;
  }

  // The likeliest word first, and whose family name it is before others. Words that are said alike belong to what was
  // typed, however many were found.
  void find_one_mistyped(const Attempt& attempt, bool only_alike) {
    std::uint8_t doubt = 0;
    for (const MeantWord& word : meant(attempt.names[0])) {
      if (only_alike && !word.alike) continue;
      if (word.doubt != doubt && found_.full()) {
        more_ = true;
        return;
      }
      doubt = word.doubt;
      const Range owners = tables_.owners_of({word.word, std::size_t{word.word} + 1});
      for (const std::uint32_t rank : {0u, 1u}) {
        for (std::size_t i = owners.begin; i < owners.end; ++i) {
          const std::uint32_t owner = tables_.word_owners[i];
          if ((owner & 1) != rank) continue;
          if (attempt.levels.empty() || attempt.levels.back().has(owner >> 1)) found_.add(owner >> 1, false);
        }
      }
    }
  }

  // With growing doubt: first one word mistyped, then any number of them.
  void find_several_mistyped(const Attempt& attempt) {
    const std::size_t count = attempt.names.size();
    std::vector<PatientSet> wide;
    std::vector<std::size_t> taken(count);
    for (const std::string& name : attempt.names) wide.push_back(name_match(name).front);
    for (std::uint8_t doubt = 1; doubt <= kMostDoubt; ++doubt) {
      bool grown = false;
      for (std::size_t i = 0; i < count; ++i) grown = widen(meant(attempt.names[i]), doubt, taken[i], wide[i]) || grown;
      if (!grown) continue;
      if (found_.full()) {
        more_ = true;
        return;
      }
      for (std::size_t i = 0; i < count; ++i) add_meeting(attempt, [&](std::size_t j) -> const PatientSet& {
        return i == j ? wide[j] : name_match(attempt.names[j]).front;
      });
      add_meeting(attempt, [&](std::size_t j) -> const PatientSet& { return wide[j]; });
    }
  }

  bool widen(const std::vector<MeantWord>& words, std::uint8_t doubt, std::size_t& taken, PatientSet& wide) {
    const std::size_t before = taken;
    for (; taken < words.size() && words[taken].doubt <= doubt; ++taken) {
      const Range owners = tables_.owners_of({words[taken].word, std::size_t{words[taken].word} + 1});
      for (std::size_t i = owners.begin; i < owners.end; ++i) wide.add(tables_.word_owners[i] >> 1);
    }
    return taken > before;
  }

  template <typename SetOf>
  void add_meeting(const Attempt& attempt, SetOf set_of) {
    PatientSet named = set_of(0);
    for (std::size_t i = 1; i < attempt.names.size(); ++i) named.keep(set_of(i));
    if (!attempt.levels.empty()) named.keep(attempt.levels.back());
    found_.add(named, false);
  }

  Hits hits() const {
    Hits hits;
    hits.total = found_.total();
    hits.more = more_;
    for (const Found::Item& item : found_.list()) {
      const Line line = tables_.line(item.patient);
      Hit hit;
      hit.chart = tables_.charts[item.patient];
      hit.name = line.name, hit.sex = line.sex, hit.mrn = line.mrn;
      hit.phone = line.phone, hit.town = line.town;
      hit.born = format_born(tables_.births[item.patient]);
      hit.deceased = tables_.deceased[item.patient] != 0;
      hit.exact = item.exact;
      hits.hits.push_back(std::move(hit));
    }
    return hits;
  }

  const SearchTables& tables_;
  const Date& today_;
  Found found_;
  bool more_ = false;
  std::vector<Attempt> attempts_;
  std::unordered_map<std::string, NumberMatch> numbers_;
  std::unordered_map<std::string, NameMatch> names_;
  std::unordered_map<std::string, std::vector<MeantWord>> meant_;
  std::unordered_map<std::string, Range> listed_;
};

}  // namespace

struct SearchIndex::State {
  SearchTables tables;
};

SearchIndex::SearchIndex() : state_(std::make_unique<State>()) {}
SearchIndex::~SearchIndex() = default;
SearchIndex::SearchIndex(SearchIndex&&) noexcept = default;
SearchIndex& SearchIndex::operator=(SearchIndex&&) noexcept = default;

Result<SearchIndex> SearchIndex::load(
    const std::function<Result<std::string>(std::string_view name)>& read_part) {
  SearchIndex index;
  TRY_GET(index.state_->tables, SearchTables::load(read_part));
  return index;
}

std::uint32_t SearchIndex::patients() const { return static_cast<std::uint32_t>(state_->tables.patients()); }

Hits SearchIndex::find(std::string_view typed, std::size_t most, const Date& today) {
  return Search(state_->tables, today, most).run(typed);
}

std::vector<ChartId> SearchIndex::find_mrn(std::string_view mrn) const {
  const SearchTables& tables = state_->tables;
  const std::string folded = fold_number(mrn);
  std::vector<ChartId> same, alike;
  if (folded.empty()) return same;
  const std::string wanted = upper_case(mrn);
  const Range range = tables.numbers_beginning(folded);
  for (std::size_t i = range.begin; i < range.end && tables.numbers[i].size() == folded.size(); ++i) {
    const std::uint32_t owner = tables.number_owners[i];
    if ((owner & 1) != 0) continue;
    alike.push_back(tables.charts[owner >> 1]);
    if (upper_case(tables.line(owner >> 1).mrn) == wanted) same.push_back(alike.back());
  }
  // Folding drops hyphens and blanks, so "1-23" and "12-3" are alike; the number as written decides.
  return same.empty() ? alike : same;
}

}  // namespace app
