// The bytes of FHIR attachments: inside the resource, in a Binary of the export, or in a file beside it.
//
// A Binary comes by before any patient is known. It is put aside, encrypted, until a document of a chart asks for it.
// Source:  FHIR R4, Attachment and Binary. Addresses of the web are not fetched, and counted.
// Errors:  none; what cannot be kept is said in the entry.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "app/record/entries.h"
#include "app/record/json.h"
#include "exporter/emr/bytes_aside.h"
#include "exporter/emr/document_files_posix.h"
#include "exporter/emr/document_keeper.h"
#include "exporter/emr/fhir_servers.h"

namespace exporter {

class FhirAttachments {
 public:
  // Without a keeper nothing is kept and nothing said. `root` is where relative addresses begin.
  FhirAttachments(DocumentKeeper* keeper, const std::filesystem::path& root, std::filesystem::path staging);

  app::Result<app::Done> take_binary(app::Json binary, bool is_withheld = false);
  // `owner` is the same every night for this attachment: "DocumentReference/7#1".
  app::DocumentContent keep(app::Json attachment, const std::string& owner, const LocalServers& servers) const;

 private:
  struct Binary {
    PlaceAside place;
    std::string revision;
    std::string media_type;
  };
  app::DocumentContent keep_binary(const std::string& id, const Binary& binary) const;
  app::DocumentContent keep_data(std::string_view base64, const std::string& owner, const std::string& media_type) const;

  DocumentKeeper* keeper_;
  DocumentFolder folder_;
  std::filesystem::path staging_;
  std::shared_ptr<BytesAside> aside_;
  std::unordered_map<std::string, Binary> binaries_;  // by id
  std::unordered_set<std::string> withheld_;          // ids, in whatever version
};

}  // namespace exporter
