// Takes in every file of an export: resources into the staging, names into the tables, bundles opened.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "exporter/emr/fhir_lines.h"
#include "exporter/emr/fhir_manifest.h"
#include "exporter/emr/fhir_source.h"
#include "exporter/emr/fhir_staging.h"
#include "exporter/emr/fhir_attachment.h"
#include "exporter/emr/fhir_tables.h"

namespace exporter {

class FhirIntake {
 public:
  FhirIntake(NdjsonFolder lines, const std::filesystem::path& staging, const FhirBulkLimits& limits, ReadReport& report,
             FhirAttachments& attachments, const EntryRule& withheld, FhirPart part = {{}, {}});
  FhirIntake(const FhirIntake&) = delete;
  FhirIntake& operator=(const FhirIntake&) = delete;

  // Reads everything; afterwards the staging can be asked. `server` as in FhirSettings.
  app::Result<app::Done> take_all(const std::string& server);

  FhirStaging& staging() { return staging_; }
  const ReferenceTables& tables() const { return tables_; }
  // Sections that the export holds anything for, whatever the patient. Documents (Composition) speak for
  // their own patient only and count here with nothing.
  const std::set<std::string>& exported() const { return exported_; }
  bool is_deleted(const StagedResource& resource) const;
  app::Instant as_of() const { return as_of_; }

  void skip(Skipped what);
  void skip(LinePlace place, std::string reason);

 private:
  app::Result<app::Done> take_line(const NdjsonLine& line);
  app::Result<app::Done> take_bundle(app::Json bundle, LinePlace place);
  app::Result<app::Done> take_resource(app::Json resource, std::string_view text, LinePlace place, bool in_document);
  void note_exported(std::uint16_t type, app::Json resource);
  void compare_with_manifest();

  NdjsonFolder lines_;
  ReadReport& report_;
  FhirAttachments& attachments_;
  const EntryRule& withheld_;
  ReferenceTables tables_;
  FhirStaging staging_;
  app::Instant as_of_;
  std::vector<ExportManifest> manifests_;
  std::vector<std::uint64_t> lines_of_file_;
  std::set<std::string> exported_;
  std::set<std::string> deleted_;  // "Observation/7"
  std::array<bool, 64> is_noted_{};
  app::JsonDocument document_;
};

}  // namespace exporter
