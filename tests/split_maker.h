// Makes small copies of parts of a practice for tests, beside each other as the nights of parts leave them.
#pragma once

#include <filesystem>
#include <vector>

#include "app/record/calendar.h"
#include "app/snapshot/manifest.h"
#include "tests/copy_maker.h"

namespace tests {

// When the copies of other makers are taken, too.
inline constexpr app::Instant kSplitTaken{1'790'000'000};

// The copy of a whole practice, or of one part of it in its folder "shard-2-of-3", with those of the charts that belong to it.
// It holds a key for receipts, and who reads the record of looks if there is one.
app::Result<std::filesystem::path> publish_part(const Practice& practice, const std::filesystem::path& around, const app::Shard& shard,
                                                std::uint64_t sequence, app::Instant as_of, const std::vector<app::Chart>& charts,
                                                const app::PublicKey* officer = nullptr);

// All parts, of one moment.
app::Result<app::Done> publish_split(const Practice& practice, const std::filesystem::path& around, std::uint32_t of, std::uint64_t sequence,
                                     app::Instant as_of, const std::vector<app::Chart>& charts);

}  // namespace tests
