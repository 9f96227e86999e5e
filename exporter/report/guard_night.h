// Holds tonight's counts against those of the good nights before, as far as anybody remembers them.
//
// Where the nights' memory is lost, the newest good copy's own manifest is what it is held against.
// Errors:  Code::shrunk, unless somebody gave a reason why it is right so.
#pragma once

#include <string>

#include "app/error.h"
#include "exporter/copy/shrink_guard.h"
#include "exporter/options.h"

namespace exporter {

// Returns the reason for which less was accepted, or "" when there was nothing to accept.
app::Result<std::string> guard_night(const Options& options, const NightCounts& tonight);

}  // namespace exporter
