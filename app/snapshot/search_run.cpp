#include "app/snapshot/search_run.h"

#include <algorithm>
#include <utility>

namespace app {
namespace {

// Typing errors are assumed only while fewer than these are found as typed.
constexpr std::size_t kEnoughOfOneName = 50;
constexpr std::size_t kEnoughOfShortName = 10;
// Of three letters every fourth name of a town is one typing error away.
constexpr std::size_t kShortName = 4;
constexpr std::size_t kEnoughOfSeveralNames = 10;
constexpr std::size_t kNameStages = 4;
constexpr std::size_t kDividedPhase = kNameStages, kMistypedPhase = kNameStages + 1;
constexpr std::size_t kRest = 255;

std::size_t enough_of(const std::string& name) {
  return name.size() < kShortName ? 1 : name.size() == kShortName ? kEnoughOfShortName : kEnoughOfOneName;
}

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

}  // namespace

SearchRun::SearchRun(const SearchTables& tables, std::string_view typed, const Date& today, Tally& tally)
    : tables_(&tables), tally_(&tally), seen_(tables.patients()) {
  for (Reading& reading : read_query(typed)) take_on(std::move(reading), today);
}

void SearchRun::run(std::vector<SearchRun>& runs, Tally& tally) {
  if (runs.empty()) return;
  const std::size_t attempts = runs.front().attempts_.size();
  const auto each_fitting = [&](std::size_t at, auto use) {
    for (SearchRun& run : runs)
      if (run.attempts_[at].fits) use(run, run.attempts_[at]);
  };
  for (std::size_t stage = 0; stage < kNameStages; ++stage) {
    for (std::size_t at = 0; at < attempts; ++at) {
      each_fitting(at, [&](SearchRun& run, const Attempt& attempt) { run.step(stage, at), run.find_as_typed(attempt, stage); });
    }
  }
  if (tally.total == 0) {
    for (std::size_t at = 0; at < attempts; ++at) {
      each_fitting(at, [&](SearchRun& run, const Attempt& attempt) { run.step(kDividedPhase, at), run.find_divided_otherwise(attempt); });
    }
  }
  for (std::size_t at = 0; at < attempts; ++at) find_mistyped(runs, at, tally);
}

void SearchRun::step(std::size_t phase, std::size_t attempt, std::size_t first, std::size_t second, std::size_t third) {
  place_ = {std::uint64_t{phase} << 56 | std::uint64_t{attempt} << 48 | std::uint64_t{first} << 40 | std::uint64_t{second} << 32 |
                std::uint64_t{third} << 24,
            0, {}, 0};
}

void SearchRun::take_on(Reading reading, const Date& today) {
  Attempt attempt;
  for (const std::string& number : reading.numbers) {
    const NumberMatch& match = number_match(number, today);
    if (attempt.levels.empty()) attempt.levels.assign(match.levels.begin(), match.levels.end());
    else for (std::size_t i = 0; i < kNumberLevels; ++i) attempt.levels[i].keep(match.levels[i]);
  }
  attempt.fits = attempt.levels.empty() || !attempt.levels.back().empty();
  attempt.names = std::move(reading.names);
  attempts_.push_back(std::move(attempt));
}

const NumberMatch& SearchRun::number_match(const std::string& number, const Date& today) {
  const auto known = numbers_.find(number);
  return known != numbers_.end() ? known->second
                                 : numbers_.emplace(number, match_number(*tables_, number, today)).first->second;
}

const NameMatch& SearchRun::name_match(const std::string& name) {
  const auto known = names_.find(name);
  return known != names_.end() ? known->second : names_.emplace(name, match_name(*tables_, name)).first->second;
}

const std::vector<MeantWord>& SearchRun::meant(const std::string& name) {
  const auto known = meant_.find(name);
  return known != meant_.end() ? known->second : meant_.emplace(name, meant_words(*tables_, name)).first->second;
}

const Range& SearchRun::listed_under(const std::string& name) {
  const auto known = listed_.find(name);
  return known != listed_.end() ? known->second : listed_.emplace(name, tables_->listed_under(name)).first->second;
}

void SearchRun::add(std::uint32_t patient, bool exact) {
  if (seen_.has(patient)) return;
  seen_.add(patient);
  ++tally_->total;
  if (list_.size() < tally_->most) list_.push_back({patient, exact, place_});
}

void SearchRun::add(const PatientSet& patients, bool exact) {
  patients.each([this, exact](std::uint32_t patient) { add(patient, exact); });
}

void SearchRun::add(const PatientSet& patients, const Range& among, bool exact) {
  patients.each_between(among.begin, among.end, [this, exact](std::uint32_t patient) { add(patient, exact); });
}

void SearchRun::add_by_level(const Attempt& attempt, const PatientSet& named) {
  if (attempt.levels.empty()) return add_named(attempt, named);
  const HitPlace here = place_;
  for (std::size_t i = 0; i < attempt.levels.size(); ++i) {
    place_.step = here.step | std::uint64_t{i} << 32;
    PatientSet both = named;
    both.keep(attempt.levels[i]);
    add_named(attempt, both);
  }
  place_ = here;
}

// Who is listed under what was typed comes before those of whose names it is a later word.
void SearchRun::add_named(const Attempt& attempt, const PatientSet& named) {
  if (named.empty()) return;
  const HitPlace here = place_;
  for (std::size_t i = 0; i < attempt.names.size(); ++i) {
    place_.step = here.step | std::uint64_t{i} << 24;
    add(named, listed_under(attempt.names[i]), true);
  }
  place_.step = here.step | std::uint64_t{kRest} << 24;
  add(named, true);
  place_ = here;
}

// Stages: whole names before beginnings, family names before others; in each the first family name before later ones.
void SearchRun::find_as_typed(const Attempt& attempt, std::size_t stage) {
  const std::size_t count = attempt.names.size();
  if (count == 0) {
    if (stage > 0) return;
    const HitPlace here = place_;
    for (std::size_t i = 0; i < attempt.levels.size(); ++i) {
      place_.step = here.step | std::uint64_t{i} << 32;
      add(attempt.levels[i], true);
    }
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
void SearchRun::find_divided_otherwise(const Attempt& attempt) {
  const std::size_t count = attempt.names.size();
  const HitPlace here = place_;
  for (std::size_t begin = 0; begin + 1 < count; ++begin) {
    std::string joined = attempt.names[begin];
    for (std::size_t end = begin + 1; end < count; ++end) {
      joined += attempt.names[end];
      PatientSet named = name_match(joined).front;
      for (std::size_t i = 0; i < count; ++i) {
        if (i < begin || i > end) named.keep(name_match(attempt.names[i]).front);
      }
      place_.step = here.step | std::uint64_t{begin << 4 | end} << 40;
      add_by_level(attempt, named);
    }
  }
}

void SearchRun::find_mistyped(std::vector<SearchRun>& runs, std::size_t attempt, Tally& tally) {
  const std::vector<std::string>& names = runs.front().attempts_[attempt].names;
  if (names.empty() || tally.full()) return;
  if (names.size() == 1) return find_one_mistyped(runs, attempt, tally.total >= enough_of(names[0]), tally);
  if (tally.total < kEnoughOfSeveralNames) find_several_mistyped(runs, attempt, tally);
}

// The likeliest word first, and whose family name it is before others. Words that are said alike belong to what was
// typed, however many were found.
void SearchRun::find_one_mistyped(std::vector<SearchRun>& runs, std::size_t at, bool only_alike, Tally& tally) {
  Frequencies frequencies;
  for (SearchRun& run : runs) {
    if (!run.attempts_[at].fits) continue;
    for (const MeantWord& word : run.meant(run.attempts_[at].names[0])) {
      if (only_alike && !word.alike) continue;
      const Range owners = run.tables_->owners_of({word.word, std::size_t{word.word} + 1});
      frequencies[word.doubt][run.tables_->words[word.word]] += static_cast<std::uint32_t>(owners.end - owners.begin);
    }
  }
  for (const auto& [doubt, words] : frequencies) {
    if (tally.full()) {
      tally.more = true;
      return;
    }
    for (SearchRun& run : runs) {
      if (!run.attempts_[at].fits) continue;
      run.step(kMistypedPhase, at, doubt);
      run.find_meant(run.attempts_[at], doubt, words);
    }
  }
}

// Those of one doubt, which are listed: the commonest of all indexes first.
void SearchRun::find_meant(const Attempt& attempt, std::uint8_t doubt, const std::map<std::string_view, std::uint32_t>& words) {
  const HitPlace here = place_;
  std::vector<std::pair<HitPlace, Range>> places;
  for (const MeantWord& word : meant(attempt.names[0])) {
    const auto known = words.find(tables_->words[word.word]);
    if (word.doubt != doubt || known == words.end()) continue;
    const std::uint64_t likeliness = std::uint64_t{word.alike ? 0u : 1u} << 32 | std::uint64_t{word.order} << 24;
    places.push_back({{here.step | likeliness, ~known->second, known->first, 0}, tables_->owners_of({word.word, std::size_t{word.word} + 1})});
  }
  std::sort(places.begin(), places.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [place, owners] : places) {
    place_ = place;
    for (place_.rank = 0; place_.rank < 2; ++place_.rank) {
      for (std::size_t i = owners.begin; i < owners.end; ++i) {
        const std::uint32_t owner = tables_->word_owners[i];
        if ((owner & 1) != place_.rank) continue;
        if (attempt.levels.empty() || attempt.levels.back().has(owner >> 1)) add(owner >> 1, false);
      }
    }
  }
}

// With growing doubt: first one word mistyped, then any number of them.
void SearchRun::find_several_mistyped(std::vector<SearchRun>& runs, std::size_t at, Tally& tally) {
  for (SearchRun& run : runs) {
    run.wide_.clear();
    run.taken_.assign(run.attempts_[at].names.size(), 0);
    for (const std::string& name : run.attempts_[at].names) run.wide_.push_back(run.name_match(name).front);
  }
  for (std::uint8_t doubt = 1; doubt <= kMostDoubt; ++doubt) {
    bool grown = false;
    for (SearchRun& run : runs) {
      if (run.attempts_[at].fits) grown = run.widen_all(run.attempts_[at], doubt) || grown;
    }
    if (!grown) continue;
    if (tally.full()) {
      tally.more = true;
      return;
    }
    for (SearchRun& run : runs) {
      if (!run.attempts_[at].fits) continue;
      run.step(kMistypedPhase, at, doubt);
      run.find_widened(run.attempts_[at]);
    }
  }
}

bool SearchRun::widen_all(const Attempt& attempt, std::uint8_t doubt) {
  bool grown = false;
  for (std::size_t i = 0; i < attempt.names.size(); ++i) {
    const std::vector<MeantWord>& words = meant(attempt.names[i]);
    for (; taken_[i] < words.size() && words[taken_[i]].doubt <= doubt; ++taken_[i], grown = true) {
      const std::uint32_t word = words[taken_[i]].word;
      const Range owners = tables_->owners_of({word, std::size_t{word} + 1});
      for (std::size_t owner = owners.begin; owner < owners.end; ++owner) wide_[i].add(tables_->word_owners[owner] >> 1);
    }
  }
  return grown;
}

void SearchRun::find_widened(const Attempt& attempt) {
  const HitPlace here = place_;
  const std::size_t count = attempt.names.size();
  for (std::size_t i = 0; i < count; ++i) {
    place_.step = here.step | std::uint64_t{i} << 32;
    add_meeting(attempt, [&](std::size_t j) -> const PatientSet& { return i == j ? wide_[j] : name_match(attempt.names[j]).front; });
  }
  place_.step = here.step | std::uint64_t{kRest} << 32;
  add_meeting(attempt, [&](std::size_t j) -> const PatientSet& { return wide_[j]; });
}

template <typename SetOf>
void SearchRun::add_meeting(const Attempt& attempt, SetOf set_of) {
  PatientSet named = set_of(0);
  for (std::size_t i = 1; i < attempt.names.size(); ++i) named.keep(set_of(i));
  if (!attempt.levels.empty()) named.keep(attempt.levels.back());
  add(named, false);
}

Hit SearchRun::hit(const Item& item) const {
  const Line line = tables_->line(item.patient);
  Hit hit;
  hit.chart = tables_->charts[item.patient];
  hit.name = line.name, hit.sex = line.sex, hit.mrn = line.mrn;
  hit.phone = line.phone, hit.town = line.town;
  hit.born = format_born(tables_->births[item.patient]);
  hit.deceased = tables_->deceased[item.patient] != 0;
  hit.exact = item.exact;
  return hit;
}

}  // namespace app
