#include <cstddef>
#include <cstdint>
#include <string_view>

#include "exporter/emr/sql_repeats.h"

// The first byte is the kind of the repetition, the rest its rule.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const app::Date today = app::read_date("2026-03-10").value();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const exporter::RepeatingRow row{"2019-01-31 10:15:00", text.substr(0, 1), text.substr(text.empty() ? 0 : 1), ""};
  exporter::for_each_repetition(row, today, [](std::string_view) {});
  return 0;
}
