#include "exporter/staging/sorter.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <future>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "exporter/staging/sorter_merge.h"
#include "exporter/staging/sorter_runs.h"

namespace exporter {
namespace {

constexpr std::size_t kBlockLeast = 4 << 10;
constexpr std::size_t kBlockMost = 64 << 10;
constexpr std::size_t kFanInMost = 512;
constexpr std::size_t kStretchesMost = 64;

// Where one record lies in memory. `front` is the key's first bytes as a number, so that most
// comparisons touch nothing else.
struct Held {
  std::uint64_t front = 0;
  const char* data = nullptr;  // key, then bytes
  std::uint64_t bytes = 0;
  std::uint32_t key_bytes = 0;
  std::uint32_t order = 0;
  std::uint16_t kind = 0;

  std::string_view key() const { return {data, key_bytes}; }
  SortedRecord record() const { return {key(), kind, {data + key_bytes, bytes}}; }
};

bool before(const Held& a, const Held& b) {
  if (a.front != b.front) return a.front < b.front;
  if (const int order = a.key().compare(b.key()); order != 0) return order < 0;
  return a.order < b.order;
}

// Records in memory, in chunks that are used again after each run.
class Holding {
 public:
  explicit Holding(std::size_t memory_bytes)
      : memory_bytes_(memory_bytes), chunk_bytes_(std::clamp<std::size_t>(memory_bytes / 16, 4 << 10, 1 << 20)) {}

  bool empty() const { return held_.empty(); }
  const std::vector<Held>& held() const { return held_; }

  bool has_room_for(std::size_t bytes) const {
    // A growing vector holds its old and its new memory for a moment.
    const std::size_t index = (held_.size() + 1) * sizeof(Held) * 2;
    return index + used_ + bytes <= memory_bytes_;
  }

  void add(const SortedRecord& record) {
    const std::size_t bytes = record.key.size() + record.bytes.size();
    char* const place = room(bytes);
    std::memcpy(place, record.key.data(), record.key.size());
    if (!record.bytes.empty()) std::memcpy(place + record.key.size(), record.bytes.data(), record.bytes.size());
    held_.push_back({front_of(record.key), place, record.bytes.size(),
                     static_cast<std::uint32_t>(record.key.size()), static_cast<std::uint32_t>(held_.size()),
                     record.kind});
  }

  // What comes table by table, each ordered by patient already, is merged; what comes in no order is sorted.
  void sort() {
    std::vector<std::size_t> ends;  // of stretches that are in order
    for (std::size_t i = 1; i < held_.size() && ends.size() < kStretchesMost; ++i) {
      if (before(held_[i], held_[i - 1])) ends.push_back(i);
    }
    if (ends.size() == kStretchesMost) return std::sort(held_.begin(), held_.end(), before);
    ends.push_back(held_.size());
    merge(0, ends);
  }

  void clear() {
    held_.clear();
    large_.clear();
    chunk_ = at_ = used_ = 0;
  }

 private:
  auto at(std::size_t place) { return held_.begin() + static_cast<std::ptrdiff_t>(place); }

  // Makes the stretches that begin at `first` and end at `ends` one.
  void merge(std::size_t first, std::span<const std::size_t> ends) {
    if (ends.size() < 2) return;
    const std::size_t half = ends.size() / 2;
    merge(first, ends.first(half));
    merge(ends[half - 1], ends.subspan(half));
    std::inplace_merge(at(first), at(ends[half - 1]), at(ends.back()), before);
  }

  char* room(std::size_t bytes) {
    used_ += bytes;
    if (bytes > chunk_bytes_ / 4) {
      large_.push_back(std::make_unique<char[]>(bytes));
      return large_.back().get();
    }
    if (chunks_.empty() || at_ + bytes > chunk_bytes_) {
      if (!chunks_.empty()) used_ += chunk_bytes_ - at_, ++chunk_;
      if (chunk_ == chunks_.size()) chunks_.push_back(std::make_unique_for_overwrite<char[]>(chunk_bytes_));
      at_ = 0;
    }
    char* const place = chunks_[chunk_].get() + at_;
    at_ += bytes;
    return place;
  }

