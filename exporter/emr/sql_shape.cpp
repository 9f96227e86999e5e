#include "exporter/emr/sql_shape.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>

#include "app/record/json.h"
#include "app/record/text.h"
#include "exporter/emr/sql_alias.h"
#include "exporter/emr/sql_columns.h"
#include "exporter/emr/sql_repeats.h"
#include "exporter/toml.h"

namespace exporter {
namespace {

using app::Chart;
using app::Code;
using app::Error;
using app::Result;

constexpr std::string_view kWithheld = "withheld";
constexpr std::string_view kSensitivity = "sensitivity";
constexpr std::string_view kPlaceOfVisit = "place_of_visit";
constexpr std::string_view kFacts[] = {"site", "provider", "last_active", kSensitivity};
constexpr char kBetweenSites = '|';
constexpr std::string_view kVisits = "visits";
constexpr std::string_view kProblems = "problems";
constexpr std::string_view kStart = "start";
constexpr std::int64_t kSmallNumbers = 65'536;
constexpr std::string_view kRepeats[] = {"repeats.kind", "repeats.rule", "repeats.until"};

// Where a cell's text comes from: one column of the row, or several put together.
struct Source {
  std::size_t column = 0;
  std::string_view joint;
  const SqlLookup* lookup = nullptr;
  std::string list;
  bool only_looked_up = false;
  mutable std::vector<const std::string*> by_number{};  // what was found for small numbers; null: not looked for yet

  // The text that stands for a small number, if one does.
  const std::string* text_of(const SqlValue& key) const {
    if (key.kind != SqlValue::Kind::integer || key.integer < 0 || key.integer >= kSmallNumbers) return nullptr;
    const auto number = static_cast<std::size_t>(key.integer);
    if (number >= by_number.size()) by_number.resize(number + 1);
    if (by_number[number] == nullptr) by_number[number] = lookup->find_number(list, key.integer);
    return by_number[number];
  }
};

struct Cell {
  std::string field;
  std::vector<Source> sources;
  bool held = false;  // stands in a text of an entry
};

// A part of an entry's text: letters as they are, or a cell.
struct Piece {
  std::string letters;
  std::optional<std::size_t> cell;
};

struct Field {
  std::string name;
  std::vector<Piece> pieces;  // empty: the cell itself
  std::size_t cell = 0;
};

struct Entry {
  std::vector<Field> fields;
  std::unique_ptr<PartReader> reader;
};

// Columns that say what becomes of the row, and are no field of an entry.
bool is_for_the_row(std::string_view part, std::string_view field) {
  if (part == kPatients) return std::find(std::begin(kFacts), std::end(kFacts), field) != std::end(kFacts);
  if (field == kWithheld || field == kSensitivity || field == kPlaceOfVisit) return is_section(part);
  return part == "appointments" && std::find(std::begin(kRepeats), std::end(kRepeats), field) != std::end(kRepeats);
}

class ShapedReader final : public PartReader {
 public:
  ShapedReader(std::string_view part, app::Date today) : part_(part), today_(std::move(today)) {}

  Result<app::Done> bind(const std::string& file, const std::vector<std::string>& columns, const SqlShape& shape,
                         const MakeInnerReader& make_inner);
  bool add(const SqlValue* row, Chart& chart) const override;

 private:
  Result<app::Done> bind_cells(const std::string& file, const std::vector<std::string>& columns, const SqlShape& shape);
  Result<Entry> bind_entry(const std::string& file, const SqlEntryTemplate& from);
  std::optional<std::size_t> cell_called(std::string_view field) const;

  void fill_cells(const SqlValue* row) const;
  bool fill_fields(const Entry& entry) const;
  bool withhold(Chart& chart) const;
  void note_facts() const;
  bool add_days(const Entry& entry, Chart& chart) const;

