#include "exporter/report/night_memory.h"

#include <algorithm>
#include <cstdio>

#include "app/record/json.h"
#include "app/snapshot/database.h"
#include "exporter/copy/database_writer.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/file_lock_posix.h"
#include "exporter/copy/host_key.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Json;
using app::Result;

constexpr std::size_t kNightsRemembered = 400;
constexpr std::ptrdiff_t kBetweenRemembered = 24;
constexpr std::size_t kDrillsRemembered = 200;
constexpr const char* kKey = "nights";

fs::path state_file(const fs::path& practice) { return practice / kNightMemoryName; }

bool is_there(const fs::path& file) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(file, ignored));
}

std::int64_t whole(double seconds) { return static_cast<std::int64_t>(seconds * 1000); }
std::uint64_t count_of(const Json& json, std::string_view key) {
  const auto number = json[key].integer();
  return number && *number > 0 ? static_cast<std::uint64_t>(*number) : 0;
}
app::Instant instant_of(const Json& json, std::string_view key) {
  app::Instant instant;
  (void)app::parse_utc(json[key].text(), instant);
  return instant;
}

PlaceRecord parse_place(const Json& json) {
  return {std::string(json["name"].text()), static_cast<int>(json["code"].integer().value_or(0)), std::string(json["what"].text()),
          static_cast<double>(count_of(json, "took_ms")) / 1000};
}

NightRecord parse_night(const Json& json) {
  NightRecord night;
  night.began = instant_of(json, "began");
  night.code = static_cast<int>(json["code"].integer().value_or(0));
  night.what = json["what"].text();
  night.published = json["published"].boolean().value_or(false);
  night.sequence = count_of(json, "sequence");
  night.as_of = instant_of(json, "as_of");
  night.counts.patients = count_of(json, "patients");
  night.counts.documents = count_of(json, "documents");
  for (const auto& [section, count] : json["entries"].members()) night.counts.entries[std::string(section)] = count_of(json["entries"], section);
  for (const auto& [section, count] : json["older"].members()) night.older[std::string(section)] = count_of(json["older"], section);
  night.unreadable = count_of(json, "unreadable");
  night.skipped = count_of(json, "skipped");
  night.withheld = count_of(json, "withheld");
  night.documents_missing = count_of(json, "documents_missing");
  night.documents_failed = count_of(json, "documents_failed");
  night.pages = count_of(json, "pages");
  night.bytes = count_of(json, "bytes");
  night.took_s = static_cast<double>(count_of(json, "took_ms")) / 1000;
  for (const Json& place : json["destinations"].items()) night.places.push_back(parse_place(place));
  night.accepted_shrink = json["accepted_shrink"].text();
  night.charts_digest = json["charts_digest"].text();
  night.source = json["source"].text();
  night.carried = json["carried"].text();
  for (const app::Occasion occasion : {app::Occasion::day, app::Occasion::battery}) {
    if (json["occasion"].text() == app::name_of(occasion)) night.occasion = occasion;
  }
  night.unchanged = json["unchanged"].boolean().value_or(false);
  night.untold = json["untold"].text();
  return night;
}

DrillRecord parse_drill(const Json& json) {
  return {instant_of(json, "when"), std::string(json["destination"].text()), static_cast<int>(json["code"].integer().value_or(0)),
          std::string(json["what"].text()), count_of(json, "number")};
}

std::string format_drill(const DrillRecord& drill) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("when", std::string_view(app::format_utc(drill.when)));
  json.member("destination", std::string_view(drill.destination));
  json.member("code", std::int64_t{drill.code});
  json.member("what", std::string_view(drill.what));
  json.member("number", static_cast<std::int64_t>(drill.number));
  json.close_object();
  return text;
}

}  // namespace

std::string format_night_record(const NightRecord& night, Reader reader) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("began", std::string_view(app::format_utc(night.began)));
  json.member("code", std::int64_t{night.code});
  if (!night.what.empty()) json.member("what", std::string_view(night.what));
  json.member("published", night.published);
  if (night.occasion != app::Occasion::night) json.member("occasion", app::name_of(night.occasion));
  if (night.unchanged) json.member("unchanged", true);
  if (!night.untold.empty()) json.member("untold", std::string_view(night.untold));
  if (night.published) {
    json.member("sequence", static_cast<std::int64_t>(night.sequence));
    json.member("as_of", std::string_view(app::format_utc(night.as_of)));
    json.member("patients", static_cast<std::int64_t>(night.counts.patients));
    json.key("entries");
    json.open_object();
    for (const auto& [section, count] : night.counts.entries) json.member(section, static_cast<std::int64_t>(count));
    json.close_object();
    json.key("older");
    json.open_object();
    for (const auto& [section, count] : night.older) json.member(section, static_cast<std::int64_t>(count));
    json.close_object();
    const std::pair<const char*, std::uint64_t> counts[] = {
        {"documents", night.counts.documents}, {"documents_missing", night.documents_missing}, {"documents_failed", night.documents_failed},
        {"unreadable", night.unreadable},      {"skipped", night.skipped},                     {"withheld", night.withheld},
        {"pages", night.pages},                {"bytes", night.bytes}};
    for (const auto& [name, count] : counts) json.member(name, static_cast<std::int64_t>(count));
  }
  json.member("took_ms", whole(night.took_s));
  json.key("destinations");
  json.open_array();
  for (const PlaceRecord& place : night.places) {
    json.open_object();
    json.member("name", std::string_view(place.name));
    json.member("code", std::int64_t{place.code});
    if (!place.what.empty()) json.member("what", std::string_view(place.what));
    json.member("took_ms", whole(place.took_s));
    json.close_object();
  }
  json.close_array();
  if (reader == Reader::memory) json.member("charts_digest", std::string_view(night.charts_digest));
  if (!night.accepted_shrink.empty()) json.member("accepted_shrink", std::string_view(night.accepted_shrink));
  if (reader == Reader::memory && !night.source.empty()) json.member("source", std::string_view(night.source));
  if (reader == Reader::memory && !night.carried.empty()) json.member("carried", std::string_view(night.carried));
  json.close_object();
  return text;
}

