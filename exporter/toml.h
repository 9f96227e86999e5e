// Reads a TOML file as JSON text, so that whoever needs its values asks app::Json and knows no TOML.
//
// Shape:   tables become objects, arrays arrays, dates and times text as TOML writes them.
// Errors:  Code::not_found and Code::io for the file; Code::bad_config naming file, line and column.
// Source:  TOML 1.0.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "app/error.h"

namespace exporter {

app::Result<std::string> read_toml_as_json(const std::filesystem::path& path);

// The same for text at hand; `name` stands in the errors in the file's place.
app::Result<std::string> parse_toml_as_json(std::string_view text, const std::string& name);

}  // namespace exporter
