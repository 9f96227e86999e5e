// pack.toml: what a mapping pack says of itself.
//
// Errors:  Code::not_found, Code::io, Code::bad_config naming the file and the key.
#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "app/error.h"
#include "exporter/emr/sql_pack.h"

namespace exporter {

inline constexpr std::string_view kEverything = "everything";

// `ordered` receives the parts whose rows come in order, or "everything".
app::Result<app::Done> read_pack_head(const std::filesystem::path& file, SqlPack& pack, std::set<std::string>& ordered);

}  // namespace exporter
