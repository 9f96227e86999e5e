// Whether the practice could go through an outage now: every part judged green, amber or red, in words too.
//
// Pure but for read_facts(), which looks at folders and at what the exporter remembers.
// Errors:  of read_facts(): none for what is missing or broken: that is what it is there to say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/record/calendar.h"
#include "app/record/json.h"
#include "exporter/options.h"
#include "exporter/report/night_memory.h"
#include "exporter/report/receipts.h"

namespace exporter {

// The numbers are the exit codes of `nightchart status`, which monitoring understands: 0 good, 1 look at it, 2 mend it.
enum class Light : std::uint8_t { green = 0, amber = 1, red = 2 };
std::string_view word_of(Light light);  // "GREEN"

struct Finding {
  Light light = Light::green;
  std::string about;  // "Newest copy", "reception laptop"
  std::string what;   // a sentence, or a few words
};

struct NewestCopy {
  std::uint64_t sequence = 0;
  app::Instant as_of;
  app::Instant taken;
  std::uint64_t patients = 0;
  app::Occasion occasion = app::Occasion::night;
};

struct HolderFact {
  std::string name;
  bool envelope = false;
  app::Instant made;
};

// The ring binder, as the packets' book has it.
struct BinderFact {
  std::uint64_t confirmed = 0;   // the packet that was confirmed last; 0: none ever
  app::Instant confirmed_at;
  std::size_t waiting = 0;       // packets that nobody confirmed
  std::uint64_t oldest = 0;      // of these
  bool lost = false;             // nobody knows what it holds
};

// What lies at a destination now, as far as it can be seen at once.
struct PlaceFact {
  enum class Now : std::uint8_t { there, away, not_asked };  // away: a stick that is not plugged in; not asked: a remote
  std::string name;
  Now now = Now::there;
  std::uint64_t sequence = 0;  // of the newest good copy of this practice; 0: there is none
  std::string fault = {};      // why a newer one there cannot be used
};

struct ReadinessFacts {
  std::string practice;
  std::string time_zone;
  std::optional<NewestCopy> newest;
  std::string copy_fault;  // why there is none, or why a newer one is passed over
  std::vector<NightRecord> nights;  // oldest first
  std::vector<NightRecord> between = {};  // the copies between the nights, and those taken on battery; oldest first
  std::vector<DrillRecord> drills;  // oldest first
  int drill_days = 31;              // then one is overdue
  std::vector<std::uint64_t> drills_missing = {};  // whose signed results lie there no longer
  std::vector<std::string> destinations;
  std::vector<PlaceFact> places = {};  // of these; of one that is not among them only the memory speaks
  std::vector<HolderFact> holders;
  std::vector<LaptopFact> laptops;
  std::vector<std::string> receipts_unread = {};  // remotes that were asked for what laptops left there, in vain
  bool cut_short = false;  // what a run was making when it was killed lies there still
  std::string trouble;  // with the settings' keys or the memory, or ""
  std::uint64_t free_bytes = 0;
  std::uint64_t copy_bytes = 0;
  std::optional<BinderFact> binder = {};  // none: no packet was ever made
  std::uint32_t parts = 1;  // in which these nights were made, see split_readiness.h
};

// Of a part of the practice, with its name; its drills are the practice's.
ReadinessFacts read_facts(const Options& options);

struct Readiness {
  Light light = Light::green;
  std::vector<Finding> findings;  // in the order in which people ask
};
Readiness judge_readiness(const ReadinessFacts& facts, app::Instant now);

// ": nothing lies there now", of a place that has lost what came there last as no. `came`; or "".
std::string lost_words(const PlaceFact& place, std::uint64_t came);
// "; it is not there now", of one that cannot be looked at; or "".
std::string unseen_words(const PlaceFact& place);
const PlaceFact* place_of(const ReadinessFacts& facts, const std::string& name);  // null: nothing but the memory

// As the member "readiness".
void append_readiness(const Readiness& readiness, app::JsonWriter& json);

// "7 h ago", "3 days ago".
std::string ago(app::Instant then, app::Instant now);

}  // namespace exporter
