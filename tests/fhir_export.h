// An invented FHIR export in a folder of its own, written by a test and read back through the source.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/record/chart_json.h"
#include "exporter/emr/fhir_source.h"

namespace exporter {

struct ReadCharts {
  std::map<std::string, app::Chart> charts;  // by emr_key
  ReadReport report;
  app::Instant as_of;
};

class FhirExport {
 public:
  FhirExport() {
    std::string name = (std::filesystem::temp_directory_path() / "fhir-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    root_ = name;
    std::filesystem::create_directory(folder());
  }
  ~FhirExport() { std::filesystem::remove_all(root_); }
  FhirExport(const FhirExport&) = delete;
  FhirExport& operator=(const FhirExport&) = delete;

  std::filesystem::path folder() const { return root_ / "export"; }
  std::filesystem::path staging() const { return root_ / "staging"; }

  void add(std::string_view line, const std::string& file = "all.ndjson") {
    std::ofstream(folder() / file, std::ios::app | std::ios::binary) << line << '\n';
  }
  void add_patient(const std::string& id = "p1") {
    add(R"({"resourceType":"Patient","id":")" + id + R"(","name":[{"family":"Quill","given":["Ada"]}]})");
  }

  ReadCharts read(FhirBulkLimits limits = {}, const std::string& time_zone = {}, const FhirSettings& settings = {}) const {
    ReadCharts all;
    auto source = open_fhir_bulk(folder(), staging(), limits, time_zone, settings);
    EXPECT_TRUE(source.ok()) << (source.ok() ? "" : app::format_error(source.error()));
    if (!source.ok()) return all;
    all.as_of = source.value()->as_of();
    for (;;) {
      auto next = source.value()->next();
      EXPECT_TRUE(next.ok());
      if (!next.ok() || !next.value()) break;
      const std::string key = next.value()->emr_key;
      EXPECT_FALSE(all.charts.contains(key)) << key << " came twice";
      all.charts[key] = *std::move(next.value());
    }
    all.report = source.value()->report();
    return all;
  }
  // The chart of the one patient.
  app::Chart read_one() const {
    auto all = read();
    EXPECT_EQ(all.charts.size(), 1U);
    return all.charts.empty() ? app::Chart{} : all.charts.begin()->second;
  }

 private:
  std::filesystem::path root_;
};

// The chart of one patient whose export holds these resources besides. `'` stands for `"`, and the patient
// is filled in.
inline app::Chart chart_of(const std::vector<std::string>& resources) {
  FhirExport files;
  files.add_patient();
  for (std::string line : resources) {
    for (char& c : line) {
      if (c == '\'') c = '"';
    }
    files.add(line);
  }
  return files.read_one();
}

inline std::string json_of(const app::Chart& chart) {
  std::string json;
  app::format_chart(chart, json);
  return json;
}

}  // namespace exporter
