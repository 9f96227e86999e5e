#include "exporter/emr/sql_source.h"

#include <algorithm>
#include <set>

#include "app/record/text.h"
#include "exporter/emr/sql_pack.h"
#include "exporter/emr/sql_parts.h"
#include "exporter/emr/sql_rows.h"
#include "exporter/emr/sql_streams.h"

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

class SqlSource final : public ChartSource, public SkippedRows {
 public:
  Result<Done> open(const SqlSourceOrder& order);

  app::Instant as_of() const override { return database_->as_of(); }
  Result<std::optional<Chart>> next() override;
  const ReadReport& report() const override { return report_; }
  void skip_row(const SqlPackFile& file, std::uint64_t number, const char* reason) override {
    skip(file.name.substr(0, file.name.size() - 4) + ", row " + std::to_string(number), reason);
  }

 private:
  struct Flow {
    std::unique_ptr<SqlStream> stream;
    bool has_row = false;
  };

  Result<Done> open_parts(const SqlSourceOrder& order);
  Result<bool> open_part(const SqlPackFile& file, const std::string& time_zone);
  Result<Done> open_streams(const SqlSourceOrder& order);
  Result<bool> keys_are_numbers();
  void skip(std::string where, std::string reason);
  Result<Done> advance(Flow& flow);
  Result<Done> pass_by_rows_before_patient();
  Result<Done> read_rows_of(const SqlKey& key, Chart& chart);
  Result<Done> pass_by_the_rest();
  void complete(Chart& chart);

  std::unique_ptr<SqlDatabase> database_;  // outlives the rows read from it
  SqlPack pack_;
  std::vector<std::unique_ptr<SqlPart>> parts_;
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

Result<Done> SqlSource::open(const SqlSourceOrder& order) {
  TRY_GET(pack_, read_sql_pack(order.pack));
  TRY_GET(database_, open_sql_database({order.url, order.folder, order.password_file, order.connect_timeout_s,
                                        order.read_timeout_s, order.time_zone}));
  TRY(open_parts(order));
  TRY(open_streams(order));
  for (Flow& flow : flows_) TRY(advance(flow));
  return Done{};
}

Result<Done> SqlSource::open_parts(const SqlSourceOrder& order) {
  std::set<std::string> missing;
  for (const SqlPackFile& file : pack_.files) {
    TRY_GET(const bool readable, open_part(file, order.time_zone));
    if (!readable) missing.insert(file.part);
  }
  // Half of a section would look like all of it.
  std::erase_if(parts_, [&missing](const auto& part) { return missing.contains(part->file->part); });
  for (const auto& part : parts_) sections_read_.insert(part->file->part);
  return Done{};
}

// False when the table of a section is not there or may not be read.
Result<bool> SqlSource::open_part(const SqlPackFile& file, const std::string& time_zone) {
  auto rows = database_->select(file.sql);
  if (!rows.ok()) {
    Error error = rows.error();
    if (error.code == Code::not_found && is_section(file.part)) {
      skip(file.name, "the section is not in this copy: " + error.detail);
      return false;
    }
    if (error.code == Code::not_found) error.code = Code::bad_source;
    error.what = file.name + ": " + error.what;
    return error;
  }
  auto part = std::make_unique<SqlPart>();
  part->file = &file;
  part->rows = std::move(rows).value();
  const auto& columns = part->rows->columns();
  TRY_GET(part->reader, make_part_reader(file.part, file.name, columns, time_zone));
  part->columns = columns.size();
  part->patient_column = static_cast<std::size_t>(
      std::find(columns.begin(), columns.end(), kPatientColumn) - columns.begin());
  parts_.push_back(std::move(part));
  return true;
}

Result<bool> SqlSource::keys_are_numbers() {
  SqlPart& patients = *parts_.front();
  TRY_GET(const SqlValue* first, patients.rows->next());
  const bool numbers = first == nullptr || first[patients.patient_column].kind == SqlValue::Kind::integer;
  patients.rows = std::make_unique<RowsFromFirst>(std::move(patients.rows), first);
  return numbers;
}

Result<Done> SqlSource::open_streams(const SqlSourceOrder& order) {
  TRY_GET(const bool numbers, keys_are_numbers());
  std::unique_ptr<SortedStream> sorted;
  for (const auto& part : parts_) {
    if (part->file->ordered && database_->reads_side_by_side()) {
      flows_.push_back({make_query_stream(*part, numbers, *this)});
      continue;
    }
    if (!sorted) sorted = std::make_unique<SortedStream>(order.staging, order.memory_bytes);
    TRY(sorted->stage(*part, numbers, *this));
  }
  if (!sorted) return Done{};
  TRY(sorted->sort());
  const bool has_patients = !parts_.front()->rows;
  flows_.insert(has_patients ? flows_.begin() : flows_.end(), Flow{std::move(sorted)});
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
  while (patients.has_row && patients.stream->row().part != parts_.front().get()) {
    skip_row(*patients.stream->row().part->file, patients.stream->row().number, kForeignRow);
    TRY(advance(patients));
  }
  return Done{};
}

Result<Done> SqlSource::read_rows_of(const SqlKey& key, Chart& chart) {
  for (Flow& flow : flows_) {
    while (flow.has_row) {
      const SqlKeyedRow& row = flow.stream->row();
      const auto order = row.key <=> key;
      if (order > 0) break;
      if (order < 0) {
        skip_row(*row.part->file, row.number, kForeignRow);
      } else if (row.part == parts_.front().get()) {
        skip_row(*row.part->file, row.number, "gives the same patient a second time");
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
  return database_->verify_consistent();
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
    if (section.state != Presence::not_recorded) {
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
  row.part->reader->add(row.values, chart);
  TRY(advance(patients));
  TRY(read_rows_of(key, chart));
  complete(chart);
  return std::optional<Chart>(std::move(chart));
}

}  // namespace

Result<std::unique_ptr<ChartSource>> open_sql_source(const SqlSourceOrder& order) {
  auto source = std::make_unique<SqlSource>();
  TRY(source->open(order));
  return std::unique_ptr<ChartSource>(std::move(source));
}

}  // namespace exporter
