// What the master index says of each patient, packed one behind the other: a practice's index is the longest list that the
// paper needs, and eight strings a patient would be the largest thing in memory.
//
// Memory:  the words themselves and ten bytes a line.
// Errors:  none.
#pragma once

#include <cstddef>
#include <deque>
#include <initializer_list>
#include <iterator>
#include <string>

namespace exporter {

struct IndexLine {
  std::string tab;    // app::tab_of(name)
  std::string name;
  std::string born;
  std::string mrn;
  std::string phone;
  std::string died;   // "Died 03-Mar-2021"; empty for the living
  std::string id;     // of the sheet as it is in this copy
  std::string since;  // the day since which it is the same; empty if nobody knows
  bool filed = false; // the sheet is in the ring binder
};

class IndexLines {
 public:
  // Where a line lies, for as long as these lines live, wherever they are moved to.
  using Place = const char*;

  IndexLines() = default;
  IndexLines(std::initializer_list<IndexLine> lines);

  Place push_back(const IndexLine& line);
  // Moves the place to the line behind it, if that lies in the same piece.
  static IndexLine read(Place& place);

  std::size_t size() const { return count_; }
  bool empty() const { return count_ == 0; }
  // Whether any line says since when.
  bool has_ages() const { return has_ages_; }

  // In the order in which they came; each is unpacked as it is reached.
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = IndexLine;
    using difference_type = std::ptrdiff_t;
    using pointer = const IndexLine*;
    using reference = const IndexLine&;

    Iterator(const IndexLines* lines, std::size_t piece);
    const IndexLine& operator*() const { return line_; }
    const IndexLine* operator->() const { return &line_; }
    Iterator& operator++();
    void operator++(int) { ++*this; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.piece_ == b.piece_ && a.next_ == b.next_; }

   private:
    const IndexLines* lines_;
    std::size_t piece_;
    Place next_ = nullptr;  // behind the line that it stands on
    IndexLine line_;
  };
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, pieces_.size()}; }

 private:
  std::deque<std::string> pieces_;  // none grows beyond the room that it was given: places stay
  std::size_t count_ = 0;
  bool has_ages_ = false;
};

}  // namespace exporter
