#include "exporter/copy/volume_writer.h"

#include <array>
#include <cstdio>
#include <utility>

#include "app/digest.h"
#include "app/snapshot/volume.h"
#include "app/snapshot/volume_files.h"
#include "exporter/copy/database_writer.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/volume_store.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr const char* kTables[] = {
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB)",
    "CREATE TABLE document(document_id INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, bytes INTEGER NOT NULL, "
    "first_piece INTEGER NOT NULL, pieces INTEGER NOT NULL, media_type TEXT)",
    "CREATE TABLE piece(piece_id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)"};

std::string make_name() {
  std::array<std::uint8_t, 16> bytes{};
  app::fill_random(bytes.data(), bytes.size());
  return app::format_hex(bytes);
}

Result<Done> put_meta(DatabaseWriter& database, std::string_view name, std::string_view value) {
  TRY_GET(app::Query insert, database.prepare("INSERT INTO meta VALUES(?, ?)"));
  insert.bind(1, name);
  insert.bind_blob(2, value);
  return insert.run();
}

// Fills `piece` as far as the document goes; shorter than kPieceMost only at its end.
Result<Done> read_piece(DocumentBytes& document, std::string& piece) {
  piece.resize(app::kPieceMost);
  std::size_t filled = 0;
  while (filled < piece.size()) {
    TRY_GET(const std::size_t got, document.read(piece.data() + filled, piece.size() - filled));
    if (got == 0) break;
    filled += got;
  }
  piece.resize(filled);
  return Done{};
}

}  // namespace

struct VolumeWriter::State {
  fs::path volumes;
  std::string name;
  app::CopyKey key;
  app::SecretBytes content_key;
  DatabaseWriter database;
  std::int64_t next_piece = 1;
  std::uint64_t bytes = 0;
  std::uint64_t documents = 0;
  std::string piece{};

  fs::path hidden() const { return volumes / (std::string(kMakingVolume) + name + ".db"); }

  Result<Done> put_piece() {
    TRY_GET(app::Query insert, database.prepare("INSERT INTO piece VALUES(?, ?)"));
    insert.bind(1, next_piece);
    insert.bind_blob(2, piece);
    TRY(insert.run());
    ++next_piece;
    return Done{};
  }
  Result<Done> take_back(std::int64_t first_piece) {
    if (next_piece == first_piece) return Done{};
    TRY_GET(app::Query remove, database.prepare("DELETE FROM piece WHERE piece_id >= ?"));
    remove.bind(1, first_piece);
    TRY(remove.run());
    next_piece = first_piece;
    return Done{};
  }
  Result<Done> put_document(const app::Digest& id, std::uint64_t size, std::int64_t first, const std::string& type) {
    TRY_GET(app::Query insert, database.prepare("INSERT INTO document VALUES(NULL, ?, ?, ?, ?, ?)"));
    insert.bind_blob(1, {reinterpret_cast<const char*>(id.data()), id.size()});
    insert.bind(2, static_cast<std::int64_t>(size));
    insert.bind(3, first);
    insert.bind(4, next_piece - first);
    insert.bind(5, std::string_view(type));
    TRY(insert.run());
    ++documents;
    bytes += size;
    return Done{};
  }
};

VolumeWriter::VolumeWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
VolumeWriter::~VolumeWriter() = default;
VolumeWriter::VolumeWriter(VolumeWriter&&) noexcept = default;
VolumeWriter& VolumeWriter::operator=(VolumeWriter&&) noexcept = default;

const std::string& VolumeWriter::name() const { return state_->name; }
std::uint64_t VolumeWriter::bytes() const { return state_->bytes; }
std::uint64_t VolumeWriter::documents() const { return state_->documents; }

Result<VolumeWriter> VolumeWriter::create(const fs::path& volumes, const app::SecretBytes& content_key) {
  std::error_code failure;
  fs::create_directories(volumes, failure);
  if (failure) return Error{Code::io, "The folder " + volumes.string() + " cannot be made.", failure.message()};
  const std::string name = make_name();
  app::CopyKey key = app::CopyKey::make();
  TRY_GET(DatabaseWriter database, DatabaseWriter::create(volumes / (std::string(kMakingVolume) + name + ".db"), key));
  for (const char* table : kTables) TRY(database.run(table));
  TRY(put_meta(database, "volume", name));
  TRY(put_meta(database, "content_key", content_key.view()));
  return VolumeWriter(std::make_unique<State>(
      State{volumes, name, std::move(key), app::SecretBytes::copy_of(content_key.view()), std::move(database)}));
}

Result<VolumeWriter::Added> VolumeWriter::add(DocumentBytes& document, const std::string& media_type,
                                              std::uint64_t most_bytes,
                                              const std::function<bool(const std::string& id)>& known) {
  State& state = *state_;
  const std::int64_t first = state.next_piece;
  app::Hasher hasher(state.content_key.view());
  Added added;
  for (;;) {
    const auto read = read_piece(document, state.piece);
    if (!read.ok()) {
      added.fault = read.error();
      break;
    }
    added.bytes += state.piece.size();
    added.too_long = added.bytes > most_bytes;
    if (added.too_long) break;
    hasher.add(state.piece);
    // The last piece waits until it is known whether the document is wanted at all.
    if (state.piece.size() < app::kPieceMost) break;
    TRY(state.put_piece());
  }
  if (!added.fault && !added.too_long) {
    const app::Digest digest = hasher.finish();
    added.id = app::format_hex(digest);
    added.is_new = !known(added.id);
    if (added.is_new) {
      if (!state.piece.empty()) TRY(state.put_piece());
      TRY(state.put_document(digest, added.bytes, first, media_type));
      return added;
    }
  }
  TRY(state.take_back(first));
  return added;
}

Result<app::ManifestVolume> VolumeWriter::finish(const std::vector<Keyholder>& keyholders) {
  State& state = *state_;
  TRY(state.database.finish());
  const fs::path hidden = state.hidden();
  drop_cached(hidden);
  const auto verify = [&]() -> Result<app::ManifestVolume> {
    TRY_GET(app::ManifestVolume described, app::describe_volume_file(hidden, state.name));
    TRY_GET(const app::Volume volume, app::Volume::open(hidden, state.key, state.name));
    TRY_GET(described.documents, volume.documents());
    if (described.documents != state.documents) return Error{Code::damaged, "Documents are missing in it.", ""};
    TRY(volume.verify());
    return described;
  };
  auto described = verify();
  if (!described.ok()) {
    return Error{Code::not_verified, "Documents were written, but reading them again failed.",
                 described.error().what + " " + described.error().detail};
  }
  app::ManifestVolume manifest = std::move(described).value();
  for (const Keyholder& keyholder : keyholders) {
    manifest.slots.push_back({keyholder.public_key, app::seal(state.key.bytes().view(), keyholder.public_key)});
  }
  const fs::path file = state.volumes / (state.name + ".db");
  if (std::rename(hidden.c_str(), file.c_str()) != 0) return system_error("rename", file);
  TRY(sync_folder(state.volumes));
  return manifest;
}

}  // namespace exporter
