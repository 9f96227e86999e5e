// A crash must not write charts to a disk.
//
// POSIX only.
#pragma once

namespace app {

// From now on this process leaves no core dump and cannot be looked into by others of the same user.
void forbid_core_dumps();

}  // namespace app
