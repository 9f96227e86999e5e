#include "exporter/report/split_readiness.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/snapshot/copy_parts.h"
#include "exporter/report/report_words.h"

namespace exporter {
namespace {

constexpr std::size_t kPartsNamed = 8;

const std::set<std::string>& abouts_of_a_part() {
  static const std::set<std::string> abouts = {"Newest copy", "Last night", "Between nights", "Copy on battery", "Unfinished"};
  return abouts;
}

// The last night that brought this part's copy to a place where it was checked.
const NightRecord* last_there(const ReadinessFacts& facts, const std::string& place) {
  for (auto night = facts.nights.rbegin(); night != facts.nights.rend(); ++night) {
    for (const PlaceRecord& there : night->places) {
      if (there.name == place && there.code == 0) return &*night;
    }
  }
  return nullptr;
}

class SplitJudge {
 public:
  SplitJudge(const SplitFacts& split, app::Instant now) : split_(split), now_(now) {
    for (const PartFacts& part : split.parts) of_part_.push_back(judge_readiness(part.facts, now));
    of_whole_ = judge_readiness(split.whole, now);
  }

  Readiness judge() {
    judge_set();
    judge_nights_apart();
    judge_parts();
    for (const std::string& destination : split_.whole.destinations) judge_place(destination);
    if (split_.whole.destinations.empty()) take(of_whole_, "Destinations", "");
    take(of_whole_, "Drill", "");
    judge_laptops();
    take(of_whole_, "Keyholders", "");
    judge_binders();
    take(of_whole_, "Room", "");
    take(of_whole_, "Exporter", "");
    for (std::size_t i = 0; i < split_.parts.size(); ++i) take(of_part_[i], "Exporter", ", " + name(i));
    return std::move(readiness_);
  }

 private:
  std::string name(std::size_t part) const { return app::name_of(split_.parts[part].shard); }
  void say(Light light, const std::string& about, const std::string& what) {
    readiness_.findings.push_back({light, about, what});
    readiness_.light = std::max(readiness_.light, light);
  }
  void take(const Readiness& from, const std::string& about, const std::string& behind) {
    for (const Finding& finding : from.findings) {
      if (finding.about == about) say(finding.light, about + behind, finding.what);
    }
  }

  // What of a part is about itself: its worst, in its words.
  static Finding worst_of(const Readiness& readiness, const std::set<std::string>& abouts) {
    Finding worst;
    for (const Finding& finding : readiness.findings) {
      if (abouts.contains(finding.about)) worst.light = std::max(worst.light, finding.light);
    }
    for (const Finding& finding : readiness.findings) {
      if (!abouts.contains(finding.about) || finding.light != worst.light) continue;
      worst.what += (worst.what.empty() ? "" : "; ") + (finding.about == "Newest copy" ? std::string("copy ") : finding.about == "Last night" ? "last night " : finding.about + ": ") + finding.what;
    }
    return worst;
  }

  // What else is said of the newest copy comes behind its age.
  static Light light_of_age(const Readiness& part) {
    const auto age = std::find_if(part.findings.begin(), part.findings.end(), [](const Finding& finding) { return finding.about == "Newest copy"; });
    return age == part.findings.end() ? Light::red : age->light;
  }

  void judge_set() {
    std::string missing;
    for (std::size_t i = 0; i < split_.parts.size(); ++i) {
      if (!split_.parts[i].facts.newest) missing += (missing.empty() ? "" : ", ") + name(i);
    }
    const std::string all = std::to_string(split_.parts.size());
    if (!missing.empty()) return say(Light::red, "All parts", "NOT COMPLETE, of " + all + " there is no copy of: " + missing + ". Its patients are nowhere to be found.");
    const NewestCopy set = *complete_set(split_);
    Light light = Light::green;
    for (const Readiness& part : of_part_) light = std::max(light, light_of_age(part));
    say(light, "All parts", all + " parts, " + counted(set.patients, "patient", "patients") + "; the oldest part's data as of " +
                                app::format_as_of(set.as_of, split_.whole.time_zone) + ", " + app::freshness(set.as_of, now_).text);
  }

