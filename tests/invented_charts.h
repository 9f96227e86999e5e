// Charts for tests: random ones in which every text is a word of its own, and a plausible one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/record/chart.h"
#include "app/record/sheet.h"

namespace tests {

// Every begin of an invented word; no real text begins so.
inline constexpr std::string_view kInventedPrefix = "zx";

// A chart with up to `entries_most` entries a section. Equal seeds give equal charts. Every section and
// every date may be in any state; every text is an invented word that occurs once, but for statuses,
// which are now and then real ones, and names of panels and tests, which recur. What an EMR would use as
// a key or a code is an invented word too.
app::Chart invented_chart(std::uint64_t seed, int entries_most = 5);

// A woman of 61 with a bit of everything; a man of whom nearly nothing is known.
app::Chart plausible_chart();
app::Chart nearly_empty_chart();

// Everything that a sheet says, one piece a line.
std::string words_of(const app::Sheet& sheet);
std::string words_of(const app::SheetSection& section);
const app::SheetSection* find_section(const app::Sheet& sheet, std::string_view id);

app::Date day(std::string_view iso);

}  // namespace tests
