#include "exporter/emr/fhir_intake.h"

#include <algorithm>
#include <utility>

#include "exporter/emr/fhir_bundle.h"
#include "exporter/emr/fhir_types.h"
#include "exporter/emr/fhir_values.h"
#include "exporter/emr/fhir_withheld.h"

namespace exporter {
namespace {

using app::Json;

bool is_type_name(std::string_view name) {
  if (name.empty() || name.size() > 64) return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
}

bool says_error(Json outcome) {
  const auto issues = outcome["issue"].items();
  return std::any_of(issues.begin(), issues.end(), [](Json issue) {
    return issue["severity"].text() == "error" || issue["severity"].text() == "fatal";
  });
}

}  // namespace

FhirIntake::FhirIntake(NdjsonFolder lines, const std::filesystem::path& staging, const FhirBulkLimits& limits,
                       ReadReport& report, FhirAttachments& attachments, const EntryRule& withheld, FhirPart part)
    : lines_(std::move(lines)), report_(report), attachments_(attachments), withheld_(withheld), staging_(staging, limits.memory_bytes, tables_.servers(), std::move(part)),
      as_of_(lines_.oldest()), lines_of_file_(lines_.files().size()) {}

void FhirIntake::skip(Skipped what) {
  ++report_.skipped;
  if (report_.first_skipped.size() < kMostSkippedNamed) report_.first_skipped.push_back(std::move(what));
}

void FhirIntake::skip(LinePlace place, std::string reason) {
  skip({lines_.where(place.file, place.number), std::move(reason)});
}

app::Result<app::Done> FhirIntake::take_all(const std::string& server) {
  // Files that are not read come first, so that a flood of broken lines does not hide them.
  const std::size_t not_read = lines_.skipped().size();
  for (const Skipped& file : lines_.skipped()) skip(file);
  for (NdjsonLine line;;) {
    TRY_GET(const bool more, lines_.next(line));
    if (!more) break;
    ++lines_of_file_[line.file];
    TRY(take_line(line));
  }
  for (std::size_t i = not_read; i < lines_.skipped().size(); ++i) skip(lines_.skipped()[i]);
  compare_with_manifest();
  tables_.servers().tell(server);
  if (server.empty()) {
    for (const ExportManifest& manifest : manifests_) tables_.servers().tell(manifest.server);
  }
  tables_.servers().learn();
  return staging_.sort([this](LinePlace place, const char* reason) { skip(place, reason); });
}

app::Result<app::Done> FhirIntake::take_line(const NdjsonLine& line) {
  const LinePlace place{line.file, 0, line.number};
  const auto skip_line = [&](const char* reason) {
    skip(place, reason);
    return app::Done{};
  };
  if (line.too_long) return skip_line(line.number == 0 ? "is longer than the limit" : "the line is longer than the limit");
  const auto parsed = document_.parse(line.text);
  if (!parsed.ok()) return skip_line("not readable JSON");
  const Json resource = parsed.value();
  if (!resource.is_object()) return skip_line("not a JSON object");
  if (!resource["resourceType"].exists()) {
    if (auto manifest = read_export_manifest(resource)) {
      manifests_.push_back(*std::move(manifest));
      return app::Done{};
    }
  }
  if (is_bundle(resource)) return take_bundle(resource, place);
  return take_resource(resource, line.text, place, false);
}

app::Result<app::Done> FhirIntake::take_bundle(Json bundle, LinePlace place) {
  const bool is_document = bundle["type"].text() == "document";
  BundleVisitor visitor;
  visitor.take = [&](Json resource, std::string_view text) { return take_resource(resource, text, place, is_document); };
  visitor.deleted = [this](std::string what) {
    const Reference gone = parse_reference_text(what);
    if (!gone.id.empty()) deleted_.insert(gone.type + '/' + gone.id);
  };
  visitor.skip = [&](const char* reason) { skip(place, reason); };
  for (const Json entry : bundle["entry"].items()) {
    if (entry["resource"]["resourceType"].text() != "Patient") continue;
    const Reference own = parse_reference_text(entry["fullUrl"].text());
    if (!own.server.empty()) tables_.servers().note(own.server);
  }
  return open_bundle(bundle, visitor);
}

app::Result<app::Done> FhirIntake::take_resource(Json resource, std::string_view text, LinePlace place, bool in_document) {
  const std::string_view name = resource["resourceType"].text();
  if (!is_type_name(name)) {
    skip(place, "no resourceType");
    return app::Done{};
  }
  if (ReferenceTables::holds(name)) {
    tables_.add(name, resource, is_withheld(withheld_, resource));
    return app::Done{};
  }
  if (name == "OperationOutcome" && says_error(resource)) {
    skip(place, "says that the EMR could not export something");
    return app::Done{};
  }
  const auto type = find_resource_type(name);
  if (name == "Binary") {
    return attachments_.take_binary(resource, is_withheld(withheld_, resource));
  }
  if (!type) {
    ++report_.passed_by[std::string(name)];
    return app::Done{};
  }
  if (!in_document) note_exported(*type, resource);
  TRY_GET(std::string reason, staging_.add(*type, resource, text, place, is_withheld(withheld_, resource)));
  // Staff and rooms answer too.
  if (!reason.empty() && name == "AppointmentResponse") ++report_.passed_by["AppointmentResponse (not the patient's)"];
  else if (!reason.empty()) skip(place, std::move(reason));
  return app::Done{};
}

void FhirIntake::note_exported(std::uint16_t type, Json resource) {
  const ResourceType& known = resource_types()[type];
  if (known.name == "Patient" && resource["generalPractitioner"].exists()) exported_.insert("care_team");
  if (known.name == "Consent" && !is_directive(resource)) return;
  if (std::exchange(is_noted_[type], true)) return;
  for (const std::string_view section : known.sections) {
    if (!section.empty()) exported_.insert(std::string(section));
  }
}

// Only where the files kept their names can anything be told of them.
void FhirIntake::compare_with_manifest() {
  if (manifests_.empty()) return;
  as_of_ = manifests_.front().transaction_time;
  for (const ExportManifest& manifest : manifests_) {
    if (manifest.transaction_time.s < as_of_.s) as_of_ = manifest.transaction_time;
    std::vector<std::pair<const ExportedFile*, std::optional<std::size_t>>> named;
    bool any = false;
    for (const ExportedFile& file : manifest.files) {
      std::optional<std::size_t> here;
      for (std::size_t i = 0; i < lines_.files().size(); ++i) {
        if (lines_.file_name(static_cast<std::uint32_t>(i)) == file.name) here = i;
      }
      any = any || here;
      named.emplace_back(&file, here);
    }
    for (const auto& [file, here] : named) {
      if (!any) break;
      if (!here) {
        skip({file->name, "is named by the export's manifest and is not here"});
      } else if (file->resources && *file->resources != lines_of_file_[*here]) {
        skip({file->name, "holds " + std::to_string(lines_of_file_[*here]) + " resources where the export's manifest says " +
                              std::to_string(*file->resources)});
      }
    }
  }
}

bool FhirIntake::is_deleted(const StagedResource& resource) const {
  return !deleted_.empty() && deleted_.contains(std::string(resource_types()[resource.type].name) + '/' + resource.id);
}

}  // namespace exporter
