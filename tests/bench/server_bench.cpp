// How fast charts come out of real servers, against the server's own dump of the same tables in the same run; and a whole
// night against what an administrator would do instead: dump, compress, encrypt.
//
// Usage:   server_bench [PATIENTS] [mariadb|postgresql]      (50000 and both unless named)
//          Servers of its own are started on sockets in the temporary folder, and gone afterwards.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>

#include "exporter/emr/sql_opening.h"
#include "exporter/practice/practice.h"
#include "tests/bench/server_yardstick.h"
#include "tests/temporary_folder.h"

namespace {

namespace fs = std::filesystem;
using bench::measure;
using bench::Measured;
using tests::ServerKind;
using tests::SqlServer;

constexpr int kRounds = 2;

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

void run(ServerKind kind, std::size_t patients) {
  const tests::TemporaryFolder temporary;
  const fs::path folder = temporary.path();
  SqlServer& server = SqlServer::shared(kind);
  const std::string database = server.make_database();
  const fs::path script = folder / "script.sql";
  const auto dialect = kind == ServerKind::mariadb ? exporter::PracticeDialect::mariadb : exporter::PracticeDialect::postgresql;
  const Measured made = measure(server, [&] { return exporter::make_practice({static_cast<std::int64_t>(patients), 11, script, "", dialect}).ok(); });
  const Measured loaded =
      measure(server, [&] { return bench::shell(server.client(database) + " <'" + script.string() + "' >/dev/null"); });
  const double script_mb = static_cast<double>(fs::file_size(script)) / 1e6;
  fs::remove(script);
  const double rows = rows_in(server, database);
  std::printf("%s: %zu patients, %.0f rows, %.0f MB as SQL; invented in %.1f s, loaded in %.1f s\n",
              kind == ServerKind::mariadb ? "MariaDB" : "PostgreSQL", patients, rows, script_mb, made.seconds, loaded.seconds);

  exporter::Options options = bench::make_practice_folder(folder, "practice", server.url(database));
  const exporter::SqlSourceOrder order{options.emr.pack, options.emr.url, folder, folder};
  const std::string dump_line = bench::dump_command(server, database);
  Measured dump, all_rows, read, safe, night, paper;
  for (int round = 0; round < kRounds; ++round) {
    dump.take(measure(server, [&] { return bench::shell(dump_line + " >/dev/null"); }));
    all_rows.take(measure(server, [&] { return read_rows(order); }));
    read.take(measure(server, [&] { return bench::read_charts(order, patients); }));
    safe.take(measure(server, [&] { return bench::shell(bench::safe_dump_command(dump_line, folder)); }));
    options.paper.enabled = false;
    night.take(measure(server, [&] { return bench::run_night(options); }));
    options.paper.enabled = true;
    paper.take(measure(server, [&] { return bench::run_night(options); }));
  }
  std::printf("  rows of the pack, each table as a whole: %.1f s, %.2f x the dump's rate\n", all_rows.seconds, dump.seconds / all_rows.seconds);
  bench::tell(rows, dump, read, safe, night);
  std::printf("  night with paper %.1f s: %.2f x; peak %.0f MB\n", paper.seconds, safe.seconds / paper.seconds, paper.peak_mb);
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
  if (mariadb) run(ServerKind::mariadb, patients);
  if (postgresql) run(ServerKind::postgresql, patients);
  return 0;
}
