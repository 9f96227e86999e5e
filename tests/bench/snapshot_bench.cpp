// How fast a night keeps charts, beside a plain loop that puts the same facts as rows into an unencrypted
// database; how fast the copy is verified and opened, and a chart of it.
//
// Usage: snapshot_bench [PATIENTS]
#include <sqlcipher/sqlite3.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>

#include "app/record/chart_json.h"
#include "app/snapshot/copy.h"
#include "exporter/copy/sealing.h"
#include "exporter/copy/snapshot_writer.h"
#include "exporter/copy/verify_copy.h"
#include "tests/temporary_folder.h"

namespace {

constexpr int kPool = 4000;
constexpr const char* kPassphrase = "correct horse battery";

double seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
// Of all threads: on a busy machine it says more than the clock.
double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto whole = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return whole(usage.ru_utime) + whole(usage.ru_stime);
}
double peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

class Inventor {
 public:
  int below(int most) { return std::uniform_int_distribution<int>(0, most - 1)(random_); }
  // Words of a long-tailed vocabulary, as clinical text has it.
  std::string words(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      const int word = below(60) * below(60) + below(5);
      text += (i ? " " : "") + std::string("w") + static_cast<char>('a' + word % 26) + std::to_string(word * 7919);
    }
    return text;
  }
  app::Known<app::Date> date() {
    char text[80];
    std::snprintf(text, sizeof text, "20%02d-%02d-%02dT%02d:%02d:00", 5 + below(21), 1 + below(12),
                  1 + below(28), below(24), below(60));
    return app::read_date(text);
  }
  std::vector<app::Coding> codes() {
    return {{"http://snomed.info/sct", std::to_string(100'000'000 + below(3000)), words(3)}};
  }

  app::Chart chart(int number) {
    app::Chart chart;
    chart.emr_key = "p" + std::to_string(number);
    chart.mrn = std::to_string(1'000'000 + number);
    chart.identifiers = {{"MRN", "urn:practice", chart.mrn}};
    chart.names = {{"official", "Latn", "", words(2), words(1), "", ""}};
    chart.birth_date = date();
    chart.telecom = {{"phone", "home", std::to_string(below(1'000'000'000))}};
    chart.addresses = {{"home", words(3), words(1), "NY", "10001", "US"}};
    chart.allergies.state = app::Presence::known_none;
    for (int i = 0; i < 6; ++i) chart.problems.add(problem());
    for (int i = 0; i < 25; ++i) chart.results.add(observation());
    for (int i = 0; i < 15; ++i) chart.vital_signs.add(observation());
    for (int i = 0; i < 7; ++i) chart.visits.add(visit());
    for (int i = 0; i < 3; ++i) chart.appointments.add(appointment());
    return chart;
  }

 private:
  app::Problem problem() {
    app::Problem problem;
    problem.text = words(4), problem.codes = codes(), problem.onset = date(), problem.current = true;
    return problem;
  }
  app::Observation observation() {
    app::Observation one;
    one.text = words(3), one.codes = codes(), one.date = date(), one.value = std::to_string(below(200));
    return one;
  }
  app::Visit visit() {
    app::Visit visit;
    visit.text = words(12), visit.start = date();
    return visit;
  }
  app::Appointment appointment() {
    app::Appointment appointment;
    appointment.text = words(3), appointment.start = date(), appointment.clinician = words(2);
    return appointment;
  }
  std::mt19937 random_{7};
};

// The yardstick: one row a fact, plain SQLite, one transaction, no journal.
double plain_loop(const std::vector<app::Chart>& pool, int patients, const std::filesystem::path& file) {
  sqlite3* db = nullptr;
  sqlite3_stmt* insert = nullptr;
  sqlite3_open(file.c_str(), &db);
  sqlite3_exec(db, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; CREATE TABLE row(id INTEGER PRIMARY KEY,"
                   "patient INTEGER, text TEXT, code TEXT, display TEXT, value TEXT, date TEXT); BEGIN",
               nullptr, nullptr, nullptr);
  sqlite3_prepare_v2(db, "INSERT INTO row VALUES(NULL,?,?,?,?,?,?)", -1, &insert, nullptr);
  const double begin = seconds();
  auto put = [insert](int patient, const std::string& text, const std::vector<app::Coding>& codes,
                      const std::string& value, const app::Known<app::Date>& date) {
    sqlite3_bind_int(insert, 1, patient);
    auto bind = [insert](int at, const std::string& s) {
      sqlite3_bind_text(insert, at, s.data(), static_cast<int>(s.size()), SQLITE_STATIC);
    };
    bind(2, text), bind(3, codes.empty() ? "" : codes[0].code), bind(4, codes.empty() ? "" : codes[0].display);
    bind(5, value), bind(6, date.value().iso);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  };
  for (int i = 1; i <= patients; ++i) {
    const app::Chart& c = pool[static_cast<std::size_t>(i % kPool)];
    put(i, c.mrn, {}, c.names[0].family, c.birth_date);
    for (const auto& e : c.problems.entries) put(i, e.text, e.codes, "", e.onset);
    for (const auto& e : c.results.entries) put(i, e.text, e.codes, e.value, e.date);
    for (const auto& e : c.vital_signs.entries) put(i, e.text, e.codes, e.value, e.date);
    for (const auto& e : c.visits.entries) put(i, e.text, {}, "", e.start);
    for (const auto& e : c.appointments.entries) put(i, e.text, {}, e.clinician, e.start);
  }
  sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  const double taken = seconds() - begin;
  sqlite3_finalize(insert);
  sqlite3_close(db);
  return taken;
}

template <typename T>
T must(app::Result<T> result) {
  if (result.ok()) return std::move(result).value();
  std::fprintf(stderr, "%s\n", app::format_error(result.error()).c_str());
  std::exit(1);
}

void measure_opening(const std::filesystem::path& folder, int patients) {
  double begin = seconds();
  const app::CopyInfo info = must(app::read_copy(folder, app::Check::sizes));
  must(app::unlock_key(info.manifest.slots[0].locked_key, kPassphrase));
  const double argon = seconds() - begin;
  begin = seconds();
  const app::Copy copy = must(app::Copy::open(info, kPassphrase));
  std::printf("unlock to searchable  %.3f s, of which Argon2id %.3f s\n", seconds() - begin, argon);
  std::vector<double> times;
  Inventor inventor;
  for (int i = 0; i < 2000; ++i) {
    begin = seconds();
    must(copy.read_chart(static_cast<app::ChartId>(1 + inventor.below(patients))));
    times.push_back(seconds() - begin);
  }
  std::sort(times.begin(), times.end());
  std::printf("open a chart          p50 %.2f ms, p99 %.2f ms, max %.2f ms\n", times[1000] * 1e3,
              times[1980] * 1e3, times.back() * 1e3);
}

}  // namespace

int main(int argc, char** argv) {
  const int patients = argc > 1 ? std::atoi(argv[1]) : 20'000;
  const tests::TemporaryFolder folder;
  const auto signing_key = must(exporter::make_signing_key(folder.path()));
  const auto keyholder = must(exporter::add_keyholder(folder.path(), "Anna", kPassphrase));
  Inventor inventor;
  std::vector<app::Chart> pool;
  for (int i = 0; i < kPool; ++i) pool.push_back(inventor.chart(i));
  std::string json;
  for (int i = 0; i < 100; ++i) app::format_chart(pool[static_cast<std::size_t>(i)], json);
  const double before_mb = peak_mb();
  std::printf("%d patients, %zu bytes of JSON each, pool %.0f MB\n", patients, json.size() / 100, before_mb);

  double cpu = cpu_seconds();
  const double plain = plain_loop(pool, patients, folder.path() / "plain.db");
  const double plain_cpu = cpu_seconds() - cpu;
  const auto staging = folder.path() / "copy";
  std::filesystem::create_directory(staging);
  cpu = cpu_seconds();
  double begin = seconds();
  const app::CopyKey key = app::CopyKey::make();
  exporter::SnapshotWriter writer = must(
      exporter::SnapshotWriter::create(staging, {1, app::now(), app::default_sheet_template()}, key));
  for (int i = 1; i <= patients; ++i) {
    app::Chart chart = pool[static_cast<std::size_t>(i % kPool)];
    chart.mrn = std::to_string(i);
    must(writer.add(std::move(chart)));
  }
  const double added = seconds() - begin;
  const auto summary = must(writer.finish("{}"));
  const double written = seconds() - begin;
  const double written_cpu = cpu_seconds() - cpu;
  app::Manifest plan;
  plan.sequence = 1;
  plan.counts = summary.counts.by_name();
  const auto manifest = must(exporter::write_manifest(staging, plan, key, {keyholder}, signing_key));
  const double sealed = seconds() - begin;
  must(exporter::verify_copy(staging, manifest, key, summary));
  const double verified = seconds() - begin;
  const double verified_cpu = cpu_seconds() - cpu;
  const double peak = peak_mb();
  std::printf("plain loop            %.2f s (%.0f us a patient)\n", plain, plain / patients * 1e6);
  std::printf("added %.2f, written %.2f, sealed %.2f, verified %.2f s; charts.db %.0f MB\n", added, written,
              sealed, verified, static_cast<double>(manifest.files[0].bytes) / 1e6);
  std::printf("processor time        loop %.0f us, writing %.0f us, with verifying %.0f us a patient\n",
              plain_cpu / patients * 1e6, written_cpu / patients * 1e6, verified_cpu / patients * 1e6);
  std::printf("rate beside the loop  %.2f (writing alone %.2f)\n", plain / verified, plain / written);
  std::printf("peak memory           %.0f MB, %.0f MB over the pool\n", peak, peak - before_mb);
  measure_opening(staging, patients);
  return 0;
}
