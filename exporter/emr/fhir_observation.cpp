// What was measured, found and told: Observation.
#include <algorithm>
#include <array>
#include <utility>

#include "exporter/emr/fhir_types.h"
#include "exporter/emr/fhir_values.h"

namespace exporter {
namespace {

using app::Json;

constexpr std::string_view kLoinc = "loinc.org";

// Sources: IPS pregnancy section (status, expected delivery date, outcome), LOINC.
constexpr auto kPregnancy = std::to_array<std::string_view>(
    {"82810-3", "11778-8", "11779-6", "11780-4", "90767-5", "11636-8", "11637-6", "11638-4", "11639-2", "11640-0",
     "11612-9", "11613-7", "11614-5", "33065-4", "45371-2", "8665-2", "86645-9", "49051-6", "11884-4", "11996-6", "11977-6"});
// Source: FHIR vital signs profile and US Core vital signs.
constexpr auto kVitalSigns = std::to_array<std::string_view>(
    {"85353-1", "9279-1", "8867-4", "2708-6", "59408-5", "8310-5", "8302-2", "9843-4", "29463-7", "39156-5", "85354-9",
     "8480-6", "8462-4", "8289-1", "77606-2", "59576-9", "8306-3", "3151-8", "3150-6"});
constexpr auto kSocialHistory = std::to_array<std::string_view>({"72166-2", "74013-4", "11367-0", "81229-7"});

// Taken once for all lists, because every observation is compared with all of them.
std::vector<std::string_view> loinc_codes(Json code) {
  std::vector<std::string_view> codes;
  for (const Json coding : code["coding"].items()) {
    if (coding["system"].text().ends_with(kLoinc)) codes.push_back(coding["code"].text());
  }
  return codes;
}

template <std::size_t N>
bool is_any(const std::vector<std::string_view>& codes, const std::array<std::string_view, N>& known) {
  return std::any_of(codes.begin(), codes.end(), [&](std::string_view code) {
    return std::find(known.begin(), known.end(), code) != known.end();
  });
}

struct Goal {
  const char* section;
  std::vector<PlacedObservation>& entries;
};

Goal goal_of(Reading& reading) {
  PatientRecord& record = reading.record();
  const Json category = reading["category"];
  const auto code = loinc_codes(reading["code"]);
  if (is_any(code, kPregnancy)) return {"pregnancy", record.pregnancy};
  // Some EMRs file smoking under surveys; it is asked for among the social history.
  if (is_any(code, kSocialHistory)) return {"social_history", record.social_history};
  if (has_code(category, "vital-signs")) return {"vital_signs", record.vital_signs};
  if (has_code(category, "social-history")) return {"social_history", record.social_history};
  if (!category.exists() && is_any(code, kVitalSigns)) return {"vital_signs", record.vital_signs};
  return {"results", record.results};
}

}  // namespace

std::string_view section_of_observation(Reading& reading) { return goal_of(reading).section; }

namespace {

// Source: FHIR code system data-absent-reason.
std::string absent_text(Json reason) {
  static constexpr auto kReasons = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"unknown", "not known"}, {"asked-unknown", "asked, not known"}, {"temp-unknown", "not known yet"},
       {"not-asked", "not asked"}, {"asked-declined", "asked, declined to answer"}, {"masked", "withheld by the EMR"},
       {"not-applicable", "not applicable"}, {"unsupported", "not supported by the EMR"}, {"as-text", "given as text only"},
       {"error", "error in the measurement"}, {"not-a-number", "error in the measurement: not a number"},
       {"negative-infinity", "too low to measure"}, {"positive-infinity", "too high to measure"},
       {"not-performed", "not performed"}, {"not-permitted", "not permitted"}});
  const std::string code = first_code(reason), text = plain_text(reason["text"]);
  for (const auto& [known, said] : kReasons) {
    if (text.empty() && code == known) return "no value: " + std::string(said);
  }
  return "no value: " + concept_text(reason);
}

