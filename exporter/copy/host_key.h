// A key of this host, for what the exporter remembers between nights: made when first asked for.
//
// Shape:   PRACTICE/keys/KIND.key, JSON, its owner's only.
// Errors:  io, no_room when it cannot be made, or cannot be read though it is there: then it is left alone. One that holds
//          something else, or is missing where something was locked under it, is made anew and said in `lost`; what it held lies
//          beside it, as KIND.key.damaged.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/error.h"
#include "app/snapshot/keys.h"

namespace exporter {

struct HostKey {
  app::CopyKey key;
  std::optional<app::Error> lost;
};

// `kind` is "documents", "binder"; `locked` is the file that the key opens.
app::Result<HostKey> open_host_key(const std::filesystem::path& practice, const std::string& kind,
                                   const std::filesystem::path& locked);

}  // namespace exporter
