// The documents of a chart in the order in which people see them numbered.
//
// Errors:  none.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/record/chart.h"

namespace app {

// Newest first, those without a date last. Number 1 is the first.
std::vector<const Document*> documents_as_listed(const Chart& chart);

// "PDF", "JPEG picture", …; a type that is not known as it was recorded, "document" if none was.
std::string words_of_media_type(const std::string& media_type);
// "812 bytes", "120 KB", "3.4 MB".
std::string words_of_size(std::uint64_t bytes);

}  // namespace app
