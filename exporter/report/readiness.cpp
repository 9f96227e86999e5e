#include "exporter/report/readiness.h"

#include <algorithm>
#include <map>

#include "exporter/report/drill.h"
#include "exporter/report/report_words.h"

namespace exporter {
namespace {

constexpr std::int64_t kHour_s = 3600;
constexpr std::int64_t kDay_s = 24 * kHour_s;
constexpr std::int64_t kAhead_s = 5 * 60;  // two clocks may differ so much; what is further ahead has no age
constexpr std::int64_t kCopyLate_s = app::kFreshLimit_h * kHour_s;
constexpr std::int64_t kCopyOld_s = 72 * kHour_s;
constexpr std::int64_t kPlaceOld_s = 7 * kDay_s;
constexpr std::int64_t kDrillGrace_s = kDay_s;  // a timer is never quite on time
constexpr std::int64_t kEnvelopeDue_s = 365 * kDay_s;
constexpr std::int64_t kLaptopLate_s = 7 * kDay_s;
constexpr std::int64_t kBinderLate_s = 14 * kDay_s;
constexpr std::uint64_t kCopiesOfRoom = 3;
constexpr std::size_t kNumbersNamed = 4;

class Judge {
 public:
  Judge(const ReadinessFacts& facts, app::Instant now) : facts_(facts), now_(now) {}

  Readiness judge() {
    judge_copy();
    judge_nights();
    judge_between();
    if (facts_.cut_short) say(Light::amber, "Unfinished", "a run was ended in the middle (killed, or the power went) and left what it was making; the next night removes it");
    for (const std::string& destination : facts_.destinations) judge_place(destination);
    if (facts_.destinations.empty()) say(Light::red, "Destinations", "NONE: the only copies lie on the exporter's own disk.");
    judge_drills();
    judge_laptops();
    judge_holders();
    judge_binder();
    judge_room();
    if (!facts_.trouble.empty()) say(Light::amber, "Exporter", facts_.trouble);
    return std::move(readiness_);
  }

 private:
  void say(Light light, const std::string& about, const std::string& what) {
    readiness_.findings.push_back({light, about, what});
    readiness_.light = std::max(readiness_.light, light);
  }
  std::int64_t age_s(app::Instant then) const { return now_.s - then.s; }
  Light by_age(app::Instant then, std::int64_t amber_s, std::int64_t red_s) const {
    return age_s(then) > red_s ? Light::red : age_s(then) > amber_s || is_ahead(then) ? Light::amber : Light::green;
  }
  bool is_ahead(app::Instant then) const { return age_s(then) < -kAhead_s; }
  // A run that went well but for this.
  static std::string untold_words(const NightRecord& run) { return run.untold.empty() ? "" : "could not be told: " + run.untold; }

  void judge_copy() {
    if (!facts_.newest) return say(Light::red, "Newest copy", "NONE. " + facts_.copy_fault);
    const NewestCopy& newest = *facts_.newest;
    const std::string what = "no. " + std::to_string(newest.sequence) + ", " + counted(newest.patients, "patient", "patients") + ", data as of " +
                             app::format_as_of(newest.as_of, facts_.time_zone) + ", " + app::freshness(newest.as_of, now_).text +
                             (newest.occasion == app::Occasion::battery ? ", taken on battery at " + app::format_as_of(newest.taken, facts_.time_zone)
                              : newest.occasion == app::Occasion::day   ? ", taken between two nights" : "");
    const bool wrong_clock = app::freshness(newest.as_of, now_).age == app::Age::clock_wrong;
    say(wrong_clock ? Light::red : by_age(newest.as_of, kCopyLate_s, kCopyOld_s), "Newest copy", what);
    if (!facts_.copy_fault.empty()) say(Light::red, "Newest copy", facts_.copy_fault);
    std::uint64_t highest = 0;
    for (const auto* runs : {&facts_.nights, &facts_.between}) {
      for (const NightRecord& run : *runs) highest = std::max(highest, run.published ? run.sequence : 0);
    }
    if (newest.sequence < highest) {
      say(Light::red, "Newest copy", "no. " + std::to_string(highest) + " was made, but it LIES THERE NO LONGER: no. " + std::to_string(newest.sequence) + " is the newest in the folder of copies");
    }
  }

