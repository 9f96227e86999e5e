// The practice's EMR, opened as its settings say: for the night, for a drill, for a look at it.
//
// Errors:  those of open_fhir_bulk() and open_sql_source().
#pragma once

#include <filesystem>
#include <memory>

#include "app/error.h"
#include "exporter/emr/chart_source.h"
#include "exporter/emr/sql_source.h"
#include "exporter/options.h"

namespace exporter {

// What does not come in order is staged in `staging`, encrypted. `documents` is offered every document, and may be null.
app::Result<std::unique_ptr<ChartSource>> open_emr(const Options& options, const std::filesystem::path& staging, DocumentKeeper* documents);

// Of an EMR that is a database.
SqlSourceOrder sql_order_of(const Options& options, const std::filesystem::path& staging, DocumentKeeper* documents);

// For whoever only looks: beside the copies, where there is room.
std::filesystem::path staging_beside_copies(const Options& options);

}  // namespace exporter
