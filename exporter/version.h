// Which Nightchart this is.
#pragma once

namespace exporter {

inline constexpr char kVersion[] = "0.3";

}  // namespace exporter
