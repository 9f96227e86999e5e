#include "exporter/emr/bytes_aside.h"

#include <algorithm>

namespace exporter {
namespace {

constexpr std::size_t kBlock_bytes = 256u << 10;

}  // namespace

app::Result<PlaceAside> BytesAside::put(std::string_view bytes) {
  if (!blocks_) {
    TRY_GET(StagedBlocks opened, StagedBlocks::open(folder_, kBlock_bytes));
    blocks_ = std::move(opened);
  }
  const PlaceAside place{blocks_->blocks() * kBlock_bytes + last_.size(), bytes.size()};
  while (!bytes.empty()) {
    const std::size_t count = std::min(bytes.size(), kBlock_bytes - last_.size());
    last_ += bytes.substr(0, count);
    bytes.remove_prefix(count);
    if (last_.size() < kBlock_bytes) continue;
    TRY(blocks_->append(last_));
    last_.clear();
  }
  return place;
}

app::Result<std::string> BytesAside::get(PlaceAside place) {
  std::string bytes, block;
  bytes.reserve(place.bytes);
  while (bytes.size() < place.bytes) {
    const std::uint64_t at = place.first + bytes.size();
    const std::uint64_t number = at / kBlock_bytes;
    const bool is_last = number == blocks_->blocks();
    if (!is_last) TRY(blocks_->read(number, block));
    const std::string_view from = std::string_view(is_last ? last_ : block).substr(at % kBlock_bytes);
    bytes += from.substr(0, place.bytes - bytes.size());
  }
  return bytes;
}

}  // namespace exporter
