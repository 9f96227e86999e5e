#include "exporter/emr/socket_wait_posix.h"

#include <poll.h>

#include <cerrno>
#include <chrono>

namespace exporter {

Waited wait_to_read(int socket, int seconds) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::seconds(seconds);
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return Waited::too_long;
    pollfd waited{socket, POLLIN, 0};
    const int ready = poll(&waited, 1, static_cast<int>(left));
    if (ready > 0) return Waited::ready;
    if (ready < 0 && errno != EINTR) return Waited::failed;
  }
}

}  // namespace exporter
