#include "exporter/emr/sql_opening.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>

#include "app/record/text.h"
#include "exporter/emr/document_files_posix.h"
#include "exporter/emr/sql_part_rows.h"
#include "exporter/emr/sql_split.h"
#include "exporter/emr/sql_words.h"

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

// Lets the rows by no faster than the practice wants its server to be asked.
class PacedRows final : public SqlRows {
 public:
  PacedRows(std::unique_ptr<SqlRows> rows, std::int64_t rows_per_second)
      : rows_(std::move(rows)), rows_per_second_(rows_per_second) {}
  const std::vector<std::string>& columns() const override { return rows_->columns(); }
  void restart(std::string sql) override { rows_->restart(std::move(sql)); }

  Result<const SqlValue*> next() override {
    if (count_ == 0) begun_ = Clock::now();
    if (++count_ % kLook == 0) std::this_thread::sleep_until(begun_ + std::chrono::microseconds(count_ * 1'000'000 / rows_per_second_));
    return rows_->next();
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::int64_t kLook = 64;

  std::unique_ptr<SqlRows> rows_;
  std::int64_t rows_per_second_;
  std::int64_t count_ = 0;
  Clock::time_point begun_;
};

bool needs_catalogue(const SqlPack& pack) {
  if (!pack.requirements.empty()) return true;
  return std::any_of(pack.files.begin(), pack.files.end(), [](const SqlPackFile& file) {
    return file.sql.find("{{") != std::string::npos || !read_sql_head(file.sql).requirements.empty();
  });
}

// Where a column of the same name stands in another file.
std::size_t place_of(const std::vector<std::string>& columns, const std::string& name) {
  return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) - columns.begin());
}

// A file that asks whether its rows were told already asks all files of its part that come before it.
void link_sameness(const std::vector<std::unique_ptr<SqlPart>>& parts) {
  for (std::size_t asking = 0; asking < parts.size(); ++asking) {
    const std::vector<std::string>& names = parts[asking]->file->unless_already;
    if (names.empty()) continue;
    for (std::size_t i = 0; i <= asking; ++i) {
      if (parts[i]->file->part != parts[asking]->file->part) continue;
      SqlSameness& sameness = parts[i]->sameness.emplace_back();
      sameness.question = asking;
      sameness.asks = i == asking;
      for (const std::string& name : names) sameness.columns.push_back(place_of(parts[i]->rows->columns(), name));
    }
  }
}

OfferDocument offer_documents(const SqlSourceOrder& order, const std::shared_ptr<OpenEmrKeys>& keys) {
  if (order.keeper == nullptr) return {};
  return [&keeper = *order.keeper, keys, folder = DocumentFolder(order.documents)](
             const app::Chart& chart, app::Document& document, const DocumentPlace& place) {
    const std::string key = "sql\n" + chart.emr_key + '\n' + document.key + '\n' + place.path;
    UnsealDocument unseal;
    if (!place.encryption.empty()) {
      unseal = [encryption = place.encryption, keys](std::unique_ptr<DocumentBytes> sealed) -> Result<std::unique_ptr<DocumentBytes>> {
        if (encryption == "openemr" && keys) return open_openemr_document(std::move(sealed), *keys);
        return Error{Code::bad_source, "the EMR keeps it encrypted, in a way that is not known here", ""};
      };
    }
    document.content = offer_file(keeper, folder, place.path, key, place.facts, document.media_type, unseal);
  };
}

class Opening {
 public:
  Opening(const SqlSourceOrder& order, std::vector<Error>* faults) : order_(order), faults_(faults) {}

  Result<OpenedPack> open() {
    TRY_GET(opened_.pack, read_sql_pack(order_.pack));
    opened_.withheld = std::make_shared<EntryRule>(order_.withheld);
    opened_.facts = std::make_shared<PatientFacts>();
    opened_.part_keys = std::make_unique<PartKeys>(order_.shard);
    TRY_GET(opened_.database, open_sql_database({order_.url, order_.folder, order_.password_file, order_.connect_timeout_s,
                                                 order_.read_timeout_s, order_.time_zone}));
    opened_.product = opened_.database->product();
    SqlSurroundings around{opened_.database->dialect(), {}};
    if (around.dialect != "sqlite" || needs_catalogue(opened_.pack)) {
      TRY_GET(around.catalogue, opened_.database->read_catalogue());
    }
    TRY_GET(opened_.settled, settle_sql_pack(opened_.pack, around));
    TRY(read_version());
    TRY(read_lookups());
    TRY(read_document_keys());
    TRY(open_parts());
    note_cautions(around.catalogue);
    link_sameness(opened_.parts);
    return std::move(opened_);
  }

 private:
  Result<Done> read_version() {
    if (opened_.pack.version_sql.empty()) return Done{};
    const auto ask = [&]() -> Result<Done> {
      TRY_GET(const auto rows, opened_.database->select(opened_.pack.version_sql));
      TRY_GET(const SqlValue* row, rows->next());
      char digits[24];
      if (row != nullptr) opened_.version = app::clean_text(row[0].letters(digits)).text;
      while (row != nullptr) {
        TRY_GET(row, rows->next());
      }
      return Done{};
    };
    const auto asked = ask();
    if (asked.ok()) return Done{};
    return fault({asked.error().code, "pack.toml, version: " + asked.error().what, asked.error().detail});
  }