struct Value {
  std::string text;
  std::string unit;
};

Value value_of(const Choice& given, const std::string& zone) {
  const Json value = given.value;
  if (given.type == "Quantity") return {quantity_value(value), quantity_unit(value)};
  if (given.type == "CodeableConcept" || given.type == "Coding") return {concept_text(value), ""};
  if (given.type == "Boolean") return {value.boolean().value_or(false) ? "yes" : "no", ""};
  if (given.type == "Range") return {range_text(value), ""};
  if (given.type == "Ratio") return {ratio_text(value), ""};
  if (given.type == "Period") return {period_text(value, zone), ""};
  if (given.type == "SampledData") return {"a recorded curve, not shown here", ""};
  if (given.type == "Attachment" || given.type == "Reference") {
    const std::string title = plain_text(value["title"]);
    return {title.empty() ? "an attachment, not shown here" : title, ""};
  }
  const bool has_time = given.type == "DateTime" && value.text().find('T') != std::string_view::npos;
  if (has_time) return {moment_text(value, zone), ""};
  return {plain_text(value), ""};
}

// Why a value of a primitive type is absent: it stands in an extension of the value that is not there.
Json absent_reason_of(Json holder) {
  if (holder["dataAbsentReason"].exists()) return holder["dataAbsentReason"];
  for (const auto& [key, value] : holder.members()) {
    if (key.starts_with("_value")) return extension(value, "/data-absent-reason")["valueCode"];
  }
  return {};
}

std::string range_of(Json holder) {
  std::string all;
  for (const Json range : holder["referenceRange"].items()) {
    std::string text = plain_text(range["text"]);
    if (text.empty()) {
      text = range_text(range);
      std::string who = concept_text(range["appliesTo"]);
      const std::string age = range_text(range["age"]);
      join(who, ", ", age.empty() ? age : "age " + age);
      if (!text.empty() && !who.empty()) text += " (" + who + ")";
    }
    join(all, "; ", text);
  }
  return all;
}

std::string flag_of(Json holder) {
  std::string flags;
  for (const Json one : holder["interpretation"].items()) join(flags, ", ", first_code(one));
  return flags;
}

// Fills in value, unit, range and flag; says so if something is there and can't be read.
void read_value(Reading& reading, Json holder, const char* section, app::Observation& entry) {
  const Choice given = choice(holder, "value");
  const Value value = value_of(given, reading.zone());
  reading.mark_second(section, "value", given);
  entry.value = value.text;
  entry.unit = value.unit;
  entry.range = range_of(holder);
  entry.flag = flag_of(holder);
  if (!entry.value.empty()) return;
  entry.unit.clear();
  if (given.value.exists()) {
    entry.value = "(unreadable)";
    reading.mark_unreadable(section, "value", given.value.json(), "this is no value that can be read");
  } else if (const Json reason = absent_reason_of(holder); reason.exists()) {
    entry.value = absent_text(reason);
  }
}

app::Observation frame_of(Reading& reading, const char* section) {
  app::Observation entry;
  entry.text = reading.subject(section, {reading.concept_of("code")});
  entry.codes = concept_codes(reading["code"]);
  entry.status = reading.text("status");
  const auto effective = reading.when(section, "date", "date", "effective");
  entry.date = effective.start.presence() == app::Presence::not_recorded ? effective.end : effective.start;
  entry.reported = reading.date(section, "reported", reading.resource(), "issued");
  entry.author = reading.names_of(reading["performer"]);
  if (!effective.words.empty()) entry.note = "When: " + effective.words;
  for (const auto& [member, label] : {std::pair("bodySite", "Site: "), std::pair("method", "Method: ")}) {
    const std::string said = reading.concept_of(member);
    if (!said.empty()) join(entry.note, "\n", label + said);
  }
  const std::string specimen = reading.name_of(reading["specimen"]);
  if (!specimen.empty()) join(entry.note, "\n", "Specimen: " + specimen);
  // About the patient's child or a contact, not about the patient.
  const std::string focus = reading.names_of(reading["focus"]);
  if (reading["focus"].exists()) join(entry.note, "\n", "About " + (focus.empty() ? "somebody else" : focus));
  join(entry.note, "\n", annotations_text(reading["note"], reading.zone()));
  return entry;
}

