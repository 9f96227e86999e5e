#include "exporter/emr/sql_streams.h"

#include <cassert>
#include <cstring>

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr const char* kNoPatient = "names no patient";

class QueryStream final : public SqlStream {
 public:
  QueryStream(SqlPart& part, bool as_numbers, SkippedRows& skipped) : as_numbers_(as_numbers), skipped_(skipped) {
    row_.part = &part;
  }

  Result<bool> advance() override {
    SqlPart& part = *row_.part;
    if (row_.number != 0) remember();
    while (true) {
      auto read = part.rows->next();
      if (!read.ok()) return read.error();
      row_.values = read.value();
      if (row_.values == nullptr) return false;
      ++row_.number;
      const auto key = SqlKey::of(row_.values[part.patient_column], as_numbers_, digits_);
      // Among numbers, text has no place in the order; it can be no patient's key either.
      if (key && !(as_numbers_ && key->is_text)) {
        if (has_last_ && *key < last_) return out_of_order();
        row_.key = *key;
        return true;
      }
      skipped_.skip_row(*part.file, row_.number, key ? "names a patient that is not in the EMR" : kNoPatient);
    }
  }

 private:
  void remember() {
    has_last_ = true;
    last_ = row_.key;
    if (!last_.is_text) return;
    last_text_ = row_.key.text;
    last_.text = last_text_;
  }
  Error out_of_order() const {
    return {Code::bad_source, row_.part->file->name + ": its rows are not ordered by \"patient\", as pack.toml says.",
            "row " + std::to_string(row_.number) +
                " comes too late; order the SELECT, or take the part out of \"ordered\""};
  }

  bool as_numbers_;
  SkippedRows& skipped_;
  bool has_last_ = false;
  SqlKey last_;
  std::string last_text_;
  char digits_[24];
};

template <typename Number>
void append_number(std::string& bytes, Number number) {
  bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

template <typename Number>
Number take_number(std::string_view& bytes) {
  Number number;
  assert(bytes.size() >= sizeof number);
  std::memcpy(&number, bytes.data(), sizeof number);
  bytes.remove_prefix(sizeof number);
  return number;
}

// Only this process reads what it staged, so the form is the machine's own.
void append_row(std::string& bytes, std::uint64_t number, const SqlValue* values, std::size_t columns) {
  append_number(bytes, number);
  for (std::size_t i = 0; i < columns; ++i) {
    bytes += static_cast<char>(values[i].kind);
    if (values[i].kind == SqlValue::Kind::integer) append_number(bytes, values[i].integer);
    if (values[i].kind != SqlValue::Kind::text) continue;
    append_number(bytes, values[i].text.size());
    bytes += values[i].text;
  }
}

std::uint64_t take_row(std::string_view bytes, std::vector<SqlValue>& values) {
  const auto number = take_number<std::uint64_t>(bytes);
  for (SqlValue& value : values) {
    value.kind = static_cast<SqlValue::Kind>(take_number<std::uint8_t>(bytes));
    if (value.kind == SqlValue::Kind::integer) value.integer = take_number<std::int64_t>(bytes);
    if (value.kind != SqlValue::Kind::text) continue;
    const auto size = take_number<std::size_t>(bytes);
    assert(size <= bytes.size());
    value.text = bytes.substr(0, size);
    bytes.remove_prefix(size);
  }
  return number;
}

// Rows of one patient come file by file, and those of a file in the order of its "position".
void append_place(const SqlPart& part, std::uint16_t kind, const SqlValue* values, std::string& key) {
  key += static_cast<char>(kind >> 8);
  key += static_cast<char>(kind & 0xff);
  if (part.position_column >= part.columns) return;
  char digits[24];
  if (const auto position = SqlKey::of(values[part.position_column], true, digits)) position->append_sortable(key);
}

}  // namespace

std::unique_ptr<SqlStream> make_query_stream(SqlPart& part, bool as_numbers, SkippedRows& skipped) {
  return std::make_unique<QueryStream>(part, as_numbers, skipped);
}

SortedStream::SortedStream(std::filesystem::path staging, std::size_t memory_bytes)
    : sorter_(std::move(staging), memory_bytes) {}

Result<Done> SortedStream::stage(SqlPart& part, bool as_numbers, SkippedRows& skipped) {
  as_numbers_ = as_numbers;
  const auto kind = static_cast<std::uint16_t>(parts_.size());
  parts_.push_back(&part);
  std::string key_bytes;
  std::string bytes;
  char digits[24];
  for (std::uint64_t number = 1;; ++number) {
    TRY_GET(const SqlValue* values, part.rows->next());
    if (values == nullptr) break;
    const auto key = SqlKey::of(values[part.patient_column], as_numbers, digits);
    if (!key) {
      skipped.skip_row(*part.file, number, kNoPatient);
      continue;
    }
    key_bytes.clear(), bytes.clear();
    key->append_sortable(key_bytes);
    append_place(part, kind, values, key_bytes);
    append_row(bytes, number, values, part.columns);
    TRY(sorter_.add(key_bytes, kind, bytes));
  }
  part.rows.reset();
  return Done{};
}

Result<bool> SortedStream::advance() {
  SortedRecord record;
  TRY_GET(const bool more, sorter_.next(record));
  if (!more) return false;
  row_.part = parts_[record.kind];
  values_.assign(row_.part->columns, {});
  row_.number = take_row(record.bytes, values_);
  row_.values = values_.data();
  row_.key = *SqlKey::of(values_[row_.part->patient_column], as_numbers_, digits_);  // else it would not be staged
  return true;
}

}  // namespace exporter
