// What must be put right once the usual system is back: whom somebody looked at during an outage, and what went on
// paper.
//
// Each line is to be ticked when what happened is in the usual system, or when somebody knows that nothing did: a list
// that has to close to zero.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/record/calendar.h"

namespace app {

struct ReconciledPatient {
  std::string name;
  std::string mrn;  // may be empty
  std::size_t viewed = 0;
  std::size_t printed = 0;
  Instant first;
  Instant last;
  std::string who;  // everybody who looked, each once: "front desk, Dr Osei"
};

// Something else that happened: a search that opened no chart, a list that was printed, a gap in the record.
struct ReconciledEvent {
  Instant time;
  std::string what;
  std::string who;
};

struct Reconciliation {
  std::optional<Instant> start;  // none: nobody said when it began
  std::optional<Instant> end;    // none: nobody has said that it is over
  std::vector<ReconciledPatient> patients;  // by name
  std::vector<ReconciledEvent> searches;    // in their order
  std::vector<ReconciledEvent> papers;
  std::vector<ReconciledEvent> forms;       // handed out, with the numbers on them
  std::vector<ReconciledEvent> gaps;        // when looks could not be recorded, with the reason given
};

}  // namespace app
