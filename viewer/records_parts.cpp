#include "viewer/records_parts.h"

#include <algorithm>
#include <cassert>

#include "app/record/text.h"

namespace viewer {
namespace {

// The part's number takes the last bits. No part has so many charts; what says so is no chart's number.
constexpr unsigned kPartBits = 5;
static_assert(app::kShardsMost <= 1u << kPartBits);
constexpr app::ChartId kChartsMost = ~app::ChartId{0} >> kPartBits;

app::ChartId joined(app::ChartId chart, const app::Shard& shard) {
  return (chart <= kChartsMost ? chart : 0) << kPartBits | (shard.number - 1);
}
app::ChartId chart_of(app::ChartId joined) { return joined >> kPartBits; }

app::Error no_such_chart() { return {app::Code::not_found, "This chart is in none of the parts that are open.", ""}; }

}  // namespace

PartsRecords::PartsRecords(app::CopyInfo together, std::vector<OpenPart> parts, std::vector<MissingPart> missing)
    : info_(std::move(together)), parts_(std::move(parts)), missing_(std::move(missing)) {
  assert(!parts_.empty());
  const auto as_of = [this](std::size_t part) { return parts_[part].records->info().manifest.as_of.s; };
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (as_of(i) < as_of(oldest_)) oldest_ = i;
    for (const app::Warning& warning : parts_[i].records->warnings()) add_warning(warning, parts_[i].shard, warnings_);
  }
}

std::vector<app::CopyInfo> PartsRecords::copies() const {
  std::vector<app::CopyInfo> copies;
  for (const OpenPart& part : parts_) copies.push_back(part.records->info());
  return copies;
}

CopyRecords* PartsRecords::part_of(app::ChartId chart) const {
  const std::uint32_t number = (chart & ((1u << kPartBits) - 1)) + 1;
  for (const OpenPart& part : parts_)
    if (part.shard.number == number) return part.records.get();
  return nullptr;
}

const app::CopyInfo& PartsRecords::info_of(app::ChartId chart) const {
  const CopyRecords* part = part_of(chart);
  return part == nullptr ? info_ : part->info();
}

bool PartsRecords::is_verified() const {
  return std::all_of(parts_.begin(), parts_.end(), [](const OpenPart& part) { return part.records->is_verified(); });
}

bool PartsRecords::has_privacy_officer() const {
  return std::all_of(parts_.begin(), parts_.end(), [](const OpenPart& part) { return part.records->has_privacy_officer(); });
}

std::function<void()> PartsRecords::receipt() const {
  std::vector<std::function<void()>> receipts;
  for (const OpenPart& part : parts_)
    if (auto receipt = part.records->receipt()) receipts.push_back(std::move(receipt));
  if (receipts.empty()) return {};
  return [receipts] {
    for (const auto& receipt : receipts) receipt();
  };
}

// Whose chart it is; of what is nobody's, the part that the page's age is that of.
CopyRecords& PartsRecords::keeper_of(const app::Look& look) const {
  const auto known = looked_at_.find({look.mrn, look.name});
  if (known != looked_at_.end()) return *known->second;
  if (oldest().has_privacy_officer()) return oldest();
  for (const OpenPart& part : parts_)
    if (part.records->has_privacy_officer()) return *part.records;
  return oldest();
}

app::Result<app::Done> PartsRecords::record(app::Look look) {
  if (look.kind != "opened") return keeper_of(look).record(std::move(look));
  for (const OpenPart& part : parts_) TRY(part.records->record(look));
  return app::Done{};
}

app::Hits PartsRecords::find(std::string_view typed, std::size_t most, const app::Date& today) {
  std::vector<app::SearchIndex*> indexes;
  for (const OpenPart& part : parts_) indexes.push_back(&part.records->search());
  app::HitsTogether together = app::SearchIndex::find_together(indexes, typed, most, today);
  for (std::size_t i = 0; i < together.parts.size(); ++i) {
    app::Hit& hit = together.hits.hits[i];
    hit.chart = joined(hit.chart, parts_[together.parts[i]].shard);
  }
  return std::move(together.hits);
}

