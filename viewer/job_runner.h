// Runs one slow step at a time beside the window, so that it never freezes.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "viewer/session.h"

namespace viewer {

class JobRunner {
 public:
  // `wake` is called from the other thread when an outcome is ready.
  explicit JobRunner(std::function<void()> wake);
  // Waits for what is under way.
  ~JobRunner();
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;

  // Starts what the session asks for and hands it what is done; whether anything changed.
  bool serve(Session& session);

 private:
  std::function<void()> wake_;
  std::thread thread_;
  std::mutex mutex_;
  std::optional<Outcome> outcome_;
};

// The same without a thread: runs everything that the session asks for, here and now.
void run_jobs(Session& session);

}  // namespace viewer
