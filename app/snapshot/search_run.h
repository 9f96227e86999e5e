// One search in one index, taken step by step, so that the indexes of a practice's parts are searched as if they were one.
//
// Shape:   what decides whether a step is taken (how many were found, whether the list is full) is counted over all of them; each
//          step says where in the order of hits it is.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/record/calendar.h"
#include "app/snapshot/patient_set.h"
#include "app/snapshot/search.h"
#include "app/snapshot/search_matches.h"
#include "app/snapshot/search_query.h"
#include "app/snapshot/search_tables.h"

namespace app {

// Of all indexes that are searched together.
struct Tally {
  std::size_t most = 0;
  std::uint32_t total = 0;
  bool more = false;

  bool full() const { return total >= most; }
};

// Where hits come: hits of one place are listed by name.
struct HitPlace {
  std::uint64_t step = 0;
  std::uint32_t rarity = 0;  // of the word that was meant, where it was mistyped
  std::string_view word{};
  std::uint32_t rank = 0;

  friend auto operator<=>(const HitPlace&, const HitPlace&) = default;
};

class SearchRun {
 public:
  // The tables and the tally live longer.
  SearchRun(const SearchTables& tables, std::string_view typed, const Date& today, Tally& tally);

  // Does all steps of these, which are for the same words.
  static void run(std::vector<SearchRun>& runs, Tally& tally);

  struct Item {
    std::uint32_t patient;
    bool exact;
    HitPlace place;
  };
  // In the order of their places, then by name; at most as many as are asked for.
  const std::vector<Item>& found() const { return list_; }
  Hit hit(const Item& item) const;
  std::string_view name(const Item& item) const { return tables_->line(item.patient).name; }

 private:
  // A reading, and who has its numbers.
  struct Attempt {
    std::vector<std::string> names;
    std::vector<PatientSet> levels;  // by sureness; empty if there are no numbers
    bool fits = true;                // somebody has them
  };

  void take_on(Reading reading, const Date& today);
  const NumberMatch& number_match(const std::string& number, const Date& today);
  const NameMatch& name_match(const std::string& name);
  const std::vector<MeantWord>& meant(const std::string& name);
  const Range& listed_under(const std::string& name);

  void add(std::uint32_t patient, bool exact);
  void add(const PatientSet& patients, bool exact);
  void add(const PatientSet& patients, const Range& among, bool exact);
  void add_by_level(const Attempt& attempt, const PatientSet& named);
  void add_named(const Attempt& attempt, const PatientSet& named);
  template <typename SetOf>
  void add_meeting(const Attempt& attempt, SetOf set_of);

  void find_as_typed(const Attempt& attempt, std::size_t stage);
  void find_divided_otherwise(const Attempt& attempt);
  // How often each word of a doubt is somebody's, in all indexes.
  using Frequencies = std::map<std::uint8_t, std::map<std::string_view, std::uint32_t>>;
  void find_meant(const Attempt& attempt, std::uint8_t doubt, const std::map<std::string_view, std::uint32_t>& words);
  bool widen_all(const Attempt& attempt, std::uint8_t doubt);
  void find_widened(const Attempt& attempt);

  static void find_mistyped(std::vector<SearchRun>& runs, std::size_t attempt, Tally& tally);
  static void find_one_mistyped(std::vector<SearchRun>& runs, std::size_t attempt, bool only_alike, Tally& tally);
  static void find_several_mistyped(std::vector<SearchRun>& runs, std::size_t attempt, Tally& tally);

  void step(std::size_t phase, std::size_t attempt, std::size_t first = 0, std::size_t second = 0, std::size_t third = 0);

  const SearchTables* tables_;
  Tally* tally_;
  PatientSet seen_;
  std::vector<Item> list_;
  HitPlace place_;
  std::vector<Attempt> attempts_;
  std::vector<PatientSet> wide_;    // of several names that are mistyped: whom each may mean, so far
  std::vector<std::size_t> taken_;  // and how many words were taken for it
  std::unordered_map<std::string, NumberMatch> numbers_;
  std::unordered_map<std::string, NameMatch> names_;
  std::unordered_map<std::string, std::vector<MeantWord>> meant_;
  std::unordered_map<std::string, Range> listed_;
};

}  // namespace app
