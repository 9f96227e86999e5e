// The copies that lie on an rclone remote: which are good, and how those go that are no longer kept.
//
// Good is: the manifest is signed by the practice, the folder has its name, every file has the size that the manifest says.
// Errors:  those of rclone.h; removal writes each down before it is done.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/snapshot/manifest.h"
#include "exporter/copy/rclone.h"
#include "exporter/copy/rotation.h"

namespace exporter {

struct RemoteCopies {
  std::vector<std::pair<GoodCopy, app::Manifest>> good;
  std::vector<SetAside> left_alone;
  std::vector<std::string> half_removed;  // folders that an earlier rotation began to remove
  std::vector<std::string> volumes;       // files that lie there
  bool somebody_brings = false;           // a copy that is not to be seen yet
  std::optional<app::Error> fault;
};

RemoteCopies read_remote_copies(const Rclone& rclone, const app::PublicKey& signer);

// Removes what `plan` says, except `verified`, and the volumes that no kept copy names; notes it in `plan`.
app::Result<app::Done> remove_remote(const Rclone& rclone, const RemoteCopies& copies, Rotation& plan, const RotationRules& rules,
                                     const std::string& verified, app::Instant now);

}  // namespace exporter