  std::size_t memory_bytes_;
  std::size_t chunk_bytes_;
  std::vector<Held> held_;
  std::vector<std::unique_ptr<char[]>> chunks_;
  std::vector<std::unique_ptr<char[]>> large_;
  std::size_t chunk_ = 0;
  std::size_t at_ = 0;
  std::size_t used_ = 0;
};

}  // namespace

struct Sorter::State {
  std::filesystem::path staging;
  std::size_t memory_bytes;
  Holding holding;   // what is being added
  Holding spilling;  // what is being sorted and written meanwhile
  std::optional<StagedBlocks> blocks;
  std::vector<Run> runs;
  std::unique_ptr<MergeAhead> merge;
  std::size_t next_held = 0;
  bool sorted = false;
  std::future<app::Result<Run>> writing;  // the last member: it is waited for before any of them goes

  State(std::filesystem::path folder, std::size_t memory)
      : staging(std::move(folder)), memory_bytes(memory), holding(memory / 2), spilling(memory / 2) {}

  std::size_t block_bytes() const { return std::clamp(memory_bytes / 64, kBlockLeast, kBlockMost); }
  std::size_t fan_in() const { return std::clamp<std::size_t>(memory_bytes / block_bytes(), 2, kFanInMost); }

  // A run is sorted, encrypted and written while the next one is gathered.
  app::Result<app::Done> spill() {
    TRY(finish_writing());
    if (!blocks) {
      TRY_GET(blocks, StagedBlocks::open(staging, block_bytes()));
    }
    std::swap(holding, spilling);
    writing = std::async(std::launch::async, [this] { return write_run(); });
    return app::Done{};
  }

  app::Result<Run> write_run() {
    spilling.sort();
    RunWriter writer(*blocks);
    for (const Held& held : spilling.held()) TRY(writer.add(held.record()));
    auto run = writer.finish();
    spilling.clear();
    return run;
  }

  app::Result<app::Done> finish_writing() {
    if (!writing.valid()) return app::Done{};
    TRY_GET(const Run run, writing.get());
    runs.push_back(run);
    return app::Done{};
  }

  // Fewer and longer runs, in a file of their own, until all of them can be read at once.
  app::Result<app::Done> merge_pass() {
    TRY_GET(StagedBlocks longer, StagedBlocks::open(staging, block_bytes()));
    std::vector<Run> fewer;
    for (std::size_t first = 0; first < runs.size(); first += fan_in()) {
      const std::size_t count = std::min(fan_in(), runs.size() - first);
      TRY_GET(Merge some, Merge::open(*blocks, std::span(runs).subspan(first, count)));
      RunWriter writer(longer);
      for (;;) {
        TRY_GET(const SortedRecord* record, some.next());
        if (record == nullptr) break;
        TRY(writer.add(*record));
      }
      TRY_GET(const Run run, writer.finish());
      fewer.push_back(run);
    }
    blocks = std::move(longer);
    runs = std::move(fewer);
    return app::Done{};
  }
};

Sorter::Sorter(std::filesystem::path staging, std::size_t memory_bytes)
    : state_(std::make_unique<State>(std::move(staging), memory_bytes)) {}
Sorter::~Sorter() = default;
Sorter::Sorter(Sorter&&) noexcept = default;
Sorter& Sorter::operator=(Sorter&&) noexcept = default;

app::Result<app::Done> Sorter::add(std::string_view key, std::uint16_t kind, std::string_view bytes) {
  assert(!state_->sorted);
  Holding& holding = state_->holding;
  if (!holding.has_room_for(key.size() + bytes.size()) && !holding.empty()) TRY(state_->spill());
  holding.add({key, kind, bytes});
  return app::Done{};
}

app::Result<app::Done> Sorter::sort() {
  assert(!state_->sorted);
  state_->sorted = true;
  if (!state_->blocks) {
    state_->holding.sort();
    return app::Done{};
  }
  if (!state_->holding.empty()) TRY(state_->spill());
  TRY(state_->finish_writing());
  state_->holding = Holding(0);
  state_->spilling = Holding(0);
  while (state_->runs.size() > state_->fan_in()) TRY(state_->merge_pass());
  TRY_GET(Merge merge, Merge::open(*state_->blocks, state_->runs));
  state_->merge = std::make_unique<MergeAhead>(std::move(merge));
  return app::Done{};
}

app::Result<bool> Sorter::next(SortedRecord& record) {
  assert(state_->sorted);
  if (state_->merge) return state_->merge->next(record);
  if (state_->next_held == state_->holding.held().size()) return false;
  record = state_->holding.held()[state_->next_held++].record();
  return true;
}

}  // namespace exporter
