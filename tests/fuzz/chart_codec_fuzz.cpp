// A chart's blob, and a dictionary, of any bytes.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/record/chart_json.h"
#include "app/snapshot/chart_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t split = std::min<std::size_t>(data[0], bytes.size());
  const auto decoder = app::ChartDecoder::make(bytes.substr(0, split));
  if (!decoder.ok()) return 0;
  std::string json;
  if (decoder.value().decode(bytes.substr(split), json).ok()) (void)app::parse_chart(json);
  return 0;
}
