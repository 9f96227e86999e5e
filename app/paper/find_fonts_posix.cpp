// Linux names the running program's file under /proc; every other system takes the build's folder.
#include <system_error>

#include "app/paper/shape.h"

namespace app {

std::filesystem::path find_fonts() {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  const fs::path beside = program.parent_path().parent_path() / "share/nightchart/fonts";
  if (!program.empty() && fs::exists(beside / "fonts.txt", ignored)) return beside;
  return fs::path(NIGHTCHART_BUILD_SHARE) / "fonts";
}

}  // namespace app
