#include "exporter/report/tell.h"

#include <optional>

#include "app/paper/draw.h"
#include "exporter/child_process_posix.h"
#include "exporter/copy/durable_file.h"
#include "exporter/report/night_page.h"
#include "exporter/report/ping.h"
#include "exporter/report/readiness_page.h"
#include "exporter/report/split_readiness.h"
#include "exporter/split.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr int kHookMost_s = 120;
constexpr int kHookOnBatteryMost_s = 10;

Result<Done> write_wall_page(const Options& options, const ReadinessFacts& facts, const Readiness& readiness, app::Instant now) {
  TRY_GET(const app::FontSet fonts, app::FontSet::open(app::find_fonts()));
  const app::Page page = lay_out_readiness(facts, readiness, now, options.paper.letter ? app::kLetter : app::kA4, fonts);
  TRY_GET(const app::DrawnPdf pdf, app::draw_pdf({page}, fonts, "Readiness"));
  std::error_code fault;
  fs::create_directories(options.report.folder, fault);
  if (fault) return system_error("mkdir", options.report.folder, fault);
  return write_file(options.report.folder / "readiness.pdf", pdf.bytes);
}

// What comes between the nights has files of its own: the night's page is read in the morning and later.
std::string report_name(const NightRecord& record) {
  return record.occasion == app::Occasion::night ? "report" : "report-" + std::string(app::name_of(record.occasion));
}

// The files of one night, told from the same facts.
class Files {
 public:
  Files(const Options& options, const EndedNight& night, const NightRecord& record, const NightRecord* before, app::Instant now)
      : options_(options), night_(night), record_(record), before_(before), now_(now), facts_(read_facts(options)),
        readiness_(judge_readiness(facts_, now)) {}

  Result<Done> write() const {
    const fs::path& folder = options_.report.folder;
    std::error_code fault;
    fs::create_directories(folder, fault);
    if (fault) return system_error("mkdir", folder, fault);
    const std::string name = report_name(record_);
    TRY(write_file(folder / (name + ".json"), format_night_file(night_, record_, before_, readiness_)));
    TRY(write_file(folder / (name + ".txt"), format_night_page(night_, record_, before_, readiness_, facts_.practice, options_.time_zone)));
    return write_wall_page(options_, facts_, readiness_, now_);
  }

  Result<Done> write_metrics() const {
    if (options_.report.metrics.empty() || record_.occasion != app::Occasion::night) return Done{};
    return write_file(options_.report.metrics, format_metrics(record_, readiness_, facts_));
  }

 private:
  const Options& options_;
  const EndedNight& night_;
  const NightRecord& record_;
  const NightRecord* before_;
  app::Instant now_;
  ReadinessFacts facts_;
  Readiness readiness_;
};

Result<Done> run_hook(const Options& options, int code, const std::string& what, bool good, const std::string& report = "report") {
  const std::string& command = good ? options.report.on_success : options.report.on_failure;
  if (command.empty()) return Done{};
  const char* name = good ? "on_success" : "on_failure";
  TRY_GET(const ChildOutcome outcome, run_child({.command = {"/bin/sh", "-c", command},
                                                 .environment = {{"NIGHTCHART_RESULT", good ? "success" : "failure"},
                                                                 {"NIGHTCHART_EXIT_CODE", std::to_string(code)},
                                                                 {"NIGHTCHART_WHAT", what},
                                                                 {"NIGHTCHART_REPORT", (options.report.folder / (report + ".json")).string()}},
                                                 .most_s = options.run.occasion == app::Occasion::battery ? kHookOnBatteryMost_s : kHookMost_s}));
  if (outcome.exit_code == 0) return Done{};
  return Error{Code::io, std::string("The command [report] ") + name + " ended with " + std::to_string(outcome.exit_code) + ".", outcome.err};
}

// One sentence; `what` of a failure holds nothing of any patient.
std::string ping_text(const NightRecord& record) {
  std::string text = "exit code " + std::to_string(record.code);
  if (!record.what.empty()) text += "\n" + record.what;
  for (const PlaceRecord& place : record.places) text += "\n" + place.name + ": " + (place.code == 0 ? "copied and checked" : "FAILED. " + place.what);
  return text;
}

}  // namespace

std::vector<Error> tell_start(const ReportOptions& options) {
  if (options.ping.empty()) return {};
  const auto told = ping(options.ping, Ping::start, "");
  return told.ok() ? std::vector<Error>{} : std::vector<Error>{told.error()};
}

std::vector<Error> tell_night(const Options& options, const EndedNight& night, app::Instant now) {
  // The run that is busy tells of itself; but not that there is no last copy.
  if (night.fault && night.fault->code == Code::busy && night.occasion != app::Occasion::battery) return {};
  std::vector<Error> faults;
  const auto note = [&faults](const Result<Done>& done) {
    if (!done.ok()) faults.push_back(done.error());
  };
  const NightRecord record = make_record(night);
  std::optional<NightRecord> before;
  const auto remembered = remember(options.state_folder(), [&](NightMemory& memory) {
    const NightRecord* last = night.occasion == app::Occasion::night ? memory.last_night() : memory.last_published();
    if (last != nullptr) before = *last;
    memory.add(record);
  });
  if (!remembered.ok()) faults.push_back(remembered.error());
  const Files files(options, night, record, before ? &*before : nullptr, now);
  note(files.write());
  note(files.write_metrics());
  // A night of which not everybody can be told has not gone well: whoever waits for its files would wait for ever.
  NightRecord told = record;
  const auto is_good = [&] {
    if (told.code != 0 && told.code != app::kExitUnreadable) return false;
    if (faults.empty()) return true;
    told.code = static_cast<int>(faults.front().code), told.what = faults.front().what;
    return false;
  };
  // Nobody wants to hear every hour that all is well.
  const bool good = is_good();
  if (!good || record.occasion != app::Occasion::day) note(run_hook(options, told.code, told.what, good, report_name(record)));
  if (!options.report.ping.empty()) {
    const bool still_good = is_good();
    note(ping(options.report.ping, still_good ? Ping::success : Ping::fail, ping_text(told)));
  }
  if (!faults.empty() && remembered.ok()) {
    const auto noted = remember(options.state_folder(), [&](NightMemory& memory) { memory.note_untold(record.began, record.occasion, faults.front().what); });
    if (!noted.ok()) faults.push_back(noted.error());
  }
  return faults;
}

std::vector<Error> tell_drill(const Options& options, const Drill& drill, app::Instant now) {
  std::vector<Error> faults;
  const auto note = [&faults](const Result<Done>& done) {
    if (!done.ok()) faults.push_back(done.error());
  };
  const std::vector<Options> parts = find_split(options);
  std::optional<SplitFacts> split;
  if (!parts.empty()) split = read_split_facts(options, parts);
  const ReadinessFacts facts = split ? gather_nights(*split) : read_facts(options);
  const Readiness readiness = split ? judge_split(*split, now) : judge_readiness(facts, now);
  note(write_wall_page(options, facts, readiness, now));
  // Each part has a file of its own for the monitoring.
  if (!split && !options.report.metrics.empty() && !facts.nights.empty()) note(write_file(options.report.metrics, format_metrics(facts.nights.back(), readiness, facts)));
  for (const DrillPlace& place : drill.places) {
    if (!place.fault) continue;
    note(run_hook(options, static_cast<int>(place.fault->code), "The drill FAILED at " + place.name + ": " + place.fault->what, false));
    break;
  }
  return faults;
}

}  // namespace exporter
