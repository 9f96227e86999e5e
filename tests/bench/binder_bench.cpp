// The paper of a whole practice: the full binder of everybody, and the packet of a night on which forty patients changed,
// each in a process of its own so that its peak memory is its own. The yardstick of the same run: pages drawn of one sheet,
// without reading, binding or locking.
//
// binder_bench [PATIENTS]     (50000 unless named)
#include <sqlcipher/sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

#include "app/paper/draw.h"
#include "app/paper/sheet_layout.h"
#include "exporter/binder/binder_memory.h"
#include "exporter/binder/copy_binder.h"
#include "exporter/copy/practice_keys.h"
#include "exporter/nightly.h"
#include "exporter/practice/practice.h"
#include "tests/sample_sheets.h"

namespace {

namespace fs = std::filesystem;

constexpr char kPhrase[] = "lantern copper window seven";
constexpr int kChanged = 40;
constexpr std::size_t kYardstickSheets = 300;

struct Measured {
  double seconds = 0;
  double peak_mb = 0;
  bool ok = false;
};

double seconds_of(const std::function<bool()>& work, bool& ok) {
  const auto start = std::chrono::steady_clock::now();
  ok = work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Measured measure(const std::function<bool()>& work) {
  std::fflush(stdout);
  Measured measured;
  int status = 0;
  rusage usage{};
  measured.seconds = seconds_of([&] {
    const pid_t child = fork();
    if (child == 0) {
      const bool ok = work();
      std::fflush(stdout);
      _exit(ok ? 0 : 1);
    }
    wait4(child, &status, 0, &usage);
    return status == 0;
  }, measured.ok);
  measured.peak_mb = static_cast<double>(usage.ru_maxrss) / 1024;
  return measured;
}

bool night(const exporter::Options& options) {
  const auto report = exporter::run_night(options, app::now(), {[](const std::string&) {}});
  if (!report.ok() || report.value().paper_fault) {
    std::fprintf(stderr, "%s\n", app::format_error(report.ok() ? *report.value().paper_fault : report.error()).c_str());
    return false;
  }
  const auto& binder = report.value().binder;
  std::printf("    the packet, after the charts were written: %.1f s, %zu pages, %zu sheets to put in%s; the reading before it %.1f s\n",
              report.value().paper_s, binder.counts.pages, binder.put_in, binder.sheets_elsewhere ? " (left to the binder)" : "",
              report.value().read_s);
  return true;
}

bool change_forty(const fs::path& emr) {
  sqlite3* database = nullptr;
  sqlite3_open(emr.c_str(), &database);
  const std::string sql = "UPDATE patient_names SET given = given || 'x' WHERE patient_id IN (SELECT id FROM patients ORDER BY id LIMIT " +
                          std::to_string(kChanged) + " OFFSET 100)";
  char* fault = nullptr;
  const bool ok = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &fault) == SQLITE_OK && sqlite3_changes(database) >= kChanged;
  if (fault != nullptr) std::fprintf(stderr, "%s\n", fault);
  sqlite3_close(database);
  return ok;
}

bool confirm(const fs::path& practice, std::uint64_t sequence) {
  auto memory = exporter::BinderMemory::open(practice);
  return memory.ok() && memory.value().book().confirm(sequence, 1).ok() && memory.value().save().ok();
}

// Writes every file, as `print COPY binder --out` does.
bool whole_binder(const fs::path& copies, const fs::path& out) {
  const auto info = app::read_copy(copies, app::Check::files);
  if (!info.ok()) return false;
  const auto copy = app::Copy::open(info.value(), kPhrase);
  const auto fonts = app::FontSet::open(app::find_fonts());
  if (!copy.ok() || !fonts.ok()) return false;
  const auto settings = exporter::read_binder_settings(copy.value());
  bool ok = settings.ok();
  app::Result<exporter::BinderOrder> order = app::Error{app::Code::io, "", ""};
  const double ordering_s = seconds_of([&] {
    order = exporter::order_binder(copy.value(), settings.value(), sample::frame());
    return order.ok();
  }, ok);
  if (!ok) return false;
  const exporter::CopySheets sheets(copy.value());
  const auto counts = exporter::print_binder(
      order.value(), [&](const exporter::BinderSheet& sheet) { return sheets.read(sheet); },
      fonts.value(), [&](const exporter::BinderVolume& volume, const std::string& bytes) {
        std::ofstream(out / (std::to_string(volume.number) + ".pdf"), std::ios::binary) << bytes;
        return app::Result<app::Done>(app::Done{});
      });
  if (!counts.ok()) return false;
  std::printf("    %zu pages in %zu files; putting the patients in order took %.1f s of it\n", counts.value().pages, counts.value().files, ordering_s);
  return true;
}

bool draw_sheets() {
  const auto fonts = app::FontSet::open(app::find_fonts());
  auto drawing = app::Drawing::begin(fonts.value(), "yardstick");
  std::size_t pages = 0;
  bool ok = true;
  const double took_s = seconds_of([&] {
    for (std::size_t i = 0; i < kYardstickSheets; ++i) {
      for (const app::Page& page : app::lay_out_sheet(sample::full_sheet(), sample::frame(), app::kA4, fonts.value())) {
        if (!drawing.value().add(page).ok()) return false;
        ++pages;
      }
    }
    return drawing.value().finish().ok();
  }, ok);
  std::printf("yardstick: %.0f pages a second, laid out and drawn only\n", static_cast<double>(pages) / took_s);
  return ok;
}

bool bench(const fs::path& folder, std::int64_t patients) {
  exporter::PracticeOrder order;
  order.patients = patients;
  order.seed = 11;
  order.out = folder / "emr.sqlite";
  exporter::Options options;
  options.file = folder / "nightchart.toml";
  options.practice = "Bench";
  options.time_zone = "UTC";
  options.emr.kind = exporter::EmrKind::sql;
  options.emr.pack = fs::path(NIGHTCHART_BUILD_SHARE) / "templates/emr/practice";
  options.emr.url = "sqlite://" + order.out.string();
  options.copies = folder / "copies";
  options.binder.sheets = exporter::BinderScope::active;
  options.binder.active_years = 0;
  fs::create_directories(folder / "binder");
  if (!measure([&] { return exporter::make_practice(order, {}).ok(); }).ok) return false;
  if (!exporter::make_signing_key(folder).ok() || !exporter::add_keyholder(folder, "bench", kPhrase, app::kLockForTests).ok()) return false;

  std::printf("%ld patients\n  first night\n", static_cast<long>(patients));
  const Measured first = measure([&] { return night(options); });
  if (!first.ok || !measure(draw_sheets).ok) return false;
  const Measured binder = measure([&] { return whole_binder(options.copies, folder / "binder"); });
  std::uintmax_t bytes = 0;
  for (const auto& file : fs::directory_iterator(folder / "binder")) bytes += file.file_size();
  std::printf("  the whole binder: %.0f s, peak %.0f MB, %.1f KB a patient (at most 180 s, 150 MB, 6 KB for 50,000)\n", binder.seconds,
              binder.peak_mb, static_cast<double>(bytes) / 1000 / static_cast<double>(patients));
  if (!binder.ok || !confirm(folder, 1) || !change_forty(order.out)) return false;
  std::printf("  a night on which %d patients changed (the packet within 10 s)\n", kChanged);
  const Measured second = measure([&] { return night(options); });
  std::printf("    peak of that night %.0f MB\n", second.peak_mb);
  return second.ok;
}

}  // namespace

int main(int argc, char** argv) {
  std::string pattern = (fs::temp_directory_path() / "binder-bench-XXXXXX").string();
  if (!mkdtemp(pattern.data())) return 1;
  const bool ok = bench(pattern, argc > 1 ? std::strtol(argv[1], nullptr, 10) : 50'000);
  fs::remove_all(pattern);
  if (!ok) std::fprintf(stderr, "the bench failed\n");
  return ok ? 0 : 1;
}