  std::string_view part_;
  app::Date today_;
  std::vector<Cell> cells_;
  std::vector<Entry> entries_;
  bool templated_ = false;
  const EntryRule* withheld_by_ = nullptr;
  PatientFacts* facts_ = nullptr;
  std::array<std::optional<std::size_t>, std::size(kFacts)> fact_cells_;
  std::optional<std::size_t> withheld_, sensitivity_, place_, name_, kind_, rule_, until_, start_;
  // Room for the row at hand.
  mutable std::vector<SqlValue> values_, fields_;
  mutable std::vector<std::string> rooms_, texts_;
  mutable std::string room_;
};

std::vector<std::string> sites_of(std::string_view cell) {
  std::vector<std::string> sites;
  while (!cell.empty()) {
    const std::size_t end = std::min(cell.find(kBetweenSites), cell.size());
    if (end > 0) sites.emplace_back(cell.substr(0, end));
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return sites;
}

std::string_view letters_of(const SqlValue& value, char (&digits)[24]) {
  return value.kind == SqlValue::Kind::null ? std::string_view() : value.letters(digits);
}

std::optional<std::size_t> ShapedReader::cell_called(std::string_view field) const {
  const auto found =
      std::find_if(cells_.begin(), cells_.end(), [field](const Cell& cell) { return cell.field == field; });
  if (found == cells_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - cells_.begin());
}

Result<app::Done> ShapedReader::bind_cells(const std::string& file, const std::vector<std::string>& columns,
                                           const SqlShape& shape) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    SqlAlias alias = parse_sql_alias(columns[i]);
    Source source{i, alias.joint, nullptr, std::move(alias.list), alias.only_looked_up};
    if (!alias.lookup.empty()) {
      const auto lookup = shape.lookups == nullptr ? SqlLookups::const_iterator() : shape.lookups->find(alias.lookup);
      if (shape.lookups == nullptr || lookup == shape.lookups->end()) {
        return Error{Code::bad_config, file + ": there is no lookup \"" + alias.lookup + "\".",
                     "column \"" + columns[i] + "\"; lookup." + alias.lookup + ".sql would be its file"};
      }
      source.lookup = &lookup->second;
    }
    const auto before = cell_called(alias.field);
    if (before && alias.joint.empty()) {
      return Error{Code::bad_config, file + ": the column \"" + alias.field + "\" is given twice.",
                   "\"" + alias.field + " ;\" puts the second after the first"};
    }
    if (!before) cells_.push_back({std::move(alias.field), {}, false});
    cells_[before.value_or(cells_.size() - 1)].sources.push_back(std::move(source));
  }
  return app::Done{};
}

Result<Entry> ShapedReader::bind_entry(const std::string& file, const SqlEntryTemplate& from) {
  Entry entry;
  for (const auto& [name, text] : from.fields) {
    Field field{name, {}, 0};
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t open = std::min(text.find('{', at), text.size());
      if (open > at) field.pieces.push_back({text.substr(at, open - at), std::nullopt});
      if (open == text.size()) break;
      const std::size_t close = text.find('}', open);
      const std::string wanted = text.substr(open + 1, close == std::string::npos ? close : close - open - 1);
      const auto cell = cell_called(wanted);
      if (!cell)
        return Error{Code::bad_config,
                     file + ": its entries name a column \"" + wanted + "\", which it does not give.", text};
      cells_[*cell].held = true;
      field.pieces.push_back({"", cell});
      at = close + 1;
    }
    entry.fields.push_back(std::move(field));
  }
  return entry;
}

