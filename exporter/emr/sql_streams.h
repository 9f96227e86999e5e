// Rows on their way to charts, ordered by patient: straight from a query, or brought into order first.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/error.h"
#include "exporter/emr/sql_key.h"
#include "exporter/emr/sql_pack.h"
#include "exporter/emr/sql_parts.h"
#include "exporter/emr/sql_rows.h"
#include "exporter/staging/sorter.h"

namespace exporter {

// Columns by which a row of a later file is known to be told already.
struct SqlSameness {
  std::size_t question = 0;  // which file asks
  std::vector<std::size_t> columns;
  bool asks = false;  // this is the file that asks; else one that was before it
};

// One file of a pack, opened.
struct SqlPart {
  const SqlPackFile* file = nullptr;
  std::size_t patient_column = 0;
  std::size_t position_column = 0;  // as many as `columns`: none
  std::size_t columns = 0;
  std::unique_ptr<PartReader> reader;
  std::unique_ptr<SqlRows> rows;
  std::vector<SqlSameness> sameness{};
  std::uint64_t rows_read = 0;  // of `rows`, by whoever stages them
  std::uint64_t rows_left_out = 0;  // of other parts' patients, which `rows` does not give
};

// A row that has its patient.
struct SqlKeyedRow {
  SqlPart* part = nullptr;
  SqlKey key;
  const SqlValue* values = nullptr;
  std::uint64_t number = 0;  // of the query's result, from 1
};

class SqlStream {
 public:
  virtual ~SqlStream() = default;
  // Moves to the next row; false at the end. What row() said before is no longer valid.
  virtual app::Result<bool> advance() = 0;
  const SqlKeyedRow& row() const { return row_; }

 protected:
  SqlKeyedRow row_;
};

// Whoever wants to know of rows without a patient.
class SkippedRows {
 public:
  virtual ~SkippedRows() = default;
  virtual void skip_row(const SqlPackFile& file, std::uint64_t number, const char* reason) = 0;
};

// Reads the rows of `part` as they come. Errors: Code::bad_source when they are not in order.
std::unique_ptr<SqlStream> make_query_stream(SqlPart& part, bool as_numbers, SkippedRows& skipped);

// Whether a key that is text may be a patient's where the keys are numbers.
enum class TextKeys : std::uint8_t { may_be_theirs, of_nobody };

// Hands out what was staged from several parts.
class SortedStream final : public SqlStream {
 public:
  SortedStream(std::filesystem::path staging, std::size_t memory_bytes);

  // Takes in all rows that a part gives now; then, once, sort().
  app::Result<app::Done> stage(SqlPart& part, bool as_numbers, SkippedRows& skipped,
                               TextKeys text_keys = TextKeys::may_be_theirs);
  app::Result<app::Done> sort() { return sorter_.sort(); }
  app::Result<bool> advance() override;

 private:
  Sorter sorter_;
  std::vector<SqlPart*> parts_;
  std::vector<SqlValue> values_;
  bool as_numbers_ = false;
  char digits_[24];
};

}  // namespace exporter
