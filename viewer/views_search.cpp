#include <algorithm>
#include <map>
#include <string>

#include "app/record/name_folding.h"
#include "app/record/text.h"
#include "viewer/views.h"

namespace viewer {
namespace {

std::string format_birth(const app::Known<app::Date>& born, const app::Date& today) {
  std::string text = app::format_known_date(born);
  if (!born.is_known()) return text;
  const std::string age = app::format_age(born.value(), today);
  return age.empty() ? text : text + " (" + age + ")";
}

// Who, for what and where, each said once.
std::string describe_what(const app::Appointment& appointment, bool with_clinician) {
  std::string about = with_clinician ? appointment.clinician : "";
  for (const std::string* part : {&appointment.text, &appointment.reason, &appointment.place})
    if (!part->empty() && about.find(*part) == std::string::npos) about += (about.empty() ? "" : ", ") + *part;
  return about;
}

// "today 10:40, Dr Osei"; of several sites it says which.
std::string describe_next(const app::Appointment& next, const app::Date& today) {
  if (!next.start.is_known()) return "";
  const app::Date& start = next.start.value();
  const int days = app::format_day_number(start) - app::format_day_number(today);
  std::string words = "Next: ";
  if (days == 0) words += "today";
  else if (app::format_day_number(app::add_days(today, 1)) == app::format_day_number(start)) words += "tomorrow";
  else words += std::string(app::weekday_of(start)) + " " + app::format_day(start);
  if (const std::string time = app::format_time_of_day(start); !time.empty()) words += " " + time;
  const std::string about = describe_what(next, true);
  return words + (about.empty() ? "" : ", " + about);
}

// Names that a tired reader takes for each other have the same: how the family name sounds, and the first
// letter of the given one. Letters with accents, which are vowels mostly, count as little as vowels do; a name without plain
// letters is compared as it is.
std::string likeness(const std::string& name) {
  const std::size_t comma = name.find(", ");
  const std::string family = name.substr(0, comma);
  std::string lower;
  for (const char c : family) {
    if (c >= 'A' && c <= 'Z') lower += static_cast<char>(c - 'A' + 'a');
    if (c >= 'a' && c <= 'z') lower += c;
  }
  if (lower.size() < 2) return app::upper_case(name);
  const std::string given = comma == std::string::npos ? "" : name.substr(comma + 2, 1);
  return app::sound_skeleton(lower) + "," + given;
}

// The rows that are alike are marked; the warning counts those of the selected row, or else all that are marked.
void mark_similar_names(const app::Hits& hits, SearchView& view) {
  std::map<std::string, std::vector<std::size_t>> alike;
  for (std::size_t i = 0; i < hits.hits.size(); ++i) alike[likeness(hits.hits[i].name)].push_back(i);
  std::size_t marked = 0, of_selected = 0;
  for (const auto& [key, rows] : alike) {
    if (rows.size() < 2) continue;
    marked += rows.size();
    if (std::find(rows.begin(), rows.end(), view.selected) != rows.end()) of_selected = rows.size();
    for (const std::size_t row : rows) {
      std::string& tag = view.rows[row].tag;
      tag += (tag.empty() ? "" : " \u00B7 ") + std::string("similar name");
    }
  }
  if (of_selected > 0)
    view.warning = std::to_string(of_selected) + " patients with names similar to the chosen one: check the birth date";
  else if (marked > 0)
    view.warning = std::to_string(marked) + " patients with similar names: check the birth date";
}

void fill_hits(const Session& session, SearchView& view) {
  const app::Hits& hits = session.hits();
  view.columns = {{"Name", 0.33f, true}, {"Born", 0.21f},  {"Sex", 0.09f},
                  {"MRN", 0.12f},        {"Phone", 0.14f}, {"Town", 0.11f}};
  for (const app::Hit& hit : hits.hits) {
    ListRow row;
    row.cells = {hit.name,
                 format_birth(app::read_date(hit.born), session.today()),
                 hit.sex.empty() ? "not recorded" : hit.sex,
                 hit.mrn,
                 hit.phone,
                 hit.town};
    row.deceased = hit.deceased;
    if (hit.deceased) row.tag = "DECEASED";
    const auto& next = session.next_appointments();
    if (view.rows.size() < next.size() && next[view.rows.size()])
      row.below = describe_next(*next[view.rows.size()], session.today());
    const std::string& reason = session.reasons()[view.rows.size()];
    if (!reason.empty()) row.tag += (row.tag.empty() ? "" : " \u00B7 ") + reason;
    if (!hit.exact) row.tag += (row.tag.empty() ? "" : " \u00B7 ") + std::string("not spelled as typed");
    view.rows.push_back(std::move(row));
  }
  mark_similar_names(hits, view);
  const std::string total = (hits.more ? "at least " : "") + format_count(hits.total);
  const bool are_all_here = session.missing_parts().empty();
  if (view.rows.empty()) {
    view.heading = "Nobody found";
    view.empty = "Nobody found for \u201C" + session.line().text +
                 "\u201D. Try fewer letters, only the family name, the birth date, or the phone number. "
                 "A patient who is new since the copy was made is not in it.";
    if (const std::string missing = describe_missing(session.missing_parts()); !missing.empty()) {
      view.warning = "NOT ALL PATIENTS ARE HERE";
      view.empty = "Nobody found for \u201C" + session.line().text + "\u201D, but the one you look for may be among those who are not here. " +
                   missing + " Look in the paper binder, or try fewer letters or the birth date.";
    }
  } else if (view.rows.size() < hits.total || hits.more) {
    view.heading = total + " found, the best " + format_count(view.rows.size()) +
                   " in this list: type more to narrow it down";
  } else {
    view.heading = total + (are_all_here ? " found, all in this list" : " found here");
  }
  if (are_all_here || view.rows.empty()) return;
  view.heading += session.missing_parts().size() == 1 ? "; others may be in the part that is missing" : "; others may be in the parts that are missing";
}

void fill_schedule(const Session& session, SearchView& view) {
  view.columns = {{"Time", 0.07f}, {"Patient", 0.27f, true}, {"Born", 0.19f},
                  {"MRN", 0.11f},  {"Phone", 0.13f},         {session.is_by_time() ? "With, for" : "For", 0.23f}};
  for (const app::ScheduleEntry& entry : session.schedule()) {
    const app::Appointment& appointment = entry.appointment;
    const std::string time =
        appointment.start.is_known() ? app::format_time_of_day(appointment.start.value()) : std::string();
    ListRow row;
    if (!session.is_by_time()) row.group = appointment.clinician.empty() ? "With nobody named" : appointment.clinician;
    row.cells = {time.empty() ? "no time" : time,
                 entry.name,
                 format_birth(entry.born, session.today()),
                 entry.mrn,
                 entry.phone,
                 describe_what(appointment, session.is_by_time())};
    if (!appointment.status.empty() && appointment.status != "booked") row.tag = appointment.status;
    view.rows.push_back(std::move(row));
  }
  view.warning = describe_gaps(session.missing_parts(), session.parts_without_schedule());
  const app::Date& day = session.schedule_day();
  const app::Date today = session.today();
  const bool is_today = app::format_day_number(day) == app::format_day_number(today);
  if (const auto& fault = session.schedule_fault()) {
    view.heading = "Appointments";
    view.empty = (is_today ? "Today's appointments could not be read: "
                           : "There are none today, and the appointments of " + app::format_day(day) +
                                 " could not be read: ") +
                 fault->what + " Patients can still be found: type a name.";
    return;
  }
  if (view.rows.empty()) {
    view.heading = "Appointments";
    view.empty = "This copy holds no appointments for the next " + std::to_string(kScheduleDays) +
                 " days. Type a name to find a patient.";
    return;
  }
  view.heading = (is_today ? "Appointments today, " : "No appointments today. The next are on ") +
                 std::string(app::weekday_of(day)) + " " + app::format_day(day) + ": " +
                 format_count(view.rows.size()) + (session.is_by_time() ? ", by time" : ", by provider and time");
}

}  // namespace

SearchView make_search_view(const Session& session) {
  SearchView view;
  view.typed = session.line().text;
  view.caret = session.line().caret;
  view.is_selected = session.line().is_selected;
  view.hint = "Name, birth date, phone or MRN";
  view.selected = session.has_selection() ? session.selected() : kNoRow;
  if (session.shows_schedule()) {
    fill_schedule(session, view);
  } else {
    fill_hits(session, view);
  }
  if (const auto& problem = session.problem()) {
    view.problem = problem->what + " ";
    view.problem += session.may_choose_spare() ? offer_spare(session) + " What you look for stays typed. Or use the paper binder."
                                               : std::string(app::advice(problem->code));
  }
  view.keys = {{"Up Down", "choose"}, {"Enter", "open"}, {"Esc", "clear"}, {"Ctrl O", "outage"}, {"Ctrl L", "lock"},
               {"Ctrl + \u2212", "size"}, {"F9", "colours"}, {"F8", "hide"}};
  if (session.may_print()) view.keys.insert(view.keys.begin() + 3, {"Ctrl P", "print"});
  view.keys.insert(view.keys.begin() + (session.may_print() ? 4 : 3), {"F6", "forms"});
  if (session.shows_schedule() && !view.rows.empty())
    view.keys.insert(view.keys.begin() + 2, {"Ctrl T", session.is_by_time() ? "by provider" : "by time"});
  if (session.may_choose_spare()) view.keys.insert(view.keys.begin(), {"Ctrl 1", "look in another copy"});
  return view;
}

}  // namespace viewer
