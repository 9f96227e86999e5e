// The time that a run was given: asked at every step, and kept by force when a step hangs.
//
// Shape:   check() says out_of_time a little before the end, so that there is time to leave everything in order. If the
//          limit still lives at the end, `at_end` is called from another thread, once; it is expected to end the program.
// Errors:  check: out_of_time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "app/error.h"

namespace exporter {

class TimeLimit {
 public:
  // Zero seconds: no limit at all.
  explicit TimeLimit(int within_s, std::function<void()> at_end = {});
  ~TimeLimit();
  TimeLimit(const TimeLimit&) = delete;
  TimeLimit& operator=(const TimeLimit&) = delete;

  bool is_near() const;
  app::Result<app::Done> check() const;

 private:
  void wait();

  const int within_s_;
  const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  std::function<void()> at_end_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool over_ = false;
  std::thread watching_;  // last: it uses all of the others
};

}  // namespace exporter
