#include "app/system_fault.h"

#include <cerrno>

namespace app {

Code code_of_refusal(int number) {
  switch (number) {
    case ENOSPC:
    case EFBIG:  // a limit, or a stick whose file system ends at 4 GB
#ifdef EDQUOT
    case EDQUOT:
#endif
      return Code::no_room;
    default:
      return Code::io;
  }
}

Code code_of_refusal(const std::error_code& failure) {
  const bool of_system = failure.category() == std::system_category() || failure.category() == std::generic_category();
  return of_system ? code_of_refusal(failure.value()) : Code::io;
}

}  // namespace app
