#include "exporter/time_limit.h"

#include <string>
#include <utility>

namespace exporter {
namespace {

// Of the time that is given, what leaving everything in order may take.
constexpr double kShareForTheEnd = 0.1;

}  // namespace

TimeLimit::TimeLimit(int within_s, std::function<void()> at_end) : within_s_(within_s), at_end_(std::move(at_end)) {
  if (within_s_ > 0 && at_end_) watching_ = std::thread([this] { wait(); });
}

TimeLimit::~TimeLimit() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  ended_.notify_all();
  if (watching_.joinable()) watching_.join();
}

void TimeLimit::wait() {
  std::unique_lock lock(mutex_);
  const auto end = begun_ + std::chrono::seconds(within_s_);
  if (!ended_.wait_until(lock, end, [this] { return over_; })) at_end_();
}

bool TimeLimit::is_near() const {
  if (within_s_ == 0) return false;
  const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - begun_;
  return gone.count() > within_s_ * (1 - kShareForTheEnd);
}

app::Result<app::Done> TimeLimit::check() const {
  if (!is_near()) return app::Done{};
  return app::Error{app::Code::out_of_time, "The time that was given ran out before the copy was made.",
                    "--within " + std::to_string(within_s_) + " seconds"};
}

}  // namespace exporter
