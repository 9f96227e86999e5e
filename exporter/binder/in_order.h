// Makes many things in several threads and hands them over in their order, without running far ahead.
//
// Memory:  at most `ahead` things that nobody took yet.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "exporter/process_rank_posix.h"

namespace exporter {

template <typename T>
class InOrder {
 public:
  // `make` is called for 0, 1, … count - 1, by several threads at once; each has its number, from 0.
  using Make = std::function<T(std::size_t item, std::size_t worker)>;

  InOrder(std::size_t count, std::size_t workers, Make make, std::size_t ahead = 64)
      : count_(count), make_(std::move(make)), ahead_(ahead), slots_(ahead) {
    for (std::size_t worker = 0; worker < workers; ++worker) threads_.emplace_back([this, worker] { work(worker); });
  }
  ~InOrder() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  InOrder(const InOrder&) = delete;
  InOrder& operator=(const InOrder&) = delete;

  // Requires: fewer than count were taken.
  T next() {
    std::unique_lock lock(mutex_);
    std::optional<T>& slot = slots_[taken_ % ahead_];
    changed_.wait(lock, [&slot] { return slot.has_value(); });
    T made = std::move(*slot);
    slot.reset();
    ++taken_;
    changed_.notify_all();
    return made;
  }

 private:
  void work(std::size_t worker) {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return stopped_ || begun_ == count_ || begun_ < taken_ + ahead_; });
      if (stopped_ || begun_ == count_) return;
      const std::size_t item = begun_++;
      lock.unlock();
      T made = make_(item, worker);
      lock.lock();
      slots_[item % ahead_] = std::move(made);
      changed_.notify_all();
    }
  }

  const std::size_t count_;
  const Make make_;
  const std::size_t ahead_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::optional<T>> slots_;
  std::size_t begun_ = 0;
  std::size_t taken_ = 0;
  bool stopped_ = false;
  std::vector<std::thread> threads_;  // last: they use all of the others
};

// As many as this process has cores ([night] workers), but no more than help.
inline std::size_t worker_count() {
  const std::size_t cores = count_usable_cores();
  return cores < 2 ? 1 : cores > 4 ? 4 : cores;
}

}  // namespace exporter
