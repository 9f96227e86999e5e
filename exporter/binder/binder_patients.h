// The patients of a night, as the index and the list of changes name them.
//
// Memory:  about 120 bytes a patient; as much again while they are sorted.
// Errors:  none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "app/record/chart.h"
#include "app/record/sheet.h"
#include "app/snapshot/copy.h"
#include "exporter/binder/index_lines.h"
#include "exporter/binder/plan.h"

namespace exporter {

struct BinderPatient {
  app::ChartId chart = 0;
  PatientKey key{};
  IndexLine line;
  bool wanted = false;  // the sheet belongs into the binder
  bool booked = false;
  std::string scans_id = {};  // the end of the line's id
};

// What the index says of a patient, but for the sheet's age and place.
BinderPatient make_binder_patient(app::ChartId id, const app::Chart& chart, const app::Sheet& sheet);

class BinderPatients {
 public:
  BinderPatients() = default;
  BinderPatients(BinderPatients&&) noexcept = default;
  BinderPatients& operator=(BinderPatients&&) noexcept = default;

  void push_back(const BinderPatient& patient);
  std::size_t size() const { return rows_.size(); }
  BinderPatient operator[](std::size_t at) const;
  void set_key(std::size_t at, const PatientKey& key) { rows_[at].key = key; }
  // Ascending; two charts may have the same.
  std::vector<PatientKey> sorted_keys() const;
  // By collation of the names, then by record number.
  void sort_for_filing();

 private:
  struct Row {
    app::ChartId chart = 0;
    PatientKey key{};
    IndexLines::Place line = nullptr;
    std::uint32_t scans_id_bytes = 0;
    bool wanted = false;
    bool booked = false;
  };

  IndexLines lines_;
  std::deque<Row> rows_;  // which doesn't double as it grows
};

}  // namespace exporter
