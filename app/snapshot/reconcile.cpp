#include "app/snapshot/reconcile.h"

#include <algorithm>
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

void add_patient(std::map<std::pair<std::string, std::string>, ReconciledPatient>& patients, const Look& look) {
  ReconciledPatient& patient = patients[{look.name, look.mrn}];
  if (patient.viewed + patient.printed == 0)
    patient.name = look.name, patient.mrn = look.mrn, patient.first = look.time;
  ++(look.kind == "printed" ? patient.printed : patient.viewed);
  patient.last = look.time;
  add_name(patient.who, look.who);
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
    else if (look.kind != "printed") give_up();
    if (look.kind == "searched") search = ReconciledEvent{look.time, look.words, look.who};
    if (look.kind == kOutageBegan && !list.start) list.start = look.time;
    if (look.kind == kOutageEnded) list.end = look.time;
    if (look.kind == "not recorded until now") list.gaps.push_back({look.time, look.words, look.who});
    if ((look.kind == "viewed" || look.kind == "printed") && is_of_chart) add_patient(patients, look);
    else if (look.kind == "printed") list.papers.push_back({look.time, look.words, look.who});
  }
  give_up();
  for (auto& [key, patient] : patients) list.patients.push_back(std::move(patient));
  return list;
}

}  // namespace app
