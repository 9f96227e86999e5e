// How fast an export becomes charts, against the least that any reader must do: read and parse each line.
//
// Usage: fhir_bench [FOLDER [COPIES]]. Without a folder an invented export is made. Prints MB of NDJSON
// a second of processor time.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "app/record/json.h"
#include "exporter/emr/fhir_lines.h"
#include "exporter/emr/fhir_source.h"

namespace {

namespace fs = std::filesystem;

void make_export(const fs::path& folder, int patients) {
  std::ofstream out(folder / "all.ndjson");
  for (int p = 0; p < patients; ++p) {
    const std::string id = "patient-" + std::to_string(p), subject = R"(,"subject":{"reference":"Patient/)" + id + "\"}";
    for (int o = 0; o < 200; ++o) {
      const std::string number = std::to_string(o);
      out << R"({"resourceType":"Observation","id":")" << id << "-o" << number
          << R"(","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory","display":"laboratory"}]}],)"
          << R"("code":{"coding":[{"system":"http://loinc.org","code":"2951-2","display":"Sodium [Moles/volume] in Serum or Plasma"}],"text":"Sodium"},)"
          << R"("effectiveDateTime":"2024-03-05T10:11:12+00:00","issued":"2024-03-05T10:11:12+00:00","valueQuantity":{"value":14)" << number
          << R"(.50,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"},"encounter":{"reference":"Encounter/e1"})"
          << subject << "}\n";
    }
    out << R"({"resourceType":"Patient","id":")" << id << R"(","name":[{"family":"Quill","given":["Ada"]}],"birthDate":"1980-08-14"})" << "\n";
  }
}

double seconds_of(const std::function<void()>& work) {
  // Of this process, so that others on the machine do not count.
  const std::clock_t start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

void read_and_parse(const fs::path& folder) {
  auto lines = exporter::NdjsonFolder::open(folder, 64 << 20);
  if (!lines.ok()) std::abort();
  app::JsonDocument document;
  std::size_t resources = 0;
  for (exporter::NdjsonLine line;;) {
    const auto more = lines.value().next(line);
    if (!more.ok() || !more.value()) break;
    if (document.parse(line.text).ok()) ++resources;
  }
  std::printf("  %zu resources\n", resources);
}

void read_charts(const fs::path& folder, const fs::path& staging, std::size_t memory_bytes) {
  exporter::FhirBulkLimits limits;
  limits.memory_bytes = memory_bytes;
  auto source = exporter::open_fhir_bulk(folder, staging, limits);
  if (!source.ok()) std::abort();
  for (;;) {
    auto next = source.value()->next();
    if (!next.ok() || !next.value()) break;
  }
  std::printf("  %llu patients\n", static_cast<unsigned long long>(source.value()->report().patients));
}

}  // namespace

int main(int count, char** words) {
  std::string name = (fs::temp_directory_path() / "fhir-bench-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return 1;
  const fs::path root = name, folder = root / "export";
  fs::create_directory(folder);
  if (count > 1) {
    const int copies = count > 2 ? std::atoi(words[2]) : 1;
    for (const auto& entry : fs::directory_iterator(words[1])) {
      std::ofstream out(folder / entry.path().filename(), std::ios::binary);
      for (int copy = 0; copy < copies; ++copy) out << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    }
  } else {
    make_export(folder, 2500);
  }
  double megabytes = 0;
  for (const auto& entry : fs::directory_iterator(folder)) megabytes += static_cast<double>(entry.file_size()) / 1e6;
  const auto print = [&](const char* what, double seconds) {
    std::printf("%-44s %7.1f MB/s  (%.1f MB in %.2f s)\n", what, megabytes / seconds, megabytes, seconds);
    return seconds;
  };
  const double yardstick = print("read and parse each line", seconds_of([&] { read_and_parse(folder); }));
  for (const std::size_t memory_bytes : {std::size_t{1} << 30, std::size_t{16} << 20}) {
    const double charts = print(memory_bytes > 100 << 20 ? "charts, sorted in memory" : "charts, staged encrypted (16 MB of memory)",
                                seconds_of([&] { read_charts(folder, root / "staging", memory_bytes); }));
    std::printf("  %.1f times the yardstick\n", charts / yardstick);
  }
  fs::remove_all(root);
  return 0;
}
