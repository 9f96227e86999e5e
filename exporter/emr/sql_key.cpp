#include "exporter/emr/sql_key.h"

#include <charconv>

namespace exporter {
namespace {

constexpr char kNumber = 'n';
constexpr char kText = 't';
constexpr std::uint64_t kSign = std::uint64_t{1} << 63;

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  SqlValue value{SqlValue::Kind::integer, number, {}};
  char digits[24];
  if (value.letters(digits) != text) return std::nullopt;
  return number;
}

}  // namespace

std::optional<SqlKey> SqlKey::of(const SqlValue& value, bool as_numbers, char (&digits)[24]) {
  if (value.kind == SqlValue::Kind::null) return std::nullopt;
  if (value.kind == SqlValue::Kind::integer) {
    if (as_numbers) return SqlKey{false, value.integer, {}};
    return SqlKey{true, 0, value.letters(digits)};
  }
  if (value.text.empty()) return std::nullopt;
  if (as_numbers) {
    if (const auto number = number_in(value.text)) return SqlKey{false, *number, {}};
  }
  return SqlKey{true, 0, value.text};
}

void SqlKey::append_sortable(std::string& bytes) const {
  bytes += is_text ? kText : kNumber;
  if (is_text) {
    // A zero stands as two bytes, so that two zeros can end it and sort before any longer text.
    for (const char c : text) {
      bytes += c;
      if (c == '\0') bytes += '\1';
    }
    bytes.append(2, '\0');
    return;
  }
  const std::uint64_t shifted = static_cast<std::uint64_t>(number) ^ kSign;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(shifted >> shift & 0xff);
}

}  // namespace exporter
