// How fast charts come out of an SQL database, against the least that anybody could do with the same rows:
// one thread, sqlite3_step, insert into a plain SQLite file.
//
// Usage:   sql_bench [PATIENTS]      a practice of that many is made in the temporary folder and removed
#include <sqlcipher/sqlite3.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "app/record/chart_json.h"
#include "exporter/emr/sql_pack.h"
#include "exporter/emr/sql_source.h"
#include "exporter/practice/practice.h"

namespace {

namespace fs = std::filesystem;

// Of this process's own work: others on the machine change nothing.
double seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

sqlite3* open_plain(const fs::path& file) {
  sqlite3* handle = nullptr;
  sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  return handle;
}

// Reads every row that the pack selects; with `out`, inserts it there.
std::int64_t minimal_loop(const exporter::SettledPack& pack, const fs::path& from, const fs::path& out) {
  sqlite3* source = open_plain(from);
  sqlite3* target = out.empty() ? nullptr : open_plain(out);
  if (target != nullptr) sqlite3_exec(target, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN", nullptr, nullptr, nullptr);
  std::int64_t rows = 0;
  for (std::size_t f = 0; f < pack.files.size(); ++f) {
    sqlite3_stmt* select = nullptr;
    sqlite3_prepare_v2(source, pack.files[f].sql.c_str(), -1, &select, nullptr);
    const int columns = sqlite3_column_count(select);
    sqlite3_stmt* insert = nullptr;
    if (target != nullptr) {
      std::string names, marks;
      for (int c = 0; c < columns; ++c) names += (c ? ",c" : "c") + std::to_string(c), marks += c ? ",?" : "?";
      const std::string table = "t" + std::to_string(f);
      sqlite3_exec(target, ("CREATE TABLE " + table + "(" + names + ")").c_str(), nullptr, nullptr, nullptr);
      sqlite3_prepare_v2(target, ("INSERT INTO " + table + " VALUES(" + marks + ")").c_str(), -1, &insert, nullptr);
    }
    while (sqlite3_step(select) == SQLITE_ROW) {
      ++rows;
      if (target == nullptr) continue;
      for (int c = 0; c < columns; ++c) sqlite3_bind_value(insert, c + 1, sqlite3_column_value(select, c));
      sqlite3_step(insert);
      sqlite3_reset(insert);
    }
    sqlite3_finalize(select);
    sqlite3_finalize(insert);
  }
  if (target != nullptr) sqlite3_exec(target, "COMMIT", nullptr, nullptr, nullptr);
  sqlite3_close(source);
  sqlite3_close(target);
  return rows;
}

std::int64_t read_charts(const exporter::SqlSourceOrder& order, bool as_json) {
  auto source = exporter::open_sql_source(order);
  if (!source.ok()) std::fprintf(stderr, "%s\n", app::format_error(source.error()).c_str()), std::exit(1);
  std::int64_t charts = 0;
  std::string json;
  while (true) {
    auto next = source.value()->next();
    if (!next.ok()) std::fprintf(stderr, "%s\n", app::format_error(next.error()).c_str()), std::exit(1);
    if (!next.value()) break;
    ++charts;
    json.clear();
    if (as_json) app::format_chart(*next.value(), json);
  }
  return charts;
}

}  // namespace

int main(int argc, char** argv) {
  const std::int64_t patients = argc > 1 ? std::atoll(argv[1]) : 20'000;
  std::string pattern = (fs::temp_directory_path() / "nightchart-bench-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) return 1;
  const fs::path folder = pattern;
  const fs::path emr = folder / "emr.db";
  const auto timed = [](const char* what, auto&& work) {
    const double begin = seconds();
    const std::int64_t count = work();
    const double took = seconds() - begin;
    std::printf("%-44s %8.2f CPU s  %12.0f a second   peak %.0f MB\n", what, took, static_cast<double>(count) / took, peak_mb());
    return took;
  };

  timed("make the practice (patients)", [&] {
    const auto made = exporter::make_practice({patients, 1, emr, "2026-11-22"});
    if (!made.ok()) std::fprintf(stderr, "%s\n", app::format_error(made.error()).c_str()), std::exit(1);
    return patients;
  });
  exporter::SqlSourceOrder order{std::string(NIGHTCHART_BUILD_SHARE) + "/templates/emr/practice", "sqlite://emr.db", folder, folder};
  const auto pack = exporter::settle_sql_pack(exporter::read_sql_pack(order.pack).value(), {"sqlite", {}});
  std::int64_t rows = 0;
  timed("step through the rows (rows)", [&] { return rows = minimal_loop(pack.value(), emr, {}); });
  const double floor_s = timed("yardstick: step and insert (rows)", [&] { return minimal_loop(pack.value(), emr, folder / "out.db"); });
  const double read_s = timed("read charts (charts)", [&] { return read_charts(order, false); });
  const double json_s = timed("read charts, write JSON (charts)", [&] { return read_charts(order, true); });
  std::printf("%.1f rows a patient, %.0f MB; reading is %.2f x the yardstick, with JSON %.2f x\n",
              static_cast<double>(rows) / static_cast<double>(patients), static_cast<double>(fs::file_size(emr)) / 1e6,
              floor_s / read_s, floor_s / json_s);
  fs::remove_all(folder);
  return 0;
}
