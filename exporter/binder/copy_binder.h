// The binder and the index out of a finished copy, for whoever has a passphrase.
//
// Memory:  about 400 bytes a patient.
// Errors:  what reading the copy returns; not_found for a copy that was made without paper.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/snapshot/copy.h"
#include "exporter/binder/binder_settings.h"
#include "exporter/binder/packet.h"

namespace exporter {

// What the practice had decided when the copy was made.
app::Result<BinderSettings> read_binder_settings(const app::Copy& copy);

// Everything but the sheets' words, which `read_copy_sheet` reads one by one. The paper's size is the settings'.
app::Result<BinderOrder> order_binder(const app::Copy& copy, const BinderSettings& settings, const app::PrintFrame& frame);
app::Result<app::Sheet> read_copy_sheet(const app::Copy& copy, const BinderSheet& sheet);

// The packet's files in order, opened: not encrypted. Errors: not_found when the copy has none.
app::Result<std::vector<std::string>> read_packet(const app::Copy& copy);

}  // namespace exporter
