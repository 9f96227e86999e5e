#include "app/snapshot/copy_search.h"

#include <algorithm>
#include <utility>

namespace app {
namespace {

constexpr std::size_t kPiece_bytes = 64u << 10;  // of whole numbers

Error is_missing(std::string_view part) {
  return {Code::damaged, "This copy does not hold what its manifest says.", "charts.db holds nothing named " + std::string(part)};
}

// Nothing if the part's value can't be read in pieces. Damage is told at once: after it SQLCipher only says that it failed.
Result<std::optional<BlobReader>> open_in_pieces(const Database& database, std::string_view part) {
  auto row = database.prepare("SELECT rowid FROM search WHERE part = ?");
  if (!row.ok()) return std::optional<BlobReader>();  // a table without row numbers
  row.value().bind(1, part);
  TRY_GET(const bool found, row.value().step());
  if (!found) return is_missing(part);
  auto blob = database.open_blob("search", "bytes", row.value().integer(0));
  if (!blob.ok() && blob.error().code == Code::damaged) return blob.error();
  return blob.ok() ? std::optional(std::move(blob).value()) : std::nullopt;
}

}  // namespace

Result<CopySearchParts::Part*> CopySearchParts::open(std::string_view part) {
  if (const auto known = parts_.find(part); known != parts_.end()) return &known->second;
  Part opened;
  TRY_GET(opened.blob, open_in_pieces(database_, part));
  if (opened.blob) {
    opened.size = opened.blob->size();
  } else {
    TRY_GET(Query whole, database_.prepare("SELECT bytes FROM search WHERE part = ?"));
    whole.bind(1, part);
    TRY_GET(const bool row, whole.step());
    if (!row) return is_missing(part);
    opened.piece = whole.blob(0);
    opened.size = opened.piece.size();
  }
  return &parts_.emplace(part, std::move(opened)).first->second;
}

Result<std::uint64_t> CopySearchParts::size(std::string_view part) {
  TRY_GET(const Part* opened, open(part));
  return opened->size;
}

Result<std::string_view> CopySearchParts::read(std::string_view part, std::uint64_t offset) {
  TRY_GET(Part* opened, open(part));
  Part& p = *opened;
  if (offset < p.first || offset >= p.first + p.piece.size()) {
    p.piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(kPiece_bytes, p.size - offset)));
    p.first = offset;
    TRY(p.blob->read(static_cast<std::size_t>(offset), p.piece));
  }
  return std::string_view(p.piece).substr(static_cast<std::size_t>(offset - p.first));
}

Result<std::string> CopySearchParts::read_whole(std::string_view part) {
  TRY_GET(Part* opened, open(part));
  Part whole = std::move(*opened);
  parts_.erase(parts_.find(part));
  if (!whole.blob) return std::move(whole.piece);
  std::string bytes(static_cast<std::size_t>(whole.size), '\0');
  TRY(whole.blob->read(0, bytes));
  return bytes;
}

Result<Digest> CopySearchParts::digest(std::string_view part) {
  TRY_GET(const std::uint64_t bytes, size(part));
  Hasher hasher;
  for (std::uint64_t at = 0; at < bytes;) {
    TRY_GET(const std::string_view piece, read(part, at));
    hasher.add(piece);
    at += piece.size();
  }
  return hasher.finish();
}

}  // namespace app
