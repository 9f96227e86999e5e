// Chance that falls the same on every machine: what an invented practice is made from.
//
// Source:  xoshiro256** and splitmix64 (Blackman, Vigna), public domain algorithms, written anew here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace exporter {

class Random {
 public:
  explicit Random(std::uint64_t seed);

  std::uint64_t next();
  // From 0 to below `count`. Requires: count > 0.
  std::uint32_t below(std::uint32_t count) {
    return static_cast<std::uint32_t>((next() >> 32) * count >> 32);
  }
  // From low to high, both included.
  int between(int low, int high) { return low + static_cast<int>(below(static_cast<std::uint32_t>(high - low + 1))); }
  bool in_thousand(int times) { return static_cast<int>(below(1000)) < times; }
  bool percent(int times) { return static_cast<int>(below(100)) < times; }

  template <typename T, std::size_t N>
  const T& pick(const T (&all)[N]) {
    return all[below(static_cast<std::uint32_t>(N))];
  }
  template <typename T>
  const T& pick(std::span<const T> all) {
    return all[below(static_cast<std::uint32_t>(all.size()))];
  }

 private:
  std::uint64_t state_[4];
};

}  // namespace exporter