  // Patients of one part as they were days before those of the next: nobody would think so.
  void judge_nights_apart() {
    std::int64_t newest = 0;
    for (const PartFacts& part : split_.parts) {
      if (part.facts.newest) newest = std::max(newest, part.facts.newest->as_of.s);
    }
    std::vector<app::LatePart> late;
    for (const PartFacts& part : split_.parts) {
      if (part.facts.newest && newest - part.facts.newest->as_of.s > app::kPartsApartMost_s) late.push_back({part.shard, newest - part.facts.newest->as_of.s});
    }
    if (!late.empty()) say(Light::red, "All parts", "OF DIFFERENT NIGHTS: " + app::describe_late(late) + ".");
  }

  Finding judge_part(std::size_t i) const {
    const ReadinessFacts& facts = split_.parts[i].facts;
    if (!facts.newest && facts.nights.empty() && facts.between.empty()) {
      const app::Shard& shard = split_.parts[i].shard;
      return {Light::red, name(i), "NEVER MADE (nightchart night --shard " + std::to_string(shard.number) + "/" + std::to_string(shard.of) + ")"};
    }
    Finding worst = worst_of(of_part_[i], abouts_of_a_part());
    worst.about = name(i);
    return worst;
  }

  // Of many parts, those in which nothing is amiss are one line: the page on the wall is one page.
  void judge_parts() {
    std::size_t good = 0;
    for (std::size_t i = 0; i < split_.parts.size(); ++i) {
      const Finding finding = judge_part(i);
      if (finding.light == Light::green && split_.parts.size() > kPartsNamed) ++good;
      else say(finding.light, finding.about, finding.what);
    }
    if (good > 0) say(Light::green, std::to_string(good) + " of " + std::to_string(split_.parts.size()) + " parts", "each has its copy, and its last night went as it should");
  }

  void judge_binders() {
    std::size_t good = 0;
    for (std::size_t i = 0; i < split_.parts.size(); ++i) {
      for (const Finding& finding : of_part_[i].findings) {
        if (finding.about != "Ring binder") continue;
        if (finding.light == Light::green && split_.parts.size() > kPartsNamed) ++good;
        else say(finding.light, finding.about + ", " + name(i), finding.what);
      }
    }
    if (good > 0) say(Light::green, "Ring binder", "of " + std::to_string(good) + " parts tended, or never begun (nightchart binder status --shard)");
  }

  // Green only if every part is there, checked, and of one night.
  void judge_place(const std::string& place) {
    Light light = Light::green;
    std::string amiss, unseen;
    std::int64_t newest = 0, oldest = 0, oldest_began = 0;
    for (std::size_t i = 0; i < split_.parts.size(); ++i) {
      for (const Finding& finding : of_part_[i].findings) {
        if (finding.about != place) continue;
        light = std::max(light, finding.light);
        if (finding.light != Light::green) amiss += (amiss.empty() ? "" : "; ") + name(i) + ": " + finding.what;
      }
      if (const PlaceFact* now = place_of(split_.parts[i].facts, place)) unseen = unseen_words(*now);  // of all parts the same
      const NightRecord* there = last_there(split_.parts[i].facts, place);
      if (there == nullptr) continue;
      newest = std::max(newest, there->as_of.s);
      if (oldest == 0 || there->as_of.s < oldest) oldest = there->as_of.s, oldest_began = there->began.s;
    }
    if (oldest != 0 && newest - oldest > app::kPartsApartMost_s) {
      light = Light::red;
      amiss = "PARTS OF DIFFERENT NIGHTS lie there" + (amiss.empty() ? "" : "; " + amiss);
    }
    if (!amiss.empty()) return say(light, place, amiss);
    say(light, place, "all " + std::to_string(split_.parts.size()) + " parts were copied and checked there, the oldest " + ago({oldest_began}, now_) + unseen);
  }

