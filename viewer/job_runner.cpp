#include "viewer/job_runner.h"

#include <exception>
#include <utility>

namespace viewer {

JobRunner::JobRunner(std::function<void()> wake) : wake_(std::move(wake)) {}

JobRunner::~JobRunner() {
  if (thread_.joinable()) thread_.join();
}

bool JobRunner::serve(Session& session) {
  std::optional<Outcome> outcome;
  {
    const std::lock_guard lock(mutex_);
    outcome = std::exchange(outcome_, std::nullopt);
  }
  if (outcome) {
    thread_.join();
    session.finish(*outcome);
  }
  if (auto job = session.take_job()) {
    thread_ = std::thread([this, work = std::move(*job)]() mutable {
      Outcome done;
      try {
        done = work();
      } catch (...) {
        // It ends the program from the main thread, which knows how to do so quietly.
        done = [thrown = std::current_exception()](Session&) { std::rethrow_exception(thrown); };
      }
      {
        const std::lock_guard lock(mutex_);
        outcome_ = std::move(done);
      }
      wake_();
    });
  }
  return outcome.has_value();
}

void run_jobs(Session& session) {
  while (auto job = session.take_job()) session.finish((*job)());
}

}  // namespace viewer