Result<app::Done> ShapedReader::bind(const std::string& file, const std::vector<std::string>& columns,
                                     const SqlShape& shape, const MakeInnerReader& make_inner) {
  TRY(bind_cells(file, columns, shape));
  templated_ = !shape.entries.empty();
  for (const SqlEntryTemplate& from : shape.entries) {
    TRY_GET(Entry entry, bind_entry(file, from));
    entries_.push_back(std::move(entry));
  }
  if (!templated_) entries_.emplace_back();
  if (is_section(part_)) {
    withheld_ = cell_called(kWithheld), sensitivity_ = cell_called(kSensitivity), place_ = cell_called(kPlaceOfVisit);
  }
  if (part_ == kPatients) {
    std::transform(std::begin(kFacts), std::end(kFacts), fact_cells_.begin(),
                   [this](auto fact) { return cell_called(fact); });
  }
  if (part_ == kVisits || part_ == kProblems) name_ = cell_called(part_ == kVisits ? "key" : "text");
  withheld_by_ = shape.withheld, facts_ = shape.facts;
  if (part_ == "appointments") {
    kind_ = cell_called(kRepeats[0]), rule_ = cell_called(kRepeats[1]), until_ = cell_called(kRepeats[2]);
    if (!rule_ || !until_) kind_.reset();
  }
  std::size_t widest = 0;
  for (Entry& entry : entries_) {
    std::vector<std::string> names;
    for (const Field& field : entry.fields) names.push_back(field.name);
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const std::string& field = cells_[i].field;
      const bool said = std::find(names.begin(), names.end(), field) != names.end();
      if (said || cells_[i].held || is_for_the_row(part_, field)) continue;
      entry.fields.push_back({field, {}, i});
      names.push_back(field);
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (kind_ && names[i] == kStart) start_ = i;
    }
    if (!start_) kind_.reset();
    TRY_GET(entry.reader, make_inner(names));
    widest = std::max(widest, names.size());
  }
  values_.resize(cells_.size()), rooms_.resize(cells_.size());
  fields_.resize(widest), texts_.resize(widest);
  return app::Done{};
}

void ShapedReader::fill_cells(const SqlValue* row) const {
  char digits[24];
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const std::vector<Source>& sources = cells_[i].sources;
    if (sources.size() == 1 && sources[0].lookup == nullptr) {
      values_[i] = row[sources[0].column];
      continue;
    }
    if (const std::string* found = sources.size() == 1 ? sources[0].text_of(row[sources[0].column]) : nullptr) {
      values_[i] = {found->empty() ? SqlValue::Kind::null : SqlValue::Kind::text, 0, *found};
      continue;
    }
    std::string& text = rooms_[i];
    text.clear();
    for (const Source& source : sources) {
      std::string_view said = letters_of(row[source.column], digits);
      if (said.empty()) continue;
      if (source.lookup != nullptr) said = source.lookup->find(source.list, said, source.only_looked_up, room_);
      if (said.empty() || (source.joint == "; " && text.find(said) != std::string::npos)) continue;
      if (!text.empty()) text += source.joint;
      text += said;
    }
    values_[i] = {text.empty() ? SqlValue::Kind::null : SqlValue::Kind::text, 0, text};
  }
}

// False when the entry's texts all are none.
bool ShapedReader::fill_fields(const Entry& entry) const {
  char digits[24];
  bool any = false;
  for (std::size_t i = 0; i < entry.fields.size(); ++i) {
    const Field& field = entry.fields[i];
    if (field.pieces.empty()) {
      fields_[i] = values_[field.cell];
      continue;
    }
    std::string& text = texts_[i];
    text.clear();
    bool whole = true, holds = false;
    for (const Piece& piece : field.pieces) {
      const std::string_view said =
          piece.cell ? letters_of(values_[*piece.cell], digits) : std::string_view(piece.letters);
      whole = whole && !said.empty();
      holds = holds || piece.cell;
      text += said;
    }
    any = any || (whole && holds);
    fields_[i] = {whole ? SqlValue::Kind::text : SqlValue::Kind::null, 0, text};
  }
  return any;
}

