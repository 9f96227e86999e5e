#include "exporter/binder/copy_binder.h"

#include <algorithm>
#include <set>

#include "app/paper/protect.h"
#include "app/record/chart_json.h"
#include "app/record/json.h"
#include "app/record/text.h"
#include "exporter/binder/binder_night.h"
#include "exporter/binder/in_order.h"
#include "exporter/binder/scan_choice.h"
#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

using app::Result;

app::SheetContext context_of(const app::Copy& copy, bool booked) {
  const app::Manifest& manifest = copy.info().manifest;
  return {app::local_date(manifest.as_of, manifest.time_zone), form_of(booked)};
}

// As the night's own report says it. Without one the cover says what it can.
std::vector<std::string> absence_from(const app::Copy& copy, const BinderSettings& settings) {
  std::vector<std::string> sections;
  const bool holds_scans = !copy.info().manifest.volumes.empty();
  const auto report = copy.read_report();
  app::JsonDocument document;
  if (!report.ok()) return sentences_of_absence(settings, sections, "", holds_scans);
  const auto json = document.parse(report.value());
  if (!json.ok()) return sentences_of_absence(settings, sections, "", holds_scans);
  for (const app::Json section : json.value()["not_in_copy"].items()) sections.emplace_back(section.text());
  return sentences_of_absence(settings, sections, std::string(json.value()["policy"].text()), holds_scans);
}

// The days' schedule, and whose sheets it calls for.
Result<std::set<app::ChartId>> read_days(const app::Copy& copy, const BinderSettings& settings, BinderOrder& order) {
  std::set<app::ChartId> booked;
  for (int i = 0; i < settings.days; ++i) {
    PacketDay day{app::add_days(order.today, i), {}};
    TRY_GET(day.entries, copy.read_schedule(day.day));
    for (const app::ScheduleEntry& entry : day.entries) booked.insert(entry.chart);
    order.days.push_back(std::move(day));
  }
  return booked;
}

// In place of a patient whose chart cannot be read: filed under what the schedule says, if they are on it.
BinderPatient make_unread_patient(app::ChartId id, bool booked, const BinderSettings& settings, const std::vector<PacketDay>& days) {
  BinderPatient patient;
  patient.chart = id;
  patient.booked = booked;
  patient.wanted = booked || settings.sheets == BinderScope::active;
  IndexLine& line = patient.line;
  line.name = "Chart " + std::to_string(id) + " could not be read";
  line.born = "not known", line.mrn = "not known", line.phone = "not known", line.id = "none";
  line.filed = patient.wanted;
  for (const PacketDay& day : days) {
    for (const app::ScheduleEntry& entry : day.entries) {
      if (entry.chart == id) line.name = entry.name, line.mrn = entry.mrn, line.phone = entry.phone;
    }
  }
  line.tab = app::tab_of(line.name);
  return patient;
}

}  // namespace

Result<BinderSettings> read_binder_settings(const app::Copy& copy) {
  const auto kept = copy.read_kept("binder");
  if (!kept.ok() && kept.error().code == app::Code::not_found) return BinderSettings();
  if (!kept.ok()) return kept.error();
  return parse_binder_settings(kept.value());
}