Json component(Json resource, std::string_view loinc) {
  for (const Json one : resource["component"].items()) {
    if (has_code(one["code"], loinc, kLoinc)) return one;
  }
  return {};
}

// "120/80" in one entry, as everybody reads it. False if it is no such pair.
bool read_blood_pressure(Reading& reading, const char* section, app::Observation& entry) {
  const Json systolic = component(reading.resource(), "8480-6"), diastolic = component(reading.resource(), "8462-4");
  const Json above = systolic["valueQuantity"], below = diastolic["valueQuantity"];
  if (quantity_value(above).empty() || quantity_value(below).empty()) return false;
  if (quantity_unit(above) != quantity_unit(below)) return false;
  read_value(reading, systolic, section, entry);
  entry.value += "/" + quantity_value(below);
  const std::string range = range_of(diastolic), flag = flag_of(diastolic);
  join(entry.range, " / ", range);
  if (flag != entry.flag) join(entry.flag, "/", flag);
  if (entry.flag.empty()) entry.flag = flag_of(reading.resource());
  return true;
}

bool is_pressure(Json one) { return has_code(one["code"], "8480-6", kLoinc) || has_code(one["code"], "8462-4", kLoinc); }

}  // namespace

void place_panel(Reading& reading, std::string_view member, const std::string& panel) {
  std::uint32_t place = 0;
  for (const Json reference : reading[member].items()) {
    const Reference to = reading.refer(reference);
    if (to.id.empty() || (!to.type.empty() && to.type != "Observation")) continue;
    // A report that is named first, and is the larger whole, keeps its members.
    reading.record().panels.try_emplace(to.id, PanelPlace{reading.id(), panel, place++});
  }
  for (const Json order : reading["basedOn"].items()) reading.record().answered.insert(reading.refer(order).id);
}

void read_observation(Reading& reading) {
  const Goal goal = goal_of(reading);
  app::Observation entry = frame_of(reading, goal.section);
  PlacedObservation placed;
  if (const auto found = reading.record().panels.find(reading.id()); found != reading.record().panels.end()) {
    placed.report = found->second.report;
    placed.place = found->second.place;
    entry.panel = found->second.panel;
  }
  const auto add = [&](app::Observation one) {
    placed.entry = std::move(one);
    goal.entries.push_back(placed);
  };
  place_panel(reading, "hasMember", entry.text);
  reading.record().names["Observation/" + reading.id()] = entry.text;

  app::Observation pressure = entry;
  const bool is_blood_pressure = read_blood_pressure(reading, goal.section, pressure);
  const auto components = reading["component"].items();
  read_value(reading, reading.resource(), goal.section, entry);
  const bool is_frame = entry.value.empty() && (!components.empty() || reading["hasMember"].exists());
  if (is_blood_pressure) add(pressure);
  else if (!is_frame && entry.value.empty()) entry.value = "no value recorded";
  if (!is_frame) add(entry);

  for (const Json one : components) {
    if (is_blood_pressure && is_pressure(one)) continue;
    app::Observation part = entry;
    part.panel = entry.text;
    part.text = concept_text(one["code"]);
    if (part.text.empty()) {
      part.text = "(not stated)";
      reading.mark_unreadable(goal.section, "text", one.json(), "the entry does not say what it is about");
    }
    part.codes = concept_codes(one["code"]);
    read_value(reading, one, goal.section, part);
    if (part.value.empty()) part.value = "no value recorded";
    if (placed.report.empty()) placed.report = reading.id();
    add(std::move(part));
    ++placed.place;
  }
}

}  // namespace exporter
