// Makes a chart fit into what a copy can hold, so that one enormous chart does not end everybody's night.
//
// Units:   bytes of a chart's JSON.
#pragma once

#include <cstddef>
#include <cstdint>

#include "app/record/chart.h"

namespace exporter {

// The largest notes are taken out first, then the oldest entries of the longest sections; each is marked
// unreadable with the reason. Returns how many marks were made: none for nearly every chart.
std::uint64_t fit_chart(app::Chart& chart, std::size_t most_bytes);

}  // namespace exporter