  void judge_nights() {
    if (facts_.nights.empty()) return say(Light::red, "Last night", "No night has run yet.");
    const NightRecord& last = facts_.nights.back();
    std::size_t failed = 0;
    for (auto night = facts_.nights.rbegin(); night != facts_.nights.rend() && !night->published; ++night) ++failed;
    const std::string when = ago(last.began, now_);
    if (failed > 0) {
      say(failed > 1 ? Light::red : Light::amber, "Last night",
          "FAILED " + when + (failed > 1 ? " (" + counted(failed, "night", "nights") + " in a row)" : "") + ": " + last.what +
              (last.untold.empty() ? "" : "; " + untold_words(last)));
    } else if (age_s(last.began) > kCopyLate_s) {
      say(by_age(last.began, kCopyLate_s, kCopyOld_s), "Last night", "did not run: the last one was " + when + ". Is the schedule on?");
    } else if (last.code != 0 && last.code != app::kExitUnreadable) {
      say(Light::amber, "Last night", "the copy was made " + when + ", but: " + last.what + (last.untold.empty() ? "" : "; " + untold_words(last)));
    } else if (!last.untold.empty()) {
      say(Light::amber, "Last night", "done " + when + ", but " + untold_words(last));
    } else {
      say(is_ahead(last.began) ? Light::amber : Light::green, "Last night", "done " + when + (last.unreadable + last.skipped == 0 ? "" : "; " + grouped(last.unreadable + last.skipped) + " entries or lines were unreadable"));
    }
  }

  // How the last run went that was not the night's, until a night has made it good.
  void judge_between() {
    if (facts_.between.empty()) return;
    const NightRecord& last = facts_.between.back();
    const auto night = std::ranges::find_if(facts_.nights.rbegin(), facts_.nights.rend(), [](const NightRecord& made) { return made.published; });
    if (night != facts_.nights.rend() && night->turn > last.turn) return;
    const std::string about = last.occasion == app::Occasion::battery ? "Copy on battery" : "Between nights", when = ago(last.began, now_);
    const bool well = last.untold.empty() && !is_ahead(last.began);
    const std::string untold = last.untold.empty() ? "" : ", but " + untold_words(last);
    if (last.unchanged) return say(well ? Light::green : Light::amber, about, "nothing had changed " + when + ", so no copy was made" + untold);
    if (!last.published) return say(Light::amber, about, "FAILED " + when + ": " + last.what);
    const bool whole = last.code == 0 || last.code == app::kExitUnreadable;
    say(whole && well ? Light::green : Light::amber, about, "copy no. " + std::to_string(last.sequence) + " was made " + when + (whole ? "" : ", but: " + last.what) + untold);
  }

  // The nights' and the other copies that went there or should have, newest first. One that gets the nights' only is in no other's list.
  // In the order in which they ran: a clock that was ahead for one night would hide all that came after it.
  std::vector<std::pair<const NightRecord*, const PlaceRecord*>> tries_at(const std::string& name) const {
    std::vector<std::pair<const NightRecord*, const PlaceRecord*>> tries;
    auto night = facts_.nights.rbegin();
    auto between = facts_.between.rbegin();
    while (night != facts_.nights.rend() || between != facts_.between.rend()) {
      const bool takes_night = between == facts_.between.rend() || (night != facts_.nights.rend() && night->turn > between->turn);
      const NightRecord& run = takes_night ? *night++ : *between++;
      for (const PlaceRecord& place : run.places) {
        if (place.name == name) tries.emplace_back(&run, &place);
      }
    }
    return tries;
  }

  void judge_place(const std::string& name) {
    const auto tries = tries_at(name);
    const auto came = std::ranges::find_if(tries, [](const auto& tried) { return tried.second->code == 0; });
    const std::string fault = tries.empty() || came == tries.begin() ? "" : tries.front().second->what;
    if (came == tries.end()) return say(Light::red, name, "never got a copy that was checked." + (fault.empty() ? "" : " " + fault));
    const app::Instant when = came->first->began;
    std::string what = "copy no. " + std::to_string(came->first->sequence) + " was copied and checked there " + ago(when, now_);
    const std::string since = fault.empty() ? "" : "; since then: " + fault;
    if (const PlaceFact* place = place_of(facts_, name)) {
      if (const std::string lost = lost_words(*place, came->first->sequence); !lost.empty()) return say(Light::red, name, what + lost + since);
      what += unseen_words(*place);
    }
    say(std::max(fault.empty() ? Light::green : Light::amber, by_age(when, kCopyLate_s, kPlaceOld_s)), name, what + since);
  }

