// Illnesses of relatives: FamilyMemberHistory.
#include <utility>

#include "exporter/emr/fhir_types.h"
#include "exporter/emr/fhir_values.h"

namespace exporter {
namespace {

using app::Json;

// "at the age of 45 years", "in 1990", "died of it"; of onset[x] and deceased[x] alike.
std::string when_text(Json holder, std::string_view name, const std::string& zone) {
  const Choice given = choice(holder, name);
  if (given.type == "Age") return "at the age of " + quantity_text(given.value);
  if (given.type == "Range") return "at the age of " + range_text(given.value);
  if (given.type == "Period") return period_text(given.value, zone);
  if (given.type == "Date" || given.type == "DateTime") return moment_text(given.value, zone);
  return given.type == "String" ? plain_text(given.value) : "";
}

std::string death_text(Reading& reading) {
  const auto dead = reading["deceasedBoolean"].boolean();
  if (dead) return *dead ? "has died" : "";
  const std::string when = when_text(reading.resource(), "deceased", reading.zone());
  return when.empty() ? when : "died " + when;
}

}  // namespace

void read_family_member(Reading& reading) {
  app::Statement entry;
  std::string who = reading.subject("family_history", {reading.concept_of("relationship"), reading.text("name")});
  entry.status = reading.text("status");
  // Kept with its status, never as a fact.
  if (entry.status == "entered-in-error") entry.current = false;
  entry.recorded = reading.date("family_history", "recorded", reading.resource(), "date");
  const std::string death = death_text(reading), notes = annotations_text(reading["note"], reading.zone());
  const auto conditions = reading["condition"].items();
  for (const Json condition : conditions) {
    app::Statement one = entry;
    std::string what = concept_text(condition["code"]);
    if (what.empty()) {
      what = "(not stated)";
      reading.mark_unreadable("family_history", "text", condition.json(), "the entry does not say what it is about");
    }
    one.text = who + ": " + what;
    one.codes = concept_codes(condition["code"]);
    one.note = when_text(condition, "onset", reading.zone());
    join(one.note, ", ", concept_text(condition["outcome"]));
    if (condition["contributedToDeath"].boolean().value_or(false)) join(one.note, ", ", "died of it");
    join(one.note, "\n", death.empty() ? death : who + " " + death);
    join(one.note, "\n", annotations_text(condition["note"], reading.zone()));
    join(one.note, "\n", notes);
    reading.chart().family_history.add(std::move(one));
  }
  if (!conditions.empty()) return;
  const std::string reason = reading.concept_of("dataAbsentReason");
  entry.text = who + ": no illness recorded";
  entry.note = death;
  join(entry.note, "\n", reason.empty() ? reason : "Not known: " + reason);
  join(entry.note, "\n", notes);
  reading.chart().family_history.add(std::move(entry));
}

}  // namespace exporter
