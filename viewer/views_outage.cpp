#include "viewer/outage_view.h"

namespace viewer {
namespace {

std::string count_of(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string times(std::size_t count, const std::string& word) {
  return count == 0 ? "" : ", " + word + (count == 1 ? " once" : " " + std::to_string(count) + " times");
}

std::string span_of(const app::ReconciledPatient& patient, const std::string& zone) {
  const std::string first = format_moment(patient.first, zone);
  return patient.first.s == patient.last.s ? first : first + " to " + app::format_time_of_day(app::local_date(patient.last, zone));
}

void list_events(const std::string& title, const std::vector<app::ReconciledEvent>& events, const std::string& zone,
                 std::vector<OutageRow>& rows) {
  if (events.empty()) return;
  rows.push_back({title + " (" + std::to_string(events.size()) + ")", "", true});
  for (const app::ReconciledEvent& event : events)
    rows.push_back({event.what.empty() ? "no words" : event.what, format_moment(event.time, zone) + ", by " + event.who});
}

// The same as goes on paper, in its order.
std::vector<OutageRow> list_rows(const app::Reconciliation& list, const std::string& zone) {
  std::vector<OutageRow> rows;
  if (!list.patients.empty()) rows.push_back({"Patients (" + std::to_string(list.patients.size()) + ")", "", true});
  for (const app::ReconciledPatient& patient : list.patients)
    rows.push_back({patient.name.empty() ? "name not recorded" : patient.name,
                    "MRN " + (patient.mrn.empty() ? "none" : patient.mrn) + times(patient.viewed, "viewed") +
                        times(patient.printed, "printed") + ", " + span_of(patient, zone) + ", by " + patient.who});
  list_events("Searches that opened no chart", list.searches, zone, rows);
  list_events("Lists that were printed", list.papers, zone, rows);
  list_events("Looks that were not recorded", list.gaps, zone, rows);
  list_events("Forms and temporary numbers handed out", list.forms, zone, rows);
  return rows;
}

}  // namespace

OutageView make_outage_view(const Session& session) {
  OutageView view;
  const Session::Outage* outage = session.outage();
  const std::string keeps = "The list is kept only while this program runs; when the outage began is remembered. ";
  if (outage == nullptr) {
    view.title = "Is the usual system out of reach?";
    view.paragraphs = {
        "Mark when the outage begins. From then on this program lists whose chart is opened or printed, so that nobody "
        "is forgotten when the usual system is back.",
        keeps + (session.has_privacy_officer() ? "The privacy officer can make it from the record of looks at any time." : "")};
    view.button = "The outage begins now";
    view.keys = {{"Enter", "mark its beginning"}, {"Esc", "back, and mark nothing"}, {"any letter", "new search"}};
    return view;
  }
  const app::Reconciliation list = session.reconciliation();
  const std::string& zone = session.copy()->manifest.time_zone;
  view.title = outage->runs() ? "Outage since " + format_moment(outage->start, zone)
                              : "The outage is over: " + format_moment(outage->start, zone) + " to " +
                                    format_moment(*outage->end, zone);
  view.paragraphs.push_back("To put right: " + count_of(list.patients.size(), "patient", "patients") + ", " +
                            count_of(list.searches.size(), "search", "searches") + " that opened no chart, " +
                            count_of(list.papers.size(), "printed list", "printed lists") + ", " +
                            count_of(list.forms.size(), "form", "forms") + " handed out.");
  if (outage->carried)
    view.paragraphs.push_back("The list of the outage of " + format_moment(*outage->carried, zone) +
                              " was not printed: it goes on in this one, and nothing of it is lost.");
  if (outage->resumed)
    view.paragraphs.push_back("The program was started again at " + format_moment(*outage->resumed, zone) +
                              ": what was looked at before that is not in this list. " +
                              (session.has_privacy_officer() ? "The privacy officer can make the whole list from the record of looks."
                                                             : "Ask everybody who used it for their notes."));
  view.paragraphs.push_back(
      "Print the list with Ctrl P. Tick each line once it is in the usual system. Forms and their numbers that "
      "were printed here are on it; add those from the binder by hand.");
  view.rows = list_rows(list, zone);
  const bool is_unprinted = session.has_unprinted_looks();
  if (outage->runs()) {
    view.paragraphs.push_back(keeps + "Print it before you close the program.");
    view.button = "The outage ends now";
    view.keys = {{"Ctrl P", "print the list"}, {"Enter", "mark its end"}};
  } else {
    if (is_unprinted)
      view.paragraphs.push_back("It is NOT PRINTED yet. Print it, or copy it from below, before you close the program; another outage "
                                "carries it on.");
    view.button = "Another outage begins now";
    view.keys = {{"Ctrl P", "print the list"},
                 {"Enter", is_unprinted ? "mark another beginning, with this list carried on" : "mark another beginning, with an empty list"}};
  }
  if (!view.rows.empty()) view.keys.push_back({"Up Down PgUp PgDn", "read the list"});
  view.keys.push_back({"Esc", "back"});
  view.keys.push_back({"any letter", "new search"});
  return view;
}

}  // namespace viewer
