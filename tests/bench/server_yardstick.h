// What an administrator would do instead of a night, as a yardstick of the same run: dump the server's tables, or dump, compress
// and encrypt them; and how long work takes beside it.
#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>

#include "exporter/copy/practice_keys.h"
#include "exporter/emr/sql_source.h"
#include "exporter/nightly.h"
#include "tests/sql_servers.h"

namespace bench {

struct Measured {
  double seconds = 1e9;
  double peak_mb = 0;
  double cpu_s = 1e9;  // of the work, its children and the server: what others on the machine do changes it little

  // Of several rounds: the quickest, and the highest peak.
  void take(const Measured& other) {
    seconds = std::min(seconds, other.seconds), peak_mb = std::max(peak_mb, other.peak_mb), cpu_s = std::min(cpu_s, other.cpu_s);
  }
};

inline double seconds_of(const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; }

// In a process of its own, so that its peak memory is its own. Ends the program when the work fails.
inline Measured measure(const tests::SqlServer& server, const std::function<bool()>& work) {
  std::fflush(stdout);
  const double server_s = server.used_s();
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) {
    const bool done = work();
    std::fflush(stdout);
    _exit(done ? 0 : 1);
  }
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  if (status != 0) std::fprintf(stderr, "it failed\n"), std::exit(1);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  usleep(100'000);  // until a server's process that served this has ended
  return {took.count(), static_cast<double>(usage.ru_maxrss) / 1024,
          seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime) + server.used_s() - server_s};
}

// A pipeline fails when any part of it does.
inline bool shell(const std::string& command) {
  setenv("LINE", command.c_str(), 1);
  return std::system("bash -o pipefail -c \"$LINE\"") == 0;
}

inline std::string dump_command(const tests::SqlServer& server, const std::string& database) {
  if (server.kind() == tests::ServerKind::mariadb) {
    return "mariadb-dump --no-defaults -u root -S '" + server.socket() + "' --single-transaction --quick " + database;
  }
  return server.client(database) + " -c \"SELECT format('COPY %I TO STDOUT;', relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = "
         "'public'::regnamespace\" | " + server.client(database);
}

// Compressed and encrypted into `folder`.
inline std::string safe_dump_command(const std::string& dump, const std::filesystem::path& folder) {
  return dump + " | zstd -q | gpg --batch --quiet --yes --homedir '" + folder.string() +
         "' --pinentry-mode loopback --passphrase lantern --symmetric -o '" + (folder / "dump.gpg").string() + "'";
}

inline bool failed(const app::Error& error) { return std::fprintf(stderr, "%s\n", app::format_error(error).c_str()), false; }

inline bool read_charts(const exporter::SqlSourceOrder& order, std::uint64_t patients) {
  auto source = exporter::open_sql_source(order);
  if (!source.ok()) return failed(source.error());
  for (std::uint64_t charts = 0;; ++charts) {
    auto next = source.value()->next();
    if (!next.ok()) return failed(next.error());
    if (!next.value()) return charts == patients;
  }
}

// A practice's settings and keys in `folder`; without paper.
inline exporter::Options make_practice_folder(const std::filesystem::path& folder, const std::string& pack, const std::string& url) {
  exporter::Options options;
  options.file = folder / "nightchart.toml";
  options.practice = "Bench";
  options.time_zone = "UTC";
  options.emr.kind = exporter::EmrKind::sql;
  options.emr.pack = std::filesystem::path(NIGHTCHART_BUILD_SHARE) / "templates/emr" / pack;
  options.emr.url = url;
  options.copies = folder / "copies";
  options.paper.enabled = false;
  if (!exporter::make_signing_key(folder).ok()) std::exit(1);
  if (!exporter::add_keyholder(folder, "bench", "lantern copper window seven", app::kLockForTests).ok()) std::exit(1);
  return options;
}

// A whole night into an empty folder of copies; it tells what its parts took.
inline bool run_night(const exporter::Options& options) {
  std::filesystem::remove_all(options.copies);
  std::filesystem::create_directories(options.copies);
  const auto report = exporter::run_night(options, app::now(), {[](const std::string&) {}});
  if (!report.ok()) return failed(report.error());
  std::printf("    of the night: read and keep %.1f s, paper %.1f s (%llu pages), verify %.1f s; a copy of %.0f MB\n", report.value().read_s,
              report.value().paper_s, static_cast<unsigned long long>(report.value().binder.counts.pages), report.value().verify_s,
              static_cast<double>(report.value().bytes) / 1e6);
  return true;
}

// Dump and reading, safe dump and night, side by side.
inline void tell(double rows, const Measured& dump, const Measured& read, const Measured& safe, const Measured& night) {
  std::printf("  dump %.1f s (%.0fk rows/s); read as charts %.1f s (%.0fk rows/s): %.2f x the dump's rate (at least 0.60), %.2f x by CPU; "
              "peak %.0f MB\n",
              dump.seconds, rows / dump.seconds / 1000, read.seconds, rows / read.seconds / 1000, dump.seconds / read.seconds,
              dump.cpu_s / read.cpu_s, read.peak_mb);
  std::printf("  dump | zstd | gpg %.1f s; night without paper %.1f s: %.2f x its speed (above 1.00 is faster), %.2f x by CPU; peak %.0f MB\n",
              safe.seconds, night.seconds, safe.seconds / night.seconds, safe.cpu_s / night.cpu_s, night.peak_mb);
}

}  // namespace bench
