// What the viewer asks of the system for itself: no core dumps, and where the program lies.
#pragma once

#include <filesystem>

namespace viewer {

// A crash must not write charts to a disk.
void forbid_core_dumps();

std::filesystem::path program_folder();

}  // namespace viewer
