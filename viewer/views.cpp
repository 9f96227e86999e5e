#include "viewer/views.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "app/snapshot/copy_parts.h"

namespace viewer {
namespace {

const std::string kDot = " \u00B7 ";

std::string age_warning(app::Age age) {
  switch (age) {
    case app::Age::fresh:
      return "";
    case app::Age::stale:
      return "STALE: last night's copy did not arrive here. What changed since then is missing. Ask before "
             "relying on it.";
    case app::Age::old:
      return "OLD: this data is more than a week old. Confirm allergies and medications with the patient.";
    case app::Age::clock_wrong:
      return "CLOCK WRONG: by this computer's clock the data comes from the future. Its age cannot be "
             "trusted.";
  }
  return "";
}

std::vector<Fact> open_keys(std::vector<Fact> keys) {
  keys = common_keys(std::move(keys));
  keys.push_back({"Ctrl O", "outage"});
  keys.push_back({"F8", "hide"});
  return keys;
}

std::string describe_power(const Power& power) {
  std::string words = std::to_string(power.percent) + " %";
  if (power.charging) return words + ", charging";
  if (!power.minutes_left) return words;
  const int hours = *power.minutes_left / 60, minutes = *power.minutes_left % 60;
  words += ", about ";
  if (hours > 0) words += std::to_string(hours) + " h ";
  return words + std::to_string(minutes) + " min left";
}

// What is said once on the unlock page is calm; this is not.
bool stays_in_sight(app::Warning::Kind kind) {
  using Kind = app::Warning::Kind;
  return kind == Kind::new_key || kind == Kind::older || kind == Kind::same_number;
}

}  // namespace

std::vector<Fact> common_keys(std::vector<Fact> keys) {
  keys.push_back({"Ctrl + \u2212", "size"});
  keys.push_back({"F9", "colours"});
  return keys;
}

std::string format_moment(app::Instant instant, const std::string& time_zone) {
  const app::Date date = app::local_date(instant, time_zone);
  return std::string(app::weekday_of(date)) + " " + app::format_day(date) + " " +
         app::format_time_of_day(date);
}

std::string format_count(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

FrameView make_frame_view(const Session& session) {
  FrameView view;
  view.verified = session.is_verified();
  view.words = (view.verified ? "" : "NOT VERIFIED" + kDot) + "EMERGENCY COPY" + kDot + "READ ONLY";
  const Openable* copy = session.copy();
  if (copy == nullptr) {
    view.as_of = "no copy is open";
    return view;
  }
  const app::Manifest& manifest = copy->manifest;
  const app::Freshness fresh = app::freshness(manifest.as_of, session.now());
  if (!manifest.practice.empty()) view.notes.push_back(manifest.practice);
  if (!session.keyholder().empty()) view.notes.push_back("opened by " + session.who());
  if (!session.keyholder().empty() && !session.has_privacy_officer()) view.notes.push_back("looks are not recorded");
  if (const Session::Outage* outage = session.outage(); outage != nullptr && outage->runs())
    view.notes.push_back("outage since " + app::format_time_of_day(app::local_date(outage->start, manifest.time_zone)));
  if (session.power()) view.notes.push_back("battery " + describe_power(*session.power()));
  if (session.bytes() == Session::Bytes::being_checked) view.notes.push_back("checking every byte\u2026");
  if (session.bytes() == Session::Bytes::right) view.notes.push_back("every byte checked");
  // Who looks, the outage and what is not recorded stay; so does a battery that runs down.
  if (session.bytes() == Session::Bytes::right) view.passing.push_back("every byte checked");
  if (!manifest.practice.empty()) view.passing.push_back(manifest.practice);
  if (session.bytes() == Session::Bytes::being_checked) view.passing.push_back(view.notes.back());
  if (session.power() && !is_low(*session.power())) view.passing.push_back("battery " + describe_power(*session.power()));
  view.as_of = "data as of " + format_moment(manifest.as_of, manifest.time_zone) + " (" + fresh.text + ")";
  if (!manifest.shard.is_whole()) {
    view.notes.insert(view.notes.begin(), "ONLY " + app::name_of(manifest.shard) + " of the patients");
  }
  if (manifest.occasion == app::Occasion::battery) {
    view.notes.push_back("taken on battery at " + format_moment(manifest.taken, manifest.time_zone) + ": no paper, no new scans");
  }
  view.warning = age_warning(fresh.age);
  if (const app::Error* failed = session.failed_check()) {
    view.alerts.push_back("NOT VERIFIED: this copy is not what the practice signed. " + failed->what +
                          " What it shows may be false: confirm everything with the patient. " +
                          (session.found().spare.empty() ? "" : "Better lock it (Ctrl L) and open another copy."));
  } else if (!view.verified) {
    view.alerts.push_back("NOT VERIFIED: what this copy shows may be false. Confirm everything with the patient, and tell "
                          "whoever looks after Nightchart.");
  }
  if (const std::string missing = describe_missing(session.missing_parts()); !missing.empty())
    view.alerts.push_back(missing + " Use the paper binder for them" +
                          (session.page() == Page::unlock ? ", and tell whoever looks after Nightchart." : "."));
  if (const std::string lagging = describe_lagging(session.late_parts()); !lagging.empty()) {
    view.alerts.push_back(lagging);
    if (session.page() == Page::chart && !session.is_covered()) {
      const app::Manifest& of_chart = session.copy_of_chart().manifest;
      view.notes.push_back("this chart as of " + format_moment(of_chart.as_of, of_chart.time_zone));
    }
  }
  for (const app::Warning& warning : session.warnings())
    if (stays_in_sight(warning.kind)) view.alerts.push_back(warning.what);
  if (session.record_fault())
    view.alerts.push_back("NOT RECORDED: this computer cannot keep the record of who looks at what. Write each patient whose chart "
                          "you open on paper, with the time." +
                          (session.unrecorded_reason().empty() ? "" : " Reason given: " + session.unrecorded_reason()));
  if (session.print_failed() && !session.print_notice().empty()) view.alerts.push_back(session.print_notice());
  else if (!session.print_notice().empty()) view.notes.insert(view.notes.begin(), session.print_notice());
  if (session.offers_print() && session.power())
    view.alerts.push_back("BATTERY " + describe_power(*session.power()) + ": print the day's list while there is power for it? " +
                          "F7 prints it now, Esc does not.");
  if (session.power() && is_low(*session.power()))
    view.alerts.push_back("BATTERY LOW: " + describe_power(*session.power()) + ". Plug in, or take the paper binder.");
  if (const auto& closed = session.passed_over())
    view.alerts.push_back("A copy that says it is newer, of " + format_moment(closed->manifest.as_of, closed->manifest.time_zone) +
                          ", was left closed: the passphrase does not vouch for whoever signed it. Tell whoever looks after Nightchart.");
  view.age = fresh.age;
  return view;
}

ChartView make_chart_view(const Session& session) {
  ChartView view;
  view.sheet = &session.sheet();
  for (const app::SheetSection& section : view.sheet->sections) view.links.push_back({key_of_section(section.id), section.title});
  view.keys = open_keys({{"Up Down PgUp PgDn", "read on"},
                           {"Tab", "next section"},
                           {"Esc", "back"},
                           {"Ctrl P", "print"},
                           {"F6", "slip, labels, forms"},
                           {"Ctrl D", "documents"},
                           {"any letter", "new search"}});
  return view;
}

FaultView make_fault_view(const Session& session) {
  FaultView view;
  if (session.is_covered()) {
    view.title = "Hidden";
    view.paragraphs = {"Press any key, and everything is as it was."};
    return view;
  }
  if (session.page() == Page::looking) {
    view.title = "Looking for the emergency copy\u2026";
    view.paragraphs = {"This takes a moment on a slow stick."};
    return view;
  }
  const Found& found = session.found();
  if (found.fault) {
    view.title = "The emergency copy cannot be used";
    view.paragraphs = {found.fault->what, std::string(app::advice(found.fault->code))};
    view.spare = describe_spare(session);
    if (!view.spare.empty()) view.paragraphs.push_back("Other copies lie beside it:");
    if (!found.fault->detail.empty()) view.details.push_back(found.fault->detail);
    for (const app::FoundCopy& other : found.others)
      view.details.push_back(other.folder.filename().string() + ": " +
                             (other.fault ? other.fault->what : std::string("not tried")));
  } else {
    view.title = "There is no emergency copy here";
    view.paragraphs = {
        "Plug in the stick, or use the computer, that the emergency copies are kept on. Then press Enter.",
        "Or close this window and start the program from the folder in which the copies lie.",
        "If the ring binder is at hand: its index lists every patient."};
  }
  for (const auto& place : found.searched) view.details.push_back("Looked in " + place.string());
  view.keys = common_keys({{"Enter", "look again"}});
  if (!view.spare.empty())
    view.keys.insert(view.keys.begin(), {view.spare.size() > 1 ? "Ctrl 1, 2\u2026" : "Ctrl 1", "open another copy"});
  return view;
}

}  // namespace viewer
