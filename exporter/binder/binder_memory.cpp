#include "exporter/binder/binder_memory.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <utility>

#include "app/digest.h"
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

constexpr std::size_t kNameKeyBytes = 32;
// What a row of the table `sheet` is about.
constexpr std::int64_t kConfirmed = 0;
constexpr std::int64_t kStray = -1;  // else the sequence number of a packet that is pending

fs::path state_file(const fs::path& practice) { return practice / kBinderMemoryName; }

std::string_view view_of(const PatientKey& key) { return {reinterpret_cast<const char*>(key.data()), key.size()}; }

bool copy_into(std::string_view bytes, PatientKey& key) {
  if (bytes.size() != key.size()) return false;
  std::memcpy(key.data(), bytes.data(), key.size());
  return true;
}

// What it is that was filed.
constexpr std::int64_t kBrief = 0;
constexpr std::int64_t kLongForm = 1;
constexpr std::int64_t kNoSheet = 2;
constexpr std::int64_t kForm = 3;

class SheetRows {
 public:
  static Result<SheetRows> begin(DatabaseWriter& database) {
    TRY_GET(app::Query row, database.prepare("INSERT INTO sheet VALUES(?, ?, ?, ?, ?, ?)"));
    return SheetRows(std::move(row));
  }
  Result<Done> add(std::int64_t packet, const PatientKey& patient, const std::optional<FiledSheet>& sheet) {
    static const FiledSheet none;
    const FiledSheet& filed = sheet ? *sheet : none;
    row_.bind(1, packet);
    row_.bind_blob(2, view_of(patient));
    row_.bind(3, std::string_view(filed.name));
    row_.bind(4, std::string_view(filed.mrn));
    row_.bind(5, std::string_view(filed.id));
    row_.bind(6, !sheet ? kNoSheet : filed.is_form ? kForm : filed.long_form ? kLongForm : kBrief);
    return row_.run();
  }

 private:
  explicit SheetRows(app::Query row) : row_(std::move(row)) {}
  app::Query row_;
};

}  // namespace

Result<BinderMemory> BinderMemory::open(const fs::path& practice) {
  TRY_GET(HostKey key, open_host_key(practice, "binder", state_file(practice)));
  BinderMemory memory(practice, std::move(key.key), app::SecretBytes::random(kNameKeyBytes));
  memory.lost_ = key.lost;
  std::error_code ignored;
  if (memory.lost_ || !fs::exists(fs::symlink_status(state_file(practice), ignored))) return memory;
  if (const auto loaded = memory.load(); !loaded.ok()) {
    memory.lost_ = loaded.error();
    memory.book_ = {};
    memory.sheets_.clear();
  }
  return memory;
}

