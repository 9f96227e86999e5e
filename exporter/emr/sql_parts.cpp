#include "exporter/emr/sql_parts.h"

#include <algorithm>
#include <limits>

#include "app/record/text.h"
#include "exporter/emr/sql_columns.h"

namespace exporter {
namespace {

using app::Chart;
using app::Code;
using app::Error;
using app::Result;

constexpr std::string_view kIdentity = "identity";
constexpr std::string_view kDocuments = "documents";
constexpr std::size_t kFewEntries = 4;

// What stands in a chart but is not given as a column: the key comes as "patient".
struct Particulars {
  template <typename V>
  static void fields(Chart& chart, V& v) {
    auto visit = [&v](std::string_view name, auto& field) {
      if (name != "emr_key") v(name, field);
    };
    Chart::identity_fields(chart, visit);
  }
};

// A row of states.sql.
struct Statement {
  std::string section;
  std::string state;
  app::Known<app::Date> recorded;
  std::string author;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("section", s.section), v("state", s.state), v("recorded", s.recorded), v("author", s.author);
  }
};

// A row of documents.sql: the document, and where the EMR keeps its bytes.
struct DocumentRow {
  app::Document document;
  std::string path;
  std::string size;
  std::string modified;
  std::string encryption;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    app::Document::fields(s.document, v);
    v("path", s.path), v("size", s.size), v("modified", s.modified);
    v("encryption", s.encryption);
  }
};

// What a part's rows are made into: Particulars for patients, else a type of entry.
template <typename Entry>
struct EntryOf {};

// Calls use(EntryOf<T>{}) with what the rows of `part` are; false if there is no such part.
template <typename Use>
bool with_entry(std::string_view part, Use&& use) {
  if (part == "identifiers") return use(EntryOf<app::Identifier>{}), true;
  if (part == "names") return use(EntryOf<app::HumanName>{}), true;
  if (part == "telecom") return use(EntryOf<app::ContactPoint>{}), true;
  if (part == "addresses") return use(EntryOf<app::Address>{}), true;
  if (part == kStates) return use(EntryOf<Statement>{}), true;
  if (part == kDocuments) return use(EntryOf<DocumentRow>{}), true;
  bool found = false;
  Chart chart;
  auto visit = [&]<typename T>(std::string_view name, app::Section<T>&) {
    if (name == part) use(EntryOf<T>{}), found = true;
  };
  Chart::sections(chart, visit);
  return found;
}

// Finds the list of a chart that stands at a place in Chart::sections().
template <typename Entry>
struct SectionAt {
  std::size_t wanted;
  std::size_t at = 0;
  app::Section<Entry>* found = nullptr;

  template <typename T>
  void operator()(std::string_view, app::Section<T>& section) {
    if constexpr (std::is_same_v<T, Entry>) {
      if (at == wanted) found = &section;
    }
    ++at;
  }
};

std::size_t section_index(std::string_view part) {
  const auto found = std::find_if(app::kSections.begin(), app::kSections.end(),
                                  [part](const app::SectionInfo& info) { return info.id == part; });
  return static_cast<std::size_t>(found - app::kSections.begin());
}

struct Bound {
  std::vector<std::int16_t> plan;
  std::string_view section;
  SqlTimes times;
};

class PatientReader final : public PartReader {
 public:
  explicit PatientReader(Bound bound) : bound_(std::move(bound)) {}

  bool add(const SqlValue* row, Chart& chart) const override {
    RowToFields fields(bound_.plan, row, kIdentity, chart, bound_.times);
    Particulars::fields(chart, fields);
    return true;
  }

 private:
  Bound bound_;
};

template <typename Entry>
class SectionReader final : public PartReader {
 public:
  SectionReader(Bound bound, std::size_t index) : bound_(std::move(bound)), index_(index) {}

