// Leaves this laptop's receipt beside the copies: its word, for `nightchart status`, that the copy opened here.
//
// Errors:  none: where it cannot be written, or the copy holds no key for it, nothing happens.
// Source:  app/snapshot/receipt.h
#pragma once

#include <string>

#include "app/snapshot/copy.h"

namespace viewer {

// The key that the copy holds for receipts, or "".
std::string read_receipt_key(const app::Copy& copy);

// `laptop` empty: the computer's own name. Touches no copy, only the folder `receipts` beside it.
void leave_receipt(const app::CopyInfo& info, const std::string& key, const std::string& laptop, app::Instant now);

}  // namespace viewer
