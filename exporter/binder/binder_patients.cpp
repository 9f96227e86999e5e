#include "exporter/binder/binder_patients.h"

#include <algorithm>
#include <utility>

#include "app/record/text.h"

namespace exporter {
namespace {

std::string without_age(const std::string& born) {
  const std::size_t age = born.rfind(" (");
  return age == std::string::npos || !born.ends_with(")") ? born : born.substr(0, age);
}

}  // namespace

BinderPatient make_binder_patient(app::ChartId id, const app::Chart& chart, const app::Sheet& sheet) {
  BinderPatient patient;
  patient.chart = id;
  const app::Banner& banner = sheet.banner;
  const std::string phone = app::make_schedule_entry(id, chart, {}).phone;  // one number, on one line
  patient.line = {app::tab_of(banner.name), banner.name, without_age(banner.born), banner.mrn, phone, banner.deceased, sheet.id, "", false};
  return patient;
}

void BinderPatients::push_back(const BinderPatient& patient) {
  const IndexLines::Place line = lines_.push_back(patient.line);
  rows_.push_back({patient.chart, patient.key, line, static_cast<std::uint32_t>(patient.scans_id.size()), patient.wanted, patient.booked});
}

BinderPatient BinderPatients::operator[](std::size_t at) const {
  const Row& row = rows_[at];
  IndexLines::Place place = row.line;
  BinderPatient patient{row.chart, row.key, IndexLines::read(place), row.wanted, row.booked};
  const std::string& id = patient.line.id;
  patient.scans_id = id.substr(id.size() - std::min<std::size_t>(id.size(), row.scans_id_bytes));
  return patient;
}

std::vector<PatientKey> BinderPatients::sorted_keys() const {
  std::vector<PatientKey> keys;
  keys.reserve(rows_.size());
  for (const Row& row : rows_) keys.push_back(row.key);
  std::sort(keys.begin(), keys.end());
  return keys;
}

void BinderPatients::sort_for_filing() {
  std::vector<std::pair<std::string, std::size_t>> order;
  order.reserve(rows_.size());
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    IndexLines::Place place = rows_[i].line;
    const IndexLine line = IndexLines::read(place);
    order.emplace_back(app::collation_key(line.name) + '\0' + line.mrn, i);
  }
  std::sort(order.begin(), order.end());
  std::deque<Row> sorted;
  for (const auto& [key, from] : order) sorted.push_back(rows_[from]);
  rows_ = std::move(sorted);
}

}  // namespace exporter