  bool add(const SqlValue* row, Chart& chart) const override {
    SectionAt<Entry> section{index_};
    Chart::sections(chart, section);
    auto& entries = section.found->entries;
    // Entries are large: growing one by one would move them again and again.
    if (entries.size() == entries.capacity()) entries.reserve(std::max(kFewEntries, entries.size() * 2));
    Entry& entry = entries.emplace_back();
    RowToFields fields(bound_.plan, row, bound_.section, chart, bound_.times);
    Entry::fields(entry, fields);
    if (!fields.any()) entries.pop_back();
    return fields.any();
  }

 private:
  Bound bound_;
  std::size_t index_;
};

template <typename Entry>
class ListReader final : public PartReader {
 public:
  ListReader(Bound bound, std::vector<Entry> Chart::* list) : bound_(std::move(bound)), list_(list) {}

  bool add(const SqlValue* row, Chart& chart) const override {
    Entry entry;
    RowToFields fields(bound_.plan, row, kIdentity, chart, bound_.times);
    Entry::fields(entry, fields);
    if (fields.any()) (chart.*list_).push_back(std::move(entry));
    return fields.any();
  }

 private:
  Bound bound_;
  std::vector<Entry> Chart::* list_;
};

class DocumentReader final : public PartReader {
 public:
  DocumentReader(Bound bound, OfferDocument offer) : bound_(std::move(bound)), offer_(std::move(offer)) {}

  bool add(const SqlValue* row, Chart& chart) const override {
    DocumentRow read;
    RowToFields fields(bound_.plan, row, bound_.section, chart, bound_.times);
    DocumentRow::fields(read, fields);
    if (!fields.any()) return false;
    if (offer_ && !read.path.empty()) offer_(chart, read.document, {read.path, read.size + '\n' + read.modified, read.encryption});
    chart.documents.entries.push_back(std::move(read.document));
    return true;
  }

 private:
  Bound bound_;
  OfferDocument offer_;
};

class StateReader final : public PartReader {
 public:
  explicit StateReader(Bound bound) : bound_(std::move(bound)) {}

  bool add(const SqlValue* row, Chart& chart) const override {
    Statement said;
    RowToFields fields(bound_.plan, row, kIdentity, chart, bound_.times);
    Statement::fields(said, fields);
    const app::Presence state = app::parse_presence(said.state);
    const bool sayable = state == app::Presence::known_none || state == app::Presence::not_in_copy ||
                         state == app::Presence::withheld;
    bool found = false;
    auto set = [&](std::string_view name, auto& section) {
      if (name != said.section) return;
      found = true;
      if (!sayable) return;
      section.state = state;
      section.recorded = said.recorded;
      section.author = said.author;
    };
    Chart::sections(chart, set);
    if (!found || (!sayable && said.state != app::format_presence(app::Presence::not_recorded))) {
      chart.unreadable.push_back({std::string(found ? said.section : kIdentity), "state", said.section + ": " + said.state,
                                  "no section and state that are known"});
    }
    return fields.any();
  }

 private:
  Bound bound_;
};

int edit_distance(std::string_view a, std::string_view b) {
  std::vector<int> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int swap = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, swap});
    }
  }
  return row[b.size()];
}

std::string nearest_to(const std::string& column, const std::vector<std::string>& allowed) {
  std::string nearest;
  int distance = std::numeric_limits<int>::max();
  for (const std::string& name : allowed) {
    const int d = edit_distance(column, name);
    if (d < distance) distance = d, nearest = name;
  }
  return nearest;
}

// Empty when every column found its field.
std::string unknown_columns(const std::vector<std::string>& columns, const std::vector<bool>& used,
                            const std::vector<std::string>& allowed) {
  std::string all;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (used[i]) continue;
    all += (all.empty() ? "no field is called \"" : "; nor \"") + columns[i] + "\"; the nearest is \"" +
           nearest_to(columns[i], allowed) + "\"";
  }
  return all;
}

std::string allowed_words(const std::vector<std::string>& allowed) {
  std::string all = "allowed: " + std::string(kPatientColumn) + ", " + std::string(kPositionColumn);
  for (const std::string& name : allowed) {
    if (!is_of_later_element(name)) all += ", " + name;
  }
  return all;
}

