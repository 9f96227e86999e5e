// What the exporter remembers of its nights and drills: when, how many of what, how it ended, what each destination got.
//
// Counts, names of destinations and sentences of reports only: nothing of any patient. Encrypted all the same, as
// everything that this host remembers. Shape: PRACTICE/nights.state, a SQLCipher database under PRACTICE/keys/nights.key.
// Errors:  opening never fails for want of a memory: what is lost or damaged starts anew and lost() says why.
//          io, no_room for what cannot be written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/record/calendar.h"
#include "app/snapshot/keys.h"
#include "app/snapshot/manifest.h"
#include "exporter/copy/shrink_guard.h"

namespace exporter {

// In the practice's folder.
inline constexpr std::string_view kNightMemoryName = "nights.state";

struct PlaceRecord {
  std::string name;
  int code = 0;  // 0: copied, and checked where it lies
  std::string what;
  double took_s = 0;
};

struct NightRecord {
  app::Instant began;
  app::Occasion occasion = app::Occasion::night;
  bool unchanged = false;  // between the nights: the EMR said what the newest copy says, so nothing was published
  int code = 0;      // the night's exit code
  std::string what;  // why it failed, or ""
  bool published = false;
  // Of a night that published:
  std::uint64_t sequence = 0;
  app::Instant as_of;
  NightCounts counts;
  std::map<std::string, std::uint64_t> older;  // in no copy for their age, by section
  std::uint64_t unreadable = 0;
  std::uint64_t skipped = 0;
  std::uint64_t withheld = 0;
  std::uint64_t documents_missing = 0;
  std::uint64_t documents_failed = 0;
  std::uint64_t pages = 0;
  std::uint64_t bytes = 0;
  double took_s = 0;
  std::vector<PlaceRecord> places;
  std::string accepted_shrink;  // the reason that somebody gave
  std::string charts_digest;    // of all charts that it wrote; see app::Copy::charts_digest()
  std::string source;           // what the EMR's files looked like, see change_mark.h; or ""
  std::string carried;          // what it had beside charts, see there
  std::string untold;           // why somebody who should have heard of it did not, or ""
  std::uint64_t turn = 0;       // its place among all that are remembered, whatever the clock said; given when it is read
};

struct DrillRecord {
  app::Instant when;
  std::string destination;
  int code = 0;
  std::string what;
  std::uint64_t number = 0;  // of the drill; each has a signed result, see drill_result.h
};

class NightMemory {
 public:
  static app::Result<NightMemory> open(const std::filesystem::path& practice);

  const std::optional<app::Error>& lost() const { return lost_; }
  const std::vector<NightRecord>& nights() const { return nights_; }  // oldest first
  const std::vector<DrillRecord>& drills() const { return drills_; }  // oldest first

  // Null when there is none.
  const NightRecord* last_published() const;
  // Of the night's own copies only.
  const NightRecord* last_night() const;
  const DrillRecord* last_good_drill(const std::string& destination) const;
  // Of the nights that published, since the last copy whose shrinking was accepted (with it); oldest first.
  std::vector<NightCounts> comparable_counts() const;

  // What is older than 400 nights, 24 copies between the nights, or 200 drills, is forgotten.
  void add(NightRecord night);
  void add(DrillRecord drill);
  // Of the run that began then and is remembered already.
  void note_untold(app::Instant began, app::Occasion occasion, const std::string& why);
  app::Result<app::Done> save() const;

 private:
  NightMemory(std::filesystem::path practice, app::CopyKey key) : practice_(std::move(practice)), key_(std::move(key)) {}
  app::Result<app::Done> load();

  std::filesystem::path practice_;
  app::CopyKey key_;
  std::optional<app::Error> lost_;
  std::vector<NightRecord> nights_;
  std::vector<DrillRecord> drills_;
};

// Opens, changes and saves, while no other program does; returns what is remembered then.
app::Result<NightMemory> remember(const std::filesystem::path& practice, const std::function<void(NightMemory&)>& change);

// For reports and their readers; the memory alone keeps the charts' digest.
enum class Reader : std::uint8_t { anybody, memory };
std::string format_night_record(const NightRecord& night, Reader reader = Reader::anybody);

}  // namespace exporter
