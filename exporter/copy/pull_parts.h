// A laptop fetches every part of a practice that is made in parts, or its whole copy where that is newer.
//
// Each part lies in a folder of its own in TO and is pulled as a copy by itself (pull.h); a part that cannot be had hides no other.
// Trust:   all parts are one practice's: whose fingerprint is given, and from then on; else whoever TO/.pulled.json names; else whoever
//          signed what TO holds already; else the first part's that is pulled.
// Errors:  forged when TO holds copies of several practices; not_found when nothing lies there. Each part's own is in its result.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "exporter/copy/pull.h"

namespace exporter {

struct PulledPart {
  app::Shard shard;  // the whole, where the practice is not made in parts
  std::optional<Pulled> pulled;
  std::optional<app::Error> fault;  // one of the two is there
};

struct PulledParts {
  std::vector<PulledPart> parts;      // all of them, in their order
  std::optional<app::Error> fault;    // the first part's that is missing; else that they are not of one night
  std::vector<SetAside> passed_over;  // newer ones of which nothing at all could be used
};

// `from` as open_pull_source() takes it.
app::Result<PulledParts> pull_parts(const std::string& from, const std::filesystem::path& rclone_config, const PullOrder& order, app::Instant now,
                                    const std::function<void(const std::string&)>& progress);

}  // namespace exporter
