#include "exporter/report/night_record.h"

namespace exporter {

int exit_code_of(const NightReport& report) {
  const auto code = [](const std::optional<app::Error>& fault) { return fault ? static_cast<int>(fault->code) : 0; };
  if (report.left_behind) return code(report.left_behind);
  if (report.paper_fault) return code(report.paper_fault);
  for (const DestinationResult& destination : report.destinations) {
    if (destination.fault) return code(destination.fault);
  }
  for (const DestinationResult& destination : report.destinations) {
    if (destination.rotation.fault) return code(destination.rotation.fault);
  }
  if (report.rotation.fault) return code(report.rotation.fault);
  const DocumentReport& documents = report.documents;
  if (documents.fault) return code(documents.fault);
  const bool whole = documents.not_found + documents.unreadable + report.read.unreadable + report.read.skipped == 0;
  return whole ? 0 : app::kExitUnreadable;
}

namespace {

// What was wrong with a night that published, or "".
std::string first_fault_of(const NightReport& report) {
  std::vector<const std::optional<app::Error>*> faults{&report.left_behind, &report.paper_fault};
  for (const DestinationResult& destination : report.destinations) faults.push_back(&destination.fault);
  for (const DestinationResult& destination : report.destinations) faults.push_back(&destination.rotation.fault);
  faults.insert(faults.end(), {&report.rotation.fault, &report.documents.fault});
  for (const auto* fault : faults) {
    if (*fault) return (*fault)->what;
  }
  return "";
}

// Patients, entries and pages that the practice's own settings kept out.
std::uint64_t withheld_by(const NightReport& report) {
  std::uint64_t count = report.documents.withheld + report.policy.named + report.policy.absent;
  for (const auto& [section, entries] : report.policy.withheld) count += entries;
  for (const auto& [section, entries] : report.policy.older) count += entries;
  return count;
}

}  // namespace

std::vector<PlaceRecord> places_of(const NightReport& report) {
  std::vector<PlaceRecord> places;
  for (const DestinationResult& place : report.destinations) {
    const int code = place.fault ? static_cast<int>(place.fault->code) : 0;
    places.push_back({place.name, code, place.fault ? place.fault->what : "", place.took_s});
  }
  return places;
}

std::string missed_words(const std::vector<PlaceRecord>& places) {
  std::string failed, late;
  for (const PlaceRecord& place : places) {
    if (place.code == 0) continue;
    std::string& list = place.code == static_cast<int>(app::Code::out_of_time) ? late : failed;
    list += (list.empty() ? "" : ", ") + place.name;
  }
  if (!failed.empty()) failed = "NOT copied to " + failed;
  if (!late.empty()) late = "there was no time left for " + late;
  return failed + (failed.empty() || late.empty() ? "" : ", and ") + late;
}

NightRecord make_record(const EndedNight& night) {
  NightRecord record;
  record.began = night.began;
  record.occasion = night.occasion;
  record.took_s = night.took_s;
  if (night.fault) {
    record.code = static_cast<int>(night.fault->code);
    record.what = night.fault->what;
  }
  if (night.report == nullptr) return record;
  const NightReport& report = *night.report;
  record.unchanged = report.unchanged;
  record.source = report.source;
  if (report.unchanged) return record;
  record.code = exit_code_of(report);
  record.what = first_fault_of(report);
  record.published = true;
  record.sequence = report.sequence;
  record.as_of = report.as_of;
  record.counts = {report.read.patients, report.read.entries, report.documents.kept};
  record.older = report.policy.older;
  record.unreadable = report.read.unreadable;
  record.skipped = report.read.skipped;
  record.withheld = withheld_by(report);
  record.documents_missing = report.documents.not_found;
  record.documents_failed = report.documents.unreadable + report.documents.no_room;
  record.pages = report.binder.counts.pages;
  record.bytes = report.bytes;
  record.accepted_shrink = report.accepted_shrink;
  record.charts_digest = report.charts_digest;
  record.carried = report.carried;
  record.places = places_of(report);
  return record;
}

}  // namespace exporter
