// How long something took, in seconds, by a clock that nobody sets.
#pragma once

#include <chrono>
#include <utility>

namespace exporter {

class Stopwatch {
 public:
  // Since it was made.
  double seconds() const { return std::chrono::duration<double>(Clock::now() - begun_).count(); }
  // Since it was made, or since the last lap.
  double lap() {
    const auto before = std::exchange(lap_, Clock::now());
    return std::chrono::duration<double>(lap_ - before).count();
  }

 private:
  using Clock = std::chrono::steady_clock;
  const Clock::time_point begun_ = Clock::now();
  Clock::time_point lap_ = begun_;
};

}  // namespace exporter
