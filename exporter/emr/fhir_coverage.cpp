// Who pays: Coverage.
#include <array>
#include <utility>

#include "exporter/emr/fhir_types.h"
#include "exporter/emr/fhir_values.h"

namespace exporter {

using app::Json;

namespace {

Json class_of(Reading& reading, std::string_view code) {
  for (const Json one : reading["class"].items()) {
    if (has_code(one["type"], code)) return one;
  }
  return {};
}

std::string class_text(Json one) {
  std::string text = plain_text(one["name"]);
  const std::string value = plain_text(one["value"]);
  return text.empty() ? value : value.empty() || value == text ? text : text + " (" + value + ")";
}

std::string copay_text(Reading& reading) {
  std::string text;
  for (const Json cost : reading["costToBeneficiary"].items()) {
    const Choice value = choice(cost, "value");
    std::string one = concept_text(cost["type"]);
    join(one, " ", quantity_text(value.value));
    join(text, "; ", one);
  }
  return text;
}

std::string member_id(Reading& reading) {
  for (const Json identifier : reading["identifier"].items()) {
    if (has_code(identifier["type"], "MB")) return plain_text(identifier["value"]);
  }
  if (std::string id = reading.text("subscriberId"); !id.empty()) return id;
  const auto identifiers = reading["identifier"].items();
  return identifiers.empty() ? "" : plain_text(identifiers.front()["value"]);
}

}  // namespace

void read_coverage(Reading& reading) {
  app::Coverage coverage;
  const auto payors = reading["payor"].items();
  coverage.text = reading.subject("coverage", {reading.names_of(reading["payor"]), reading.concept_of("type")});
  coverage.plan = class_text(class_of(reading, "plan"));
  if (coverage.plan.empty()) coverage.plan = reading.concept_of("type");
  coverage.group = class_text(class_of(reading, "group"));
  static constexpr std::array<std::string_view, 4> kOrders = {"", "primary", "secondary", "tertiary"};
  coverage.order = reading.text("order");
  for (std::size_t i = 1; i < kOrders.size(); ++i) {
    if (coverage.order == std::to_string(i)) coverage.order = kOrders[i];
  }
  coverage.member_id = member_id(reading);
  join(coverage.member_id, " dependent ", reading.text("dependent"));
  coverage.subscriber = reading.name_of(reading["subscriber"]);
  coverage.relationship = reading.concept_of("relationship");
  coverage.copay = copay_text(reading);
  if (!payors.empty()) coverage.phone = reading.tables().phone_of(reading.refer(payors.front()));
  coverage.status = reading.text("status");
  coverage.start = reading.date("coverage", "start", reading["period"], "start");
  coverage.end = reading.date("coverage", "end", reading["period"], "end");
  coverage.current = (coverage.status.empty() || coverage.status == "active") && !reading.has_ended(coverage.end);
  reading.chart().coverage.add(std::move(coverage));
}

}  // namespace exporter