  // Each place by its own last drill: a stick that never was opened is not made better by one that was.
  void judge_drills() {
    if (facts_.drills.empty()) return say(Light::amber, "Drill", "NEVER HELD: nobody knows yet whether a copy opens on the day (nightchart drill)");
    if (!facts_.drills_missing.empty()) {
      std::string numbers;
      for (std::size_t i = 0; i < std::min(kNumbersNamed, facts_.drills_missing.size()); ++i) numbers += (i == 0 ? "" : ", ") + std::to_string(facts_.drills_missing[i]);
      say(Light::amber, "Drill", "the signed result of no. " + numbers + (facts_.drills_missing.size() > kNumbersNamed ? " and of others" : "") +
                                     " is MISSING: nobody can show that it was held (nightchart drill --check)");
    }
    const DrillRecord& newest = facts_.drills.back();
    if (newest.destination == kDrillItself) say(Light::red, "Drill", "the last one COULD NOT BEGIN " + ago(newest.when, now_) + ": " + newest.what);
    std::map<std::string, const DrillRecord*> last;
    for (const DrillRecord& drill : facts_.drills) last[drill.destination] = &drill;
    std::string never;
    std::size_t held = 0;
    std::vector<const DrillRecord*> passed, uncompared;
    for (const auto& [name, drill] : last) {
      const bool still_there = name == kFolderOfCopies || std::find(facts_.destinations.begin(), facts_.destinations.end(), name) != facts_.destinations.end();
      if (!still_there) continue;
      ++held;
      if (drill->code == 0) passed.push_back(drill);
      else if (drill->code == kExitNotCompared) uncompared.push_back(drill);
      else say(Light::red, "Drill", "the last one FAILED at " + name + " " + ago(drill->when, now_) + ": " + drill->what);
    }
    for (const std::string& name : facts_.destinations) never += last.count(name) != 0 ? "" : (never.empty() ? "" : ", ") + name;
    if (!never.empty()) say(Light::amber, "Drill", "NEVER HELD at " + never + " (nightchart drill)");
    if (!uncompared.empty()) {
      say(Light::amber, "Drill", "opened at " + names_of(uncompared) + " " + ago(oldest_of(uncompared).when, now_) + ", but NOT COMPARED, for the EMR was away (nightchart drill, when it is back)");
    }
    if (passed.empty()) return;
    const DrillRecord& oldest = oldest_of(passed);
    const std::string when = ago(oldest.when, now_);
    if (age_s(oldest.when) > facts_.drill_days * kDay_s + kDrillGrace_s) return say(Light::amber, "Drill", "OVERDUE: the last one at " + oldest.destination + " passed " + when + " (nightchart drill)");
    const bool everywhere = passed.size() == held && never.empty();
    const bool ahead = std::ranges::any_of(passed, [this](const DrillRecord* drill) { return is_ahead(drill->when); });
    if (ahead) return say(Light::amber, "Drill", "passed at " + names_of(passed) + ", one of them at a time that is still to come (was the clock right?)");
    say(Light::green, "Drill", "passed " + (everywhere && passed.size() > 1 ? "everywhere" : "at " + names_of(passed)) + (passed.size() > 1 ? "; the oldest " : " ") + when);
  }
  static std::string names_of(const std::vector<const DrillRecord*>& drills) {
    std::string names;
    for (const DrillRecord* drill : drills) names += (names.empty() ? "" : ", ") + drill->destination;
    return names;
  }
  // Requires: there is one.
  static const DrillRecord& oldest_of(const std::vector<const DrillRecord*>& drills) {
    return **std::ranges::min_element(drills, {}, [](const DrillRecord* drill) { return drill->when.s; });
  }

  void judge_laptops() {
    for (const LaptopFact& laptop : facts_.laptops) {
      const bool behind = facts_.newest && laptop.sequence < facts_.newest->sequence;
      say(by_age(laptop.seen, kLaptopLate_s, 4 * kLaptopLate_s), laptop.laptop,
          "opened copy no. " + std::to_string(laptop.sequence) + " itself " + ago(laptop.seen, now_) + (behind ? "; a newer one is here" : ""));
    }
    for (const std::string& place : facts_.receipts_unread) say(Light::amber, place, "cannot be reached now, so what laptops opened from there is not known");
  }

  void judge_holders() {
    std::string names;
    std::size_t people = 0;
    const HolderFact* envelope = nullptr;
    for (const HolderFact& holder : facts_.holders) {
      if (holder.envelope) envelope = &holder;
      else ++people, names += (names.empty() ? "" : ", ") + holder.name;
    }
    if (people == 0 && envelope == nullptr) return say(Light::red, "Keyholders", "NONE that can be read: nobody could open the next copy.");
    if (envelope == nullptr) {
      return say(Light::amber, "Keyholders", names + ". NO SEALED ENVELOPE: if the passphrases are forgotten, no copy opens (nightchart keyholder envelope).");
    }
    if (envelope->made.s != 0 && age_s(envelope->made) > kEnvelopeDue_s) {
      return say(Light::amber, "Keyholders", names + "; the envelope is " + ago(envelope->made, now_) +
                                                 " old: is it where it should be, and can its lines be read (nightchart keyholder envelope --check)?");
    }
    say(Light::green, "Keyholders", names + (names.empty() ? "" : " and ") + "the sealed envelope");
  }

