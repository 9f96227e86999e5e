// The binder and the index out of a finished copy, for whoever has a passphrase.
//
// Memory:  about 400 bytes a patient.
// Errors:  what reading the copy returns; not_found for a copy that was made without paper. A patient whose chart can't be
//          read has a line on the index and a page that says so, as long as at least half of the charts can be.
#pragma once

#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "app/snapshot/copy.h"
#include "exporter/binder/binder_settings.h"
#include "exporter/binder/packet.h"

namespace exporter {

// What the practice had decided when the copy was made.
app::Result<BinderSettings> read_binder_settings(const app::Copy& copy);

// Everything but the sheets' words, which CopySheets reads one by one. The paper's size is the settings'.
app::Result<BinderOrder> order_binder(const app::Copy& copy, const BinderSettings& settings, const app::PrintFrame& frame);

// Reads sheets for several threads, one after the other; the copy must outlive it, and nobody else may read it meanwhile.
class CopySheets {
 public:
  explicit CopySheets(const app::Copy& copy) : copy_(copy) {}
  app::Result<app::Sheet> read(const BinderSheet& sheet) const;
  app::Result<app::Chart> read_chart(app::ChartId chart) const;
  std::vector<FoundScan> read_scans(const BinderSheet& sheet, const BinderSettings& settings) const;

 private:
  const app::Copy& copy_;
  mutable std::mutex mutex_;
};

// The packet's files in order, opened: not encrypted. Errors: not_found when the copy has none.
app::Result<std::vector<std::string>> read_packet(const app::Copy& copy);

}  // namespace exporter
