#include "exporter/emr/fhir_reading.h"

#include <algorithm>
#include <utility>

#include "exporter/emr/fhir_values.h"

namespace exporter {

using app::Json;

std::string Reading::text(std::string_view member) const { return plain_text(resource_[member]); }

std::string Reading::concept_of(std::string_view member) const { return concept_text(resource_[member]); }

std::string Reading::subject(std::string_view section, std::initializer_list<std::string> candidates) {
  for (const std::string& candidate : candidates) {
    if (!candidate.empty()) return candidate;
  }
  mark_unreadable(section, "text", resource_["code"].json(), "the entry does not say what it is about");
  return "(not stated)";
}

app::Known<app::Date> Reading::date(std::string_view section, std::string_view field, Json from,
                                    std::string_view member) {
  const Json value = from[member];
  if (!value.exists() || value.is_null()) {
    const Json reason = extension(from["_" + std::string(member)], "/data-absent-reason")["valueCode"];
    // Whoever was asked in vain and whoever was not: the date is not recorded.
    if (reason.text() == "masked" || reason.text() == "not-permitted") {
      return app::Known<app::Date>::without_value(app::Presence::withheld);
    }
    if (reason.text() == "error" || reason.text() == "not-a-number") {
      mark_unreadable(section, field, "", "the EMR says that this date is in error");
      return app::Known<app::Date>::unreadable("");
    }
    return {};
  }
  const std::string recorded = value.is_text() ? plain_text(value) : value.json();
  auto read = value.is_text() ? app::read_date(recorded, record_.time_zone)
                              : app::Known<app::Date>::unreadable(recorded);
  if (read.presence() == app::Presence::unreadable) {
    mark_unreadable(section, field, recorded, "this is no date");
  }
  return read;
}

Reading::When Reading::when(std::string_view section, std::string_view start_field, std::string_view end_field,
                            std::string_view name) {
  const Choice given = choice(resource_, name);
  mark_second(section, start_field, given);
  When when;
  if (given.type == "DateTime" || given.type == "Date" || given.type == "Instant") {
    when.start = date(section, start_field, resource_, std::string(name) + given.type);
  } else if (given.type == "Period") {
    when.start = date(section, start_field, given.value, "start");
    when.end = date(section, end_field, given.value, "end");
  } else if (given.type == "Age") {
    when.words = "at the age of " + quantity_text(given.value);
  } else if (given.type == "Range") {
    when.words = "at the age of " + range_text(given.value);
  } else if (given.type == "Timing") {
    when.words = timing_text(given.value, zone());
  } else if (given.type == "String") {
    const std::string words = plain_text(given.value);
    const auto read = app::read_date(words, record_.time_zone);
    if (read.is_known()) when.start = read;
    else when.words = words;
  }
  return when;
}

Json Reading::contained(std::string_view id) const {
  for (const Json inner : resource_["contained"].items()) {
    if (inner["id"].text() == id) return inner;
  }
  return {};
}

Reference Reading::refer(Json reference) const {
  Reference to = parse_reference(reference);
  if (!tables_.servers().is_local(to.server)) to.id.clear();
  return to;
}

std::string Reading::name_of(Json reference) const {
  if (!reference.exists()) return {};
  const Reference to = refer(reference);
  if (is_withheld(to)) return "(withheld)";
  if (!to.display.empty()) return plain_text(reference["display"]);
  if (!to.contained.empty()) {
    const Json inner = contained(to.contained);
    const auto names = inner["name"].items();
    if (names.empty()) return concept_text(inner["code"].exists() ? inner["code"] : inner["type"]);
    return whole_name(read_name(names.front()));
  }
  if (to.type == "Patient" && to.id == record_.id) return "the patient";
  auto own = record_.names.find(to.type + "/" + to.id);
  if (to.type.empty() && !to.id.empty()) {
    own = std::find_if(record_.names.begin(), record_.names.end(),
                       [&](const auto& name) { return name.first.ends_with("/" + to.id); });
  }
  return own == record_.names.end() ? tables_.name_of(to) : own->second;
}

bool Reading::is_withheld(const Reference& to) const {
  if (tables_.is_withheld(to)) return true;
  if (to.id.empty() || record_.withheld.empty()) return false;
  if (!to.type.empty()) return record_.withheld.contains(to.type + "/" + to.id);
  return std::any_of(record_.withheld.begin(), record_.withheld.end(),
                     [&to](const std::string& one) { return one.ends_with("/" + to.id); });
}

std::string Reading::names_of(Json references, std::string_view between) const {
  std::string names;
  for (const Json reference : references.items()) join(names, between, name_of(reference));
  return names;
}

std::string Reading::reason() const {
  std::string reason = concept_of("reasonCode");
  for (const Json reference : resource_["reasonReference"].items()) {
    const std::string name = name_of(reference);
    if (reason.find(name) == std::string::npos) join(reason, ", ", name);
  }
  return reason;
}

bool Reading::has_ended(const app::Known<app::Date>& end) const {
  if (!end.is_known()) return false;
  app::Date last = end.value();
  // An end known to the month is its last day.
  if (last.precision == app::Precision::year) last.month = 12;
  if (last.precision <= app::Precision::month) last.day = 31, last.precision = app::Precision::day;
  return app::format_day_number(last) < app::format_day_number(record_.today);
}

void Reading::mark_second(std::string_view section, std::string_view field, const Choice& given) {
  if (!given.second.exists()) return;
  mark_unreadable(section, field, given.second.json(), "the entry gives two values where there can be one: the first is shown");
}

void Reading::mark_unreadable(std::string_view section, std::string_view field, std::string as_recorded,
                              std::string reason) {
  record_.chart.unreadable.push_back(
      {std::string(section), std::string(field), std::move(as_recorded), std::move(reason)});
}

}  // namespace exporter
