// Remembers on this computer since when an outage runs, so that a viewer that is started again goes on with it.
//
// Shape:   running-outages.json in the folder of laptop_memory.h: of each practice, by its key, the beginning. Nothing of
//          any patient and of nobody's looks.
// Errors:  reading has none: what cannot be read is no mark. Writing: io; the mark then lasts as long as the program.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "app/error.h"
#include "app/record/calendar.h"

namespace viewer {

using OutageMarks = std::map<std::string, app::Instant>;  // by the practice's key, 64 hexadecimal digits

OutageMarks parse_outage_marks(std::string_view text);
std::string format_outage_marks(const OutageMarks& marks);

// An empty folder remembers nothing.
std::optional<app::Instant> read_outage_mark(const std::filesystem::path& folder, const std::string& practice);
// Nothing: it is over.
app::Result<app::Done> keep_outage_mark(const std::filesystem::path& folder, const std::string& practice,
                                        std::optional<app::Instant> began);

}  // namespace viewer
