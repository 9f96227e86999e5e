#include "viewer/views.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "app/record/text.h"
#include "app/snapshot/copy_parts.h"
#include "app/snapshot/fingerprint.h"
#include "app/snapshot/recovery_lines.h"

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

std::vector<Fact> common_keys(std::vector<Fact> keys) {
  keys.push_back({"Ctrl + \u2212", "size"});
  keys.push_back({"F9", "colours"});
  return keys;
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

std::string describe_signer(const Session& session) {
  const app::CopyInfo& copy = *session.copy();
  const std::string fingerprint = app::format_fingerprint(copy.manifest.verifying_key);
  const app::Pairing* known = session.found().known.find(copy.manifest.verifying_key);
  if (known != nullptr && known->sequence > 0)
    return fingerprint + ", known on this computer since " +
           app::format_day(app::local_date(known->paired, known->time_zone));
  if (known != nullptr) return fingerprint + ", made on this computer";
  return fingerprint + ", not seen on this computer before: compare it with the sealed envelope's.";
}

// Beside copies that this computer has reason to believe, one that it has not is marked.
std::string describe_stranger(const app::CopyInfo& copy, const Session& session) {
  const app::Pairings& known = session.found().known;
  return known.practices.empty() || known.find(copy.manifest.verifying_key) != nullptr
             ? ""
             : ", signed with a key that this computer does not know";
}

// How far the lines of a sealed envelope are typed; empty while it looks like a passphrase.
std::string describe_lines(const app::RecoveryProgress& progress) {
  if (!progress.seems_to_be) return "";
  if (progress.wrong_line != 0) return app::describe_mistake(progress) + " Compare it with the page, letter by letter.";
  if (progress.letters > app::kRecoveryLines * app::kRecoveryLetters)
    return "That is more than the four lines of the sealed envelope: press Esc and begin again.";
  if (progress.right_lines == app::kRecoveryLines) return "All four lines of the sealed envelope are right: press Enter.";
  return "Sealed envelope: " + std::to_string(progress.right_lines) + " of 4 lines typed, without a mistake. Go on with line " +
         std::to_string(progress.right_lines + 1) + ".";
}

// The line that is being typed, as the page shows it: whoever holds the page may see it, and finds the place again.
std::string show_line(const std::string& typed, const app::RecoveryProgress& progress) {
  if (!progress.seems_to_be || progress.letters == 0) return "";
  std::string letters;
  for (const char c : app::upper_case(typed))
    if (c != ' ' && c != '-') letters += c;
  if (letters.size() != progress.letters) return "";  // other signs than letters and digits among them
  const std::size_t line = std::min((letters.size() - 1) / app::kRecoveryLetters, app::kRecoveryLines - 1);
  std::string shown = "Line " + std::to_string(line + 1) + ":";
  for (std::size_t at = line * app::kRecoveryLetters; at < letters.size(); ++at)
    shown += (at % 4 == 0 ? " " : "") + std::string(1, letters[at]);
  return shown;
}

std::string join_names(const std::vector<app::KeySlot>& slots) {
  std::string names;
  for (const app::KeySlot& slot : slots) names += (names.empty() ? "" : ", ") + slot.keyholder;
  return names.empty() ? "nobody: this copy has no key slot" : names;
}

std::size_t count_characters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

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
  const app::CopyInfo* copy = session.copy();
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

namespace {

std::string words_of_occasion(app::Occasion occasion) {
  return occasion == app::Occasion::battery ? ", taken on battery: no paper, no new scans"
         : occasion == app::Occasion::day   ? ", taken between two nights: no paper, no new scans" : "";
}

}  // namespace

UnlockView make_unlock_view(const Session& session) {
  UnlockView view;
  const app::CopyInfo* copy = session.copy();
  if (copy == nullptr) return view;
  const app::Manifest& manifest = copy->manifest;
  view.title = manifest.practice.empty() ? "Emergency copy" : manifest.practice;
  view.purpose =
      "Emergency copy of the practice's patient records, for reading while the usual system is out of reach.";
  const auto patients = manifest.counts.find("patients");
  view.facts.push_back(
      {"Patients", patients == manifest.counts.end() ? "not stated" : format_count(patients->second)});
  view.facts.push_back({"Data as of", app::format_as_of(manifest.as_of, manifest.time_zone) + ", " +
                                          app::freshness(manifest.as_of, session.now()).text});
  view.facts.push_back({"Copy made", format_moment(manifest.taken, manifest.time_zone) + ", number " +
                                         std::to_string(manifest.sequence) + words_of_occasion(manifest.occasion)});
  if (!manifest.shard.is_whole())
    view.facts.push_back({"Patients", "ONLY " + app::name_of(manifest.shard) + "; the others are in the other parts (Ctrl 1, 2\u2026)"});
  if (manifest.unreadable > 0)
    view.facts.push_back({"Unreadable", format_count(manifest.unreadable) +
                                            (manifest.unreadable == 1 ? " entry, marked in its chart"
                                                                      : " entries, marked in their charts")});
  view.facts.push_back({"Opens for", join_names(manifest.slots)});
  view.facts.push_back({"Signed by", describe_signer(session)});
  for (const app::Warning& warning : session.warnings())
    if (warning.kind == app::Warning::Kind::renamed) view.notices.push_back(warning.what);
  if (session.idle_minutes() > 0)
    view.notices.push_back("It locked itself after " + std::to_string(session.idle_minutes()) +
                           " minutes without a key. The passphrase brings you back to where you were.");
  if (!session.found().memory_trouble.empty()) view.notices.push_back(session.found().memory_trouble);
  view.typed = count_characters(session.line().text);
  view.hint = session.caps_lock() ? "CAPS LOCK IS ON. Capital and small letters count."
                                  : "Capital and small letters count. Nothing of what you type is shown. Or type the four lines "
                                    "of the sealed envelope, or scan its square.";
  if (!session.is_verified()) view.hint = "Type the passphrase once more: then it opens, though it is not verified.";
  const app::RecoveryProgress progress = app::judge_recovery_lines(session.line().text);
  if (const std::string lines = describe_lines(progress); !lines.empty()) view.hint = lines;
  view.line = show_line(session.line().text, progress);
  if (const auto& problem = session.problem()) {
    if (problem->code == app::Code::wrong_passphrase) {
      view.problem = "This passphrase does not open the copy.";
      view.advice =
          "Type it again. Check Caps Lock and the keyboard's language. You can try as often as you like.";
    } else {
      view.problem = problem->what;
      view.advice = problem->code == app::Code::wrong_kind ? "Compare it with the page, letter by letter, and correct it. Esc clears all."
                                                           : std::string(app::advice(problem->code));
    }
  }
  view.spare = describe_spare(session);
  if (session.keyholders().size() > 1)
    view.who = session.chosen_keyholder() == 0 ? "of any of these" : "of " + session.keyholders()[session.chosen_keyholder() - 1];
  const bool typed_wrong = session.problem() && (session.problem()->code == app::Code::wrong_passphrase ||
                                                 session.problem()->code == app::Code::wrong_kind);
  if (session.problem() && !typed_wrong && !view.spare.empty()) view.advice = offer_spare(session) + " Or use the paper binder.";
  if (session.may_insist()) view.insist = "In an emergency: open it anyway";
  for (const app::FoundCopy& other : session.found().others)
    view.others.push_back(other.folder.filename().string() +
                          (other.fault ? ": cannot be used. " + other.fault->what : ": older"));
  view.working = session.is_working();
  view.keys = common_keys({{"Enter", "open the copy"}, {"Esc", "clear"}});
  if (!view.who.empty()) view.keys.insert(view.keys.begin() + 1, {"Up Down", "whose passphrase"});
  if (!view.insist.empty()) view.keys.insert(view.keys.begin() + 1, {"Ctrl E", "open it anyway"});
  if (!view.spare.empty())
    view.keys.insert(view.keys.begin() + 1,
                     {view.spare.size() > 1 ? "Ctrl 1, 2\u2026" : "Ctrl 1", "another copy"});
  return view;
}

std::vector<Fact> describe_spare(const Session& session) {
  std::vector<Fact> spare;
  for (const app::CopyInfo& copy : session.found().spare) {
    const app::Manifest& manifest = copy.manifest;
    const std::string relation = session.copy() == nullptr                                ? ""
                                 : manifest.as_of.s < session.copy()->manifest.as_of.s ? "older, "
                                                                                       : "newer, ";
    spare.push_back({"Ctrl " + std::to_string(spare.size() + 1),
                     relation + "data as of " + format_moment(manifest.as_of, manifest.time_zone) + ", number " +
                         std::to_string(manifest.sequence) + words_of_occasion(manifest.occasion) +
                         (manifest.shard.is_whole() ? "" : ", " + app::name_of(manifest.shard)) + describe_stranger(copy, session)});
  }
  return spare;
}

std::string offer_spare(const Session& session) {
  const std::vector<Fact> spare = describe_spare(session);
  return spare.empty() ? "" : "Press Ctrl 1 for another copy: " + spare.front().value + ".";
}

InsistView make_insist_view(const Session& session) {
  InsistView view;
  const app::CopyInfo* copy = session.copy();
  if (copy == nullptr) return view;
  if (session.page() == Page::unrecorded) {
    view.title = "This computer cannot keep a record of who looks at what";
    view.paragraphs = {"The copy is open all the same. It is going to say NOT RECORDED on every page.",
                       "Write each patient whose chart you open on paper, with the time, for the privacy officer."};
    view.label = "Why must it be opened on this computer? No patient's name, please.";
    view.typed = session.line().text;
    view.caret = session.line().caret;
    view.hint = "the other laptop is empty";
    view.button = "Go on";
    view.keys = common_keys({{"Enter", "go on"}, {"Esc", "lock it again"}});
    return view;
  }
  if (session.page() == Page::initials) {
    view.is_calm = true;
    view.title = "Who are you?";
    view.paragraphs = {"Several people open this copy as " + session.keyholder() + ". Your initials stand on the screen, and beside "
                       "everything that you look at or print in the record for the privacy officer."};
    view.label = session.are_initials_refused() ? "NOT TAKEN. Your initials: two or three letters, and nothing else"
                                                : "Your initials: two or three letters";
    view.typed = session.line().text;
    view.caret = session.line().caret;
    view.hint = "AB";
    view.button = "Go on";
    view.keys = common_keys({{"Enter", "go on"}, {"Esc", "back"}});
    return view;
  }
  const bool asks_why = session.insistence().reason.empty();
  view.title = "What this copy shows may be false";
  view.paragraphs = {
      "It says that it is " + copy->manifest.practice + "'s, but it is signed with a key that is not the practice's. Somebody "
      "may have made it up: names, allergies, medications.",
      "Use another copy or the paper binder if there is one. If you must go on, confirm everything with the patient. Who "
      "opened it, when and why is kept on this computer."};
  view.label = asks_why ? "Why must it be opened? No patient's name, please." : "Your initials";
  view.typed = session.line().text;
  view.caret = session.line().caret;
  view.hint = asks_why ? "patient at the desk, no other copy here" : "AB";
  view.button = asks_why ? "Go on" : "Open it anyway";
  view.keys = common_keys({{"Enter", asks_why ? "go on" : "open it anyway"}, {"Esc", "back, and leave it closed"}});
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
