// Any bytes whatever as nightchart.toml: an error or JSON that parses, never a crash.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "app/record/json.h"
#include "exporter/toml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto json = exporter::parse_toml_as_json({reinterpret_cast<const char*>(data), size}, "x.toml");
  if (!json.ok()) return 0;
  app::JsonDocument document;
  if (!document.parse(json.value()).ok()) std::abort();
  return 0;
}
