#include "exporter/staging/sorter_merge.h"

#include <algorithm>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "exporter/bounded_queue.h"

namespace exporter {
namespace {

constexpr std::size_t kBatchBytes = 256 << 10;
constexpr std::size_t kBatchesWaiting = 4;

// Records one behind the other.
struct Batch {
  struct Place {
    std::size_t begin = 0;
    std::size_t key_bytes = 0;
    std::uint16_t kind = 0;
  };
  std::string bytes;
  std::vector<Place> places;
  std::optional<app::Error> fault;  // after these records

  void add(const SortedRecord& record) {
    places.push_back({bytes.size(), record.key.size(), record.kind});
    bytes += record.key;
    bytes += record.bytes;
  }
  SortedRecord record(std::size_t at) const {
    const Place& place = places[at];
    const std::size_t end = at + 1 < places.size() ? places[at + 1].begin : bytes.size();
    const std::string_view both = std::string_view(bytes).substr(place.begin, end - place.begin);
    return {both.substr(0, place.key_bytes), place.kind, both.substr(place.key_bytes)};
  }
};

}  // namespace

std::uint64_t front_of(std::string_view key) {
  std::uint64_t front = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    front = front << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0U);
  }
  return front;
}

app::Result<Merge> Merge::open(StagedBlocks& blocks, std::span<const Run> runs) {
  Merge merge;
  merge.readers_.reserve(runs.size());
  for (const Run& run : runs) merge.readers_.emplace_back(blocks, run);
  for (std::size_t i = 0; i < runs.size(); ++i) TRY(merge.push_next_of(i));
  return merge;
}

app::Result<const SortedRecord*> Merge::next() {
  if (begun_ && !heap_.empty()) TRY(move_on());
  begun_ = true;
  if (heap_.empty()) return static_cast<const SortedRecord*>(nullptr);
  return &readers_[heap_.front().reader].record();
}

bool Merge::After::operator()(const Head& a, const Head& b) const {
  if (a.front != b.front) return a.front > b.front;
  const int order = readers[a.reader].record().key.compare(readers[b.reader].record().key);
  return order != 0 ? order > 0 : a.reader > b.reader;  // an earlier run holds earlier arrivals
}

app::Result<app::Done> Merge::push_next_of(std::size_t reader) {
  TRY_GET(const bool more, readers_[reader].next());
  if (!more) return app::Done{};
  heap_.push_back({front_of(readers_[reader].record().key), reader});
  std::push_heap(heap_.begin(), heap_.end(), After{readers_});
  return app::Done{};
}

// A patient's rows of one table stand together: mostly the run at the front stays there.
app::Result<app::Done> Merge::move_on() {
  Head& first = heap_.front();
  TRY_GET(const bool more, readers_[first.reader].next());
  if (more) {
    first.front = front_of(readers_[first.reader].record().key);
  } else {
    first = heap_.back();
    heap_.pop_back();
  }
  settle_first();
  return app::Done{};
}

void Merge::settle_first() {
  const After after{readers_};
  for (std::size_t at = 0, child = 1; child < heap_.size(); at = child, child = 2 * at + 1) {
    if (child + 1 < heap_.size() && after(heap_[child], heap_[child + 1])) ++child;
    if (!after(heap_[at], heap_[child])) return;
    std::swap(heap_[at], heap_[child]);
  }
}

struct MergeAhead::State {
  explicit State(Merge opened) : merge(std::move(opened)) {
    merging = std::thread([this] { merge_all(); });
  }
  ~State() {
    batches.close();
    merging.join();
  }

  void merge_all() {
    for (bool more = true; more;) {
      Batch batch;
      batch.bytes.reserve(kBatchBytes);
      more = fill(batch);
      if (!batches.push(std::move(batch))) return;
    }
    batches.close();
  }

  // False when nothing comes after this.
  bool fill(Batch& batch) {
    while (batch.bytes.size() < kBatchBytes) {
      const auto record = merge.next();
      if (!record.ok()) batch.fault = record.error();
      if (!record.ok() || record.value() == nullptr) return false;
      batch.add(*record.value());
    }
    return true;
  }

  Merge merge;
  BoundedQueue<Batch> batches{kBatchesWaiting};
  std::optional<Batch> current;  // what is being handed out
  std::size_t at = 0;
  std::thread merging;
};

MergeAhead::MergeAhead(Merge merge) : state_(std::make_unique<State>(std::move(merge))) {}
MergeAhead::~MergeAhead() = default;

app::Result<bool> MergeAhead::next(SortedRecord& record) {
  State& state = *state_;
  while (!state.current || state.at == state.current->places.size()) {
    if (state.current && state.current->fault) return *state.current->fault;
    state.current = state.batches.pop();
    state.at = 0;
    if (!state.current) return false;
  }
  record = state.current->record(state.at++);
  return true;
}

}  // namespace exporter