Result<Done> BinderMemory::load() {
  const Error damaged{Code::damaged, "What the night remembers of the binder is damaged.", state_file(practice_).string()};
  TRY_GET(const app::Database database, app::Database::open(state_file(practice_), key_));
  TRY_GET(app::Query meta, database.prepare("SELECT name_key, confirmed, confirmed_when_s, track_is_lost FROM meta"));
  TRY_GET(const bool has_meta, meta.step());
  if (!has_meta || meta.blob(0).size() != kNameKeyBytes) return damaged;
  name_key_ = app::SecretBytes::copy_of(meta.blob(0));

  // Until 0.3 the table had another name, and its rows meant something else as long as nothing was confirmed.
  TRY_GET(app::Query older, database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'packet'"));
  TRY_GET(const bool is_older, older.step());
  const bool forgets = is_older && (meta.integer(1) == 0 || meta.integer(3) != 0);

  std::vector<PendingPacket> pending;
  const std::string table = is_older ? "packet" : "pending";
  TRY_GET(app::Query packets, database.prepare("SELECT sequence FROM " + table + (forgets ? " WHERE 0" : "") + " ORDER BY sequence"));
  for (;;) {
    TRY_GET(const bool row, packets.step());
    if (!row) break;
    pending.push_back({static_cast<std::uint64_t>(packets.integer(0)), {}});
  }
  BinderSheets confirmed;
  std::map<PatientKey, std::vector<FiledSheet>> strays;
  TRY_GET(app::Query rows, database.prepare("SELECT packet, patient, name, mrn, id, form FROM sheet"));
  for (;;) {
    TRY_GET(const bool row, rows.step());
    if (!row) break;
    PatientKey patient{};
    const std::int64_t packet = rows.integer(0);
    if (!copy_into(rows.blob(1), patient)) return damaged;
    FiledSheet sheet{std::string(rows.text(2)), std::string(rows.text(3)), std::string(rows.text(4)), rows.integer(5) == kLongForm,
                     rows.integer(5) == kForm};
    const bool none = rows.integer(5) == kNoSheet;
    if (packet == kConfirmed) {
      confirmed.emplace(patient, std::move(sheet));
    } else if (forgets) {
      continue;
    } else if (packet == kStray) {
      auto& sheets = strays[patient];
      if (!none) sheets.push_back(std::move(sheet));
    } else {
      const auto found = std::find_if(pending.begin(), pending.end(), [packet](const PendingPacket& candidate) {
        return candidate.sequence == static_cast<std::uint64_t>(packet);
      });
      if (found == pending.end()) return damaged;
      found->changes.emplace(patient, none ? std::nullopt : std::optional(std::move(sheet)));
    }
  }
  book_ = BinderBook::restore(static_cast<std::uint64_t>(meta.integer(1)), meta.integer(2), std::move(confirmed),
                              std::move(pending), std::move(strays), meta.integer(3) != 0);

  TRY_GET(app::Query ages, database.prepare("SELECT patient, id, since_s FROM age"));
  for (;;) {
    TRY_GET(const bool row, ages.step());
    if (!row) return Done{};
    PatientKey patient{};
    if (!copy_into(ages.blob(0), patient)) return damaged;
    Noted& noted = sheets_[patient];
    noted.id = ages.text(1);
    noted.since_s = ages.integer(2);
  }
}

PatientKey BinderMemory::key_of(std::string_view emr_key) const { return keyed("patient", emr_key); }
PatientKey BinderMemory::key_of_form(std::string_view name) const { return keyed("a form", name); }

PatientKey BinderMemory::keyed(std::string_view kind, std::string_view name) const {
  app::Hasher hasher(name_key_.view());
  hasher.add(kind);
  hasher.add(name);
  const app::Digest digest = hasher.finish();
  PatientKey key{};
  std::copy_n(digest.begin(), key.size(), key.begin());
  return key;
}

std::int64_t BinderMemory::note_sheet(const PatientKey& patient, const std::string& id, std::int64_t as_of_s) {
  Noted& noted = sheets_[patient];
  if (noted.id != id) {
    noted.id = id;
    noted.since_s = as_of_s;
  }
  noted.tonight = true;
  return noted.since_s;
}

Result<Done> BinderMemory::save() const {
  const fs::path fresh = practice_ / ".binder.state.new";
  std::error_code ignored;
  fs::remove(fresh, ignored);
  TRY_GET(DatabaseWriter database, DatabaseWriter::create(fresh, key_));
  for (const char* table : {"CREATE TABLE meta(name_key BLOB, confirmed INTEGER, confirmed_when_s INTEGER, track_is_lost INTEGER)",
                            "CREATE TABLE pending(sequence INTEGER PRIMARY KEY)",
                            "CREATE TABLE sheet(packet INTEGER, patient BLOB, name TEXT, mrn TEXT, id TEXT, form INTEGER)",
                            "CREATE TABLE age(patient BLOB, id TEXT, since_s INTEGER)"}) {
    TRY(database.run(table));
  }
  {
    TRY_GET(app::Query meta, database.prepare("INSERT INTO meta VALUES(?, ?, ?, ?)"));
    meta.bind_blob(1, name_key_.view());
    meta.bind(2, static_cast<std::int64_t>(book_.confirmed_sequence()));
    meta.bind(3, book_.confirmed_when_s());
    meta.bind(4, std::int64_t{book_.track_is_lost() ? 1 : 0});
    TRY(meta.run());
    TRY_GET(SheetRows rows, SheetRows::begin(database));
    for (const auto& [patient, sheet] : book_.confirmed()) TRY(rows.add(kConfirmed, patient, sheet));
    TRY_GET(app::Query packet, database.prepare("INSERT INTO pending VALUES(?)"));
    for (const PendingPacket& pending : book_.pending()) {
      packet.bind(1, static_cast<std::int64_t>(pending.sequence));
      TRY(packet.run());
      for (const auto& [patient, sheet] : pending.changes) {
        TRY(rows.add(static_cast<std::int64_t>(pending.sequence), patient, sheet));
      }
    }
    for (const auto& [patient, sheets] : book_.strays()) {
      if (sheets.empty()) TRY(rows.add(kStray, patient, std::nullopt));
      for (const FiledSheet& sheet : sheets) TRY(rows.add(kStray, patient, sheet));
    }
    const bool any_tonight = std::any_of(sheets_.begin(), sheets_.end(), [](const auto& entry) { return entry.second.tonight; });
    TRY_GET(app::Query age, database.prepare("INSERT INTO age VALUES(?, ?, ?)"));
    for (const auto& [patient, noted] : sheets_) {
      if (any_tonight && !noted.tonight) continue;
      age.bind_blob(1, view_of(patient));
      age.bind(2, std::string_view(noted.id));
      age.bind(3, noted.since_s);
      TRY(age.run());
    }
  }
  TRY(database.finish());
  if (std::rename(fresh.c_str(), state_file(practice_).c_str()) != 0) return system_error("rename", state_file(practice_));
  return sync_folder(practice_);
}

}  // namespace exporter