Result<NightMemory> NightMemory::open(const fs::path& practice) {
  TRY_GET(HostKey host, open_host_key(practice, kKey, state_file(practice)));
  NightMemory memory(practice, std::move(host.key));
  memory.lost_ = host.lost;
  if (memory.lost_ || !is_there(state_file(practice))) return memory;
  if (const auto loaded = memory.load(); !loaded.ok()) {
    memory.lost_ = loaded.error();
    memory.nights_.clear(), memory.drills_.clear();
  }
  return memory;
}

Result<Done> NightMemory::load() {
  TRY_GET(const app::Database database, app::Database::open(state_file(practice_), key_));
  TRY_GET(app::Query rows, database.prepare("SELECT kind, json FROM record ORDER BY record_id"));
  for (;;) {
    TRY_GET(const bool row, rows.step());
    if (!row) return Done{};
    app::JsonDocument document;
    TRY_GET(const Json json, document.parse(rows.text(1)));
    if (rows.text(0) == "night") nights_.push_back(parse_night(json));
    else if (rows.text(0) == "drill") drills_.push_back(parse_drill(json));
  }
}

const NightRecord* NightMemory::last_published() const {
  const auto found = std::find_if(nights_.rbegin(), nights_.rend(), [](const NightRecord& night) { return night.published; });
  return found == nights_.rend() ? nullptr : &*found;
}

const NightRecord* NightMemory::last_night() const {
  const auto found = std::find_if(nights_.rbegin(), nights_.rend(), [](const NightRecord& night) {
    return night.published && night.occasion == app::Occasion::night;
  });
  return found == nights_.rend() ? nullptr : &*found;
}

const DrillRecord* NightMemory::last_good_drill(const std::string& destination) const {
  const auto found = std::find_if(drills_.rbegin(), drills_.rend(), [&](const DrillRecord& drill) {
    return drill.code == 0 && (destination.empty() || drill.destination == destination);
  });
  return found == drills_.rend() ? nullptr : &*found;
}

std::vector<NightCounts> NightMemory::comparable_counts() const {
  std::vector<NightCounts> counts;
  for (const NightRecord& night : nights_) {
    if (!night.published) continue;
    if (!night.accepted_shrink.empty()) counts.clear();
    // Of one day there are many: by them the good nights would soon be forgotten.
    if (night.occasion != app::Occasion::night && night.accepted_shrink.empty()) continue;
    counts.push_back(with_older(night.counts, night.older));
  }
  return counts;
}

void NightMemory::add(NightRecord night) {
  nights_.push_back(std::move(night));
  const auto is_between = [](const NightRecord& past) { return past.occasion != app::Occasion::night; };
  if (std::ranges::count_if(nights_, is_between) > kBetweenRemembered) nights_.erase(std::ranges::find_if(nights_, is_between));
  if (nights_.size() > kNightsRemembered) nights_.erase(nights_.begin());
}

void NightMemory::add(DrillRecord drill) {
  drills_.push_back(std::move(drill));
  if (drills_.size() > kDrillsRemembered) drills_.erase(drills_.begin());
}

void NightMemory::note_untold(app::Instant began, app::Occasion occasion, const std::string& why) {
  const auto run = std::find_if(nights_.rbegin(), nights_.rend(), [&](const NightRecord& night) {
    return night.began.s == began.s && night.occasion == occasion;
  });
  if (run != nights_.rend()) run->untold = why;
}

Result<Done> NightMemory::save() const {
  const fs::path file = state_file(practice_);
  const fs::path fresh = practice_ / ".nights.state.new";
  std::error_code ignored;
  fs::remove(fresh, ignored);
  TRY_GET(DatabaseWriter database, DatabaseWriter::create(fresh, key_));
  TRY(database.run("CREATE TABLE record(record_id INTEGER PRIMARY KEY, kind TEXT, json TEXT)"));
  {
    TRY_GET(app::Query row, database.prepare("INSERT INTO record(kind, json) VALUES(?, ?)"));
    const auto write = [&row](std::string_view kind, const std::string& json) -> Result<Done> {
      row.bind(1, kind);
      row.bind(2, std::string_view(json));
      return row.run();
    };
    for (const NightRecord& night : nights_) TRY(write("night", format_night_record(night, Reader::memory)));
    for (const DrillRecord& drill : drills_) TRY(write("drill", format_drill(drill)));
  }
  TRY(database.finish());
  if (std::rename(fresh.c_str(), file.c_str()) != 0) return system_error("rename", file);
  return sync_folder(practice_);
}

Result<NightMemory> remember(const fs::path& practice, const std::function<void(NightMemory&)>& change) {
  TRY_GET(const FileLock lock, FileLock::wait(practice / ".nights.lock"));
  TRY_GET(NightMemory memory, NightMemory::open(practice));
  change(memory);
  TRY(memory.save());
  return memory;
}

}  // namespace exporter
