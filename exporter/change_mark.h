// What the EMR's own files look like from outside, so that a run between two nights need not read what nobody touched.
//
// A mark speaks of files only: an export's folder, an SQLite database with its journal. It holds their names, sizes, times and inodes, the
// settings and the day with them, and is a hash. Two equal marks: nothing was written to these files since. Setting a file's time
// back does not hide that it was written to; what was written less than two seconds before `now` has no mark, for what comes right
// after it could look the same. A server shows no such thing to who may only read: it has no mark, and is read.
// Errors:  none; what can't be looked at has no mark.
#pragma once

#include <string>

#include "app/record/calendar.h"
#include "exporter/options.h"

namespace exporter {

// "" when there is none. `now` is the moment before which the files are known to have come to rest.
std::string read_change_mark(const Options& options, app::Instant now);

}  // namespace exporter
