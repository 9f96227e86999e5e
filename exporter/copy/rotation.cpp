#include "exporter/copy/rotation.h"

#include <algorithm>

#include "app/snapshot/copy.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/volume_store.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

// No reader looks at what begins with a dot.
constexpr std::string_view kRemoving = ".removing-";

// What a rotation that was cut short had begun to remove. Returns how many.
Result<std::size_t> end_earlier_removals(const fs::path& folder) {
  std::error_code fault;
  std::vector<fs::path> left;
  for (fs::directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault)) {
    if (entry->path().filename().string().starts_with(kRemoving)) left.push_back(entry->path());
  }
  if (fault) return system_error("read", folder, fault);
  for (const fs::path& half : left) TRY(remove_folder(half));
  return left.size();
}

Result<Done> remove_copy(const RotationPlace& place, const GoodCopy& copy, const RotationRules& rules, app::Instant now) {
  TRY(append_line(rules.practice / kRemovalsLog,
                  app::format_utc(now) + " " + copy.name + " removed from " + place.name + ": no longer kept by [keep]"));
  const fs::path hidden = place.folder / (std::string(kRemoving) + copy.name);
  std::error_code fault;
  fs::rename(place.folder / copy.name, hidden, fault);
  if (fault) return system_error("rename", place.folder / copy.name, fault);
  TRY(sync_folder(place.folder));
  return remove_folder(hidden);
}

bool is_good(const Rotation& plan, const std::string& name) {
  return std::ranges::any_of(plan.verdicts, [&](const KeepVerdict& verdict) { return verdict.copy.name == name; });
}

Result<Done> carry_out(const RotationPlace& place, const RotationRules& rules, const std::string& verified, app::Instant now,
                       Rotation& plan) {
  if (!is_good(plan, verified)) {
    return Error{Code::not_verified, "Nothing was removed: no copy there could be relied on instead.", place.folder.string()};
  }
  // Numbers that began anew, as after the exporter's disk was replaced: by them the newest would look like the oldest.
  const auto relied_on = std::ranges::find(plan.verdicts, verified, [](const KeepVerdict& verdict) { return verdict.copy.name; });
  for (const KeepVerdict& verdict : plan.verdicts) {
    if (verdict.copy.sequence <= relied_on->copy.sequence) continue;
    return Error{Code::not_verified, "Nothing was removed: a copy there has a higher number than the newest one.",
                 verdict.copy.name + ". The exporter's numbers began anew; take that copy and those like it away to another folder."};
  }
  TRY_GET(const std::size_t ended, end_earlier_removals(place.folder));
  // Oldest first: of a rotation that is cut short the newer ones are left.
  for (auto verdict = plan.verdicts.rbegin(); verdict != plan.verdicts.rend(); ++verdict) {
    if (verdict->stays() || verdict->copy.name == verified) continue;
    TRY(remove_copy(place, verdict->copy, rules, now));
    plan.removed.push_back(verdict->copy.name);
  }
  if (plan.removed.empty() && ended == 0) return Done{};
  TRY_GET(plan.removed_volumes, remove_unneeded_volumes(place.folder, {}));
  return Done{};
}

// The newest good copy, if every byte of it is as it was signed.
std::string read_newest(const RotationPlace& place, const Rotation& plan) {
  if (plan.verdicts.empty()) return {};
  const std::string& newest = plan.verdicts.front().copy.name;
  return app::read_copy(place.folder / newest, app::Check::files).ok() ? newest : std::string();
}

}  // namespace

Rotation plan_rotation(const RotationPlace& place, const RotationRules& rules) {
  Rotation plan;
  plan.place = place.name;
  std::error_code fault;
  if (!fs::is_directory(place.folder, fault)) {
    plan.fault = Error{Code::not_found, "The folder " + place.folder.string() + " is not there.", ""};
    return plan;
  }
  std::vector<GoodCopy> good;
  for (const app::FoundCopy& copy : app::list_copies(place.folder)) {
    const std::string name = copy.folder.filename().string();
    auto named = parse_name(name);
    if (named) named->between_nights = copy.occasion != app::Occasion::night;
    if (copy.fault) plan.left_alone.push_back({name, copy.fault->what});
    else if (copy.signer != rules.signer) plan.left_alone.push_back({name, "It is another practice's."});
    else if (!named || named->sequence != copy.sequence) plan.left_alone.push_back({name, "Somebody gave it a name of their own."});
    else good.push_back(*named);
  }
  plan.verdicts = judge_copies(std::move(good), place.keep, rules.time_zone);
  return plan;
}

Rotation rotate(const RotationPlace& place, const RotationRules& rules, const std::string& verified, app::Instant now) {
  Rotation plan = plan_rotation(place, rules);
  if (plan.fault) return plan;
  const auto done = carry_out(place, rules, verified.empty() ? read_newest(place, plan) : verified, now, plan);
  if (!done.ok()) plan.fault = done.error();
  return plan;
}

}  // namespace exporter
