// Any bytes as a file of an export, in each of the forms that one may have: a bundle, packed lines, a packed bundle.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "app/record/chart_json.h"
#include "exporter/emr/fhir_source.h"

namespace {

constexpr std::array kNames = {"a.json", "a.ndjson.gz", "a.json.gz", "a.ndjson"};

std::filesystem::path make_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "export-file-fuzz-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) std::abort();
  return name;
}

}  // namespace

// The first byte says which form.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::filesystem::path folder = make_folder();
  if (size == 0) return 0;
  const std::filesystem::path file = folder / kNames[data[0] % kNames.size()];
  std::ofstream(file, std::ios::binary).write(reinterpret_cast<const char*>(data + 1), static_cast<std::streamsize>(size - 1));
  exporter::FhirBulkLimits limits;
  limits.memory_bytes = 64 << 10;
  limits.longest_line_bytes = 1 << 20;
  auto source = exporter::open_fhir_bulk(folder, folder / "staging", limits, "America/New_York", {"urn:mrn", ""});
  while (source.ok()) {
    auto next = source.value()->next();
    if (!next.ok() || !next.value()) break;
    std::string json;
    app::format_chart(*next.value(), json);
    if (!app::parse_chart(json).ok()) std::abort();
  }
  std::filesystem::remove(file);
  return 0;
}
