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

// Parts that a pack names together, or "everything".
struct NamedParts {
  std::set<std::string> names;
  bool has(const std::string& part) const { return names.contains(part) || names.contains(std::string(kEverything)); }
};

// What the pack says of whole parts; see SqlPackFile.
struct PackOrder {
  NamedParts ordered, clustered;
};

app::Result<app::Done> read_pack_head(const std::filesystem::path& file, SqlPack& pack, PackOrder& order);

}  // namespace exporter
