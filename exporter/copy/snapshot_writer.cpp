#include "exporter/copy/snapshot_writer.h"

#include <array>
#include <cstring>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "app/digest.h"
#include "app/record/chart_json.h"
#include "app/snapshot/chart_codec.h"
#include "app/snapshot/manifest.h"
#include "exporter/bounded_queue.h"
#include "exporter/copy/chart_encoder.h"
#include "exporter/copy/database_writer.h"
#include "exporter/copy/search_builder.h"
#include "exporter/staging/sorter.h"

namespace exporter {

using app::Done;
using app::Result;

namespace {

constexpr std::size_t kBatch = 32;
constexpr std::size_t kBatchesWaiting = 4;
constexpr std::size_t kScheduleMemory_bytes = 4u << 20;
constexpr std::uint64_t kValueMost = 1'000'000'000;  // SQLite's own limit

constexpr const char* kTables[] = {
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID",
    "CREATE TABLE chart(chart_id INTEGER PRIMARY KEY, z BLOB)",
    "CREATE TABLE schedule(day INTEGER, chart_id INTEGER, entry INTEGER,"
    " PRIMARY KEY(day, chart_id, entry)) WITHOUT ROWID",
    "CREATE TABLE search(part TEXT PRIMARY KEY, bytes BLOB)",
};

Result<Done> store_value(DatabaseWriter& database, std::string_view name, std::string_view value) {
  TRY_GET(app::Query insert, database.prepare("INSERT INTO meta VALUES(?, ?)"));
  insert.bind(1, name);
  insert.bind_blob(2, value);
  return insert.run();
}

// Makes texts small, encrypts and stores them, in the order they come. Holds the first ones back until
// there are enough of them to train the dictionary on.
class ChartStore {
 public:
  static Result<ChartStore> make(DatabaseWriter& database) {
    TRY_GET(app::Query insert, database.prepare("INSERT INTO chart VALUES(?, ?)"));
    return ChartStore(database, std::move(insert));
  }

  // Requires: `json` ends its line.
  Result<Done> add(std::string json) {
    hasher_.add(json);
    json.pop_back();
    if (encoder_) return store(json);
    held_bytes_ += json.size();
    held_.push_back(std::move(json));
    return held_.size() < kTrainingCharts && held_bytes_ < kTrainingBytes ? Done{} : release();
  }
  // Returns the digest over all charts.
  Result<std::string> finish() {
    if (!encoder_) TRY(release());
    return app::format_hex(hasher_.finish());
  }

 private:
  ChartStore(DatabaseWriter& database, app::Query insert)
      : database_(&database), insert_(std::move(insert)) {}

  Result<Done> release() {
    const std::string dictionary = train_dictionary(held_);
    encoder_.emplace(dictionary);
    TRY(store_value(*database_, "dictionary", dictionary));
    for (const std::string& json : std::exchange(held_, {})) TRY(store(json));
    return Done{};
  }
  Result<Done> store(std::string_view json) {
    if (json.size() > app::kChartMost) {
      return app::Error{app::Code::bad_source, "A patient's chart is larger than a copy can hold.",
                        "chart number " + std::to_string(last_ + 1) + ", " + std::to_string(json.size()) +
                            " bytes"};
    }
    const std::string frame = encoder_->encode(json);
    insert_.bind(1, ++last_);
    insert_.bind_blob(2, frame);
    return insert_.run();
  }

  DatabaseWriter* database_;
  app::Query insert_;
  app::Hasher hasher_;
  std::optional<ChartEncoder> encoder_;
  std::vector<std::string> held_;
  std::size_t held_bytes_ = 0;
  std::int64_t last_ = 0;
};

// Puts the parts of the search index into their table, and takes the digest of each.
class SearchTable final : public SearchPartKeeper {
 public:
  SearchTable(DatabaseWriter& database, app::Query insert) : database_(database), insert_(std::move(insert)) {}

