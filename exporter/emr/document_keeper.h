// How a document's bytes come out of the EMR: whoever reads the EMR offers them, the night keeps them.
//
// An offer is made for every document, every night. Its bytes are opened only if the night does not have
// them yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "app/error.h"
#include "app/record/entries.h"

namespace exporter {

// A document being read, from its beginning to its end.
// Errors:  bad_source, io.
class DocumentBytes {
 public:
  virtual ~DocumentBytes() = default;
  // At most `most` bytes into `to`; 0 at the end.
  virtual app::Result<std::size_t> read(char* to, std::size_t most) = 0;
};

// Errors: not_found, bad_config (the settings name no folder), bad_source; `what` goes into the chart as
// the reason: "the file is not in the EMR's folder".
using OpenDocument = std::function<app::Result<std::unique_ptr<DocumentBytes>>()>;
// How to open documents again in this night, by the ids that their contents have.
using DocumentPages = std::map<std::string, OpenDocument>;

struct DocumentOffer {
  std::string key;       // the same every night for the same document; of no two documents
  std::string revision;  // changes when its bytes may have changed
  std::string media_type;
  std::uint64_t bytes = 0;  // 0: not known before it is read
  // Holds what it needs: it may be called when the offer's maker has gone on.
  OpenDocument open;
};

class DocumentKeeper {
 public:
  virtual ~DocumentKeeper() = default;
  // What the chart says of the document's pages. Never fails: what cannot be kept is said.
  virtual app::DocumentContent keep(const DocumentOffer& offer) = 0;
};

}  // namespace exporter
