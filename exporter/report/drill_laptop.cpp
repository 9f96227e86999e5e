#include "exporter/report/drill_laptop.h"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <iterator>
#include <set>

#include "app/digest.h"
#include "app/find_share.h"
#include "app/paper/draw.h"
#include "app/record/chart_json.h"
#include "app/record/sheet.h"
#include "app/snapshot/copy.h"
#include "app/snapshot/keys.h"
#include "app/snapshot/volume_files.h"
#include "exporter/binder/packet.h"
#include "exporter/report/drill_jail_posix.h"
#include "exporter/report/drill_sample.h"
#include "exporter/report/drill_words.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr std::size_t kHitsLookedAt = 20;  // what the viewer shows of a list of hits

class Steps {
 public:
  explicit Steps(LaptopFindings& findings) : findings_(findings) {}
  void end(const char* name) {
    const auto now = std::chrono::steady_clock::now();
    findings_.steps_s.emplace_back(name, std::chrono::duration<double>(now - std::exchange(start_, now)).count());
  }

 private:
  LaptopFindings& findings_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// The copies, the volumes beside them, and this program's own fonts. Of other files in the folder not even the practice's.
OpenDoors doors_to(const fs::path& place, const fs::path& share) {
  OpenDoors doors{{share}, {place}};
  for (const app::FoundCopy& copy : app::list_copies(place)) doors.read.push_back(copy.folder);
  std::error_code ignored;
  if (fs::is_directory(place / app::kVolumesFolder, ignored)) doors.read.push_back(place / app::kVolumesFolder);
  return doors;
}

Result<Done> shut_off(const LaptopOrder& order) {
  std::error_code fault;
  if (!fs::is_directory(order.place, fault)) {
    return Error{Code::not_found, "The folder " + order.place.string() + " is not there.", "Is the stick or laptop plugged in and mounted?"};
  }
  TRY(shut_all_but(doors_to(order.place, app::find_share())));
  for (const fs::path& secret : order.secrets) {
    if (can_read(secret)) return Error{Code::not_verified, "The drill could read what no laptop has, so it proves nothing.", secret.string()};
  }
  return Done{};
}

bool finds(app::Copy& copy, const std::string& typed, app::ChartId chart, const app::Date& today) {
  const auto hits = copy.search().find(typed, kHitsLookedAt, today).hits;
  return std::any_of(hits.begin(), hits.end(), [&](const app::Hit& hit) { return hit.chart == chart; });
}

Result<FoundPatient> look_up(app::Copy& copy, const KnownPatient& patient, const app::Date& today) {
  FoundPatient found;
  std::vector<app::ChartId> candidates;
  for (const app::Hit& hit : copy.search().find(patient.typed, kHitsLookedAt, today).hits) candidates.push_back(hit.chart);
  const std::size_t by_search = candidates.size();
  for (const std::string& number : {patient.mrn, patient.emr_key}) {
    if (number.empty()) continue;
    for (const app::ChartId chart : copy.search().find_mrn(number)) candidates.push_back(chart);
  }
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    TRY_GET(const app::Chart chart, copy.read_chart(candidates[i]));
    if (chart.emr_key != patient.emr_key) continue;
    found.held = true;
    // Whom the EMR calls otherwise since is looked up as the copy has them.
    found.found = i < by_search || finds(copy, known_patient(chart).typed, candidates[i], today);
    TRY_GET(found.chart, copy.read_chart_json(candidates[i]));
    return found;
  }
  return found;
}

// Each chart has the same chance.
Result<std::vector<KnownPatient>> draw_patients(const app::Copy& copy, std::size_t count) {
  std::set<app::ChartId> drawn;
  while (drawn.size() < std::min<std::size_t>(count, copy.charts())) {
    std::uint64_t random = 0;
    app::fill_random(&random, sizeof random);
    drawn.insert(static_cast<app::ChartId>(1 + random % copy.charts()));
  }
  std::vector<KnownPatient> patients;
  for (const app::ChartId id : drawn) {
    TRY_GET(const app::Chart chart, copy.read_chart(id));
    patients.push_back(known_patient(chart));
  }
  return patients;
}

Result<Done> name_volumes(const std::vector<FoundPatient>& found, const std::string& time_zone, std::vector<std::string>& volumes) {
  std::set<std::string> names;
  for (const FoundPatient& patient : found) {
    if (!patient.held) continue;
    // As it was written: the copy's own word for it would depend on what lies here.
    TRY_GET(const app::Chart chart, app::parse_chart(patient.chart, time_zone));
    for (const app::Document& document : chart.documents.entries) {
      if (document.content.state == app::Presence::known) names.insert(document.content.volume);
    }
  }
  volumes.assign(names.begin(), names.end());
  return Done{};
}

