#include "viewer/views.h"

namespace viewer {
namespace {

std::string count_of(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

}  // namespace

FaultView make_outage_view(const Session& session) {
  FaultView view;
  const Session::Outage* outage = session.outage();
  const std::string keeps = "The list is kept only while this program runs; when the outage began is remembered. ";
  if (outage == nullptr) {
    view.title = "Is the usual system out of reach?";
    view.paragraphs = {
        "Mark when the outage begins. From then on this program lists whose chart is opened or printed, so that nobody "
        "is forgotten when the usual system is back.",
        keeps + (session.has_privacy_officer() ? "The privacy officer can make it from the record of looks at any time." : "")};
    view.button = "The outage begins now";
    view.keys = {{"Enter", "mark its beginning"}, {"Esc", "back, and mark nothing"}};
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
  if (outage->resumed)
    view.paragraphs.push_back("The program was started again at " + format_moment(*outage->resumed, zone) +
                              ": what was looked at before that is not in this list. " +
                              (session.has_privacy_officer() ? "The privacy officer can make the whole list from the record of looks."
                                                             : "Ask everybody who used it for their notes."));
  view.paragraphs.push_back(
      "Print the list with Ctrl P. Tick each line once it is in the usual system. Forms and their numbers that "
      "were printed here are on it; add those from the binder by hand.");
  if (outage->runs()) {
    view.paragraphs.push_back(keeps + "Print it before you close the program.");
    view.button = "The outage ends now";
    view.keys = {{"Ctrl P", "print the list"}, {"Enter", "mark its end"}, {"Esc", "back"}};
  } else {
    view.button = "Another outage begins now";
    view.keys = {
        {"Ctrl P", "print the list"}, {"Enter", "mark another beginning, with an empty list"}, {"Esc", "back"}};
  }
  return view;
}

}  // namespace viewer
