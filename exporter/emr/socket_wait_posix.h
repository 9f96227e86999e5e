// Waits for a socket, but not for ever.
#pragma once

namespace exporter {

enum class Waited { ready, too_long, failed };

Waited wait_to_read(int socket, int seconds);

}  // namespace exporter
