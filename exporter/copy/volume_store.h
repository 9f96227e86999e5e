// The volumes in a folder of copies, here or at a destination: tidied, brought along, dropped.
//
// A volume belongs to whichever copies in the folder name it, and goes when none does.
// Errors:  io, no_room, damaged.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/snapshot/manifest_volumes.h"

namespace exporter {

// A volume that is not finished yet bears one of these before its name; no reader looks at it.
inline constexpr std::string_view kMakingVolume = ".making-";
inline constexpr std::string_view kIncomingVolume = ".incoming-";

// Removes what a night that was cut short left behind.
void remove_volume_leftovers(const std::filesystem::path& copies);

// Whether the bytes of a volume are to be read again this night: each volume's turn comes once in so
// many nights, a part of them every night.
bool is_due(std::string_view volume, std::uint64_t turn, int every_nights);

// Removes every volume that neither a copy in this folder nor `needed` names; returns how many. For whoever has
// removed copies, and for the end of each night. Where a copy's manifest cannot be read at all, or is a
// later Nightchart's, nothing is removed: nobody knows what it needs.
app::Result<std::uint64_t> remove_unneeded_volumes(const std::filesystem::path& copies,
                                                   const std::set<std::string>& needed);

// Brings the volumes that `to` lacks, or has in another state than the manifest says, from the folder of
// copies `from`; each is read again where it lies now before it gets its name. Those that lie there
// already are compared by length, or by every byte when they are due. All that can be brought is brought; the Error
// tells of the first that could not.
struct VolumeMove {
  std::filesystem::path from;
  std::filesystem::path to;
  std::uint64_t turn = 0;  // see is_due()
  int every_nights = 1;
  std::string incoming = std::string(kIncomingVolume);  // what begins with it is this exporter's own
};
app::Result<std::uint64_t> bring_volumes(const VolumeMove& move, const std::vector<app::ManifestVolume>& volumes);

}  // namespace exporter
