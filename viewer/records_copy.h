// One open copy as the pages see it: a whole practice, or one part of it.
//
// Errors:  as app::Copy gives them.
#pragma once

#include <filesystem>
#include <mutex>
#include <string>

#include "viewer/records.h"
#include "viewer/upcoming.h"

namespace viewer {

class CopyRecords : public Records {
 public:
  CopyRecords(app::Opened opened, std::filesystem::path log_folder, ReceiptChoice receipts);

  const app::CopyInfo& info() const override { return copy_.info(); }
  const std::string& keyholder() const override { return copy_.keyholder(); }
  const std::vector<app::Warning>& warnings() const override { return opened_.warnings; }
  bool is_verified() const override { return opened_.verified; }
  bool has_privacy_officer() const override { return officer_.has_value(); }
  int print_at_percent() const override;
  std::optional<app::Instant> outage_mark() const override;
  void keep_outage_mark(std::optional<app::Instant> began) override;
  std::function<void()> receipt() const override;
  app::Result<app::Done> record(app::Look look) override;
  app::Hits find(std::string_view typed, std::size_t most, const app::Date& today) override;
  std::vector<std::string> explain(const app::Hits& hits, std::string_view typed, const app::Date& today) override;
  std::optional<app::Appointment> next_appointment(app::ChartId chart, const app::Date& today) override;
  std::vector<app::ChartId> find_mrn(std::string_view mrn) override { return copy_.search().find_mrn(mrn); }
  app::Result<app::Sheet> read_sheet(app::ChartId id) override;
  app::Result<std::vector<app::ScheduleEntry>> read_schedule(const app::Date& day) override;
  app::Result<std::vector<app::Document>> read_documents(app::ChartId id) override;
  app::Result<std::vector<app::FormText>> read_forms() override;
  app::Result<std::string> read_document(const app::DocumentContent& content) override;

  app::SearchIndex& search() { return copy_.search(); }

 private:
  std::string practice() const;
  app::Result<app::Chart> read_chart(app::ChartId id);

  std::mutex volumes_;
  app::Opened opened_;
  app::Copy& copy_;
  app::SheetContext context_;
  std::filesystem::path log_folder_;  // "" where there is no home
  ReceiptChoice receipts_;
  std::optional<app::PublicKey> officer_;
  Upcoming upcoming_;
};

}  // namespace viewer
