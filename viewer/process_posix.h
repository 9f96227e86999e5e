// What the viewer asks of the system: where the program lies.
#pragma once

#include <filesystem>

namespace viewer {

std::filesystem::path program_folder();

}  // namespace viewer
