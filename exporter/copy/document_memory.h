// What the exporter remembers from night to night: which of the EMR's documents lies in which volume.
//
// It holds keyed hashes, numbers and the volumes' entries of the manifest (with keys sealed to keyholders, which this host
// cannot open): no name and no clinical fact. Shape: PRACTICE/documents.state, a SQLCipher database under the key
// in PRACTICE/keys/documents.key (its owner's only).
// Memory:  about 200 bytes a document.
// Errors:  opening never fails for want of a memory: what is lost or damaged starts anew, and every
//          document is read and kept once more. io, no_room for what cannot be written.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/error.h"
#include "app/snapshot/keys.h"
#include "app/snapshot/manifest_volumes.h"

namespace exporter {

// In the practice's folder.
inline constexpr std::string_view kDocumentMemoryName = "documents.state";

using ShortHash = std::array<std::uint8_t, 16>;

// Hashes are spread evenly already.
struct FirstBytes {
  template <std::size_t N>
  std::size_t operator()(const std::array<std::uint8_t, N>& hash) const {
    std::size_t value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) value = value << 8 | hash[i];
    return value;
  }
};

enum class VolumeUse : std::uint8_t {
  good,      // what lies in it need not be read again
  retiring,  // what lies in it is read again and kept anew, if the EMR still gives it
  lost,      // missing or damaged
};

struct RememberedVolume {
  app::ManifestVolume manifest;
  VolumeUse use = VolumeUse::good;
  std::uint64_t held_bytes = 0;  // of the documents that were put into it
  std::uint64_t used_bytes = 0;  // of those that the EMR still had on the last night
};

struct RememberedDocument {
  ShortHash revision{};
  app::Digest id{};
  std::uint32_t volume = 0;
  std::uint64_t bytes = 0;
  std::uint64_t last_seen = 0;  // the copy's sequence number
};

class DocumentMemory {
 public:
  static app::Result<DocumentMemory> open(const std::filesystem::path& practice);

  // Why it starts anew, if it should have known something.
  const std::optional<app::Error>& lost() const { return lost_; }
  const app::SecretBytes& content_key() const { return content_key_; }

  std::vector<RememberedVolume>& volumes() { return volumes_; }
  std::uint32_t add_volume(const std::string& name);

  ShortHash hash(std::string_view kind, std::string_view text) const;
  // Null when the document was never kept.
  RememberedDocument* find(const ShortHash& key);
  // Where these very bytes lie, if in a volume that is good.
  const RememberedDocument* find_content(const app::Digest& id) const;
  void remember(const ShortHash& key, const RememberedDocument& document);

  // Forgets what was last seen before that night, and volumes that hold nothing then.
  void forget_before(std::uint64_t sequence);
  // Notes of every volume how much of it that night's charts need.
  void count_used(std::uint64_t sequence);
  app::Result<app::Done> save() const;

 private:
  DocumentMemory(std::filesystem::path practice, app::CopyKey key, app::SecretBytes content_key)
      : practice_(std::move(practice)), key_(std::move(key)), content_key_(std::move(content_key)) {}
  app::Result<app::Done> load();

  std::filesystem::path practice_;
  app::CopyKey key_;
  app::SecretBytes content_key_;
  std::optional<app::Error> lost_;
  std::vector<RememberedVolume> volumes_;
  std::unordered_map<ShortHash, RememberedDocument, FirstBytes> documents_;
  std::unordered_map<app::Digest, ShortHash, FirstBytes> by_content_;
};

// Makes the next night read every document again and keep it in new volumes, for keyholders as they
// are then: for whoever removes one. What the EMR no longer gives stays where it lies.
app::Result<app::Done> order_new_volumes(const std::filesystem::path& practice);
bool new_volumes_are_ordered(const std::filesystem::path& practice);
void new_volumes_are_made(const std::filesystem::path& practice);

// Gives `to` a slot in every volume that `from` (with its secret key) can open; returns how many could
// not be given. From the next night on the copies' manifests say so.
app::Result<std::size_t> reseal_volumes(const std::filesystem::path& practice, const app::KeyPair& from,
                                        const app::PublicKey& to);

}  // namespace exporter