  Result<Done> begin(std::string_view name, std::uint64_t bytes) override {
    if (bytes > kValueMost) return app::Error{app::Code::no_room, "There are too many patients for one search index.", std::string(name)};
    name_ = name;
    hasher_ = app::Hasher();
    insert_.bind(1, name);
    insert_.bind(2, static_cast<std::int64_t>(bytes));
    TRY(insert_.run());
    TRY_GET(blob_, database_.open_last_blob("search", "bytes"));
    return Done{};
  }
  Result<Done> add(std::string_view piece) override {
    hasher_.add(piece);
    return blob_->add(piece);
  }
  Result<Done> end() override {
    digests_[name_] = hasher_.finish();
    return blob_->finish();
  }
  std::map<std::string, app::Digest> take_digests() { return std::move(digests_); }

 private:
  DatabaseWriter& database_;
  app::Query insert_;
  std::optional<BlobWriter> blob_;
  std::string name_;
  app::Hasher hasher_;
  std::map<std::string, app::Digest> digests_;
};

// An appointment by the day on which it is; those of a day stay in the order of their charts.
Result<Done> note_appointments(app::ChartId id, const app::Chart& chart, Sorter& schedule) {
  std::uint32_t entry = 0;
  for (const app::Appointment& appointment : chart.appointments.entries) {
    const app::Known<app::Date>& start = appointment.start;
    if (start.is_known() && start.value().precision >= app::Precision::day) {
      const auto day = static_cast<std::uint32_t>(app::format_day_number(start.value()));
      const std::array<char, 4> key = {static_cast<char>(day >> 24), static_cast<char>(day >> 16), static_cast<char>(day >> 8),
                                       static_cast<char>(day)};
      std::array<char, sizeof id + sizeof entry> place;
      std::memcpy(place.data(), &id, sizeof id);
      std::memcpy(place.data() + sizeof id, &entry, sizeof entry);
      TRY(schedule.add({key.data(), key.size()}, 0, {place.data(), place.size()}));
    }
    ++entry;
  }
  return Done{};
}

}  // namespace

struct SnapshotWriter::State {
  State(DatabaseWriter opened, SnapshotPlan planned, const std::filesystem::path& folder)
      : database(std::move(opened)), plan(std::move(planned)), schedule(folder, kScheduleMemory_bytes), search(folder) {}
  ~State() { stop(); }

  void start() {
    wording = std::thread([this] { put_into_words(); });
    storing = std::thread([this] { store_texts(); });
  }
  // Waits until what was added is through.
  void stop() {
    charts.close();
    if (wording.joinable()) wording.join();
    texts.close();
    if (storing.joinable()) storing.join();
  }

  void put_into_words();
  Result<Done> note(app::ChartId id, const app::Chart& chart);
  void store_texts();
  Result<Done> store_schedule();
  Result<std::map<std::string, app::Digest>> store_search();

  void fail(app::Error error) {
    const std::lock_guard lock(fault_mutex);
    if (!fault) fault = std::move(error);
    charts.close();
    texts.close();
  }
  Result<Done> outcome() {
    const std::lock_guard lock(fault_mutex);
    if (fault) return *fault;
    return Done{};
  }

