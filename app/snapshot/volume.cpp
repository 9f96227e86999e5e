#include "app/snapshot/volume.h"

#include <utility>
#include <vector>

#include "app/digest.h"
#include "app/snapshot/database.h"

namespace app {
namespace {

constexpr std::size_t kContentKeyBytes = 32;

Error damaged(const std::string& name, std::string detail) {
  return Error{Code::damaged, "Volume " + name + " is damaged.", std::move(detail)};
}

Result<std::string> read_meta(const Database& database, std::string_view name) {
  TRY_GET(Query query, database.prepare("SELECT value FROM meta WHERE name = ?"));
  query.bind(1, name);
  TRY_GET(const bool row, query.step());
  return std::string(row ? query.blob(0) : std::string_view());
}

}  // namespace

struct Volume::State {
  std::string name;
  Database database;
  SecretBytes content_key;
  Query by_id;
  Query piece_by_id;

  struct Place {
    std::int64_t first_piece = 0;
    std::int64_t pieces = 0;
    std::int64_t bytes = 0;
  };

  Result<Done> read_pieces(std::string_view id, Place place, const PieceHearer& hear) {
    Hasher hasher(content_key.view());
    std::int64_t bytes = 0;
    for (std::int64_t piece = place.first_piece; piece < place.first_piece + place.pieces; ++piece) {
      piece_by_id.reset();
      piece_by_id.bind(1, piece);
      TRY_GET(const bool row, piece_by_id.step());
      if (!row) return damaged(name, "a piece of a document is missing");
      const std::string_view content = piece_by_id.blob(0);
      bytes += static_cast<std::int64_t>(content.size());
      if (content.size() > kPieceMost || bytes > place.bytes) return damaged(name, "a document is too long");
      hasher.add(content);
      if (hear) TRY(hear(content));
    }
    piece_by_id.reset();
    if (bytes != place.bytes || format_hex(hasher.finish()) != id) {
      return damaged(name, "a document is not what was kept");
    }
    return Done{};
  }
};

Volume::Volume(std::unique_ptr<State> state) : state_(std::move(state)) {}
Volume::~Volume() = default;
Volume::Volume(Volume&&) noexcept = default;
Volume& Volume::operator=(Volume&&) noexcept = default;

Result<Volume> Volume::open(const std::filesystem::path& file, const CopyKey& key, std::string_view name) {
  TRY_GET(Database database, Database::open(file, key));
  TRY_GET(const std::string own_name, read_meta(database, "volume"));
  TRY_GET(const std::string content_key, read_meta(database, "content_key"));
  if (own_name != name) return damaged(std::string(name), "it is another volume");
  if (content_key.size() != kContentKeyBytes) return damaged(own_name, "its content key is missing");
  TRY_GET(Query by_id, database.prepare("SELECT first_piece, pieces, bytes FROM document WHERE id = ?"));
  TRY_GET(Query piece, database.prepare("SELECT bytes FROM piece WHERE piece_id = ?"));
  return Volume(std::make_unique<State>(State{own_name, std::move(database), SecretBytes::copy_of(content_key),
                                              std::move(by_id), std::move(piece)}));
}

Result<std::uint64_t> Volume::documents() const {
  TRY_GET(Query count, state_->database.prepare("SELECT count(*) FROM document"));
  TRY_GET(const bool row, count.step());
  return static_cast<std::uint64_t>(row ? count.integer(0) : 0);
}

Result<bool> Volume::holds(std::string_view id) const {
  std::string bytes;
  if (!parse_hex(id, sizeof(Digest), bytes)) return false;
  Query& query = state_->by_id;
  query.bind_blob(1, bytes);
  TRY_GET(const bool row, query.step());
  query.reset();
  return row;
}

Result<Done> Volume::read(std::string_view id, const PieceHearer& hear) const {
  std::string bytes;
  Query& query = state_->by_id;
  bool row = false;
  if (parse_hex(id, sizeof(Digest), bytes)) {
    query.bind_blob(1, bytes);
    TRY_GET(row, query.step());
  }
  if (!row) return Error{Code::not_found, "Volume " + state_->name + " holds no such document.", ""};
  const State::Place place{query.integer(0), query.integer(1), query.integer(2)};
  query.reset();
  return state_->read_pieces(id, place, hear);
}

Result<Done> Volume::verify(const std::function<void(std::uint64_t)>& progress) const {
  TRY_GET(Query all, state_->database.prepare("SELECT id, first_piece, pieces, bytes FROM document ORDER BY first_piece"));
  std::uint64_t read = 0;
  for (;;) {
    TRY_GET(const bool row, all.step());
    if (!row) return Done{};
    const std::string id = format_hex(all.blob(0));
    TRY_GET(const bool found, holds(id));
    if (!found) return damaged(state_->name, "a document cannot be found by its id");
    TRY(state_->read_pieces(id, {all.integer(1), all.integer(2), all.integer(3)}, {}));
    read += static_cast<std::uint64_t>(all.integer(3));
    if (progress) progress(read);
  }
}

}  // namespace app
