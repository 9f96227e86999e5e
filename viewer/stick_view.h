// What the page shows once a locked PDF is on a stick: where it lies and what opens it, as plain values in final words.
//
// Errors:  none.
#pragma once

#include <string>
#include <vector>

#include "viewer/views.h"

namespace viewer {

struct StickView {
  std::string title;
  std::vector<Fact> facts;
  std::string label;  // over the password
  std::string password;
  std::string hint;  // under the password
  std::vector<std::string> paragraphs;
  std::vector<Fact> keys;
};
StickView make_stick_view(const Session& session);

}  // namespace viewer