// True when the practice keeps this row out of the copy.
bool ShapedReader::withhold(Chart& chart) const {
  char digits[24];
  const bool flagged = withheld_ && parse_truth(letters_of(values_[*withheld_], digits)).value_or(false);
  const bool sensitive = sensitivity_ && withheld_by_ != nullptr &&
                         withholds(*withheld_by_, parse_labels(letters_of(values_[*sensitivity_], digits)));
  const bool elsewhere = place_ && withheld_by_ != nullptr &&
                         withholds_place(*withheld_by_, letters_of(values_[*place_], digits));
  if (!flagged && !sensitive && !elsewhere) return false;
  auto count = [this](std::string_view name, auto& section) {
    if (name == part_) ++section.withheld;
  };
  if (name_ && facts_ != nullptr) {
    const std::string_view name = letters_of(values_[*name_], digits);
    if (part_ == kVisits) facts_->withheld_visits.emplace(name);
    if (part_ == kProblems) facts_->withheld_problems.emplace_back(name);
  }
  Chart::sections(chart, count);
  return true;
}

void ShapedReader::note_facts() const {
  char digits[24];
  std::array<std::optional<std::string>, std::size(kFacts)> said;
  for (std::size_t i = 0; i < said.size(); ++i) {
    if (fact_cells_[i]) said[i] = app::clean_text(letters_of(values_[*fact_cells_[i]], digits)).text;
  }
  facts_->sites = sites_of(said[0].value_or(""));
  facts_->provider = said[1];
  if (said[2]) facts_->last_active = app::read_date(*said[2]);
  if (said[3]) facts_->labels = parse_labels(*said[3]);
}

bool ShapedReader::add_days(const Entry& entry, Chart& chart) const {
  char kind[24], digits[24];
  const std::string start(letters_of(fields_[*start_], digits));
  const RepeatingRow row{start, letters_of(values_[*kind_], kind), letters_of(values_[*rule_], digits),
                         letters_of(values_[*until_], digits)};
  const bool understood = for_each_repetition(row, today_, [&](std::string_view day) {
    fields_[*start_] = {SqlValue::Kind::text, 0, day};
    entry.reader->add(fields_.data(), chart);
  });
  if (!understood) {
    chart.unreadable.push_back({std::string(part_), "repeats", app::clean_text(row.rule).text,
                                "this appointment repeats in a way that cannot be read: only its first day is listed"});
  }
  return true;
}

bool ShapedReader::add(const SqlValue* row, Chart& chart) const {
  fill_cells(row);
  if (withhold(chart)) return true;
  if (part_ == kPatients && facts_ != nullptr) note_facts();
  bool any = templated_;
  for (const Entry& entry : entries_) {
    if (!fill_fields(entry) && templated_) continue;
    any = (kind_ ? add_days(entry, chart) : entry.reader->add(fields_.data(), chart)) || any;
  }
  return any;
}

}  // namespace

Result<std::vector<SqlEntryTemplate>> read_entry_templates(const std::filesystem::path& file) {
  TRY_GET(const std::string text, read_toml_as_json(file));
  app::JsonDocument document;
  TRY_GET(const app::Json root, document.parse(text));
  std::vector<SqlEntryTemplate> entries;
  for (const auto& [key, value] : root.members()) {
    if (key != "entry")
      return Error{Code::bad_config, file.string() + ": the key \"" + std::string(key) + "\" has no meaning here.",
                   "known: [[entry]]"};
    for (const app::Json item : value.items()) {
      SqlEntryTemplate entry;
      for (const auto& [field, said] : item.members())
        entry.fields.emplace_back(std::string(field), std::string(said.text()));
      entries.push_back(std::move(entry));
    }
  }
  return entries;
}

bool needs_shape(std::string_view part, const std::vector<std::string>& columns,
                 const std::vector<SqlEntryTemplate>& entries) {
  return !entries.empty() || std::any_of(columns.begin(), columns.end(), [part](const std::string& column) {
    return is_for_the_row(part, column) || !parse_sql_alias(column).is_plain();
  });
}

Result<std::unique_ptr<PartReader>> make_shaped_reader(std::string_view part, const std::string& file,
                                                       const std::vector<std::string>& columns, const SqlShape& shape,
                                                       const MakeInnerReader& make_inner) {
  auto reader = std::make_unique<ShapedReader>(part, shape.today);
  TRY(reader->bind(file, columns, shape, make_inner));
  return std::unique_ptr<PartReader>(std::move(reader));
}

}  // namespace exporter
