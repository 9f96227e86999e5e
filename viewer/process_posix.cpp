#include "viewer/process_posix.h"

#include <system_error>

namespace viewer {

std::filesystem::path program_folder() {
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  return program.empty() ? std::filesystem::current_path(ignored) : program.parent_path();
}

}  // namespace viewer
