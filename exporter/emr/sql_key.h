// The EMR's key of a patient as rows give it: a number or text, compared as its database orders it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "exporter/emr/sql_rows.h"

namespace exporter {

// Numbers come before text and compare as numbers; text compares by its bytes. Text that is a number in
// the form in which numbers are written is that number where `as_numbers` says so: some EMRs keep the
// key of one table as text in another.
struct SqlKey {
  bool is_text = false;
  std::int64_t number = 0;
  std::string_view text;

  // Nothing for a cell without a key. The key may point into the cell and into `digits`.
  static std::optional<SqlKey> of(const SqlValue& value, bool as_numbers, char (&digits)[24]);

  friend std::strong_ordering operator<=>(const SqlKey& a, const SqlKey& b) {
    if (a.is_text != b.is_text) return a.is_text ? std::strong_ordering::greater : std::strong_ordering::less;
    return a.is_text ? a.text.compare(b.text) <=> 0 : a.number <=> b.number;
  }
  friend bool operator==(const SqlKey& a, const SqlKey& b) { return (a <=> b) == 0; }

  std::string letters() const { return is_text ? std::string(text) : std::to_string(number); }
  // Bytes that sort as keys compare, also when others follow.
  void append_sortable(std::string& bytes) const;
};

}  // namespace exporter
