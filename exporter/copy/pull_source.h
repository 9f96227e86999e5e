// Where a laptop pulls copies from: a folder that it can read, or a remote of rclone. Nothing is ever written there.
//
// Errors:  not_found, io.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/error.h"
#include "app/snapshot/manifest.h"

namespace exporter {

class PullSource {
 public:
  virtual ~PullSource() = default;
  // Of the folders that bear a copy's name.
  virtual app::Result<std::vector<std::string>> list_copies() const = 0;
  // The folders of parts, and the newest name of a copy in each; "" where there is none.
  virtual app::Result<std::vector<std::pair<app::Shard, std::string>>> list_parts() const = 0;
  // From the byte `from` on at most `most` bytes of a file, named from the source on.
  virtual app::Result<app::Done> read(const std::string& file, std::uint64_t from, std::uint64_t most,
                                      const std::function<void(std::string_view)>& hear) const = 0;
};

// "name:path" is a remote of rclone, unless there is a folder of that name; `rclone_config` may be empty.
std::unique_ptr<PullSource> open_pull_source(const std::string& from, const std::filesystem::path& rclone_config);

}  // namespace exporter
