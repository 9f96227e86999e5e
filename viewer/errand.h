// What the command line asks the viewer to do by itself: unlock, type words, open a chart.
#pragma once

#include <optional>
#include <string>

#include "app/error.h"
#include "viewer/session.h"

namespace viewer {

struct Errand {
  std::string passphrase;
  std::string find;
  std::string open;  // a record number
};

// Goes as far as it can; call it again after each slow step. What has been done is taken out of the errand.
// Errors: those of unlocking and of a record number that is not in the copy.
app::Result<app::Done> run_errand(Errand& errand, Session& session);

}  // namespace viewer
