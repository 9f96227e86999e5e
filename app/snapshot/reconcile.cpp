#include "app/snapshot/reconcile.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace app {
namespace {

struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_marked = false;
  bool is_over = false;
};

// A program that was started anew does not know that an outage runs: a second beginning before any end is the same one.
Stretch last_outage(const std::vector<Look>& looks) {
  Stretch last{0, looks.size(), false, false};
  for (std::size_t i = 0; i < looks.size(); ++i) {
    const bool runs = last.is_marked && !last.is_over;
    if (looks[i].kind == kOutageBegan && !runs) last = {i, looks.size(), true, false};
    if (looks[i].kind == kOutageEnded && runs) last.end = i + 1, last.is_over = true;
  }
  return last;
}

void add_name(std::string& names, const std::string& name) {
  if (name.empty() || (", " + names + ",").find(", " + name + ",") != std::string::npos) return;
  names += (names.empty() ? "" : ", ") + name;
}

// Of a form, whose it is too.
std::string words_of(const Look& look) {
  const std::string whose = look.name + (look.mrn.empty() ? "" : ", MRN " + look.mrn);
  return look.words + (look.kind == "printed" || look.kind == kNotPrinted || whose.empty() ? "" : " \u2014 " + whose);
}

void add_patient(std::map<std::pair<std::string, std::string>, ReconciledPatient>& patients, const Look& look) {
  ReconciledPatient& patient = patients[{look.name, look.mrn}];
  if (patient.viewed + patient.printed == 0)
    patient.name = look.name, patient.mrn = look.mrn, patient.first = look.time;
  ++(look.kind == "viewed" ? patient.viewed : patient.printed);
  patient.last = look.time;
  add_name(patient.who, look.who);
}

// What was recorded before it went to the printer, and did not come out of it.
void take_back(std::vector<ReconciledEvent>& papers, const Look& look) {
  const auto last = std::find_if(papers.rbegin(), papers.rend(), [&](const ReconciledEvent& paper) { return paper.what == words_of(look); });
  if (last != papers.rend()) papers.erase(std::next(last).base());
}

}  // namespace

Reconciliation make_reconciliation(const std::vector<Look>& looks) {
  const Stretch outage = last_outage(looks);
  Reconciliation list;
  std::map<std::pair<std::string, std::string>, ReconciledPatient> patients;
  std::optional<ReconciledEvent> search;  // until a chart is opened, nobody was found by it
  const auto give_up = [&] {
    if (search) list.searches.push_back(std::move(*search));
    search.reset();
  };
  for (std::size_t i = outage.begin; i < outage.end; ++i) {
    const Look& look = looks[i];
    const bool is_of_chart = !look.name.empty() || !look.mrn.empty();
    if (look.kind == "viewed") search.reset();
    else if (look.kind != "printed" && look.kind != kFormPrinted && look.kind != kNotPrinted && look.kind != kFormNotPrinted) give_up();
    if (look.kind == "searched") search = ReconciledEvent{look.time, look.words, look.who};
    if (look.kind == kOutageBegan && !list.start) list.start = look.time;
    if (look.kind == kOutageEnded) list.end = look.time;
    if (look.kind == "not recorded until now") list.gaps.push_back({look.time, look.words, look.who});
    const bool is_paper = look.kind == "printed" || look.kind == kFormPrinted;
    if ((look.kind == "viewed" || is_paper) && is_of_chart) add_patient(patients, look);
    if (look.kind == "printed" && !is_of_chart) list.papers.push_back({look.time, words_of(look), look.who});
    if (look.kind == kFormPrinted) list.forms.push_back({look.time, words_of(look), look.who});
    if (look.kind == kFormNotPrinted) take_back(list.forms, look);
    if (look.kind == kNotPrinted && !is_of_chart) take_back(list.papers, look);
    const auto whose = patients.find({look.name, look.mrn});
    if ((look.kind == kNotPrinted || look.kind == kFormNotPrinted) && is_of_chart && whose != patients.end() && whose->second.printed > 0)
      --whose->second.printed;
  }
  give_up();
  for (auto& [key, patient] : patients) list.patients.push_back(std::move(patient));
  return list;
}

}  // namespace app
