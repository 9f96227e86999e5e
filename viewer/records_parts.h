// The parts of a practice, each an open copy, as the one copy that they are together.
//
// Shape:   a chart is known by its part and its number there; a search goes through all parts as through one index.
// Errors:  as one copy's. What one part cannot give hides nothing of the others, and is said.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "viewer/records_copy.h"

namespace viewer {

class PartsRecords : public Records {
 public:
  struct OpenPart {
    app::Shard shard;
    std::unique_ptr<CopyRecords> records;
  };
  // Requires: one part at least.
  PartsRecords(app::CopyInfo together, std::vector<OpenPart> parts, std::vector<MissingPart> missing);

  const app::CopyInfo& info() const override { return info_; }
  std::vector<app::CopyInfo> copies() const override;
  const app::CopyInfo& info_of(app::ChartId chart) const override;
  const std::vector<MissingPart>& missing() const override { return missing_; }
  const std::vector<MissingPart>& without_schedule() const override { return without_schedule_; }
  const std::string& keyholder() const override { return oldest().keyholder(); }
  const std::vector<app::Warning>& warnings() const override { return warnings_; }
  bool is_verified() const override;
  bool has_privacy_officer() const override;
  int print_at_percent() const override { return oldest().print_at_percent(); }
  std::optional<app::Instant> outage_mark() const override { return oldest().outage_mark(); }
  void keep_outage_mark(std::optional<app::Instant> began) override { oldest().keep_outage_mark(began); }
  std::function<void()> receipt() const override;
  app::Result<app::Done> record(app::Look look) override;
  app::Hits find(std::string_view typed, std::size_t most, const app::Date& today) override;
  std::vector<std::string> explain(const app::Hits& hits, std::string_view typed, const app::Date& today) override;
  std::optional<app::Appointment> next_appointment(app::ChartId chart, const app::Date& today) override;
  std::vector<app::ChartId> find_mrn(std::string_view mrn) override;
  app::Result<app::Sheet> read_sheet(app::ChartId chart) override;
  app::Result<std::vector<app::ScheduleEntry>> read_schedule(const app::Date& day) override;
  app::Result<std::vector<app::Document>> read_documents(app::ChartId chart) override;
  app::Result<std::vector<app::FormText>> read_forms() override;
  app::Result<std::string> read_document(const app::DocumentContent& content) override;

 private:
  CopyRecords& oldest() const { return *parts_[oldest_].records; }
  CopyRecords* part_of(app::ChartId chart) const;
  CopyRecords& keeper_of(const app::Look& look) const;

  app::CopyInfo info_;
  std::vector<OpenPart> parts_;
  std::size_t oldest_ = 0;
  std::vector<MissingPart> missing_;
  std::vector<MissingPart> without_schedule_;
  std::vector<app::Warning> warnings_;
  std::map<std::pair<std::string, std::string>, CopyRecords*> looked_at_;  // by record number and name, as looks have them
  std::mutex documents_;                               // documents are read beside the pages
  std::map<std::string, CopyRecords*> document_part_;  // by the content's id
};

}  // namespace viewer
