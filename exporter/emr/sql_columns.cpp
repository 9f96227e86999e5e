#include "exporter/emr/sql_columns.h"

namespace exporter {
namespace {

bool same_letters(std::string_view a, std::string_view lower) {
  if (a.size() != lower.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const char c = a[i] >= 'A' && a[i] <= 'Z' ? static_cast<char>(a[i] - 'A' + 'a') : a[i];
    if (c != lower[i]) return false;
  }
  return true;
}

// A date with a time of day, and nothing after that but its seconds.
bool has_no_offset(std::string_view letters) {
  return letters.size() > 10 && letters.find_first_of("Zz+-", 10) == std::string_view::npos && !letters.starts_with("0000");
}

}  // namespace

bool is_of_later_element(std::string_view column) {
  const std::size_t dot = column.find('.');
  return dot != std::string_view::npos && dot + 2 < column.size() && column[dot + 1] >= '2' && column[dot + 1] <= '9' &&
         column[dot + 2] == '.';
}

std::optional<bool> parse_truth(std::string_view letters) {
  for (const std::string_view yes : {"1", "true", "yes", "t", "y"}) {
    if (same_letters(letters, yes)) return true;
  }
  for (const std::string_view no : {"0", "false", "no", "f", "n"}) {
    if (same_letters(letters, no)) return false;
  }
  return std::nullopt;
}

// The cell for the next field, or nullptr when there is no column for it or nothing in it.
const SqlValue* RowToFields::given() {
  const std::int16_t column = *step_++;
  if (column == ColumnPlan::kNone) return nullptr;
  const SqlValue& value = row_[column];
  if (value.kind == SqlValue::Kind::null) return nullptr;
  if (value.kind == SqlValue::Kind::text && value.text.empty()) return nullptr;
  any_ = true;
  return &value;
}

void RowToFields::mark(std::string_view name, std::string as_recorded, std::string_view reason) {
  std::string field(prefix_);
  if (!field.empty()) field += '.';
  field += name;
  chart_.unreadable.push_back({std::string(section_), std::move(field), std::move(as_recorded), std::string(reason)});
}

void RowToFields::operator()(std::string_view name, std::string& field) {
  const SqlValue* value = given();
  if (value == nullptr) return;
  char digits[24];
  if (value->kind == SqlValue::Kind::integer) {
    field = value->letters(digits);
    return;
  }
  app::CleanText clean = app::clean_text(value->text);
  field = std::move(clean.text);
  if (clean.changed) mark(name, field, "some of its characters cannot be read");
}

void RowToFields::operator()(std::string_view name, std::optional<bool>& field) {
  const SqlValue* value = given();
  if (value == nullptr) return;
  char digits[24];
  field = parse_truth(value->letters(digits));
  if (!field) mark(name, app::clean_text(value->letters(digits)).text, "neither yes nor no");
}

void RowToFields::operator()(std::string_view name, app::Known<app::Date>& field) {
  const SqlValue* value = given();
  if (value == nullptr) return;
  char digits[24];
  const std::string_view letters = value->letters(digits);
  field = times_.are_utc && has_no_offset(letters) ? app::read_date(std::string(letters) + 'Z', times_.zone)
                                                   : app::read_date(letters, times_.zone);
  if (field.presence() != app::Presence::unreadable) return;
  std::string as_recorded = app::clean_text(field.as_recorded()).text;
  field = app::Known<app::Date>::unreadable(as_recorded);
  mark(name, std::move(as_recorded), "no date");
}

}  // namespace exporter
