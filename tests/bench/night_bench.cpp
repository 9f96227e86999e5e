// The whole night (paper off) against a minimal loop that reads the same rows and inserts them into a
// plain, unencrypted SQLite file; both in this run, each in a process of its own so that its peak
// memory is its own.
//
// night_bench [PATIENTS …]     (100000 and 400000 unless named)
#include <sqlcipher/sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>

#include "exporter/copy/practice_keys.h"
#include "exporter/emr/sql_pack.h"
#include "exporter/nightly.h"
#include "exporter/practice/practice.h"

namespace {

namespace fs = std::filesystem;

struct Measured {
  double seconds = 0;
  double peak_mb = 0;
  bool ok = false;
};

Measured measure(const std::function<bool()>& work) {
  std::fflush(stdout);
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) _exit(work() ? 0 : 1);
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  return {took.count(), static_cast<double>(usage.ru_maxrss) / 1024, status == 0};
}

// SELECT, step, bind, INSERT: nothing else.
bool copy_rows(sqlite3* from, sqlite3* to, const std::string& sql, const std::string& table) {
  sqlite3_stmt* select = nullptr;
  if (sqlite3_prepare_v2(from, sql.c_str(), -1, &select, nullptr) != SQLITE_OK) return false;
  const int columns = sqlite3_column_count(select);
  std::string create = "CREATE TABLE \"" + table + "\"(", insert = "INSERT INTO \"" + table + "\" VALUES(";
  for (int i = 0; i < columns; ++i) {
    create += (i ? ",c" : "c") + std::to_string(i);
    insert += i ? ",?" : "?";
  }
  sqlite3_exec(to, (create + ")").c_str(), nullptr, nullptr, nullptr);
  sqlite3_stmt* put = nullptr;
  if (sqlite3_prepare_v2(to, (insert + ")").c_str(), -1, &put, nullptr) != SQLITE_OK) return false;
  while (sqlite3_step(select) == SQLITE_ROW) {
    for (int i = 0; i < columns; ++i) sqlite3_bind_value(put, i + 1, sqlite3_column_value(select, i));
    sqlite3_step(put);
    sqlite3_reset(put);
  }
  sqlite3_finalize(select);
  sqlite3_finalize(put);
  return true;
}

bool plain_loop(const fs::path& emr, const fs::path& pack, const fs::path& out) {
  sqlite3 *from = nullptr, *to = nullptr;
  sqlite3_open_v2(emr.c_str(), &from, SQLITE_OPEN_READONLY, nullptr);
  sqlite3_open(out.c_str(), &to);
  sqlite3_exec(to, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN", nullptr, nullptr, nullptr);
  bool ok = true;
  const auto settled = exporter::settle_sql_pack(exporter::read_sql_pack(pack).value(), {"sqlite", {}});
  for (const exporter::SqlPackFile& file : settled.value().files) ok = ok && copy_rows(from, to, file.sql, file.part);
  sqlite3_exec(to, "COMMIT", nullptr, nullptr, nullptr);
  sqlite3_close(to);
  sqlite3_close(from);
  return ok;
}

bool night(const exporter::Options& options) {
  const auto report = exporter::run_night(options, app::now(), {[](const std::string&) {}});
  if (!report.ok()) {
    std::fprintf(stderr, "%s\n", app::format_error(report.error()).c_str());
    return false;
  }
  std::printf("    read and keep %.1f s, verify %.1f s\n", report.value().read_s, report.value().verify_s);
  std::fflush(stdout);
  return true;
}

bool bench(const fs::path& folder, std::uint64_t patients) {
  const fs::path emr = folder / "emr.sqlite";
  const fs::path pack = fs::path(NIGHTCHART_BUILD_SHARE) / "templates/emr/practice";
  exporter::PracticeOrder order;
  order.patients = static_cast<std::int64_t>(patients);
  order.seed = 11;
  order.out = emr;
  const Measured made = measure([&] { return exporter::make_practice(order, {}).ok(); });

  exporter::Options options;
  options.file = folder / "nightchart.toml";
  options.practice = "Bench";
  options.time_zone = "UTC";
  options.emr.kind = exporter::EmrKind::sql;
  options.emr.pack = pack;
  options.emr.url = "sqlite://" + emr.string();
  options.copies = folder / "copies";
  options.paper.enabled = false;
  if (!exporter::make_signing_key(folder).ok()) return false;
  if (!exporter::add_keyholder(folder, "bench", "lantern copper window seven", app::kLockForTests).ok()) return false;

  std::printf("%lu patients (invented in %.1f s, %.0f MB peak)\n", static_cast<unsigned long>(patients), made.seconds, made.peak_mb);
  double best_plain = 1e9, best_night = 1e9, peak = 0;
  for (int round = 0; round < 2; ++round) {
    fs::remove(folder / "plain.sqlite");
    fs::remove_all(options.copies);
    fs::create_directories(options.copies);
    const Measured plain = measure([&] { return plain_loop(emr, pack, folder / "plain.sqlite"); });
    const Measured whole = measure([&] { return night(options); });
    if (!made.ok || !plain.ok || !whole.ok) return false;
    best_plain = std::min(best_plain, plain.seconds), best_night = std::min(best_night, whole.seconds);
    peak = std::max(peak, whole.peak_mb);
    std::printf("  plain loop %.2f s, night %.2f s, ratio of rates %.2f, peak %.0f MB\n", plain.seconds, whole.seconds,
                plain.seconds / whole.seconds, whole.peak_mb);
  }
  constexpr double allowed_mb = 150;  // however many patients there are
  std::printf("  best of two: %.2f x the plain loop's rate (at least 0.40); peak %.0f MB of %.0f MB allowed\n", best_plain / best_night,
              peak, allowed_mb);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::uint64_t> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(std::strtoull(argv[i], nullptr, 10));
  if (sizes.empty()) sizes = {100'000, 400'000};
  for (const std::uint64_t patients : sizes) {
    std::string pattern = (fs::temp_directory_path() / "night-bench-XXXXXX").string();
    if (!mkdtemp(pattern.data())) return 1;
    const bool ok = bench(pattern, patients);
    fs::remove_all(pattern);
    if (!ok) return std::fprintf(stderr, "the bench failed\n"), 1;
  }
  return 0;
}
