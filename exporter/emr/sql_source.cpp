#include "exporter/emr/sql_source.h"

#include <map>
#include <set>

#include "app/record/text.h"
#include "exporter/emr/sql_opening.h"
#include "exporter/emr/sql_stretches.h"

namespace exporter {
namespace {

using app::Chart;
using app::Code;
using app::Done;
using app::Error;
using app::Presence;
using app::Result;

constexpr const char* kForeignRow = "names a patient that is not in the EMR";
constexpr std::string_view kMrnLabel = "MRN";

void complete_names(Chart& chart) {
  for (app::HumanName& name : chart.names) {
    if (!name.script.empty()) continue;
    for (const std::string* part : {&name.family, &name.given, &name.text}) {
      if (part->empty()) continue;
      name.script = app::script_of(*part);
      break;
    }
  }
}

// The number that staff know is also one of the identifiers.
void complete_identifiers(Chart& chart) {
  if (chart.mrn.empty()) return;
  for (const app::Identifier& identifier : chart.identifiers) {
    if (identifier.value == chart.mrn) return;
  }
  chart.identifiers.insert(chart.identifiers.begin(), {std::string(kMrnLabel), "", chart.mrn});
}

// Whether capitals or blanks differ makes no other entry of it.
std::string folded(std::string_view letters) {
  std::string text;
  for (const char c : lower_case(letters)) {
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!blank) text += c;
    if (blank && !text.empty() && text.back() != ' ') text += ' ';
  }
  if (text.ends_with(' ')) text.pop_back();
  return text;
}

class SqlSource final : public ChartSource, public SkippedRows {
 public:
  Result<Done> open(OpenedPack opened, const SqlSourceOrder& order);

  app::Instant as_of() const override { return opened_.database->as_of(); }
  Result<std::optional<Chart>> next() override;
  const ReadReport& report() const override { return report_; }
  const PatientFacts& facts() const override { return *opened_.facts; }
  void skip_row(const SqlPackFile& file, std::uint64_t number, const char* reason) override {
    if (opened_.pack.orphans_usual && reason == std::string_view(kForeignRow)) {
      ++report_.passed_by[file.part + " of patients who are gone"];
      return;
    }
    skip(file.name.substr(0, file.name.size() - 4) + ", row " + std::to_string(number), reason);
  }

 private:
  struct Flow {
    std::unique_ptr<SqlStream> stream;
    bool has_row = false;
  };

  Result<Done> open_streams(const SqlSourceOrder& order);
  Result<bool> keys_are_numbers();
  void skip(std::string where, std::string reason);
  Result<Done> advance(Flow& flow);
  Result<Done> pass_by_rows_before_patient();
  Result<Done> read_rows_of(const SqlKey& key, Chart& chart);
  Result<Done> pass_by_the_rest();
  void complete(Chart& chart);

  bool is_told_already(const SqlKeyedRow& row);

  OpenedPack opened_;
  std::map<std::size_t, std::set<std::string>> told_;  // of the patient at hand, by question
  std::vector<Flow> flows_;  // the one that patients come in is the first
  std::set<std::string, std::less<>> sections_read_;
  ReadReport report_;
  std::string key_text_;
  bool at_end_ = false;
};

// Hands the row that decided something to the next reader as if it had not been read yet.
class RowsFromFirst final : public SqlRows {
 public:
  RowsFromFirst(std::unique_ptr<SqlRows> rows, const SqlValue* first) : rows_(std::move(rows)), first_(first) {}
  const std::vector<std::string>& columns() const override { return rows_->columns(); }
  Result<const SqlValue*> next() override {
    if (!pending_) return rows_->next();
    pending_ = false;
    return first_;
  }

