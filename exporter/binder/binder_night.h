// The binder's part of a night: hears every chart while the EMR is read, then prints the packet.
//
// Memory:  about 300 bytes a patient, and the charts whose sheets may have to be printed: those that are
//          booked, and up to `packet_sheets` others that changed.
// Errors:  open: bad_config for the list of contacts; never for want of a memory. print: what printing, locking and
//          writing return; then the copy has no packet, and nothing is remembered of one.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "exporter/binder/binder_memory.h"
#include "exporter/binder/binder_patients.h"
#include "exporter/binder/binder_report.h"
#include "exporter/binder/binder_settings.h"
#include "exporter/binder/booked.h"
#include "exporter/binder/form_leaves.h"
#include "exporter/binder/packet.h"
#include "exporter/emr/document_keeper.h"

namespace exporter {

struct BinderNightPlan {
  BinderSettings settings;
  std::filesystem::path practice;  // the practice's folder
  app::SheetTemplate sheet_template;
  std::string time_zone;
  std::uint64_t sequence = 0;
  app::Instant as_of;
  app::Instant taken;
  std::vector<app::FormText> forms = {};  // all that the copy has
  std::string practice_key = {};          // the verifying one: its numbers on forms are no other practice's
};

class BinderNight {
 public:
  static app::Result<BinderNight> open(BinderNightPlan plan);

  // `pages` of the chart's documents, which are opened only when they are printed.
  void consider(app::ChartId id, const app::Chart& chart, const DocumentPages& pages = {});

  // Writes packet.pdf (or packet-1.pdf, …) into `folder`, all under the password that it returns. `left_out` are sentences
  // for the cover.
  app::Result<std::string> print(const app::PrintFrame& frame, const std::vector<std::string>& left_out,
                                 const std::filesystem::path& folder);
  const BinderReport& report() const { return report_; }

 private:
  BinderNight(BinderNightPlan plan, BinderMemory memory);
  app::Result<BinderOrder> order_of(const app::PrintFrame& frame, const std::vector<std::string>& left_out, const app::FontSet& fonts);
  void add_forms(const std::vector<BinderForm>& forms, const app::FontSet& fonts, BinderOrder& order) const;
  PacketPlan plan_packet(const BinderSheets& target, const std::set<PatientKey>& booked);
  app::Result<app::Sheet> read_sheet(const BinderSheet& sheet) const;
  app::Result<app::Chart> chart_of(app::ChartId id) const;
  std::vector<FoundScan> read_scans(const BinderSheet& sheet) const;

  BinderNightPlan plan_;
  BinderMemory memory_;
  BookedCharts booked_;
  app::SheetContext context_;
  app::Date today_;
  BinderPatients patients_;
  std::map<app::ChartId, std::string> changed_;  // charts as JSON
  std::map<app::ChartId, DocumentPages> scans_;  // of those charts
  bool too_many_ = false;
  BinderReport report_;
  BinderSheets target_;  // what the binder holds once this packet is in it
};

}  // namespace exporter
