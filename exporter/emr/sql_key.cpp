#include "exporter/emr/sql_key.h"

#include <bit>
#include <charconv>

namespace exporter {
namespace {

// The first byte of a key that sorts: how many bytes a number has, more for larger ones; then text.
constexpr int kZero = 0x80;
constexpr char kText = static_cast<char>(0xF0);

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
  if (is_text) {
    bytes += kText;
    // A zero stands as two bytes, so that two zeros can end it and sort before any longer text.
    for (const char c : text) {
      bytes += c;
      if (c == '\0') bytes += '\1';
    }
    bytes.append(2, '\0');
    return;
  }
  // As short as can be, so that the few bytes that a sorter looks at first tell most keys apart.
  const bool negative = number < 0;
  const std::uint64_t size = negative ? ~static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
  const int count = (static_cast<int>(std::bit_width(size)) + 7) / 8;
  bytes += static_cast<char>(negative ? kZero - 1 - count : kZero + count);
  for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
    const auto byte = static_cast<unsigned char>(size >> shift & 0xff);
    bytes += static_cast<char>(negative ? ~byte : byte);
  }
}

}  // namespace exporter
