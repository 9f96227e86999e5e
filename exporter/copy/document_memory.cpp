#include "exporter/copy/document_memory.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <utility>

#include "app/record/json.h"
#include "app/snapshot/database.h"
#include "exporter/copy/database_writer.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/host_key.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr std::size_t kContentKeyBytes = 32;
constexpr const char* kOrder = "documents.anew";

fs::path state_file(const fs::path& practice) { return practice / kDocumentMemoryName; }

template <std::size_t N>
std::string_view view_of(const std::array<std::uint8_t, N>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), N};
}
template <std::size_t N>
bool copy_into(std::string_view bytes, std::array<std::uint8_t, N>& to) {
  if (bytes.size() != N) return false;
  std::memcpy(to.data(), bytes.data(), N);
  return true;
}

bool is_there(const fs::path& file) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(file, ignored));
}

}  // namespace

Result<DocumentMemory> DocumentMemory::open(const fs::path& practice) {
  TRY_GET(HostKey key, open_host_key(practice, "documents", state_file(practice)));
  DocumentMemory memory(practice, std::move(key.key), app::SecretBytes::random(kContentKeyBytes));
  memory.lost_ = key.lost;
  if (memory.lost_ || !is_there(state_file(practice))) return memory;
  if (const auto loaded = memory.load(); !loaded.ok()) {
    memory.lost_ = loaded.error();
    memory.volumes_.clear(), memory.documents_.clear(), memory.by_content_.clear();
  }
  return memory;
}

Result<Done> DocumentMemory::load() {
  const Error damaged{Code::damaged, "What the night remembers of documents is damaged.", state_file(practice_).string()};
  TRY_GET(const app::Database database, app::Database::open(state_file(practice_), key_));
  TRY_GET(app::Query meta, database.prepare("SELECT value FROM meta WHERE name = 'content_key'"));
  TRY_GET(const bool has_key, meta.step());
  if (!has_key || meta.blob(0).size() != kContentKeyBytes) return damaged;
  content_key_ = app::SecretBytes::copy_of(meta.blob(0));

  TRY_GET(app::Query volumes, database.prepare("SELECT manifest, retiring, held_bytes, used_bytes FROM volume ORDER BY volume_id"));
  for (;;) {
    TRY_GET(const bool row, volumes.step());
    if (!row) break;
    app::JsonDocument json;
    TRY_GET(const app::Json parsed, json.parse(volumes.text(0)));
    std::vector<app::ManifestVolume> one;
    if (!app::parse_volumes(parsed, one).empty() || one.size() != 1) return damaged;
    volumes_.push_back({std::move(one[0]), volumes.integer(1) != 0 ? VolumeUse::retiring : VolumeUse::good,
                        static_cast<std::uint64_t>(volumes.integer(2)), static_cast<std::uint64_t>(volumes.integer(3))});
  }
  TRY_GET(app::Query rows, database.prepare("SELECT key, revision, id, volume_id, bytes, last_seen FROM document"));
  for (;;) {
    TRY_GET(const bool row, rows.step());
    if (!row) return Done{};
    ShortHash key{};
    RememberedDocument document;
    document.volume = static_cast<std::uint32_t>(rows.integer(3));
    document.bytes = static_cast<std::uint64_t>(rows.integer(4));
    document.last_seen = static_cast<std::uint64_t>(rows.integer(5));
    if (!copy_into(rows.blob(0), key) || !copy_into(rows.blob(1), document.revision) ||
        !copy_into(rows.blob(2), document.id) || document.volume >= volumes_.size()) {
      return damaged;
    }
    remember(key, document);
  }
}

std::uint32_t DocumentMemory::add_volume(const std::string& name) {
  RememberedVolume volume;
  volume.manifest.name = name;
  volumes_.push_back(std::move(volume));
  return static_cast<std::uint32_t>(volumes_.size() - 1);
}

ShortHash DocumentMemory::hash(std::string_view kind, std::string_view text) const {
  app::Hasher hasher(content_key_.view());
  hasher.add(kind);
  hasher.add(std::string_view("\0", 1));
  hasher.add(text);
  const app::Digest digest = hasher.finish();
  ShortHash hash{};
  std::copy_n(digest.begin(), hash.size(), hash.begin());
  return hash;
}

RememberedDocument* DocumentMemory::find(const ShortHash& key) {
  const auto found = documents_.find(key);
  return found == documents_.end() ? nullptr : &found->second;
}

const RememberedDocument* DocumentMemory::find_content(const app::Digest& id) const {
  const auto found = by_content_.find(id);
  if (found == by_content_.end()) return nullptr;
  const auto document = documents_.find(found->second);
  if (document == documents_.end() || document->second.id != id) return nullptr;
  return volumes_[document->second.volume].use == VolumeUse::good ? &document->second : nullptr;
}

void DocumentMemory::remember(const ShortHash& key, const RememberedDocument& document) {
  documents_[key] = document;
  by_content_[document.id] = key;
}

