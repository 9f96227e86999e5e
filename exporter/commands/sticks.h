// The sticks and shares that are mounted on this computer, from which a practice may choose where copies go.
//
// Source:  /proc/mounts, proc(5).
// Errors:  none.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace exporter {

// Of the text of /proc/mounts the folders that a person put there: below /media, /run/media and /mnt.
std::vector<std::filesystem::path> parse_mounts(std::string_view mounts);
std::vector<std::filesystem::path> find_sticks();

}  // namespace exporter
