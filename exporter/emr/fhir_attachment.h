// The bytes of FHIR attachments: inside the resource, in a Binary of the export, or in a file beside it.
//
// A Binary is kept when it comes by, before any patient is known: the references to it find it by its id.
// Source:  FHIR R4, Attachment and Binary. Addresses of the web are not fetched, and counted.
// Errors:  none; what cannot be kept is said in the entry.
#pragma once

#include <filesystem>
#include <string>
#include <unordered_map>

#include "app/record/entries.h"
#include "app/record/json.h"
#include "exporter/emr/document_files_posix.h"
#include "exporter/emr/document_keeper.h"
#include "exporter/emr/fhir_servers.h"

namespace exporter {

class FhirAttachments {
 public:
  // Without a keeper nothing is kept and nothing said. `root` is where relative addresses begin.
  FhirAttachments(DocumentKeeper* keeper, const std::filesystem::path& root);

  void take_binary(app::Json binary);
  // `owner` is the same every night for this attachment: "DocumentReference/7#1".
  app::DocumentContent keep(app::Json attachment, const std::string& owner, const LocalServers& servers) const;

 private:
  app::DocumentContent keep_data(std::string_view base64, const std::string& owner, const std::string& media_type) const;

  DocumentKeeper* keeper_;
  DocumentFolder folder_;
  std::unordered_map<std::string, app::DocumentContent> binaries_;  // by id
};

}  // namespace exporter
