// Many short texts kept close together: none has an allocation of its own, none ever moves.
#pragma once

#include <cassert>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace exporter {

class ByteArena {
 public:
  // A text's place; 0, 1, 2, … in steps that mean nothing.
  using Place = std::uint32_t;
  static constexpr std::size_t kLongest = 0xFFFF;

  // Requires: at most kLongest bytes.
  Place add(std::string_view text) {
    assert(text.size() <= kLongest);
    const auto length = static_cast<std::uint16_t>(text.size());
    const std::size_t need = sizeof length + text.size();
    if (blocks_.empty() || used_ + need > kBlock) {
      blocks_.push_back(std::make_unique<char[]>(kBlock));
      used_ = 0;
    }
    char* to = blocks_.back().get() + used_;
    std::memcpy(to, &length, sizeof length);
    if (length != 0) std::memcpy(to + sizeof length, text.data(), text.size());
    const auto place = static_cast<Place>((blocks_.size() - 1) * kBlock + used_);
    used_ += need;
    return place;
  }

  std::string_view get(Place place) const {
    const char* from = blocks_[place / kBlock].get() + place % kBlock;
    std::uint16_t length = 0;
    std::memcpy(&length, from, sizeof length);
    return {from + sizeof length, length};
  }

  // Whether a Place could no longer be told from another.
  bool full() const { return blocks_.size() >= kMostBlocks; }
  std::size_t bytes() const { return blocks_.size() * kBlock; }
  void clear() { blocks_.clear(), used_ = 0; }

 private:
  static constexpr std::size_t kBlock = 1 << 18;
  static constexpr std::size_t kMostBlocks = (std::size_t{1} << 32) / kBlock - 1;
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t used_ = 0;
};

}  // namespace exporter
