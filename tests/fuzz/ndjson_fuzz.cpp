// Any bytes as an export: whatever they hold, the reader ends with charts or an error, never with a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "app/record/chart_json.h"
#include "exporter/emr/fhir_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::filesystem::path folder = [] {
    std::string name = (std::filesystem::temp_directory_path() / "ndjson-fuzz-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    return std::filesystem::path(name);
  }();
  std::ofstream(folder / "a.ndjson", std::ios::binary).write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  exporter::FhirBulkLimits limits;
  limits.memory_bytes = 64 << 10;
  limits.longest_line_bytes = 1 << 20;
  auto source = exporter::open_fhir_bulk(folder, folder / "staging", limits);
  if (!source.ok()) return 0;
  for (;;) {
    auto next = source.value()->next();
    if (!next.ok() || !next.value()) return 0;
    std::string json;
    app::format_chart(*next.value(), json);
    if (!app::parse_chart(json).ok()) std::abort();
  }
}
