// Any bytes whatever as nightchart.toml: settings or an error, never a crash; and what `init` would write of the
// settings says the same again.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "app/record/json.h"
#include "exporter/options.h"
#include "exporter/toml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto json = exporter::parse_toml_as_json({reinterpret_cast<const char*>(data), size}, "/x/x.toml");
  if (!json.ok()) return 0;
  app::JsonDocument document;
  if (!document.parse(json.value()).ok()) std::abort();
  const auto options = exporter::parse_options(json.value(), "/x/x.toml");
  if (!options.ok()) return 0;
  const std::string written = exporter::format_options(options.value());
  const auto again = exporter::parse_toml_as_json(written, "/x/x.toml");
  if (!again.ok()) std::abort();
  const auto reread = exporter::parse_options(again.value(), "/x/x.toml");
  if (!reread.ok() || exporter::format_options(reread.value()) != written) std::abort();
  return 0;
}
