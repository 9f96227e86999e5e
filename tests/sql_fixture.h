// A folder for a test's database and pack, and a way to fill them.
#pragma once

#include <gtest/gtest.h>
#include <sqlcipher/sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "exporter/emr/sql_source.h"

namespace test {

class SqlFolder {
 public:
  SqlFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "nightchart-sql-XXXXXX").string();
    if (mkdtemp(pattern.data()) != nullptr) path_ = pattern;
    std::filesystem::create_directories(path_ / "pack");
    pack("pack.toml", "name = \"test\"\nordered = \"everything\"\n");
  }
  ~SqlFolder() { std::filesystem::remove_all(path_); }

  const std::filesystem::path& path() const { return path_; }
  void pack(const std::string& name, const std::string& text) { std::ofstream(path_ / "pack" / name) << text; }
  void sql(const std::string& statements, const std::string& file = "emr.db") {
    sqlite3* handle = nullptr;
    sqlite3_open((path_ / file).c_str(), &handle);
    sqlite3_exec(handle, "PRAGMA synchronous=OFF", nullptr, nullptr, nullptr);
    char* message = nullptr;
    sqlite3_exec(handle, statements.c_str(), nullptr, nullptr, &message);
    EXPECT_EQ(message, nullptr) << message;
    sqlite3_free(message);
    sqlite3_close(handle);
  }
  exporter::SqlSourceOrder order() const { return {path_ / "pack", "sqlite://emr.db", path_, path_, 1 << 20}; }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) all.push_back(entry.path().filename());
    return all;
  }

 private:
  std::filesystem::path path_;
};

struct AllCharts {
  std::vector<app::Chart> charts;
  exporter::ReadReport report;
  app::Error error{};
  bool ok = true;
};

inline AllCharts read_all(const exporter::SqlSourceOrder& order) {
  AllCharts all;
  auto source = exporter::open_sql_source(order);
  if (!source.ok()) return {{}, {}, source.error(), false};
  while (true) {
    auto next = source.value()->next();
    if (!next.ok()) return {std::move(all.charts), {}, next.error(), false};
    if (!next.value()) break;
    all.charts.push_back(std::move(*next.value()));
  }
  all.report = source.value()->report();
  return all;
}

}  // namespace test
