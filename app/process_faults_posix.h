// What becomes of a program in which something goes badly wrong: no charts on the disk, no death by a full one.
//
// POSIX only.
#pragma once

namespace app {

// From now on this process leaves no core dump and cannot be looked into by others of the same user.
void forbid_core_dumps();

// A file that may not grow (ulimit -f, a quota) is an error like a full disk, not the end of the program.
void survive_file_limits();
// Nobody reading what is said (a pipe that was closed) is an error too. For a night, whose work is not its words.
void survive_closed_pipes();

}  // namespace app
