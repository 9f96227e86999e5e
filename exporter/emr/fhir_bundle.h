// The resources inside a FHIR Bundle, each handed out as if it stood alone.
//
// Source:  FHIR R4, Bundle: document, collection, searchset, history, batch and transaction are opened alike.
//          A reference that names an entry by its fullUrl becomes one by type and id; a resource without an
//          id takes the one of its fullUrl.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/error.h"
#include "app/record/json.h"

namespace exporter {

struct BundleVisitor {
  // A resource, and the same as text.
  std::function<app::Result<app::Done>(app::Json resource, std::string_view text)> take;
  // An entry that says what was deleted: "Observation/7".
  std::function<void(std::string what)> deleted;
  std::function<void(const char* reason)> skip;
};

bool is_bundle(app::Json resource);
// Requires: is_bundle().
app::Result<app::Done> open_bundle(app::Json bundle, const BundleVisitor& visitor);

}  // namespace exporter
