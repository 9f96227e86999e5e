// Everything under which one patient may be found, and what a list of hits shows of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/record/chart.h"

namespace exporter {

struct SearchWord {
  std::string word;
  bool family = false;  // it is part of a family name
};

struct SearchNumber {
  std::string number;   // folded
  bool of_chart = false;  // the MRN or the EMR's own key
};

// Each word and number at most once.
std::vector<SearchWord> search_words(const app::Chart& chart);
std::vector<SearchNumber> search_numbers(const app::Chart& chart);

// The digits of every telephone number as it may be dialled: with the country's code and without.
std::vector<std::string> search_phones(const app::Chart& chart);

// The first telephone number, as recorded; "" if there is none.
std::string shown_phone(const app::Chart& chart);

// Sorts as the list of hits does: family name, then given names.
std::string sorting_key(const app::Chart& chart);

}  // namespace exporter
