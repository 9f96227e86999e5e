#include "app/process_faults_posix.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace app {

void forbid_core_dumps() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0);
}

void survive_file_limits() { signal(SIGXFSZ, SIG_IGN); }
void survive_closed_pipes() { signal(SIGPIPE, SIG_IGN); }

}  // namespace app
