#include "exporter/emr/sql_split.h"

#include <algorithm>
#include <map>
#include <string>

namespace exporter {
namespace {

using app::Result;

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// 2 of "2.value", and takes it off; 0 of "value" and of "codes.2.code".
int take_number(std::string& name) {
  const std::size_t digits = std::min(name.find_first_not_of("0123456789"), name.size());
  if (digits == 0 || digits > 3 || digits + 1 >= name.size() || name[digits] != '.') return 0;
  const int number = std::stoi(name.substr(0, digits));
  name.erase(0, digits + 1);
  return number;
}

bool is_empty(const SqlValue& value) {
  return value.kind == SqlValue::Kind::null || (value.kind == SqlValue::Kind::text && value.text.empty());
}

class EntriesApart final : public SqlRows {
 public:
  explicit EntriesApart(std::unique_ptr<SqlRows> rows) : rows_(std::move(rows)) {
    std::map<int, std::map<std::string, std::size_t>> numbered;
    for (std::size_t i = 0; i < rows_->columns().size(); ++i) {
      std::string name = rows_->columns()[i];
      const int number = take_number(name);
      const auto known = static_cast<std::size_t>(std::find(columns_.begin(), columns_.end(), name) - columns_.begin());
      const bool is_new = known == columns_.size();
      // What is given twice stays so, and is found to be wrong later.
      if (is_new || (number == 0 && shared_[known] != kNone)) {
        columns_.push_back(name);
        shared_.push_back(number == 0 ? i : kNone);
      } else if (number == 0) {
        shared_[known] = i;
      }
      if (number != 0) numbered[number][name] = i;
    }
    for (const auto& [number, sources] : numbered) {
      auto& entry = entries_.emplace_back(columns_.size(), kNone);
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        const auto found = sources.find(columns_[c]);
        if (found != sources.end()) entry[c] = found->second;
      }
    }
    row_.resize(columns_.size());
    at_ = entries_.size();
  }

  bool changes_anything() const { return !entries_.empty(); }
  std::unique_ptr<SqlRows> take_rows() { return std::move(rows_); }

  const std::vector<std::string>& columns() const override { return columns_; }
  void restart(std::string sql) override { rows_->restart(std::move(sql)), at_ = entries_.size(); }

  Result<const SqlValue*> next() override {
    while (true) {
      if (at_ == entries_.size()) {
        TRY_GET(given_, rows_->next());
        if (given_ == nullptr) return nullptr;
        at_ = 0;
      }
      const std::vector<std::size_t>& entry = entries_[at_++];
      bool any = false;
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        const bool own = entry[c] != kNone;
        const std::size_t source = own ? entry[c] : shared_[c];
        row_[c] = source == kNone ? SqlValue{} : given_[source];
        any = any || (own && !is_empty(row_[c]));
      }
      if (any) return row_.data();
    }
  }

 private:
  std::unique_ptr<SqlRows> rows_;
  std::vector<std::string> columns_;
  std::vector<std::size_t> shared_;                // for each of columns_, where it stands in a row for all entries
  std::vector<std::vector<std::size_t>> entries_;  // the same for each entry's own
  std::vector<SqlValue> row_;
  const SqlValue* given_ = nullptr;
  std::size_t at_ = 0;
};

}  // namespace

std::unique_ptr<SqlRows> with_entries_apart(std::unique_ptr<SqlRows> rows) {
  auto apart = std::make_unique<EntriesApart>(std::move(rows));
  if (!apart->changes_anything()) return apart->take_rows();
  return apart;
}

}  // namespace exporter
