// The folder in which the EMR keeps its documents, and nothing outside of it.
//
// A path is walked folder by folder from the root; a link anywhere on the way is refused, so no path and no link
// leads out, whatever changes meanwhile.
// Errors:  `what` is the reason as a chart says it. bad_config: the settings name no folder, or the path leads
//          out of it. not_found. bad_source: it is no file, or must not be read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "app/error.h"
#include "exporter/emr/document_keeper.h"

namespace exporter {

struct DocumentFile {
  std::string path;      // from the root
  std::string revision;  // its length and time: changes when the file does
  std::uint64_t bytes = 0;
  std::unique_ptr<DocumentBytes> content;
};

class DocumentFolder {
 public:
  // An empty root: there is none.
  explicit DocumentFolder(std::filesystem::path root);

  // `place` is a path from the root, an absolute path below it, or a file:// URL of one.
  app::Result<DocumentFile> open(const std::string& place) const;

 private:
  std::filesystem::path root_;
  std::filesystem::path real_root_;
};

// Makes what lies in a file into the document itself, where the EMR encrypts its files.
using UnsealDocument = std::function<app::Result<std::unique_ptr<DocumentBytes>>(std::unique_ptr<DocumentBytes> sealed)>;

// Offers the file at `place`. `key` is the EMR's own of the document, `facts` what else the EMR says that
// changes with the bytes.
app::DocumentContent offer_file(DocumentKeeper& keeper, const DocumentFolder& folder, const std::string& place,
                                const std::string& key, const std::string& facts, const std::string& media_type,
                                const UnsealDocument& unseal = {});

}  // namespace exporter
