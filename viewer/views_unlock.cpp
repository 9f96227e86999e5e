// The page before a copy is open: what it is, whose passphrase opens it, what else lies there; and the questions that are asked
// on the way in.
#include <algorithm>
#include <string>
#include <utility>

#include "app/record/text.h"
#include "app/snapshot/fingerprint.h"
#include "app/snapshot/recovery_lines.h"
#include "viewer/views.h"

namespace viewer {
namespace {

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
std::string describe_stranger(const Openable& copy, const Session& session) {
  const app::Pairings& known = session.found().known;
  return known.practices.empty() || known.find(copy.manifest.verifying_key) != nullptr
             ? ""
             : ", signed with a key that this computer does not know";
}

// ", number 123"; of parts, which have numbers of their own, how many there are.
std::string describe_numbers(const Openable& copy) {
  if (copy.parts.empty()) return ", number " + std::to_string(copy.manifest.sequence);
  const std::size_t missing = missing_of(copy.parts).size();
  return ", in " + std::to_string(copy.parts.size()) + " parts" + (missing == 0 ? "" : ", " + std::to_string(missing) + " of them MISSING");
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

std::string words_of_occasion(app::Occasion occasion) {
  return occasion == app::Occasion::battery ? ", taken on battery: no paper, no new scans"
         : occasion == app::Occasion::day   ? ", taken between two nights: no paper, no new scans" : "";
}

}  // namespace

UnlockView make_unlock_view(const Session& session) {
  UnlockView view;
  const Openable* copy = session.copy();
  if (copy == nullptr) return view;
  const app::Manifest& manifest = copy->manifest;
  view.title = manifest.practice.empty() ? "Emergency copy" : manifest.practice;
  view.purpose =
      "Emergency copy of the practice's patient records, for reading while the usual system is out of reach.";
  const auto patients = manifest.counts.find("patients");
  view.facts.push_back(
      {"Patients", patients == manifest.counts.end() ? "not stated"
                                                                      : format_count(patients->second) +
                                                                            (session.missing_parts().empty() ? "" : ", NOT ALL of the practice's")});
  view.facts.push_back({"Data as of", app::format_as_of(manifest.as_of, manifest.time_zone) + ", " +
                                          app::freshness(manifest.as_of, session.now()).text});
  view.facts.push_back({"Copy made", format_moment(manifest.taken, manifest.time_zone) + describe_numbers(*copy) +
                                         words_of_occasion(manifest.occasion)});
  if (!manifest.shard.is_whole())
    view.facts.push_back({"Patients", "ONLY " + app::name_of(manifest.shard) + ": open the folder around it for all of them"});
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
  if (!session.found().passed_over.empty()) view.notices.push_back(session.found().passed_over);
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
  for (const Openable& copy : session.found().spare) {
    const app::Manifest& manifest = copy.manifest;
    const std::string relation = session.copy() == nullptr                                ? ""
                                 : newest_as_of(copy).s < newest_as_of(*session.copy()).s ? "older, "
                                                                                       : "newer, ";
    spare.push_back({"Ctrl " + std::to_string(spare.size() + 1),
                     relation + "data as of " + format_moment(manifest.as_of, manifest.time_zone) + describe_numbers(copy) +
                         words_of_occasion(manifest.occasion) + (manifest.shard.is_whole() ? "" : ", ONLY " + app::name_of(manifest.shard)) +
                         describe_stranger(copy, session)});
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

}  // namespace viewer