Result<Bound> bind(std::string_view part, const std::string& file, const std::vector<std::string>& columns,
                   const SqlTimes& times) {
  const auto patient = std::find(columns.begin(), columns.end(), kPatientColumn);
  if (patient == columns.end()) {
    return Error{Code::bad_config, file + ": there is no column \"patient\".",
                 "every SELECT of a pack gives the EMR's key of the patient as \"patient\""};
  }
  std::vector<bool> used(columns.size());
  used[static_cast<std::size_t>(patient - columns.begin())] = true;
  const auto position = std::find(columns.begin(), columns.end(), kPositionColumn);
  if (position != columns.end()) used[static_cast<std::size_t>(position - columns.begin())] = true;
  for (auto at = columns.begin(); at != columns.end(); ++at) {
    if (std::find(columns.begin(), at, *at) != at) {
      return Error{Code::bad_config, file + ": the column \"" + *at + "\" is given twice.", ""};
    }
  }
  ColumnPlan plan(columns, used);
  if (part == kPatients) {
    Chart chart;
    Particulars::fields(chart, plan);
  } else {
    with_entry(part, [&plan]<typename T>(EntryOf<T>) {
      T entry;
      T::fields(entry, plan);
    });
  }
  const std::string unknown = unknown_columns(columns, used, columns_of(part));
  if (!unknown.empty()) return Error{Code::bad_config, file + ": " + unknown + ".", allowed_words(columns_of(part))};
  return Bound{plan.take(), is_section(part) ? app::kSections[section_index(part)].id : kIdentity, times};
}

}  // namespace

const std::vector<std::string>& part_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all = {std::string(kPatients), "identifiers", "names", "telecom", "addresses"};
    for (const app::SectionInfo& info : app::kSections) all.emplace_back(info.id);
    all.emplace_back(kStates);
    return all;
  }();
  return names;
}

bool is_section(std::string_view part) { return section_index(part) < app::kSections.size(); }

std::vector<std::string> columns_of(std::string_view part) {
  std::vector<std::string> names;
  ColumnNames visitor(names);
  if (part == kPatients) {
    Chart chart;
    Particulars::fields(chart, visitor);
  } else {
    with_entry(part, [&visitor]<typename T>(EntryOf<T>) {
      T entry;
      T::fields(entry, visitor);
    });
  }
  return names;
}

Result<std::unique_ptr<PartReader>> make_part_reader(std::string_view part, const std::string& file,
                                                     const std::vector<std::string>& columns,
                                                     const SqlTimes& times, const OfferDocument& offer) {
  TRY_GET(Bound bound, bind(part, file, columns, times));
  std::unique_ptr<PartReader> reader;
  if (part == kPatients) return std::unique_ptr<PartReader>(std::make_unique<PatientReader>(std::move(bound)));
  if (part == kStates) return std::unique_ptr<PartReader>(std::make_unique<StateReader>(std::move(bound)));
  if (part == kDocuments) {
    reader = std::make_unique<DocumentReader>(std::move(bound), offer);
  } else if (part == "identifiers") {
    reader = std::make_unique<ListReader<app::Identifier>>(std::move(bound), &Chart::identifiers);
  } else if (part == "names") {
    reader = std::make_unique<ListReader<app::HumanName>>(std::move(bound), &Chart::names);
  } else if (part == "telecom") {
    reader = std::make_unique<ListReader<app::ContactPoint>>(std::move(bound), &Chart::telecom);
  } else if (part == "addresses") {
    reader = std::make_unique<ListReader<app::Address>>(std::move(bound), &Chart::addresses);
  } else {
    Chart chart;
    auto visit = [&]<typename T>(std::string_view name, app::Section<T>&) {
      if (name == part) reader = std::make_unique<SectionReader<T>>(std::move(bound), section_index(part));
    };
    Chart::sections(chart, visit);
  }
  return reader;
}

}  // namespace exporter
