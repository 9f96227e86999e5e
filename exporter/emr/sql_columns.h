// Which columns a row may give, found once a query from an entry's fields(), and rows turned into entries.
//
// A column is named by the path of its field: "text", "reactions.severity", "codes.code"; the second
// element of a list and those after it are "codes.2.code", "codes.3.code", ….
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/record/chart.h"
#include "app/record/text.h"
#include "exporter/emr/sql_rows.h"

namespace exporter {

// How many elements of one list a single row may give.
inline constexpr int kMostInARow = 6;

// The visitor that names every column that fields() allows.
class ColumnNames {
 public:
  explicit ColumnNames(std::vector<std::string>& names) : names_(names) {}

  template <typename T>
  void operator()(std::string_view name, T&) {
    names_.push_back(prefix_ + std::string(name));
  }
  // What the night itself finds out is no column.
  void operator()(std::string_view, app::DocumentContent&) {}
  template <typename T>
  void operator()(std::string_view name, std::vector<T>&) {
    const std::string outer = prefix_;
    for (int i = 1; i <= kMostInARow; ++i) {
      prefix_ = outer + std::string(name) + (i == 1 ? "." : "." + std::to_string(i) + ".");
      T element;
      T::fields(element, *this);
    }
    prefix_ = outer;
  }

 private:
  std::vector<std::string>& names_;
  std::string prefix_;
};

// For each field in the order of fields(), the column that gives it.
class ColumnPlan {
 public:
  static constexpr std::int16_t kNone = -1;

  // `used` marks the columns that found their field.
  ColumnPlan(const std::vector<std::string>& columns, std::vector<bool>& used) : columns_(columns), used_(used) {}

  void operator()(std::string_view, app::DocumentContent&) {}
  template <typename T>
  void operator()(std::string_view name, T&) {
    const std::string wanted = prefix_ + std::string(name);
    std::int16_t found = kNone;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i] != wanted) continue;
      found = static_cast<std::int16_t>(i);
      used_[i] = true;
    }
    steps_.push_back(found);
  }
  // Before each element stands how many steps to pass over because no column is for it.
  template <typename T>
  void operator()(std::string_view name, std::vector<T>&) {
    const std::string outer = prefix_;
    for (int i = 1; i <= kMostInARow; ++i) {
      prefix_ = outer + std::string(name) + (i == 1 ? "." : "." + std::to_string(i) + ".");
      const std::size_t at = steps_.size();
      steps_.push_back(0);
      T element;
      T::fields(element, *this);
      bool any = false;
      for (std::size_t s = at + 1; s < steps_.size(); ++s) any = any || steps_[s] != kNone;
      if (!any) steps_[at] = static_cast<std::int16_t>(steps_.size() - at - 1);
    }
    prefix_ = outer;
  }

  std::vector<std::int16_t> take() { return std::move(steps_); }

 private:
  const std::vector<std::string>& columns_;
  std::vector<bool>& used_;
  std::vector<std::int16_t> steps_;
  std::string prefix_;
};

// Whether a column is of the second or a later element of a list.
bool is_of_later_element(std::string_view column);

std::optional<bool> parse_truth(std::string_view letters);

// How the times of a database are to be understood.
struct SqlTimes {
  std::string zone;     // the practice's, in which times with an offset are told
  bool are_utc = false;  // those without an offset
};

// The visitor that fills an entry from a row; what cannot be read goes into chart.unreadable.
class RowToFields {
 public:
  RowToFields(const std::vector<std::int16_t>& plan, const SqlValue* row, std::string_view section, app::Chart& chart,
              const SqlTimes& times)
      : step_(plan.data()), row_(row), section_(section), chart_(chart), times_(times) {}

  void operator()(std::string_view name, std::string& field);
  void operator()(std::string_view name, std::optional<bool>& field);
  void operator()(std::string_view name, app::Known<app::Date>& field);
  void operator()(std::string_view, app::DocumentContent&) {}
  template <typename T>
  void operator()(std::string_view name, std::vector<T>& values) {
    const bool outer = any_;
    bool inner = false;
    prefix_ = name;
    for (int i = 0; i < kMostInARow; ++i) {
      const std::int16_t pass_by = *step_++;
      step_ += pass_by;
      if (pass_by != 0) continue;
      any_ = false;
      T element;
      T::fields(element, *this);
      if (any_) values.push_back(std::move(element));
      inner = inner || any_;
    }
    prefix_ = {};
    any_ = outer || inner;
  }

  // Whether any field was given anything.
  bool any() const { return any_; }

 private:
  const SqlValue* given();
  void mark(std::string_view name, std::string as_recorded, std::string_view reason);

  const std::int16_t* step_;
  const SqlValue* row_;
  std::string_view section_;
  std::string_view prefix_;
  app::Chart& chart_;
  const SqlTimes& times_;
  bool any_ = false;
};

}  // namespace exporter
