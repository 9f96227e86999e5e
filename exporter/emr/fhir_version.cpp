#include "exporter/emr/fhir_version.h"

#include <charconv>
#include <optional>

#include "app/record/calendar.h"
#include "app/record/json.h"

namespace exporter {
namespace {

struct Version {
  std::optional<app::Moment> updated;
  std::optional<std::int64_t> number;
};

Version version_of(std::string_view text) {
  thread_local app::JsonDocument document;  // keeps its memory
  const auto parsed = document.parse(text);
  if (!parsed.ok()) return {};
  const app::Json meta = parsed.value()["meta"];
  Version version{app::read_moment(meta["lastUpdated"].text()), std::nullopt};
  const std::string number = meta["versionId"].scalar();
  std::int64_t value = 0;
  const char* const end = number.data() + number.size();
  if (!number.empty() && std::from_chars(number.data(), end, value).ptr == end) version.number = value;
  return version;
}

}  // namespace

Newer newer_version(std::string_view first, std::string_view second) {
  if (first == second) return Newer::second;
  const Version a = version_of(first), b = version_of(second);
  // One without a time counts as older than one with it.
  if (a.updated != b.updated) return a.updated > b.updated ? Newer::first : Newer::second;
  if (a.number && b.number && a.number != b.number) return *a.number > *b.number ? Newer::first : Newer::second;
  return Newer::unknown;
}

}  // namespace exporter
