// Tonight's copy sent through rclone, read back from there byte by byte, and what that place no longer keeps removed.
//
// What it proves: that the bytes which that server gives now are those that were opened and compared here, by the hashes of the
// signed manifest. What it can't prove: that the server will give them tomorrow.
// An interrupted transfer goes on where it stopped, file by file: volumes that arrived whole are not sent again.
// Errors:  as for a folder; nothing stops another destination.
#pragma once

#include <filesystem>
#include <string>

#include "exporter/copy/destinations.h"
#include "exporter/copy/rotation.h"

namespace exporter {

struct RemotePlace {
  std::string name;
  std::string remote;            // "office-sftp:nightchart", as rclone says it
  std::filesystem::path config;  // rclone's; empty: its own choice
  KeepPolicy keep;
};

app::Result<app::Done> send_to_remote(const KnownCopy& copy, const RemotePlace& place);

// As for a folder: looks, and removes nothing.
Rotation plan_remote_rotation(const RemotePlace& place, const RotationRules& rules);
// Without `verified` the newest good copy is read back first.
Rotation rotate_remote(const RemotePlace& place, const RotationRules& rules, const std::string& verified, app::Instant now);

}  // namespace exporter
