// How fast charts come out of real servers, against the server's own dump of the same tables in the same run; and a whole
// night against what an administrator would do instead: dump, compress, encrypt.
//
// Usage:   server_bench [PATIENTS] [mariadb|postgresql]      (50000 and both unless named)
//          Servers of its own are started on sockets in the temporary folder, and gone afterwards.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>

#include "exporter/copy/practice_keys.h"
#include "exporter/emr/sql_opening.h"
#include "exporter/nightly.h"
#include "exporter/practice/practice.h"
#include "tests/command.h"
#include "tests/sql_servers.h"

namespace {

namespace fs = std::filesystem;
using tests::ServerKind;
using tests::SqlServer;

constexpr int kRounds = 2;

struct Measured {
  double seconds = 0;
  double peak_mb = 0;
  double cpu_s = 0;  // of the work, its children and the server: what others on the machine do changes it little
};

double seconds_of(const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; }

// In a process of its own, so that its peak memory is its own.
Measured measure(const SqlServer& server, const std::function<bool()>& work) {
  std::fflush(stdout);
  const double server_s = server.used_s();
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) _exit(work() ? 0 : 1);
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  if (status != 0) std::fprintf(stderr, "it failed\n"), std::exit(1);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  usleep(100'000);  // until a server's process that served this has ended
  return {took.count(), static_cast<double>(usage.ru_maxrss) / 1024,
          seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime) + server.used_s() - server_s};
}

bool shell(const std::string& command) { return std::system(command.c_str()) == 0; }

// Every row that the pack selects, and nothing done with it.
bool read_rows(const exporter::SqlSourceOrder& order) {
  auto opened = exporter::open_sql_pack(order);
  if (!opened.ok()) return std::fprintf(stderr, "%s\n", app::format_error(opened.error()).c_str()), false;
  for (const auto& part : opened.value().parts) {
    auto row = part->rows->next();
    while (row.ok() && row.value() != nullptr) row = part->rows->next();
    if (!row.ok()) return std::fprintf(stderr, "%s\n", app::format_error(row.error()).c_str()), false;
  }
  return true;
}

bool read_charts(const exporter::SqlSourceOrder& order, std::size_t patients) {
  auto source = exporter::open_sql_source(order);
  if (!source.ok()) return std::fprintf(stderr, "%s\n", app::format_error(source.error()).c_str()), false;
  for (std::size_t charts = 0;; ++charts) {
    auto next = source.value()->next();
    if (!next.ok()) return std::fprintf(stderr, "%s\n", app::format_error(next.error()).c_str()), false;
    if (!next.value()) return charts == patients;
  }
}

std::string dump_command(const SqlServer& server, const std::string& database) {
  if (server.kind() == ServerKind::mariadb) {
    return "mariadb-dump --no-defaults -u root -S '" + server.socket() + "' --single-transaction --quick " + database;
  }
  return server.client(database) + " -c \"SELECT format('COPY %I TO STDOUT;', relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = "
         "'public'::regnamespace\" | " + server.client(database);
}

double rows_in(SqlServer& server, const std::string& database) {
  const std::string tables = server.run(server.kind() == ServerKind::mariadb
                                            ? "SELECT table_name FROM information_schema.tables WHERE table_schema = '" + database + "'"
                                            : "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
                                        database);
  std::istringstream in(tables);
  double rows = 0;
  for (std::string table; std::getline(in, table);) rows += std::atof(server.run("SELECT count(*) FROM " + table, database).c_str());
  return rows;
}

exporter::Options options_for(const fs::path& folder, const SqlServer& server, const std::string& database) {
  exporter::Options options;
  options.file = folder / "nightchart.toml";
  options.practice = "Bench";
  options.time_zone = "UTC";
  options.emr.kind = exporter::EmrKind::sql;
  options.emr.pack = std::string(NIGHTCHART_BUILD_SHARE) + "/templates/emr/practice";
  options.emr.url = server.url(database);
  options.copies = folder / "copies";
  return options;
}

