// A list of facts of one kind in a chart, and what is said where there are none.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "app/record/calendar.h"
#include "app/record/known.h"

namespace app {

// `state` is known exactly when there are entries. Entries that could not be read stand in Chart::unreadable.
template <typename T>
struct Section {
  Presence state = Presence::not_recorded;
  std::vector<T> entries;
  std::uint32_t withheld = 0;  // entries that the policy kept out
  // When and by whom it was recorded that there are none: "no known allergies" is worth no more than these.
  Known<Date> recorded;
  std::string author;

  void add(T entry) {
    state = Presence::known;
    entries.push_back(std::move(entry));
  }
};

}  // namespace app