  DatabaseWriter database;
  SnapshotPlan plan;
  std::vector<app::Chart> batch;
  std::vector<std::pair<std::string, std::string>> kept;
  BoundedQueue<std::vector<app::Chart>> charts{kBatchesWaiting};
  BoundedQueue<std::vector<std::string>> texts{kBatchesWaiting};
  std::thread wording, storing;
  std::mutex fault_mutex;
  std::optional<app::Error> fault;
  // The wording thread's, until it has ended:
  app::ChartCounts counts;
  Sorter schedule;
  SearchIndexBuilder search;
  // The storing thread's, until it has ended:
  std::string digest;
};

void SnapshotWriter::State::put_into_words() {
  app::ChartId id = 0;
  std::string room;  // used again and again: a text that grows is moved again and again
  while (auto next = charts.pop()) {
    std::vector<std::string> words;
    for (const app::Chart& chart : *next) {
      ++id;
      room.clear();
      app::format_chart(chart, room);
      room += '\n';
      words.push_back(room);
      if (const auto noted = note(id, chart); !noted.ok()) return fail(noted.error());
    }
    if (!texts.push(std::move(words))) return;
  }
}

// What is known of all charts together.
Result<Done> SnapshotWriter::State::note(app::ChartId id, const app::Chart& chart) {
  counts.add(chart);
  TRY(search.add(id, chart));
  return note_appointments(id, chart, schedule);
}

void SnapshotWriter::State::store_texts() {
  auto store = ChartStore::make(database);
  if (!store.ok()) return fail(store.error());
  while (auto next = texts.pop()) {
    for (std::string& json : *next) {
      if (const auto added = store.value().add(std::move(json)); !added.ok()) return fail(added.error());
    }
  }
  auto finished = store.value().finish();
  if (!finished.ok()) return fail(finished.error());
  digest = std::move(finished).value();
}

Result<Done> SnapshotWriter::State::store_schedule() {
  Sorter rows = std::move(schedule);
  TRY(rows.sort());
  TRY_GET(app::Query insert, database.prepare("INSERT INTO schedule VALUES(?, ?, ?)"));
  SortedRecord row;
  for (;;) {
    TRY_GET(const bool more, rows.next(row));
    if (!more) return Done{};
    std::uint32_t day = 0, entry = 0;
    app::ChartId id = 0;
    for (const char byte : row.key) day = day << 8 | static_cast<unsigned char>(byte);
    std::memcpy(&id, row.bytes.data(), sizeof id);
    std::memcpy(&entry, row.bytes.data() + sizeof id, sizeof entry);
    insert.bind(1, std::int64_t{static_cast<std::int32_t>(day)});
    insert.bind(2, std::int64_t{id});
    insert.bind(3, std::int64_t{entry});
    TRY(insert.run());
  }
}

Result<std::map<std::string, app::Digest>> SnapshotWriter::State::store_search() {
  TRY_GET(app::Query insert, database.prepare("INSERT INTO search VALUES(?, zeroblob(?))"));
  SearchTable table(database, std::move(insert));
  TRY(search.finish(table));
  return table.take_digests();
}

SnapshotWriter::SnapshotWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
SnapshotWriter::~SnapshotWriter() = default;
SnapshotWriter::SnapshotWriter(SnapshotWriter&&) noexcept = default;
SnapshotWriter& SnapshotWriter::operator=(SnapshotWriter&&) noexcept = default;

Result<SnapshotWriter> SnapshotWriter::create(const std::filesystem::path& folder, SnapshotPlan plan,
                                              const app::CopyKey& key) {
  TRY_GET(DatabaseWriter database, DatabaseWriter::create(folder / app::kChartsName, key));
  for (const char* table : kTables) TRY(database.run(table));
  auto state = std::make_unique<State>(std::move(database), std::move(plan), folder);
  state->start();
  return SnapshotWriter(std::move(state));
}

Result<Done> SnapshotWriter::add(app::Chart chart) {
  state_->batch.push_back(std::move(chart));
  if (state_->batch.size() < kBatch) return Done{};
  state_->charts.push(std::exchange(state_->batch, {}));
  return state_->outcome();
}

Result<Done> SnapshotWriter::keep(std::string_view name, std::string_view bytes) {
  state_->kept.emplace_back(name, bytes);
  return state_->outcome();
}

Result<SnapshotSummary> SnapshotWriter::finish(std::string_view report) {
  State& state = *state_;
  state.charts.push(std::exchange(state.batch, {}));
  state.stop();
  TRY(state.outcome());
  TRY(state.store_schedule());
  TRY_GET(auto search_digests, state.store_search());
  TRY(store_value(state.database, "sequence", std::to_string(state.plan.sequence)));
  TRY(store_value(state.database, "as_of", app::format_utc(state.plan.as_of)));
  TRY(store_value(state.database, "charts_digest", state.digest));
  TRY(store_value(state.database, "sheet_template", app::format_sheet_template(state.plan.sheet_template)));
  TRY(store_value(state.database, "report", report));
  for (const auto& [name, bytes] : state.kept) TRY(store_value(state.database, name, bytes));
  TRY(state.database.finish());
  return SnapshotSummary{state.counts, state.digest, std::move(search_digests)};
}

}  // namespace exporter