void bench(ServerKind kind, std::size_t patients) {
  const tests::TemporaryFolder temporary;
  const fs::path folder = temporary.path();
  SqlServer& server = SqlServer::shared(kind);
  const std::string database = server.make_database();
  const fs::path script = folder / "script.sql";
  const auto dialect = kind == ServerKind::mariadb ? exporter::PracticeDialect::mariadb : exporter::PracticeDialect::postgresql;
  const Measured made = measure(server, [&] { return exporter::make_practice({static_cast<std::int64_t>(patients), 11, script, "", dialect}).ok(); });
  const Measured loaded = measure(server, [&] { return shell(server.client(database) + " <'" + script.string() + "' >/dev/null"); });
  const double script_mb = static_cast<double>(fs::file_size(script)) / 1e6;
  fs::remove(script);
  const double rows = rows_in(server, database);
  std::printf("%s: %zu patients, %.0f rows, %.0f MB as SQL; invented in %.1f s, loaded in %.1f s\n",
              kind == ServerKind::mariadb ? "MariaDB" : "PostgreSQL", patients, rows, script_mb, made.seconds, loaded.seconds);

  const exporter::Options options = options_for(folder, server, database);
  fs::create_directories(options.copies);
  const exporter::SqlSourceOrder order{options.emr.pack, options.emr.url, folder, folder};
  const std::string dump = dump_command(server, database);
  const std::string safe = dump + " | zstd -q | gpg --batch --quiet --homedir '" + folder.string() +
                           "' --pinentry-mode loopback --passphrase lantern --symmetric -o '" + (folder / "dump").string() + "'";
  if (!exporter::make_signing_key(folder).ok()) std::exit(1);
  if (!exporter::add_keyholder(folder, "bench", "lantern copper window seven", app::kLockForTests).ok()) std::exit(1);
  Measured best_dump{1e9, 0, 1e9}, best_rows = best_dump, best_read = best_dump, best_safe = best_dump, best_night = best_dump;
  const auto better = [](Measured& best, const Measured& now) {
    best = {std::min(best.seconds, now.seconds), std::max(best.peak_mb, now.peak_mb), std::min(best.cpu_s, now.cpu_s)};
  };
  for (int round = 0; round < kRounds; ++round) {
    fs::remove(folder / "dump");
    better(best_dump, measure(server, [&] { return shell(dump + " >/dev/null"); }));
    better(best_rows, measure(server, [&] { return read_rows(order); }));
    better(best_read, measure(server, [&] { return read_charts(order, patients); }));
    better(best_safe, measure(server, [&] { return shell(safe); }));
    better(best_night, measure(server, [&] {
      const auto report = exporter::run_night(options, app::now(), [](const std::string&) {});
      if (!report.ok()) std::fprintf(stderr, "%s\n", app::format_error(report.error()).c_str());
      return report.ok();
    }));
    fs::remove_all(options.copies);
    fs::create_directories(options.copies);
  }
  const auto tell = [](const char* what, const Measured& m) { std::printf("  %-18s %7.1f s   %7.1f CPU s", what, m.seconds, m.cpu_s); };
  tell("dump to nowhere", best_dump);
  std::printf("   %9.0f rows/s\n", rows / best_dump.seconds);
  const auto compare = [&](const Measured& m, const char* wanted) {
    std::printf("   %9.0f rows/s   %.2f x the dump%s, %.2f x by CPU; peak %.0f MB\n", rows / m.seconds, best_dump.seconds / m.seconds,
                wanted, best_dump.cpu_s / m.cpu_s, m.peak_mb);
  };
  tell("rows of the pack", best_rows);
  compare(best_rows, " (at least 0.60)");
  tell("read as charts", best_read);
  compare(best_read, "");
  tell("dump | zstd | gpg", best_safe);
  std::printf("\n");
  tell("whole night", best_night);
  std::printf("   with paper, opened again and compared: %.2f x the dump's speed (above 1.00 is faster), %.2f x by CPU; peak %.0f MB\n",
              best_safe.seconds / best_night.seconds, best_safe.cpu_s / best_night.cpu_s, best_night.peak_mb);
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t patients = 50'000;
  bool mariadb = true, postgresql = true;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "mariadb") postgresql = false;
    else if (word == "postgresql") mariadb = false;
    else patients = static_cast<std::size_t>(std::atoll(argv[i]));
  }
  if (mariadb) bench(ServerKind::mariadb, patients);
  if (postgresql) bench(ServerKind::postgresql, patients);
  return 0;
}
