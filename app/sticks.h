// The sticks and shares that are mounted on this computer, where copies and PDFs may be put.
//
// Source:  /proc/mounts, proc(5).
// Errors:  none.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace app {

// Of the text of /proc/mounts the folders that a person put there: below /media, /run/media and /mnt.
std::vector<std::filesystem::path> parse_mounts(std::string_view mounts);
// Of those, the disks that may be written on: no share, which may never answer in an outage.
std::vector<std::filesystem::path> parse_sticks(std::string_view mounts);
std::vector<std::filesystem::path> find_sticks();

}  // namespace app
