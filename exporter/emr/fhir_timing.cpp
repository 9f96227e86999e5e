#include <array>
#include <utility>

#include "exporter/emr/fhir_values.h"

namespace exporter {
namespace {

using app::Json;
using Words = std::pair<std::string_view, std::string_view>;

template <std::size_t N>
std::string_view look_up(const std::array<Words, N>& words, std::string_view code) {
  for (const auto& [known, said] : words) {
    if (known == code) return said;
  }
  return {};
}

constexpr auto kUnits = std::to_array<Words>({{"s", "second"}, {"min", "minute"}, {"h", "hour"}, {"d", "day"},
                                              {"wk", "week"}, {"mo", "month"}, {"a", "year"}});

// Source: FHIR value set EventTiming.
constexpr auto kWhen = std::to_array<Words>({
    {"MORN", "in the morning"}, {"MORN.early", "early in the morning"}, {"MORN.late", "late in the morning"},
    {"NOON", "at noon"}, {"AFT", "in the afternoon"}, {"AFT.early", "early in the afternoon"},
    {"AFT.late", "late in the afternoon"}, {"EVE", "in the evening"}, {"EVE.early", "early in the evening"},
    {"EVE.late", "late in the evening"}, {"NIGHT", "at night"}, {"PHS", "after sleep"}, {"HS", "before sleep"},
    {"WAKE", "on waking"}, {"C", "with meals"}, {"CM", "with breakfast"}, {"CD", "with lunch"},
    {"CV", "with dinner"}, {"AC", "before meals"}, {"ACM", "before breakfast"}, {"ACD", "before lunch"},
    {"ACV", "before dinner"}, {"PC", "after meals"}, {"PCM", "after breakfast"}, {"PCD", "after lunch"},
    {"PCV", "after dinner"}});

// Source: HL7 v3 GTSAbbreviation, as FHIR's Timing.code lists it.
constexpr auto kCodes = std::to_array<Words>({
    {"BID", "2 times a day"}, {"TID", "3 times a day"}, {"QID", "4 times a day"}, {"AM", "every morning"},
    {"PM", "every afternoon"}, {"QD", "once a day"}, {"QOD", "every other day"}, {"Q1H", "every hour"},
    {"Q2H", "every 2 hours"}, {"Q3H", "every 3 hours"}, {"Q4H", "every 4 hours"}, {"Q6H", "every 6 hours"},
    {"Q8H", "every 8 hours"}, {"BED", "at bedtime"}, {"WK", "once a week"}, {"MO", "once a month"}});

constexpr auto kDays = std::to_array<Words>({{"mon", "Monday"}, {"tue", "Tuesday"}, {"wed", "Wednesday"},
                                             {"thu", "Thursday"}, {"fri", "Friday"}, {"sat", "Saturday"},
                                             {"sun", "Sunday"}});

// "day", "6 hours"; as recorded where the unit is not FHIR's.
std::string span_text(const std::string& count, const std::string& most, const std::string& unit_code) {
  const std::string_view known = look_up(kUnits, unit_code);
  const std::string unit = known.empty() ? unit_code : std::string(known);
  if (most.empty() && (count.empty() || count == "1")) return unit;
  const std::string several = known.empty() ? unit : unit + "s";
  return (most.empty() ? count : count + " to " + most) + " " + several;
}

std::string rhythm_text(Json repeat) {
  const std::string frequency = plain_text(repeat["frequency"]), most = plain_text(repeat["frequencyMax"]);
  const std::string period = plain_text(repeat["period"]), unit = plain_text(repeat["periodUnit"]);
  if (unit.empty()) return frequency.empty() ? "" : frequency + (frequency == "1" ? " time" : " times");
  const std::string span = span_text(period, plain_text(repeat["periodMax"]), unit);
  const bool single = most.empty() && (frequency.empty() || frequency == "1");
  if (single && span == "day") return "once a day";
  if (single) return "every " + span;
  const std::string times = (most.empty() ? frequency : frequency + " to " + most) + " times ";
  return times + (period.empty() || period == "1" ? (span == "hour" ? "an " : "a ") : "every ") + span;
}

template <std::size_t N>
std::string listed(Json codes, const std::array<Words, N>& words) {
  std::string all;
  for (const Json code : codes.items()) {
    const std::string_view said = look_up(words, code.text());
    join(all, ", ", said.empty() ? plain_text(code) : std::string(said));
  }
  return all;
}

std::string offset_text(Json repeat) {
  const std::string minutes = plain_text(repeat["offset"]);
  return minutes.empty() || minutes == "0" ? "" : minutes + " minutes ";
}

}  // namespace

std::string timing_text(Json timing, std::string_view time_zone) {
  const Json repeat = timing["repeat"];
  std::string text = rhythm_text(repeat);
  if (text.empty()) {
    const std::string_view known = look_up(kCodes, first_code(timing["code"]));
    text = !plain_text(timing["code"]["text"]).empty() || known.empty() ? concept_text(timing["code"]) : std::string(known);
  }
  const std::string days = listed(repeat["dayOfWeek"], kDays);
  join(text, ", ", days.empty() ? days : "on " + days);
  const std::string when = listed(repeat["when"], kWhen);
  join(text, ", ", when.empty() ? when : offset_text(repeat) + when);
  std::string times;
  for (const Json time : repeat["timeOfDay"].items()) join(times, ", ", plain_text(time));
  join(text, " ", times.empty() ? times : "at " + times);
  if (const std::string count = plain_text(repeat["count"]); !count.empty()) {
    join(text, ", ", count + (count == "1" ? " time in all" : " times in all"));
  }
  std::string events;
  for (const Json event : timing["event"].items()) join(events, ", ", moment_text(event, time_zone));
  join(text, ", ", events);
  return text;
}

}  // namespace exporter
