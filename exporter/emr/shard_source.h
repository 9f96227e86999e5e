// One of the parts of a practice's patients: the charts whose key falls into its range of hashes, and no others.
//
// Sources let go of other parts' rows as early as they can (part_keys.h); whatever comes through all the same ends here.
// The split is by a hash of the EMR's own key, cut into ranges of one size: a patient stays in one part from night to night,
// whatever keys the EMR gives to new ones, and the parts are about equally large.
// Errors:  those of the source that is split.
#pragma once

#include <memory>

#include "app/snapshot/manifest.h"
#include "exporter/emr/chart_source.h"
#include "exporter/emr/part_keys.h"

namespace exporter {

// `whole` itself when there is one part only.
std::unique_ptr<ChartSource> take_shard(std::unique_ptr<ChartSource> whole, const app::Shard& shard);

}  // namespace exporter
