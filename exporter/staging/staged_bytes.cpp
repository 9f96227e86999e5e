#include "exporter/staging/staged_bytes.h"

#include <algorithm>

namespace exporter {
namespace {

constexpr std::size_t kBlock_bytes = 64u << 10;

}  // namespace

app::Result<app::Done> StagedBytes::add(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t count = std::min(bytes.size(), kBlock_bytes - last_.size());
    last_ += bytes.substr(0, count);
    bytes.remove_prefix(count);
    if (last_.size() < kBlock_bytes) continue;
    if (!blocks_) {
      TRY_GET(blocks_, StagedBlocks::open(staging_, kBlock_bytes));
    }
    TRY(blocks_->append(last_));
    last_.clear();
  }
  return app::Done{};
}

std::uint64_t StagedBytes::size() const {
  return (blocks_ ? blocks_->blocks() * kBlock_bytes : 0) + last_.size();
}

app::Result<app::Done> StagedBytes::read(const Hearer& hear) {
  std::string block;
  for (std::uint64_t number = 0; blocks_ && number < blocks_->blocks(); ++number) {
    TRY(blocks_->read(number, block));
    TRY(hear(block));
  }
  return last_.empty() ? app::Result<app::Done>(app::Done{}) : hear(last_);
}

}  // namespace exporter
