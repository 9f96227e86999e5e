// What a bulk export says of itself: of which moment it speaks, whose server made it, which files it has.
//
// Source:  FHIR Bulk Data Access: the complete-status body of $export, as clients save it beside the files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/record/calendar.h"
#include "app/record/json.h"

namespace exporter {

struct ExportedFile {
  std::string name;  // the last part of its address
  std::optional<std::uint64_t> resources;
};

struct ExportManifest {
  app::Instant transaction_time;
  std::string server;  // "https://emr.example/fhir"; "" if it does not say
  std::vector<ExportedFile> files;
};

// Nothing for what is no manifest.
std::optional<ExportManifest> read_export_manifest(app::Json json);

}  // namespace exporter