void DocumentMemory::forget_before(std::uint64_t sequence) {
  std::erase_if(documents_, [&](const auto& entry) {
    return entry.second.last_seen < sequence || volumes_[entry.second.volume].use == VolumeUse::lost;
  });
  std::vector<std::uint32_t> place(volumes_.size(), 0);
  for (const auto& [key, document] : documents_) place[document.volume] = 1;
  std::vector<RememberedVolume> kept;
  for (std::size_t i = 0; i < volumes_.size(); ++i) {
    if (place[i] == 0) continue;
    place[i] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(std::move(volumes_[i]));
  }
  volumes_ = std::move(kept);
  by_content_.clear();
  for (auto& [key, document] : documents_) {
    document.volume = place[document.volume];
    by_content_[document.id] = key;
  }
}

void DocumentMemory::count_used(std::uint64_t sequence) {
  for (RememberedVolume& volume : volumes_) volume.used_bytes = 0;
  for (const auto& [key, document] : documents_) {
    if (document.last_seen == sequence) volumes_[document.volume].used_bytes += document.bytes;
  }
}

Result<Done> DocumentMemory::save() const {
  const fs::path file = state_file(practice_);
  const fs::path fresh = practice_ / ".documents.state.new";
  std::error_code ignored;
  fs::remove(fresh, ignored);
  TRY_GET(DatabaseWriter database, DatabaseWriter::create(fresh, key_));
  for (const char* table : {"CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB)",
                            "CREATE TABLE volume(volume_id INTEGER PRIMARY KEY, manifest TEXT, retiring INTEGER, held_bytes INTEGER, used_bytes INTEGER)",
                            "CREATE TABLE document(key BLOB, revision BLOB, id BLOB, volume_id INTEGER, bytes INTEGER, last_seen INTEGER)"}) {
    TRY(database.run(table));
  }
  {
    TRY_GET(app::Query meta, database.prepare("INSERT INTO meta VALUES('content_key', ?)"));
    meta.bind_blob(1, content_key_.view());
    TRY(meta.run());
    TRY_GET(app::Query volume, database.prepare("INSERT INTO volume VALUES(?, ?, ?, ?, ?)"));
    for (std::size_t i = 0; i < volumes_.size(); ++i) {
      std::string text;
      app::JsonWriter json(text);
      app::format_volumes({volumes_[i].manifest}, json);
      volume.bind(1, static_cast<std::int64_t>(i));
      volume.bind(2, std::string_view(text));
      volume.bind(3, std::int64_t{volumes_[i].use == VolumeUse::good ? 0 : 1});
      volume.bind(4, static_cast<std::int64_t>(volumes_[i].held_bytes));
      volume.bind(5, static_cast<std::int64_t>(volumes_[i].used_bytes));
      TRY(volume.run());
    }
    TRY_GET(app::Query row, database.prepare("INSERT INTO document VALUES(?, ?, ?, ?, ?, ?)"));
    for (const auto& [key, document] : documents_) {
      // What lies in a volume that is not closed yet is not kept yet.
      if (volumes_[document.volume].manifest.bytes == 0 || volumes_[document.volume].use == VolumeUse::lost) continue;
      row.bind_blob(1, view_of(key));
      row.bind_blob(2, view_of(document.revision));
      row.bind_blob(3, view_of(document.id));
      row.bind(4, std::int64_t{document.volume});
      row.bind(5, static_cast<std::int64_t>(document.bytes));
      row.bind(6, static_cast<std::int64_t>(document.last_seen));
      TRY(row.run());
    }
  }
  TRY(database.finish());
  if (std::rename(fresh.c_str(), file.c_str()) != 0) return system_error("rename", file);
  return sync_folder(practice_);
}

Result<Done> order_new_volumes(const fs::path& practice) { return write_file(practice / kOrder, "\n"); }
bool new_volumes_are_ordered(const fs::path& practice) { return is_there(practice / kOrder); }
void new_volumes_are_made(const fs::path& practice) {
  std::error_code ignored;
  fs::remove(practice / kOrder, ignored);
}

Result<std::size_t> reseal_volumes(const fs::path& practice, const app::KeyPair& from, const app::PublicKey& to) {
  if (!is_there(state_file(practice))) return std::size_t{0};
  TRY_GET(DocumentMemory memory, DocumentMemory::open(practice));
  if (memory.lost()) return *memory.lost();
  std::size_t closed = 0;
  for (RememberedVolume& volume : memory.volumes()) {
    auto& slots = volume.manifest.slots;
    const auto slot_of = [&](const app::PublicKey& key) {
      return std::ranges::find_if(slots, [&](const app::VolumeSlot& slot) { return slot.public_key == key; });
    };
    if (slot_of(to) != slots.end()) continue;
    const auto own = slot_of(from.public_key);
    const auto key = own == slots.end() ? Result<app::SecretBytes>(Error{Code::not_found, "", ""})
                                        : app::open_sealed(own->sealed_key, from);
    if (key.ok()) slots.push_back({to, app::seal(key.value().view(), to)});
    else ++closed;
  }
  TRY(memory.save());
  return closed;
}

}  // namespace exporter