  // A laptop that opened some of the parts has not shown that it has the others.
  void judge_laptops() {
    std::map<std::string, std::vector<std::size_t>> opened;
    for (std::size_t i = 0; i < split_.parts.size(); ++i) {
      for (const LaptopFact& laptop : split_.parts[i].facts.laptops) opened[laptop.laptop].push_back(i);
    }
    for (const auto& [laptop, parts] : opened) {
      Light light = Light::green;
      std::string words;
      for (const std::size_t i : parts) {
        for (const Finding& finding : of_part_[i].findings) {
          if (finding.about != laptop) continue;
          light = std::max(light, finding.light);
          words += (words.empty() ? "" : "; ") + name(i) + ": " + finding.what;
        }
      }
      if (parts.size() < split_.parts.size()) {
        light = std::max(light, Light::amber);
        words += "; NOT ALL PARTS: of " + std::to_string(split_.parts.size() - parts.size()) + " others it said nothing yet";
      }
      say(light, laptop, words);
    }
  }

  const SplitFacts& split_;
  app::Instant now_;
  std::vector<Readiness> of_part_;
  Readiness of_whole_;
  Readiness readiness_;
};

std::string day_of(const NightRecord& night, const std::string& time_zone) { return app::format_day(app::local_date(night.began, time_zone)); }

// What one night's parts did together. A place got it only if it got every part.
NightRecord join(const std::vector<const NightRecord*>& nights, std::size_t parts) {
  NightRecord all = *nights.front();
  all.published = nights.size() == parts;
  all.counts = {};
  all.unreadable = all.skipped = 0;
  std::map<std::string, std::size_t> arrived;
  for (const NightRecord* night : nights) {
    all.published = all.published && night->published;
    if (all.code == 0 || all.code == app::kExitUnreadable) all.code = std::max(all.code, night->code);
    all.counts.patients += night->counts.patients;
    all.unreadable += night->unreadable, all.skipped += night->skipped;
    for (const PlaceRecord& place : night->places) arrived[place.name] += place.code == 0 ? 1 : 0;
  }
  if (nights.size() < parts) all.code = static_cast<int>(app::Code::not_found);
  all.places.clear();
  for (const auto& [place, count] : arrived) all.places.push_back({place, count == parts ? 0 : static_cast<int>(app::Code::not_found), "", 0});
  return all;
}

}  // namespace

SplitFacts read_split_facts(const Options& whole, const std::vector<Options>& parts) {
  SplitFacts split;
  std::uint64_t bytes = 0;
  for (const Options& part : parts) {
    split.parts.push_back({part.run.shard, read_facts(part)});
    bytes += split.parts.back().facts.copy_bytes;
  }
  split.whole = split.parts.front().facts;
  split.whole.practice = whole.practice;
  split.whole.copy_bytes = bytes;
  split.whole.trouble.clear();  // each part's is its own
  split.whole.parts = static_cast<std::uint32_t>(parts.size());
  for (const PartFacts& part : split.parts) split.whole.free_bytes = std::max(split.whole.free_bytes, part.facts.free_bytes);
  return split;
}

Readiness judge_split(const SplitFacts& split, app::Instant now) { return SplitJudge(split, now).judge(); }

std::optional<NewestCopy> complete_set(const SplitFacts& split) {
  std::optional<NewestCopy> set;
  std::uint64_t patients = 0;
  for (const PartFacts& part : split.parts) {
    if (!part.facts.newest) return std::nullopt;
    patients += part.facts.newest->patients;
    if (!set || part.facts.newest->as_of.s < set->as_of.s) set = part.facts.newest;
  }
  if (set) set->patients = patients, set->sequence = 0;
  return set;
}

ReadinessFacts gather_nights(const SplitFacts& split) {
  ReadinessFacts facts = split.whole;
  facts.newest = complete_set(split);
  facts.nights.clear();
  std::map<std::string, std::vector<const NightRecord*>> by_day;
  for (const PartFacts& part : split.parts) {
    std::map<std::string, const NightRecord*> last;  // a part that was made again counts as it ended
    for (const NightRecord& night : part.facts.nights) last[day_of(night, facts.time_zone)] = &night;
    for (const auto& [day, night] : last) by_day[day].push_back(night);
  }
  for (const auto& [day, nights] : by_day) facts.nights.push_back(join(nights, split.parts.size()));
  std::sort(facts.nights.begin(), facts.nights.end(), [](const NightRecord& a, const NightRecord& b) { return a.began.s < b.began.s; });
  return facts;
}

}  // namespace exporter
