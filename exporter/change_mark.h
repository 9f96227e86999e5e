// What the EMR's own files look like from outside, so that a run between two nights need not read what nobody touched; and what
// the practice itself has put into the copy beside its charts, so that it is not held back for them.
//
// The first mark speaks of files only: an export's folder, an SQLite database with its journal. It holds their names, sizes, times and inodes, the
// day with them, and is a hash. Two equal marks: nothing was written to these files since. Setting a file's time
// back does not hide that it was written to; what was written less than two seconds before `now` has no mark, for what comes right
// after it could look the same. A server shows no such thing to who may only read: it has no mark, and is read.
// The second is a hash of contents: the settings, the EMR's mapping, contacts, forms, the sheet's template, the policy's list, the
// keyholders, the privacy officer, the signing key. It says nothing of when any of these was written.
// Errors:  none; an EMR that can't be looked at has no mark, and of the rest it is a fact that it can't.
#pragma once

#include <string>

#include "app/record/calendar.h"
#include "exporter/options.h"

namespace exporter {

// "" when there is none. `now` is the moment before which the files are known to have come to rest.
std::string read_change_mark(const Options& options, app::Instant now);

// Never "". Requires: read before any of these is read for a copy, so that what changes meanwhile is seen by the next run.
std::string read_carried_mark(const Options& options);

}  // namespace exporter
