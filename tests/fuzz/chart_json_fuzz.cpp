// Any bytes as a chart's JSON: a chart or an error; and a chart that was understood says the same when written again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "app/record/chart_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto chart = app::parse_chart(std::string_view(reinterpret_cast<const char*>(data), size), "America/New_York");
  if (!chart.ok()) return 0;
  std::string written, again;
  app::format_chart(chart.value(), written);
  const auto reread = app::parse_chart(written, "America/New_York");
  if (!reread.ok()) std::abort();
  app::format_chart(reread.value(), again);
  if (written != again) std::abort();
  return 0;
}
