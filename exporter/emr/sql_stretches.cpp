#include "exporter/emr/sql_stretches.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "exporter/bounded_queue.h"

namespace exporter {
namespace {

using app::Done;
using app::Result;

constexpr std::size_t kPatients_a_stretch = 1000;
constexpr std::size_t kStretchesWaiting = 1;
constexpr std::size_t kStretchesHeld = kStretchesWaiting + 2;  // one is being read, one handed out

// The first keys of all stretches but the first one.
std::vector<std::int64_t> borders_among(std::vector<std::int64_t> keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  std::vector<std::int64_t> borders;
  for (std::size_t i = kPatients_a_stretch; i < keys.size(); i += kPatients_a_stretch) borders.push_back(keys[i]);
  return borders;
}

// All stretches together ask for every row, also for those of no patient.
std::string select_stretch(std::string sql, const std::vector<std::int64_t>& borders, std::size_t stretch) {
  if (borders.empty()) return sql;
  while (!sql.empty() && (sql.back() == ';' || sql.back() == '\n' || sql.back() == ' ')) sql.pop_back();
  std::string select = "SELECT * FROM (\n" + sql + "\n) AS nightchart WHERE ";
  if (stretch > 0) select += "\"patient\" >= " + std::to_string(borders[stretch - 1]);
  if (stretch > 0 && stretch < borders.size()) select += " AND ";
  if (stretch == 0) select += "\"patient\" IS NULL OR ";
  if (stretch < borders.size()) select += "\"patient\" < " + std::to_string(borders[stretch]);
  return select;
}

// What was skipped in another thread, until it can be told.
class HeldSkips final : public SkippedRows {
 public:
  void skip_row(const SqlPackFile& file, std::uint64_t number, const char* reason) override {
    skips_.push_back({&file, number, reason});
  }
  void tell(SkippedRows& hearer) {
    for (const Skip& skip : std::exchange(skips_, {})) hearer.skip_row(*skip.file, skip.number, skip.reason);
  }

 private:
  struct Skip {
    const SqlPackFile* file;
    std::uint64_t number;
    const char* reason;
  };
  std::vector<Skip> skips_;
};

struct Stretch {
  std::unique_ptr<SortedStream> rows;
  HeldSkips skips;
  std::optional<app::Error> fault;
};

class StretchStream final : public SqlStream {
 public:
  StretchStream(std::vector<SqlPart*> parts, std::vector<std::int64_t> keys, StretchRoom room, SkippedRows& skipped)
      : parts_(std::move(parts)), borders_(borders_among(std::move(keys))), room_(std::move(room)), skipped_(skipped) {
    reading_ = std::thread([this] { read_all(); });
  }
  ~StretchStream() override {
    stopped_ = true;
    stretches_.close();
    reading_.join();
  }

  Result<bool> advance() override {
    while (true) {
      if (current_.rows) {
        TRY_GET(const bool more, current_.rows->advance());
        row_ = current_.rows->row();
        if (more) return keep_order();
      }
      if (current_.fault) return *current_.fault;
      auto next = stretches_.pop();
      if (!next) return false;
      current_ = std::move(*next);
      current_.skips.tell(skipped_);
    }
  }

 private:
  // Rows that come after those of a later patient would be nobody's.
  Result<bool> keep_order() {
    assert(!row_.key.is_text);
    if (row_.key.number < last_) {
      return app::Error{app::Code::bad_source, row_.part->file->name + ": the database compares its \"patient\" otherwise than as a number.",
                        "row " + std::to_string(row_.number) + " comes too late; make \"patient\" an integer in the SELECT, "
                        "or take the part out of \"clustered\""};
    }
    last_ = row_.key.number;
    return true;
  }

  void read_all() {
    for (std::size_t stretch = 0; stretch <= borders_.size() && !stopped_; ++stretch) {
      Stretch read;
      read.rows = std::make_unique<SortedStream>(room_.staging, room_.memory_bytes / kStretchesHeld);
      if (const auto done = fill(read, stretch); !done.ok()) read.rows.reset(), read.fault = done.error();
      const bool failed = read.fault.has_value();
      if (!stretches_.push(std::move(read)) || failed) break;
    }
    stretches_.close();
  }

  Result<Done> fill(Stretch& stretch, std::size_t number) {
    for (SqlPart* part : parts_) {
      if (stopped_) return Done{};
      part->rows->restart(select_stretch(part->file->sql, borders_, number));
      // The database may compare text as a number that it is not here, and so give it in any stretch.
      auto staged = stretch.rows->stage(*part, true, stretch.skips, TextKeys::of_nobody);
      if (!staged.ok()) return app::Error{staged.error().code, part->file->name + ": " + staged.error().what, staged.error().detail};
    }
    return stretch.rows->sort();
  }

  std::vector<SqlPart*> parts_;
  std::vector<std::int64_t> borders_;
  StretchRoom room_;
  SkippedRows& skipped_;
  Stretch current_;
  std::int64_t last_ = std::numeric_limits<std::int64_t>::min();
  BoundedQueue<Stretch> stretches_{kStretchesWaiting};
  std::atomic<bool> stopped_ = false;
  std::thread reading_;
};

}  // namespace

std::unique_ptr<SqlStream> make_stretch_stream(std::vector<SqlPart*> parts, std::vector<std::int64_t> keys,
                                               const StretchRoom& room, SkippedRows& skipped) {
  return std::make_unique<StretchStream>(std::move(parts), std::move(keys), room, skipped);
}

}  // namespace exporter
