// Writes a picture as a PNG file.
//
// Errors:  Code::io.
#pragma once

#include <filesystem>

#include "app/error.h"
#include "viewer/render.h"

namespace viewer {

app::Result<app::Done> write_png(const Picture& picture, const std::filesystem::path& file);

}  // namespace viewer