Result<BinderOrder> order_binder(const app::Copy& copy, const BinderSettings& settings, const app::PrintFrame& frame) {
  const app::Manifest& manifest = copy.info().manifest;
  BinderOrder order;
  order.frame = frame;
  order.paper = settings.letter ? app::kLetter : app::kA4;
  order.sequence = manifest.sequence;
  order.today = app::add_days(app::local_date(manifest.taken, manifest.time_zone), 0);
  order.contacts = settings.contacts;
  order.not_in_it = absence_from(copy, settings);
  order.scan_minutes = settings.scan_minutes;
  order.pages_most = static_cast<std::size_t>(settings.volume_pages);
  TRY_GET(const std::set<app::ChartId> booked, read_days(copy, settings, order));

  BinderPatients patients;
  const CopySheets sheets(copy);
  InOrder<Result<BinderPatient>> made(copy.charts(), worker_count(), [&](std::size_t item, std::size_t) -> Result<BinderPatient> {
    const auto id = static_cast<app::ChartId>(item + 1);
    TRY_GET(const app::Chart chart, sheets.read_chart(id));
    const bool is_booked = booked.contains(id) && settings.sheets != BinderScope::none;
    BinderPatient patient = make_binder_patient(id, chart, app::make_sheet(chart, copy.sheet_template(), context_of(copy, is_booked)));
    patient.booked = is_booked;
    patient.wanted = patient.line.filed = patient.booked || is_active(chart, settings, order.today);
    patient.scans_id = scans_id(choose_scans(chart, settings, patient.booked, patient.wanted));
    patient.line.id += patient.scans_id;
    return patient;
  });
  std::size_t unread = 0;
  for (std::size_t i = 0; i < copy.charts(); ++i) {
    auto patient = made.next();
    if (patient.ok()) {
      patients.push_back(patient.value());
      continue;
    }
    // Where hardly any can be read it is the copy that is broken, and not a chart.
    if (++unread * 2 > copy.charts()) return patient.error();
    const auto id = static_cast<app::ChartId>(i + 1);
    patients.push_back(make_unread_patient(id, booked.contains(id) && settings.sheets != BinderScope::none, settings, order.days));
  }
  patients.sort_for_filing();
  for (std::size_t i = 0; i < patients.size(); ++i) {
    const BinderPatient patient = patients[i];
    const IndexLine& line = patient.line;
    if (patient.wanted) order.sheets.push_back({patient.chart, patient.key, line.tab, line.name, line.mrn, patient.booked, patient.scans_id});
    order.index.push_back(line);
  }
  return order;
}

Result<app::Sheet> CopySheets::read(const BinderSheet& sheet) const {
  TRY_GET(const app::Chart read, read_chart(sheet.chart));
  return app::make_sheet(read, copy_.sheet_template(), context_of(copy_, sheet.long_form));
}

std::vector<FoundScan> CopySheets::read_scans(const BinderSheet& sheet, const BinderSettings& settings) const {
  std::vector<FoundScan> found;
  const auto chart = read_chart(sheet.chart);
  if (!chart.ok()) return found;
  const std::lock_guard lock(mutex_);
  for (const app::Document& scan : choose_scans(chart.value(), settings, sheet.long_form, true)) {
    ScanBytes bytes;
    const auto read = copy_.read_document(scan.content, [&bytes](std::string_view piece) { return bytes.add(piece); });
    found.push_back({title_of_scan(scan), read.ok() ? Result<std::string>(bytes.take()) : Result<std::string>(read.error())});
  }
  return found;
}

Result<app::Chart> CopySheets::read_chart(app::ChartId chart) const {
  std::string json;
  {
    const std::lock_guard lock(mutex_);
    TRY_GET(json, copy_.read_chart_json(chart));
  }
  return app::parse_chart(json, copy_.info().manifest.time_zone);
}

Result<std::vector<std::string>> read_packet(const app::Copy& copy) {
  const app::CopyInfo& info = copy.info();
  const auto password = copy.read_kept("binder_password");
  std::vector<std::pair<std::string, std::size_t>> names;
  for (const app::ManifestFile& file : info.manifest.files) {
    if (file.name.starts_with("binder/packet") && file.name.ends_with(".pdf")) names.emplace_back(file.name, file.bytes);
  }
  if (!password.ok() || names.empty()) {
    return app::Error{app::Code::not_found, "This copy has no packet: the night printed none.",
                      "`nightchart print COPY binder` prints the whole binder from any copy."};
  }
  // packet-2 stands before packet-10.
  std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first.size(), a.first) < std::pair(b.first.size(), b.first);
  });
  std::vector<std::string> files;
  for (const auto& [name, bytes] : names) {
    TRY_GET(const std::string locked, read_file(info.folder / name, bytes));
    TRY_GET(std::string pdf, app::open_protected_pdf(locked, password.value()));
    files.push_back(std::move(pdf));
  }
  return files;
}

}  // namespace exporter
