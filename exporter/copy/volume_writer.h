// Writes one volume: documents go in piece by piece, and once it is closed nothing in it ever changes.
//
// It is made under a hidden name in the folder of volumes, brought to the disk, read again from there,
// and only then gets its name.
// Memory:  one piece of a document, and SQLite's cache.
// Errors:  no_room, io; not_verified when it does not read back as it was written. After an Error the
//          volume is worthless; what is left of it is swept by the next night.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/snapshot/keys.h"
#include "app/snapshot/manifest_volumes.h"
#include "exporter/copy/practice_keys.h"
#include "exporter/emr/document_keeper.h"

namespace exporter {

class VolumeWriter {
 public:
  // `content_key` is what documents' ids are made with (32 bytes). The name is made up.
  static app::Result<VolumeWriter> create(const std::filesystem::path& volumes, const app::SecretBytes& content_key);
  ~VolumeWriter();
  VolumeWriter(VolumeWriter&&) noexcept;
  VolumeWriter& operator=(VolumeWriter&&) noexcept;

  struct Added {
    std::string id;
    std::uint64_t bytes = 0;
    bool is_new = true;                // false: `known` says that these very bytes are kept already
    bool too_long = false;             // longer than `most_bytes`: not kept
    std::optional<app::Error> fault{};  // it could not be read to its end: not kept
  };
  // Takes in everything that `document` gives. What is not kept leaves nothing behind. An Error is the
  // volume's, not the document's.
  app::Result<Added> add(DocumentBytes& document, const std::string& media_type, std::uint64_t most_bytes,
                         const std::function<bool(const std::string& id)>& known);

  const std::string& name() const;
  std::uint64_t bytes() const;      // of documents so far
  std::uint64_t documents() const;

  // Closes, reads again, seals the key to every keyholder and gives the file its name.
  app::Result<app::ManifestVolume> finish(const std::vector<Keyholder>& keyholders);

 private:
  struct State;
  explicit VolumeWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace exporter
