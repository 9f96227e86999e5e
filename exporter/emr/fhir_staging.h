// The resources of an export, brought together by patient.
//
// Key in the Sorter: patient's id, NUL, rank, type, resource's id. So a patient comes before what is
// theirs, what is referred to before what refers, and the same chart results whatever the order of the
// files. Resources that name their patient by an identifier wait in a second Sorter until all patients
// are known. Of several versions of one resource the newest counts (fhir_version.h).
// What names a patient record that was replaced by another goes to the other. Of a part of the practice, what names other parts'
// patients is let go (fhir_part.h).
// Errors:  as Sorter.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/record/json.h"
#include "exporter/emr/chart_source.h"
#include "exporter/emr/fhir_part.h"
#include "exporter/emr/fhir_reference.h"
#include "exporter/emr/fhir_servers.h"
#include "exporter/staging/sorter.h"

namespace exporter {

// Where a resource stands in the export, for the report.
struct LinePlace {
  std::uint32_t file = 0;
  std::uint32_t server = 0;  // which one the patient was named by, see FhirStaging::server(); 0: none
  std::uint64_t number = 0;
};

struct StagedResource {
  std::string patient;
  bool is_replaced_patient = false;
  bool is_withheld = false;  // by the practice's policy
  std::uint16_t type = 0;
  std::string id;
  LinePlace place;
  std::string text;
  std::vector<std::string> rivals;  // other texts of it, when nothing says which is the newer
};

class FhirStaging {
 public:
  // What references to patients look like is noted in `servers`.
  FhirStaging(const std::filesystem::path& staging, std::size_t memory_bytes, LocalServers& servers, FhirPart part);

  // `resource` is `text` parsed. Returns a reason if it names no patient.
  app::Result<std::string> add(std::uint16_t type, app::Json resource, std::string_view text, LinePlace place,
                               bool is_withheld = false);
  // Ends adding. Requires: the servers are learnt. Those whose patient can't be found are handed to `skip`.
  using Skip = std::function<void(LinePlace, const char* reason)>;
  app::Result<app::Done> sort(const Skip& skip);
  // False at the end.
  app::Result<bool> next(StagedResource& resource);

  std::uint64_t superseded() const { return superseded_; }
  const std::string& server(std::uint32_t number) const { return server_names_[number]; }
  // Sorted: who replaced whom, and whether the export must be read once more with that known.
  const FhirPart& part() const { return part_; }

 private:
  app::Result<app::Done> add_patient(app::Json resource, std::uint16_t type, std::string_view bytes);
  app::Result<app::Done> add_for(const Reference& patient, const std::string& suffix, std::uint16_t type);
  std::uint32_t number_of_server(const std::string& server);
  app::Result<app::Done> join_identifiers(const Skip& skip);
  app::Result<app::Done> follow_replaced();
  app::Result<bool> next_record();
  bool is_of_part(std::string_view patient);

  LocalServers& servers_;
  std::vector<std::string> server_names_{""};
  std::map<std::string, std::uint32_t> server_numbers_{{"", 0}};
  std::filesystem::path folder_;
  std::size_t memory_bytes_;
  Sorter by_patient_;
  Sorter by_identifier_;
  FhirPart part_;
  std::string bytes_;  // place and text of the resource being added
  std::uint64_t superseded_ = 0;
  std::string asked_;  // whether this patient is of the part
  bool asked_is_of_part_ = true;
  // The record that next() looked ahead to.
  bool has_ahead_ = false;
  std::string ahead_key_;
  std::uint16_t ahead_type_ = 0;
  std::string ahead_bytes_;
};

}  // namespace exporter
