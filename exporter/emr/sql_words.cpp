#include "exporter/emr/sql_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "exporter/emr/sql_columns.h"
#include "exporter/emr/sql_parts.h"

namespace exporter {
namespace {

using app::Result;

constexpr std::string_view kPacked = "codes";
constexpr std::array<std::string_view, 3> kOfACode = {"system", "code", "display"};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

SqlValue text_value(std::string_view text) {
  return {text.empty() ? SqlValue::Kind::null : SqlValue::Kind::text, 0, text};
}

class WordedRows final : public SqlRows {
 public:
  WordedRows(std::unique_ptr<SqlRows> rows, std::string_view part, const SqlPack& pack)
      : rows_(std::move(rows)), systems_(pack.code_systems) {
    const auto words = pack.words.find(std::string(part));
    const std::vector<std::string> known = columns_of(part);
    const bool may_be_packed = std::find(known.begin(), known.end(), "codes.code") != known.end();
    for (const std::string& name : rows_->columns()) {
      Source source;
      source.packed = may_be_packed && name == kPacked;
      if (words != pack.words.end()) {
        const auto found = words->second.find(name);
        if (found != words->second.end()) source.words = found->second;
      }
      any_ = any_ || source.packed || !source.words.empty();
      sources_.push_back(std::move(source));
      if (!sources_.back().packed) {
        columns_.push_back(name);
        continue;
      }
      for (int i = 1; i <= kMostInARow; ++i) {
        for (const std::string_view word : kOfACode) {
          columns_.push_back("codes." + (i == 1 ? "" : std::to_string(i) + ".") + std::string(word));
        }
      }
    }
    row_.resize(columns_.size());
  }

  bool changes_anything() const { return any_; }
  std::unique_ptr<SqlRows> take_rows() { return std::move(rows_); }

  const std::vector<std::string>& columns() const override { return columns_; }
  void restart(std::string sql) override { rows_->restart(std::move(sql)); }

  Result<const SqlValue*> next() override {
    TRY_GET(const SqlValue* given, rows_->next());
    if (given == nullptr) return nullptr;
    std::size_t at = 0;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (sources_[i].packed) {
        unpack(given[i], at);
      } else {
        row_[at++] = worded(given[i], sources_[i].words);
      }
    }
    return row_.data();
  }

 private:
  struct Source {
    SqlWords words;
    bool packed = false;
  };

  static SqlValue worded(const SqlValue& value, const SqlWords& words) {
    if (words.empty()) return value;
    char digits[24];
    const auto found = words.find(value.kind == SqlValue::Kind::null ? std::string_view() : value.letters(digits));
    return found == words.end() ? value : text_value(found->second);
  }

  void unpack(const SqlValue& value, std::size_t& at) {
    std::string_view rest = value.kind == SqlValue::Kind::text ? value.text : std::string_view();
    for (int i = 1; i <= kMostInARow; ++i) {
      // What there is no place for stays together in the last.
      const std::size_t end = i == kMostInARow ? rest.size() : std::min(rest.find(';'), rest.size());
      const std::string_view one = trimmed(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const std::size_t colon = one.find(':');
      const bool coded = colon != std::string_view::npos;
      const std::string_view system = coded ? trimmed(one.substr(0, colon)) : std::string_view();
      const std::string_view code = coded ? trimmed(one.substr(colon + 1)) : one;
      const auto known = systems_.find(system);
      const bool is_phrase = !coded && code.find(' ') != std::string_view::npos;
      row_[at++] = text_value(known == systems_.end() ? system : std::string_view(known->second));
      row_[at++] = text_value(is_phrase ? std::string_view() : code);
      row_[at++] = text_value(is_phrase ? code : std::string_view());
    }
  }

  std::unique_ptr<SqlRows> rows_;
  const SqlWords systems_;
  std::vector<Source> sources_;
  std::vector<std::string> columns_;
  std::vector<SqlValue> row_;
  bool any_ = false;
};

}  // namespace

std::unique_ptr<SqlRows> with_words(std::unique_ptr<SqlRows> rows, std::string_view part, const SqlPack& pack) {
  auto worded = std::make_unique<WordedRows>(std::move(rows), part, pack);
  if (!worded->changes_anything()) return worded->take_rows();
  return worded;
}

}  // namespace exporter