 private:
  std::unique_ptr<SqlRows> rows_;
  const SqlValue* first_;
  bool pending_ = true;
};

// Lets rows by and notes whom they are about.
class RowsNotingKeys final : public SqlRows {
 public:
  RowsNotingKeys(std::unique_ptr<SqlRows> rows, std::size_t column, std::vector<std::int64_t>& keys)
      : rows_(std::move(rows)), column_(column), keys_(keys) {}
  const std::vector<std::string>& columns() const override { return rows_->columns(); }
  Result<const SqlValue*> next() override {
    TRY_GET(const SqlValue* row, rows_->next());
    if (row != nullptr && row[column_].kind == SqlValue::Kind::integer) keys_.push_back(row[column_].integer);
    return row;
  }

 private:
  std::unique_ptr<SqlRows> rows_;
  std::size_t column_;
  std::vector<std::int64_t>& keys_;
};

Result<Done> SqlSource::open(OpenedPack opened, const SqlSourceOrder& order) {
  opened_ = std::move(opened);
  report_.cautions = opened_.cautions;
  for (const OpenedPack::Unread& unread : opened_.unread) {
    skip(unread.file.name, "the section is not in this copy: " + unread.error.detail);
  }
  for (const auto& part : opened_.parts) sections_read_.insert(part->file->part);
  TRY(open_streams(order));
  for (Flow& flow : flows_) TRY(advance(flow));
  return Done{};
}

Result<bool> SqlSource::keys_are_numbers() {
  SqlPart& patients = *opened_.parts.front();
  TRY_GET(const SqlValue* first, patients.rows->next());
  const bool numbers = first == nullptr || first[patients.patient_column].kind == SqlValue::Kind::integer;
  patients.rows = std::make_unique<RowsFromFirst>(std::move(patients.rows), first);
  return numbers;
}

Result<Done> SqlSource::open_streams(const SqlSourceOrder& order) {
  TRY_GET(const bool numbers, keys_are_numbers());
  std::vector<SqlPart*> clustered;
  std::vector<std::int64_t> keys;
  std::unique_ptr<SortedStream> sorted;
  for (const auto& part : opened_.parts) {
    if (part->file->ordered && opened_.database->reads_side_by_side()) {
      flows_.push_back({make_query_stream(*part, numbers, *this)});
      continue;
    }
    const bool is_patients = part == opened_.parts.front();
    if (numbers && !is_patients && part->file->clustered && opened_.database->selects_again()) {
      clustered.push_back(part.get());
      continue;
    }
    if (is_patients) part->rows = std::make_unique<RowsNotingKeys>(std::move(part->rows), part->patient_column, keys);
    if (!sorted) sorted = std::make_unique<SortedStream>(order.staging, order.memory_bytes);
    TRY(sorted->stage(*part, numbers, *this));
    part->rows.reset();
  }
  if (!sorted) return Done{};
  TRY(sorted->sort());
  const bool has_patients = !opened_.parts.front()->rows;
  flows_.insert(has_patients ? flows_.begin() : flows_.end(), Flow{std::move(sorted)});
  if (!clustered.empty()) {
    flows_.push_back({make_stretch_stream(std::move(clustered), std::move(keys), {order.staging, order.memory_bytes}, *this)});
  }
  return Done{};
}

void SqlSource::skip(std::string where, std::string reason) {
  ++report_.skipped;
  if (report_.first_skipped.size() < kMostSkippedNamed) {
    report_.first_skipped.push_back({std::move(where), std::move(reason)});
  }
}

Result<Done> SqlSource::advance(Flow& flow) {
  auto moved = flow.stream->advance();
  if (!moved.ok()) return moved.error();
  flow.has_row = moved.value();
  return Done{};
}

// In a sorted stream, rows of patients that do not exist stand among the patients.
Result<Done> SqlSource::pass_by_rows_before_patient() {
  Flow& patients = flows_.front();
  while (patients.has_row && patients.stream->row().part != opened_.parts.front().get()) {
    skip_row(*patients.stream->row().part->file, patients.stream->row().number, kForeignRow);
    TRY(advance(patients));
  }
  return Done{};
}

// Whether an earlier file gave this patient a row with the same in the columns that this one's file names.
bool SqlSource::is_told_already(const SqlKeyedRow& row) {
  for (const SqlSameness& sameness : row.part->sameness) {
    std::string same;
    bool any = false;
    for (const std::size_t column : sameness.columns) {
      char digits[24];
      const auto letters = column < row.part->columns ? row.values[column].letters(digits) : std::string_view();
      any = any || !letters.empty();
      same += folded(letters) + '\0';
    }
    if (!any) continue;
    if (!sameness.asks) told_[sameness.question].insert(same);
    if (sameness.asks && told_[sameness.question].contains(same)) return true;
  }
  return false;
}

Result<Done> SqlSource::read_rows_of(const SqlKey& key, Chart& chart) {
  told_.clear();
  for (Flow& flow : flows_) {
    while (flow.has_row) {
      const SqlKeyedRow& row = flow.stream->row();
      const auto order = row.key <=> key;
      if (order > 0) break;
      if (order < 0) {
        skip_row(*row.part->file, row.number, kForeignRow);
      } else if (row.part == opened_.parts.front().get()) {
        skip_row(*row.part->file, row.number, "gives the same patient a second time");
      } else if (!row.part->sameness.empty() && is_told_already(row)) {
        ++report_.passed_by[row.part->file->part + " that the EMR keeps twice"];
      } else if (!row.part->reader->add(row.values, chart)) {
        chart.unreadable.push_back({row.part->file->part, "", "", "the EMR holds an entry in which nothing stands"});
      }
      TRY(advance(flow));
    }
  }
  return Done{};
}

Result<Done> SqlSource::pass_by_the_rest() {
  for (Flow& flow : flows_) {
    while (flow.has_row) {
      skip_row(*flow.stream->row().part->file, flow.stream->row().number, kForeignRow);
      TRY(advance(flow));
    }
  }
  return opened_.database->verify_consistent();
}

void SqlSource::complete(Chart& chart) {
  complete_names(chart);
  complete_identifiers(chart);
  auto settle = [this, &chart](std::string_view name, auto& section) {
    if (section.entries.empty()) {
      if (!sections_read_.contains(name)) section.state = Presence::not_in_copy;
      return;
    }
    report_.entries[std::string(name)] += section.entries.size();
    const bool told = opened_.pack.entries_win && section.state == Presence::known_none;
    if (section.state != Presence::not_recorded && !told) {
      chart.unreadable.push_back({std::string(name), "state", std::string(app::format_presence(section.state)),
                                  "the EMR says so, and holds entries all the same"});
    }
    section.state = Presence::known;
  };
  Chart::sections(chart, settle);
  ++report_.patients;
  report_.unreadable += chart.unreadable.size();
}

Result<std::optional<Chart>> SqlSource::next() {
  if (at_end_) return std::optional<Chart>();
  TRY(pass_by_rows_before_patient());
  Flow& patients = flows_.front();
  if (!patients.has_row) {
    at_end_ = true;
    TRY(pass_by_the_rest());
    return std::optional<Chart>();
  }
  const SqlKeyedRow& row = patients.stream->row();
  SqlKey key = row.key;
  Chart chart;
  chart.emr_key = key.letters();
  if (key.is_text) {
    key_text_ = key.text;
    key.text = key_text_;
    chart.emr_key = app::clean_text(chart.emr_key).text;
  }
  *opened_.facts = {};
  row.part->reader->add(row.values, chart);
  TRY(advance(patients));
  TRY(read_rows_of(key, chart));
  complete(chart);
  return std::optional<Chart>(std::move(chart));
}

}  // namespace

Result<std::unique_ptr<ChartSource>> open_sql_source(const SqlSourceOrder& order) {
  TRY_GET(OpenedPack opened, open_sql_pack(order));
  return open_sql_source(std::move(opened), order);
}

Result<std::unique_ptr<ChartSource>> open_sql_source(OpenedPack opened, const SqlSourceOrder& order) {
  auto source = std::make_unique<SqlSource>();
  TRY(source->open(std::move(opened), order));
  return std::unique_ptr<ChartSource>(std::move(source));
}

}  // namespace exporter
