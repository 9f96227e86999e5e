// Tonight's copy brought to one destination, checked there, and what that place no longer keeps removed.
//
// Errors:  none: what goes wrong at one destination is told in its result and stops nobody else.
#pragma once

#include <optional>
#include <string>

#include "app/error.h"
#include "exporter/copy/destinations.h"
#include "exporter/copy/rotation.h"

namespace exporter {

struct DestinationResult {
  std::string name;
  std::optional<app::Error> fault;  // nothing: copied, and checked where it lies
  Rotation rotation = {};
  double took_s = 0;
};

// A place that is full first loses what it no longer keeps, and then gets a second chance.
DestinationResult deliver(const KnownCopy& copy, const RotationPlace& place, const RotationRules& rules, app::Instant now);

}  // namespace exporter