// One that was scanned, of whoever comes first from some chart on: every byte, held against what its chart says of it.
Result<Done> read_one_document(const app::Copy& copy, bool some_volumes_only, LaptopFindings& findings) {
  const app::Manifest& manifest = copy.info().manifest;
  if (manifest.volumes.empty()) return Done{};
  std::set<std::string> away;
  for (const app::FoundVolume& volume : copy.info().volumes) {
    if (some_volumes_only && volume.file.empty()) away.insert(volume.name);
  }
  std::uint32_t from = 0;
  app::fill_random(&from, sizeof from);
  for (std::uint32_t i = 0; i < copy.charts(); ++i) {
    const app::ChartId id = (from % copy.charts() + i) % copy.charts() + 1;
    TRY_GET(const std::string json, copy.read_chart_json(id));
    TRY_GET(const app::Chart chart, app::parse_chart(json, manifest.time_zone));
    for (const app::Document& document : chart.documents.entries) {
      if (document.content.state != app::Presence::known || away.contains(document.content.volume)) continue;
      const auto read = copy.read_document(document.content, [&](std::string_view piece) -> Result<Done> {
        findings.document_bytes += piece.size();
        return Done{};
      });
      if (!read.ok()) return Error{read.error().code, "The pages of a scanned document cannot be read there. " + read.error().what, read.error().detail};
      if (document.content.bytes != 0 && document.content.bytes != findings.document_bytes) {
        return Error{Code::damaged, "A scanned document there is not as long as its chart says.", document.content.volume};
      }
      findings.documents = 1;
      return Done{};
    }
  }
  return Done{};
}

// As the viewer's printer would get it, but into memory.
Result<std::size_t> print_one(const app::Copy& copy, app::ChartId id) {
  const app::Manifest& manifest = copy.info().manifest;
  TRY_GET(const app::Chart chart, copy.read_chart(id));
  TRY_GET(const app::FontSet fonts, app::FontSet::open(app::find_fonts()));
  const app::Sheet sheet = app::make_sheet(chart, copy.sheet_template(), app::SheetContext{app::local_date(manifest.as_of, manifest.time_zone)});
  const app::PrintFrame frame{manifest.practice, app::format_as_of(manifest.as_of, manifest.time_zone), app::format_copy_name(manifest.taken, manifest.sequence)};
  TRY_GET(const app::DrawnPdf pdf, print_sheets({sheet}, frame, app::kA4, fonts));
  if (pdf.pages == 0 || !pdf.bytes.starts_with("%PDF")) return Error{Code::not_verified, "The sheet that was printed is no page.", ""};
  return pdf.pages;
}

Result<LaptopFindings> hold(const LaptopOrder& order) {
  LaptopFindings findings;
  Steps steps(findings);
  TRY(shut_off(order));
  steps.end("shut off");
  app::PublicKey signer{};
  if (!app::parse_hex(order.signer, signer)) return Error{Code::wrong_kind, "The practice's key is no key.", ""};
  TRY_GET(const app::CopyInfo info, app::read_copy(order.place, app::Check::files, {signer}));
  if (info.manifest.verifying_key != signer) return Error{Code::forged, "The newest copy there is not signed by this practice.", info.folder.filename().string()};
  if (!info.passed_over.empty()) {
    const app::FoundCopy& newer = info.passed_over.front();
    findings.passed_over = newer.folder.filename().string() + (newer.fault ? ": " + newer.fault->what : "");
  }
  steps.end("every byte");
  TRY_GET(app::Copy copy, app::Copy::open(info, order.passphrase, order.keyholder));
  if (!copy.is_vouched_for()) return Error{Code::forged, "The keyholder's key does not vouch for this copy.", info.folder.filename().string()};
  findings.keyholder = copy.keyholder();
  findings.sequence = info.manifest.sequence;
  findings.as_of = info.manifest.as_of;
  findings.patients = copy.charts();
  steps.end("unlock");
  const app::Date today = app::local_date(app::now(), info.manifest.time_zone);
  std::vector<KnownPatient> patients = order.patients;
  if (patients.empty()) {
    TRY_GET(patients, draw_patients(copy, order.draw));
  }
  for (const KnownPatient& patient : patients) {
    TRY_GET(FoundPatient found, look_up(copy, patient, today));
    findings.found.push_back(std::move(found));
  }
  TRY(name_volumes(findings.found, info.manifest.time_zone, findings.volumes));
  steps.end("look up");
  if (order.names_volumes_only) return findings;
  TRY(copy.verify(app::Depth::bytes));
  findings.charts_digest = copy.charts_digest();
  steps.end("every chart");
  TRY(read_one_document(copy, order.some_volumes_only, findings));
  steps.end("a document");
  TRY_GET(findings.pages, print_one(copy, 1));
  steps.end("print a sheet");
  return findings;
}

}  // namespace

int run_drill_laptop() {
  const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  const auto order = parse_order(text);
  const auto findings = order.ok() ? hold(order.value()) : Result<LaptopFindings>(order.error());
  std::cout << (findings.ok() ? format_findings(findings.value()) : format_failure(findings.error())) << std::flush;
  return findings.ok() ? 0 : static_cast<int>(findings.error().code);
}

}  // namespace exporter
