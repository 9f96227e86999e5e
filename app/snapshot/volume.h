// One volume: an encrypted file of documents, opened for reading.
//
// Shape:   FORMAT.md, "Volumes". A document's id is the keyed BLAKE2b-256 of its bytes, as 64 hexadecimal
//          digits, under a key that only the volume holds.
// Memory:  one piece of a document at a time.
// Errors:  damaged, io; not_found when it holds no such document.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "app/error.h"
#include "app/snapshot/keys.h"

namespace app {

inline constexpr std::size_t kPieceMost = 1u << 20;  // documents are kept in pieces of so many bytes

// Takes the bytes of a document in order, piece by piece. An Error from it ends the reading.
using PieceHearer = std::function<Result<Done>(std::string_view piece)>;

// Not for two threads at once.
class Volume {
 public:
  // `name` is the volume's own, which it knows.
  static Result<Volume> open(const std::filesystem::path& file, const CopyKey& key, std::string_view name);
  ~Volume();
  Volume(Volume&&) noexcept;
  Volume& operator=(Volume&&) noexcept;

  Result<std::uint64_t> documents() const;
  Result<bool> holds(std::string_view id) const;
  // Whether the bytes are those that were kept is known only at the end: after an Error, throw away
  // what was heard.
  Result<Done> read(std::string_view id, const PieceHearer& hear) const;
  // Reads every document and compares it with its id. Hears how many bytes it has read.
  Result<Done> verify(const std::function<void(std::uint64_t)>& progress = {}) const;

 private:
  struct State;
  explicit Volume(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace app
