// Gives memory that was freed back to the system, before much is needed of another kind.
//
// Errors:  none; nothing where the C library has no such call.
#pragma once

namespace exporter {

void give_back_freed_memory();

}  // namespace exporter
