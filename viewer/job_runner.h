// Runs the slow steps beside the window, so that it never freezes: one that people wait for, one that nobody
// does, and the pages of the document that somebody reads.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "viewer/session.h"

namespace viewer {

class JobRunner {
 public:
  // `wake` is called from the other threads when an outcome is ready.
  JobRunner(Session& session, std::function<void()> wake);
  // Waits for what is under way; the check is stopped first.
  ~JobRunner();
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;

  // Starts what the session asks for and hands it what is done; whether anything changed.
  bool serve();

 private:
  struct Lane {
    std::thread thread;
    bool busy = false;
    std::optional<Outcome> outcome;  // guarded by mutex_
  };
  bool collect(Lane& lane);
  void begin(Lane& lane, Job job);

  Session& session_;
  std::function<void()> wake_;
  std::mutex mutex_;
  Lane waited_for_, check_, pages_;
};

// The same without threads: runs everything that the session asks for, here and now.
void run_jobs(Session& session);

}  // namespace viewer