std::vector<std::string> PartsRecords::explain(const app::Hits& hits, std::string_view typed, const app::Date& today) {
  std::vector<std::string> reasons(hits.hits.size());
  for (const OpenPart& part : parts_) {
    app::Hits of_part;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < hits.hits.size(); ++i) {
      if (part_of(hits.hits[i].chart) != part.records.get()) continue;
      of_part.hits.push_back(hits.hits[i]);
      of_part.hits.back().chart = chart_of(hits.hits[i].chart);
      places.push_back(i);
    }
    std::vector<std::string> said = part.records->explain(of_part, typed, today);
    for (std::size_t i = 0; i < places.size() && i < said.size(); ++i) reasons[places[i]] = std::move(said[i]);
  }
  return reasons;
}

std::optional<app::Appointment> PartsRecords::next_appointment(app::ChartId chart, const app::Date& today) {
  CopyRecords* part = part_of(chart);
  return part == nullptr ? std::nullopt : part->next_appointment(chart_of(chart), today);
}

// The number as written decides between those that are alike, as it does within one copy.
std::vector<app::ChartId> PartsRecords::find_mrn(std::string_view mrn) {
  std::vector<app::ChartId> all, same;
  for (const OpenPart& part : parts_)
    for (const app::ChartId chart : part.records->find_mrn(mrn)) all.push_back(joined(chart, part.shard));
  if (all.size() < 2) return all;
  for (const app::ChartId chart : all) {
    const auto sheet = part_of(chart)->read_sheet(chart_of(chart));
    if (sheet.ok() && app::upper_case(sheet.value().banner.mrn) == app::upper_case(mrn)) same.push_back(chart);
  }
  return same.empty() ? all : same;
}

app::Result<app::Sheet> PartsRecords::read_sheet(app::ChartId chart) {
  CopyRecords* part = part_of(chart);
  if (part == nullptr) return no_such_chart();
  TRY_GET(app::Sheet sheet, part->read_sheet(chart_of(chart)));
  looked_at_[{sheet.banner.mrn, sheet.banner.name}] = part;
  return sheet;
}

app::Result<std::vector<app::ScheduleEntry>> PartsRecords::read_schedule(const app::Date& day) {
  std::vector<app::ScheduleEntry> entries;
  without_schedule_.clear();
  for (const OpenPart& part : parts_) {
    auto read = part.records->read_schedule(day);
    if (!read.ok()) {
      without_schedule_.push_back({part.shard, read.error()});
      continue;
    }
    for (app::ScheduleEntry& entry : read.value()) {
      entry.chart = joined(entry.chart, part.shard);
      entries.push_back(std::move(entry));
    }
  }
  if (without_schedule_.size() == parts_.size()) return without_schedule_.front().fault;
  app::sort_schedule(entries);
  return entries;
}

app::Result<std::vector<app::Document>> PartsRecords::read_documents(app::ChartId chart) {
  CopyRecords* part = part_of(chart);
  if (part == nullptr) return no_such_chart();
  TRY_GET(std::vector<app::Document> documents, part->read_documents(chart_of(chart)));
  const std::lock_guard lock(documents_);
  for (const app::Document& document : documents) document_part_[document.content.id] = part;
  return documents;
}

app::Result<std::vector<app::FormText>> PartsRecords::read_forms() {
  auto first = parts_.front().records->read_forms();
  for (std::size_t i = 1; i < parts_.size() && !first.ok(); ++i) first = parts_[i].records->read_forms();
  return first;
}

app::Result<std::string> PartsRecords::read_document(const app::DocumentContent& content) {
  CopyRecords* part = nullptr;
  {
    const std::lock_guard lock(documents_);
    const auto known = document_part_.find(content.id);
    if (known != document_part_.end()) part = known->second;
  }
  if (part == nullptr) return app::Error{app::Code::not_found, "This document is in none of the parts that are open.", ""};
  return part->read_document(content);
}

}  // namespace viewer
