// Small files that the viewer leaves for itself or for the exporter: read with a limit, replaced in one step.
//
// Errors:  not_found; wrong_kind for what is no plain file or too large; io, with the file as detail.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "app/error.h"

namespace viewer {

app::Result<std::string> read_small_file(const std::filesystem::path& file, std::size_t most_bytes);

// Makes the folder too, but nothing above it. `mode` is that of the file, where the file system has any.
app::Result<app::Done> replace_small_file(const std::filesystem::path& file, std::string_view bytes, unsigned mode);

// What this computer is called on its network; "" if nothing is set.
std::string read_computer_name();

}  // namespace viewer