  Result<Done> read_lookups() {
    for (const SqlPackFile& file : opened_.settled.lookups) {
      const auto read = [&]() -> Result<SqlLookup> {
        TRY_GET(const auto rows, opened_.database->select(file.sql));
        return SqlLookup::read(*rows);
      };
      auto lookup = read();
      if (lookup.ok()) {
        opened_.lookups.emplace(file.place, std::move(lookup).value());
        continue;
      }
      opened_.lookups.emplace(file.place, SqlLookup());
      const Error& error = lookup.error();
      if (error.code == Code::not_found) {
        opened_.cautions.push_back(file.name + " cannot be read, so keys stand in the place of its words: " + error.detail);
      } else {
        TRY(fault({error.code, file.name + ": " + error.what, error.detail}));
      }
    }
    return Done{};
  }

  Result<Done> read_document_keys() {
    if (opened_.settled.document_keys.empty() || order_.keeper == nullptr) return Done{};
    opened_.document_keys = std::make_shared<OpenEmrKeys>();
    const SqlPackFile& file = opened_.settled.document_keys.front();
    const auto read = [&]() -> Result<Done> {
      TRY_GET(const auto rows, opened_.database->select(file.sql));
      if (rows->columns() != std::vector<std::string>{"name", "value"}) {
        return Error{Code::bad_config, "It must give the columns \"name\" and \"value\".", ""};
      }
      while (true) {
        TRY_GET(const SqlValue* row, rows->next());
        if (row == nullptr) return Done{};
        opened_.document_keys->add(row[0].text, row[1].text);
      }
    };
    const auto done = read();
    opened_.document_keys->read_folder(order_.documents);
    if (done.ok()) return Done{};
    const Error& error = done.error();
    if (error.code != Code::not_found) return fault({error.code, file.name + ": " + error.what, error.detail});
    opened_.cautions.push_back(file.name + " cannot be read, so documents that the EMR encrypts are not in this copy: " + error.detail);
    return Done{};
  }

  Result<std::unique_ptr<PartReader>> make_reader(const SqlPackFile& file, const std::vector<std::string>& columns) const {
    const MakeInnerReader make_inner = [&](const std::vector<std::string>& names) {
      return make_part_reader(file.part, file.name, names, {order_.time_zone, opened_.pack.times_are_utc}, 
                              offer_documents(order_, opened_.document_keys));
    };
    if (!needs_shape(file.part, columns, file.entries)) return make_inner(columns);
    const SqlShape shape{&opened_.lookups, file.entries, app::local_date(opened_.database->as_of(), order_.time_zone),
                         opened_.withheld.get(), opened_.facts.get()};
    return make_shaped_reader(file.part, file.name, columns, shape, make_inner);
  }

  // Ends the opening with a fault, or keeps it for whoever wants to see all of them.
  Result<Done> fault(Error error) {
    if (faults_ == nullptr) return error;
    faults_->push_back(std::move(error));
    return Done{};
  }

  Result<Done> open_parts() {
    std::set<std::string> missing;
    for (const SqlPackFile& file : opened_.settled.files) {
      const auto part = open_part(file);
      if (part.ok()) continue;
      const Error& error = part.error();
      if (file.part == kPatients) return error;
      missing.insert(file.part);
      if (error.code == Code::not_found && is_section(file.part)) {
        opened_.unread.push_back({file, error});
      } else {
        TRY(fault(error));
      }
    }
    // Half of a section would look like all of it.
    std::erase_if(opened_.parts, [&missing](const auto& part) { return missing.contains(part->file->part); });
    return Done{};
  }

  Result<Done> open_part(const SqlPackFile& file) {
    auto rows = opened_.database->select(file.sql);
    if (!rows.ok()) {
      Error error = rows.error();
      if (error.code == Code::not_found && !is_section(file.part)) error.code = Code::bad_source;
      error.what = file.name + ": " + error.what;
      return error;
    }
    auto part = std::make_unique<SqlPart>();
    part->file = &file;
    part->rows = std::move(rows).value();
    if (order_.rows_per_second > 0) part->rows = std::make_unique<PacedRows>(std::move(part->rows), order_.rows_per_second);
    part->rows = without_other_parts(std::move(part->rows), *opened_.part_keys, part->rows_left_out);
    part->rows = with_words(with_entries_apart(std::move(part->rows)), file.part, opened_.pack);
    const auto& columns = part->rows->columns();
    TRY_GET(part->reader, make_reader(file, columns));
    part->columns = columns.size();
    part->patient_column = place_of(columns, std::string(kPatientColumn));
    part->position_column = place_of(columns, std::string(kPositionColumn));
    opened_.parts.push_back(std::move(part));
    return Done{};
  }

  void note_cautions(const SqlCatalogue& catalogue) {
    if (const std::string caution = opened_.database->caution(); !caution.empty()) opened_.cautions.push_back(caution);
    const auto is_read = [this](const std::string& name) {
      return std::any_of(opened_.settled.files.begin(), opened_.settled.files.end(),
                         [&name](const SqlPackFile& file) { return mentions(file.sql, name); });
    };
    // What a view reads is not told here; so where one is read, any table may be.
    const bool reads_view = std::any_of(catalogue.tables.begin(), catalogue.tables.end(),
                                        [&](const auto& table) { return table.second.is_view && is_read(table.first); });
    for (const auto& [name, table] : catalogue.tables) {
      if (table.torn.empty() || !(reads_view || is_read(name))) continue;
      opened_.cautions.push_back("The table " + name + " is not read as of the same moment as the others: " + table.torn);
    }
    if (catalogue.whole) return;
    for (const SettledPack::LeftOut& left : opened_.settled.left_out) {
      opened_.cautions.push_back(left.file.name + " was left out: " + left.missing +
                                 " is not there, or Nightchart's user may not see it");
    }
  }

  const SqlSourceOrder& order_;
  std::vector<Error>* faults_;
  OpenedPack opened_;
};

}  // namespace

Result<OpenedPack> open_sql_pack(const SqlSourceOrder& order, std::vector<Error>* faults) { return Opening(order, faults).open(); }

}  // namespace exporter
