#include "exporter/emr/sql_part_rows.h"

#include <algorithm>
#include <string>

#include "app/record/text.h"
#include "exporter/emr/sql_parts.h"

namespace exporter {
namespace {

using app::Result;

class OwnRows final : public SqlRows {
 public:
  OwnRows(std::unique_ptr<SqlRows> rows, std::size_t patient_column, PartKeys& keys, std::uint64_t& left_out)
      : rows_(std::move(rows)), patient_column_(patient_column), keys_(keys), left_out_(left_out) {}

  const std::vector<std::string>& columns() const override { return rows_->columns(); }
  void restart(std::string sql) override { rows_->restart(std::move(sql)); }

  Result<const SqlValue*> next() override {
    while (true) {
      TRY_GET(const SqlValue* row, rows_->next());
      if (row == nullptr || is_ours(row[patient_column_])) return row;
      ++left_out_;
    }
  }

 private:
  bool is_ours(const SqlValue& patient) {
    if (patient.kind == SqlValue::Kind::integer) return keys_.holds(patient.integer);
    if (patient.kind == SqlValue::Kind::null || patient.text.empty()) return true;
    // Rows of one patient mostly stand together.
    if (patient.text != last_) {
      last_ = patient.text;
      last_is_ours_ = keys_.holds(app::clean_text(last_).text);
    }
    return last_is_ours_;
  }

  std::unique_ptr<SqlRows> rows_;
  std::size_t patient_column_;
  PartKeys& keys_;
  std::uint64_t& left_out_;
  std::string last_;
  bool last_is_ours_ = false;
};

}  // namespace

std::unique_ptr<SqlRows> without_other_parts(std::unique_ptr<SqlRows> rows, PartKeys& keys, std::uint64_t& left_out) {
  const auto& columns = rows->columns();
  const auto patient = static_cast<std::size_t>(std::find(columns.begin(), columns.end(), kPatientColumn) - columns.begin());
  // Without that column the pack is wrong, which whoever binds its columns says.
  if (keys.is_whole() || patient == columns.size()) return rows;
  return std::make_unique<OwnRows>(std::move(rows), patient, keys, left_out);
}

}  // namespace exporter
