// The documents of one open copy: which of its volumes can be read, and the bytes that lie in them.
//
// A volume that is missing, damaged, or not sealed to whoever opened the copy costs its own documents:
// their entries say so, everything else is as it was.
// Errors:  damaged, io, not_found; wrong_passphrase for a volume without a slot for this keyholder.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/record/chart.h"
#include "app/snapshot/keys.h"
#include "app/snapshot/manifest.h"
#include "app/snapshot/volume.h"
#include "app/snapshot/volume_files.h"

namespace app {

// What reading through the volumes found.
struct DocumentCheck {
  std::uint64_t volumes = 0;
  std::uint64_t documents = 0;  // whose every byte was read and is as it was kept
  std::uint64_t bytes = 0;      // of the volumes
  std::vector<Error> faults;    // one a volume that cannot be read
};

// Not for two threads at once.
class CopyDocuments {
 public:
  CopyDocuments(const Manifest& manifest, const std::vector<FoundVolume>& found);
  ~CopyDocuments();
  CopyDocuments(CopyDocuments&&) noexcept;
  CopyDocuments& operator=(CopyDocuments&&) noexcept;

  // Opens the slots that are sealed to this key. Without it no volume is opened, and mark() judges by
  // the files alone.
  void unlock(const KeyPair& keyholder);

  // Makes the entries of `chart` say which pages cannot be read here, and why.
  void mark(Chart& chart) const;
  // See Volume::read().
  Result<Done> read(const DocumentContent& content, const PieceHearer& hear);
  // Whether the volume that the entry names is there and holds such a document.
  Result<bool> holds(const DocumentContent& content);
  // Every document of every volume. As slow as they are large.
  DocumentCheck verify();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace app
