// No test leaves anything in the home of whoever runs it: what our programs remember goes to a folder of the run's own.
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>

#include "tests/temporary_folder.h"

namespace {

class StateHome : public testing::Environment {
 public:
  void SetUp() override { ::setenv("XDG_STATE_HOME", folder_.path().c_str(), 1); }

 private:
  tests::TemporaryFolder folder_;
};

const testing::Environment* const kStateHome = testing::AddGlobalTestEnvironment(new StateHome);

}  // namespace
