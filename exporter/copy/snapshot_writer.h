// Writes charts.db: the charts in the order they come, the schedule, the search index, and what a viewer
// needs besides.
//
// Three threads share the work: the caller's reads, one puts charts into words, one makes them small,
// encrypts and stores them. Memory does not grow with the charts but for eight bytes a patient at the end: what the search
// index and the schedule are made of is staged beside charts.db, encrypted, in files without a name.
// Errors:  no_room, io; bad_source for a chart beyond all bounds. After an error nothing more can be added; the file is worthless and is swept with
//          the folder it stands in.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "app/digest.h"
#include "app/error.h"
#include "app/record/calendar.h"
#include "app/record/chart.h"
#include "app/record/sheet.h"
#include "app/snapshot/counts.h"
#include "app/snapshot/keys.h"

namespace exporter {

struct SnapshotPlan {
  std::uint64_t sequence = 0;
  app::Instant as_of;  // when the EMR was read
  app::SheetTemplate sheet_template;
};

// What was written, to be compared with what is read back.
struct SnapshotSummary {
  app::ChartCounts counts;
  std::string charts_digest;  // see app::Copy::charts_digest()
  std::map<std::string, app::Digest> search_digests;  // see app::Copy::search_digests()
};

class SnapshotWriter {
 public:
  // Makes charts.db in `folder`.
  static app::Result<SnapshotWriter> create(const std::filesystem::path& folder, SnapshotPlan plan,
                                            const app::CopyKey& key);
  ~SnapshotWriter();
  SnapshotWriter(SnapshotWriter&&) noexcept;
  SnapshotWriter& operator=(SnapshotWriter&&) noexcept;

  // The chart's number is 1, 2, 3, … Waits when the disk is slower than the source. An error may belong
  // to a chart that was added before.
  app::Result<app::Done> add(app::Chart chart);
  // Keeps bytes under a name for Copy::read_kept(): "binder_password", …
  app::Result<app::Done> keep(std::string_view name, std::string_view bytes);
  // `report` is JSON. Returns when everything is on the disk. Call it once, last.
  app::Result<SnapshotSummary> finish(std::string_view report);

 private:
  struct State;
  explicit SnapshotWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace exporter
