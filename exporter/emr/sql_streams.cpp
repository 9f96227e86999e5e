#include "exporter/emr/sql_streams.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr const char* kNoPatient = "names no patient";
constexpr const char* kForeignRow = "names a patient that is not in the EMR";

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
      row_.number = ++part.rows_read + part.rows_left_out;
      const auto key = SqlKey::of(row_.values[part.patient_column], as_numbers_, digits_);
      // Among numbers, text has no place in the order; it can be no patient's key either.
      if (key && !(as_numbers_ && key->is_text)) {
        if (has_last_ && *key < last_) return out_of_order();
        row_.key = *key;
        return true;
      }
      skipped_.skip_row(*part.file, row_.number, key ? kForeignRow : kNoPatient);
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

// Only this process reads what it staged, so the form is the machine's own: a cell's kind, and with it in one byte its
// size or, where that is kLong, the size in the eight bytes that follow.
constexpr unsigned kKinds = 4;
constexpr std::size_t kLong = 63;
constexpr std::size_t kIntegerMost = sizeof(std::int64_t);

void append_head(std::string& bytes, SqlValue::Kind kind, std::size_t size) {
  const std::size_t told = std::min(size, kLong);
  bytes += static_cast<char>(told * kKinds + static_cast<std::size_t>(kind));
  if (told == kLong) bytes.append(reinterpret_cast<const char*>(&size), sizeof size);
}

void append_integer(std::string& bytes, std::int64_t integer) {
  const std::uint64_t folded = static_cast<std::uint64_t>(integer) << 1 ^ static_cast<std::uint64_t>(integer >> 63);
  const auto size = (static_cast<std::size_t>(std::bit_width(folded)) + 7) / 8;
  append_head(bytes, SqlValue::Kind::integer, size);
  char little[kIntegerMost];
  for (std::size_t i = 0; i < size; ++i) little[i] = static_cast<char>(folded >> (8 * i) & 0xff);
  bytes.append(little, size);
}

void append_row(std::string& bytes, std::uint64_t number, const SqlValue* values, std::size_t columns) {
  append_integer(bytes, static_cast<std::int64_t>(number));
  for (const SqlValue* value = values; value != values + columns; ++value) {
    if (value->kind == SqlValue::Kind::integer) {
      append_integer(bytes, value->integer);
    } else {
      const std::string_view text = value->kind == SqlValue::Kind::text ? value->text : std::string_view();
      append_head(bytes, value->kind, text.size());
      bytes += text;
    }
  }
}

std::int64_t integer_of(std::string_view bytes) {
  assert(bytes.size() <= kIntegerMost);
  std::uint64_t folded = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) folded |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  return static_cast<std::int64_t>(folded >> 1 ^ (~(folded & 1) + 1));
}

SqlValue take_value(std::string_view& bytes) {
  assert(!bytes.empty());
  const auto head = static_cast<unsigned char>(bytes.front());
  bytes.remove_prefix(1);
  std::size_t size = head / kKinds;
  if (size == kLong) {
    assert(bytes.size() >= sizeof size);
    std::memcpy(&size, bytes.data(), sizeof size);
    bytes.remove_prefix(sizeof size);
  }
  assert(size <= bytes.size());
  SqlValue value{static_cast<SqlValue::Kind>(head % kKinds), 0, {}};
  const std::string_view body(bytes.data(), size);
  if (value.kind == SqlValue::Kind::integer) value.integer = integer_of(body);
  if (value.kind == SqlValue::Kind::text) value.text = body;
  bytes.remove_prefix(size);
  return value;
}

std::uint64_t take_row(std::string_view bytes, std::vector<SqlValue>& values) {
  const std::int64_t number = take_value(bytes).integer;
  for (SqlValue& value : values) value = take_value(bytes);
  return static_cast<std::uint64_t>(number);
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

Result<Done> SortedStream::stage(SqlPart& part, bool as_numbers, SkippedRows& skipped, TextKeys text_keys) {
  as_numbers_ = as_numbers;
  const auto kind = static_cast<std::uint16_t>(parts_.size());
  parts_.push_back(&part);
  std::string key_bytes;
  std::string bytes;
  char digits[24];
  while (true) {
    TRY_GET(const SqlValue* values, part.rows->next());
    if (values == nullptr) return Done{};
    const std::uint64_t number = ++part.rows_read + part.rows_left_out;
    const auto key = SqlKey::of(values[part.patient_column], as_numbers, digits);
    if (!key || (key->is_text && text_keys == TextKeys::of_nobody)) {
      skipped.skip_row(*part.file, number, key ? kForeignRow : kNoPatient);
      continue;
    }
    key_bytes.clear(), bytes.clear();
    key->append_sortable(key_bytes);
    append_place(part, kind, values, key_bytes);
    append_row(bytes, number, values, part.columns);
    TRY(sorter_.add(key_bytes, kind, bytes));
  }
}

Result<bool> SortedStream::advance() {
  SortedRecord record;
  TRY_GET(const bool more, sorter_.next(record));
  if (!more) return false;
  row_.part = parts_[record.kind];
  values_.resize(row_.part->columns);
  row_.number = take_row(record.bytes, values_);
  row_.values = values_.data();
  row_.key = *SqlKey::of(values_[row_.part->patient_column], as_numbers_, digits_);  // else it would not be staged
  return true;
}

}  // namespace exporter
