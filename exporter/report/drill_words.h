// What the two processes of a drill say to each other, as JSON.
//
// Errors:  damaged for what is no such text.
#pragma once

#include <string>
#include <string_view>

#include "exporter/report/drill_laptop.h"

namespace exporter {

app::Result<LaptopOrder> parse_order(std::string_view json);
std::string format_findings(const LaptopFindings& findings);
std::string format_failure(const app::Error& error);

}  // namespace exporter
