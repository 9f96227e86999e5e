// Linux names the running program's file under /proc; every other system takes the build's folder.
#include "app/find_share.h"

#include <system_error>

namespace app {

std::filesystem::path find_share() {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  const fs::path beside = program.parent_path().parent_path() / "share/nightchart";
  if (!program.empty() && fs::exists(beside / "fonts/fonts.txt", ignored)) return beside;
  return NIGHTCHART_BUILD_SHARE;
}

}  // namespace app
