#include "viewer/job_runner.h"

#include <exception>
#include <utility>

namespace viewer {

JobRunner::JobRunner(Session& session, std::function<void()> wake) : session_(session), wake_(std::move(wake)) {}

JobRunner::~JobRunner() {
  session_.stop_check();
  session_.stop_drawing();
  for (Lane* lane : {&waited_for_, &check_, &pages_})
    if (lane->thread.joinable()) lane->thread.join();
}

bool JobRunner::collect(Lane& lane) {
  std::optional<Outcome> outcome;
  {
    const std::lock_guard lock(mutex_);
    outcome = std::exchange(lane.outcome, std::nullopt);
  }
  if (!outcome) return false;
  lane.thread.join();
  lane.busy = false;
  session_.finish(*outcome);
  return true;
}

void JobRunner::begin(Lane& lane, Job job) {
  lane.busy = true;
  lane.thread = std::thread([this, &lane, work = std::move(job)]() mutable {
    Outcome done;
    try {
      done = work();
    } catch (...) {
      // It ends the program from the main thread, which knows how to do so quietly.
      done = [thrown = std::current_exception()](Session&) { std::rethrow_exception(thrown); };
    }
    {
      const std::lock_guard lock(mutex_);
      lane.outcome = std::move(done);
    }
    wake_();
  });
}

bool JobRunner::serve() {
  const bool answered = collect(waited_for_);
  const bool checked = collect(check_);
  const bool drawn = collect(pages_);
  if (auto job = session_.take_job()) begin(waited_for_, std::move(*job));
  // One that was stopped may still be reading its last piece: the next begins when it is gone.
  if (!check_.busy)
    if (auto job = session_.take_check()) begin(check_, std::move(*job));
  if (!pages_.busy)
    if (auto job = session_.take_page_job()) begin(pages_, std::move(*job));
  return answered || checked || drawn;
}

void run_jobs(Session& session) {
  for (;;) {
    auto job = session.take_job();
    if (!job) job = session.take_check();
    if (!job) job = session.take_page_job();
    if (!job) return;
    session.finish((*job)());
  }
}

}  // namespace viewer
