// Charts from an EMR's SQL database, as a mapping pack says.
//
// Queries whose rows come ordered by patient are read side by side; of tables that lie in that order a stretch of patients
// at a time (sql_stretches.h); the others are staged first (sorter.h). Memory is bounded by the largest chart and `memory_bytes`.
// Errors:  opening: what open_sql_database() and read_sql_pack() say, and Code::bad_config naming the
//          SQL file and column. A table that may not be read leaves its section "not in this copy" and
//          stands in the report. next(): Code::bad_source, Code::io, Code::busy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "app/error.h"
#include "exporter/emr/chart_source.h"
#include "exporter/emr/document_keeper.h"
#include "exporter/emr/part_keys.h"
#include "exporter/policy/entry_rule.h"

namespace exporter {

struct SqlSourceOrder {
  std::filesystem::path pack;     // its folder
  std::string url;                // "sqlite:///srv/emr.db"
  std::filesystem::path folder;   // from which a relative file in the url is taken
  std::filesystem::path staging;  // for what does not come in order; encrypted, unlinked while open
  std::size_t memory_bytes = 64 << 20;
  std::string time_zone{};        // the practice's, for times with an offset; see app::read_date()
  std::filesystem::path password_file{};
  int connect_timeout_s = 10;
  int read_timeout_s = 300;
  std::int64_t rows_per_second = 0;  // at most; 0: as fast as it goes
  std::filesystem::path documents{};    // the folder in which the EMR keeps its documents; may be empty
  DocumentKeeper* keeper = nullptr;     // is offered every document; outlives the source
  EntryRule withheld = EntryRule::safe_default();  // rows of such a sensitivity are counted, and not read
  app::Shard shard{};                   // whose patients are read
};

app::Result<std::unique_ptr<ChartSource>> open_sql_source(const SqlSourceOrder& order);

}  // namespace exporter