  // A binder that nobody tends goes stale on its shelf, and nobody sees it until the day.
  void judge_binder() {
    if (!facts_.binder) return;
    const BinderFact& binder = *facts_.binder;
    if (binder.lost) return say(Light::amber, "Ring binder", "what it holds is not known any more: the next packet begins it anew");
    const std::string waits = binder.waiting == 0 ? "" : counted(binder.waiting, "newer packet waits", "newer packets wait");
    if (binder.confirmed == 0) {
      return say(Light::green, "Ring binder", "no packet was ever confirmed; " + counted(binder.waiting, "packet waits", "packets wait"));
    }
    const std::string state = "packet " + std::to_string(binder.confirmed) + " confirmed " + ago(binder.confirmed_at, now_);
    const bool late = binder.waiting > 0 && age_s(std::max(binder.confirmed_at, begin_of_packet(binder.oldest),
                                                           [](app::Instant a, app::Instant b) { return a.s < b.s; })) > kBinderLate_s;
    say(late ? Light::amber : Light::green, "Ring binder",
        state + (waits.empty() ? "" : "; " + waits) + (late ? ": NOT TENDED (put the newest in, then nightchart binder confirm)" : ""));
  }
  app::Instant begin_of_packet(std::uint64_t sequence) const {
    for (const NightRecord& night : facts_.nights) {
      if (night.sequence == sequence) return night.began;
    }
    return {0};
  }

  void judge_room() {
    if (facts_.copy_bytes == 0) return;
    const bool little = facts_.free_bytes < kCopiesOfRoom * facts_.copy_bytes;
    say(little ? Light::amber : Light::green, "Room",
        size_of(facts_.free_bytes) + " free for copies of " + size_of(facts_.copy_bytes) + (little ? ": SOON FULL (see [keep], nightchart rotate)" : ""));
  }

  const ReadinessFacts& facts_;
  app::Instant now_;
  Readiness readiness_;
};

}  // namespace

std::string_view word_of(Light light) {
  return light == Light::green ? "GREEN" : light == Light::amber ? "AMBER" : "RED";
}

std::string lost_words(const PlaceFact& place, std::uint64_t came) {
  if (place.now != PlaceFact::Now::there || place.sequence >= came) return "";
  return (place.sequence == 0 ? ", but NO COPY of this practice that can be used lies there now" : ", but only no. " + std::to_string(place.sequence) + " LIES THERE NOW") +
         (place.fault.empty() ? "" : ". " + place.fault);
}

std::string unseen_words(const PlaceFact& place) {
  if (place.now == PlaceFact::Now::away) return "; it is not there now";
  return place.now == PlaceFact::Now::not_asked ? " (as of then: a remote is not asked now)" : "";
}

const PlaceFact* place_of(const ReadinessFacts& facts, const std::string& name) {
  const auto found = std::ranges::find(facts.places, name, &PlaceFact::name);
  return found == facts.places.end() ? nullptr : &*found;
}

std::string ago(app::Instant then, app::Instant now) {
  const std::int64_t age_s = now.s - then.s;
  if (age_s < -300) return "at a time that is still to come (is the clock right?)";
  if (age_s < 120) return "just now";
  if (age_s < 2 * kHour_s) return std::to_string(age_s / 60) + " minutes ago";
  if (age_s < 2 * kDay_s) return std::to_string(age_s / kHour_s) + " hours ago";
  return std::to_string(age_s / kDay_s) + " days ago";
}

void append_readiness(const Readiness& readiness, app::JsonWriter& json) {
  json.key("readiness");
  json.open_object();
  json.member("light", word_of(readiness.light));
  json.key("findings");
  json.open_array();
  for (const Finding& finding : readiness.findings) {
    json.open_object();
    json.member("light", word_of(finding.light));
    json.member("about", std::string_view(finding.about));
    json.member("what", std::string_view(finding.what));
    json.close_object();
  }
  json.close_array();
  json.close_object();
}

Readiness judge_readiness(const ReadinessFacts& facts, app::Instant now) { return Judge(facts, now).judge(); }

}  // namespace exporter
