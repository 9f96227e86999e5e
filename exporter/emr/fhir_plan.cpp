// What is planned for the patient: CarePlan, Goal, NutritionOrder, ImmunizationRecommendation.
#include <utility>

#include "exporter/emr/fhir_types.h"
#include "exporter/emr/fhir_values.h"

namespace exporter {
namespace {

using app::Json;

void keep(std::string& note, const char* label, const std::string& said) {
  if (!said.empty()) join(note, "\n", label + said);
}

bool is_open(const std::string& status) {
  for (const char* open : {"", "active", "on-hold", "draft", "proposed", "planned", "accepted"}) {
    if (status == open) return true;
  }
  return false;
}

// What is to be done: of each activity its name, and its status where that is not the usual one.
std::string activities_of(Reading& reading) {
  std::string all;
  for (const Json activity : reading["activity"].items()) {
    const Json detail = activity["detail"];
    std::string one = concept_text(detail["code"]);
    if (one.empty()) one = plain_text(detail["description"]);
    if (one.empty()) one = reading.name_of(activity["reference"]);
    const std::string status = plain_text(detail["status"]);
    if (!one.empty() && !status.empty() && status != "in-progress" && status != "scheduled") one += " (" + status + ")";
    if (detail["doNotPerform"].boolean().value_or(false)) one = "NOT: " + one;
    join(all, "; ", one);
  }
  return all;
}

std::string target_of(Json target, const std::string& zone) {
  std::string text = concept_text(target["measure"]);
  const Choice detail = choice(target, "detail");
  std::string aim;
  if (detail.type == "Quantity") aim = quantity_text(detail.value);
  else if (detail.type == "Range") aim = range_text(detail.value);
  else if (detail.type == "Ratio") aim = ratio_text(detail.value);
  else aim = concept_text(detail.value);
  join(text, " ", aim);
  const Choice due = choice(target, "due");
  const std::string by = due.type == "Duration" ? quantity_text(due.value) : moment_text(due.value, zone);
  if (!by.empty()) join(text, ", ", (due.type == "Duration" ? "within " : "by ") + by);
  return text;
}

}  // namespace

void read_care_plan(Reading& reading) {
  app::Statement plan;
  std::string category = reading.concept_of("category");
  plan.text = reading.subject("plan", {reading.text("title"), category, reading.text("description"), activities_of(reading)});
  plan.codes = concept_codes(reading["category"]);
  plan.category = "Care plan";
  plan.status = reading.text("status");
  const auto start = reading.date("plan", "recorded", reading["period"], "start");
  const auto end = reading.date("plan", "note", reading["period"], "end");
  plan.current = is_open(plan.status) && !reading.has_ended(end);
  plan.recorded = start.presence() == app::Presence::not_recorded ? reading.date("plan", "recorded", reading.resource(), "created")
                                                                  : start;
  plan.author = reading.name_of(reading["author"]);
  if (plan.text != reading.text("description")) join(plan.note, "\n", reading.text("description"));
  if (const std::string all = activities_of(reading); all != plan.text) join(plan.note, "\n", all);
  keep(plan.note, "For: ", reading.names_of(reading["addresses"]));
  keep(plan.note, "Goals: ", reading.names_of(reading["goal"], "; "));
  if (end.is_known()) keep(plan.note, "Until ", app::format_date(end.value()));
  join(plan.note, "\n", annotations_text(reading["note"], reading.zone()));
  reading.chart().plan.add(std::move(plan));
}

void read_goal(Reading& reading) {
  app::Statement goal;
  goal.text = reading.subject("plan", {reading.concept_of("description")});
  goal.codes = concept_codes(reading["description"]);
  goal.category = "Goal";
  goal.status = reading.text("lifecycleStatus");
  goal.current = is_open(goal.status);
  goal.recorded = reading.date("plan", "recorded", reading.resource(), "startDate");
  if (goal.recorded.presence() == app::Presence::not_recorded) {
    goal.recorded = reading.date("plan", "recorded", reading.resource(), "statusDate");
  }
  goal.author = reading.name_of(reading["expressedBy"]);
  for (const Json target : reading["target"].items()) keep(goal.note, "Target: ", target_of(target, reading.zone()));
  keep(goal.note, "", reading.concept_of("achievementStatus"));
  keep(goal.note, "For: ", reading.names_of(reading["addresses"]));
  keep(goal.note, "Status because: ", reading.text("statusReason"));
  join(goal.note, "\n", annotations_text(reading["note"], reading.zone()));
  reading.record().names["Goal/" + reading.id()] = goal.text;
  reading.chart().plan.add(std::move(goal));
}

void read_nutrition_order(Reading& reading) {
  app::Statement diet;
  const Json oral = reading["oralDiet"], tube = reading["enteralFormula"];
  std::string text = concept_text(oral["type"]);
  for (const Json supplement : reading["supplement"].items()) {
    std::string one = concept_text(supplement["type"]);
    if (one.empty()) one = plain_text(supplement["productName"]);
    join(one, " ", quantity_text(supplement["quantity"]));
    join(text, ", ", one);
  }
  if (tube.exists()) {
    std::string formula = concept_text(tube["baseFormulaType"]);
    if (formula.empty()) formula = plain_text(tube["baseFormulaProductName"]);
    join(text, ", ", "by tube: " + formula);
  }
  diet.text = reading.subject("plan", {text, plain_text(oral["instruction"]), reading.text("instruction")});
  diet.codes = concept_codes(oral["type"]);
  diet.category = "Diet";
  diet.status = reading.text("status");
  diet.current = is_open(diet.status);
  diet.recorded = reading.date("plan", "recorded", reading.resource(), "dateTime");
  diet.author = reading.name_of(reading["orderer"]);
  keep(diet.note, "Without ", reading.concept_of("excludeFoodModifier"));
  keep(diet.note, "Wishes: ", reading.concept_of("foodPreferenceModifier"));
  for (const Json texture : oral["texture"].items()) keep(diet.note, "Texture: ", concept_text(texture["modifier"]));
  keep(diet.note, "Fluids: ", concept_text(oral["fluidConsistencyType"]));
  for (const std::string& said : {plain_text(oral["instruction"]), plain_text(tube["administrationInstruction"])}) {
    if (said != diet.text) join(diet.note, "\n", said);
  }
  join(diet.note, "\n", annotations_text(reading["note"], reading.zone()));
  reading.chart().plan.add(std::move(diet));
}

void read_immunization_recommendation(Reading& reading) {
  const auto recorded = reading.date("plan", "recorded", reading.resource(), "date");
  for (const Json one : reading["recommendation"].items()) {
    app::Statement due;
    due.text = concept_text(one["vaccineCode"]);
    if (due.text.empty()) due.text = concept_text(one["targetDisease"]);
    if (due.text.empty()) due.text = reading.subject("plan", {});
    due.codes = concept_codes(one["vaccineCode"]);
    due.category = "Recommended vaccine";
    due.status = concept_text(one["forecastStatus"]);
    for (const char* closed : {"complete", "immune", "contraindicated"}) {
      if (has_code(one["forecastStatus"], closed)) due.current = false;
    }
    due.recorded = recorded;
    due.author = reading.name_of(reading["authority"]);
    for (const Json date : one["dateCriterion"].items()) {
      std::string what = concept_text(date["code"]);
      keep(due.note, what.empty() ? "" : (what + " ").c_str(), moment_text(date["value"], reading.zone()));
    }
    keep(due.note, "Because: ", concept_text(one["forecastReason"]));
    keep(due.note, "Not to be given: ", concept_text(one["contraindicatedVaccineCode"]));
    const std::string number = plain_text(choice(one, "doseNumber").value);
    keep(due.note, "Dose ", number);
    reading.chart().plan.add(std::move(due));
  }
}

}  // namespace exporter
