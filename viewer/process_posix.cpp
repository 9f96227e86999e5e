#include "viewer/process_posix.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <system_error>

namespace viewer {

void forbid_core_dumps() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0);
}

std::filesystem::path program_folder() {
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  return program.empty() ? std::filesystem::current_path(ignored) : program.parent_path();
}

}  // namespace viewer
