#include "exporter/report/drill_words.h"

#include <algorithm>

#include "app/record/json.h"
#include "app/snapshot/manifest_volumes.h"

namespace exporter {
namespace {

using app::Code;
using app::Error;
using app::Json;
using app::Result;

Error no_words() { return Error{Code::damaged, "The drill's other process did not say what it found.", ""}; }

std::uint64_t count_of(const Json& json) { return static_cast<std::uint64_t>(std::max<std::int64_t>(0, json.integer().value_or(0))); }

}  // namespace

std::string format_order(const LaptopOrder& order) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("place", std::string_view(order.place.string()));
  json.member("signer", std::string_view(order.signer));
  json.member("keyholder", std::string_view(order.keyholder));
  json.member("passphrase", std::string_view(order.passphrase));
  json.key("patients");
  json.open_array();
  for (const KnownPatient& patient : order.patients) {
    json.open_object();
    json.member("emr_key", std::string_view(patient.emr_key));
    json.member("mrn", std::string_view(patient.mrn));
    json.member("typed", std::string_view(patient.typed));
    json.close_object();
  }
  json.close_array();
  json.member("draw", static_cast<std::int64_t>(order.draw));
  json.member("names_volumes_only", order.names_volumes_only);
  json.member("some_volumes_only", order.some_volumes_only);
  json.key("secrets");
  json.open_array();
  for (const auto& secret : order.secrets) json.text(secret.string());
  json.close_array();
  json.close_object();
  return text;
}

Result<LaptopOrder> parse_order(std::string_view text) {
  app::JsonDocument document;
  const auto json = document.parse(text);
  if (!json.ok() || !json.value()["place"].is_text()) return Error{Code::wrong_kind, "This is no order for a drill.", "nightchart drill gives it"};
  LaptopOrder order;
  order.place = std::string(json.value()["place"].text());
  order.signer = json.value()["signer"].text();
  order.keyholder = json.value()["keyholder"].text();
  order.passphrase = json.value()["passphrase"].text();
  order.some_volumes_only = json.value()["some_volumes_only"].boolean().value_or(false);
  for (const Json& patient : json.value()["patients"].items()) {
    order.patients.push_back({std::string(patient["emr_key"].text()), std::string(patient["mrn"].text()), std::string(patient["typed"].text())});
  }
  order.draw = count_of(json.value()["draw"]);
  order.names_volumes_only = json.value()["names_volumes_only"].boolean().value_or(false);
  for (const Json& secret : json.value()["secrets"].items()) order.secrets.emplace_back(std::string(secret.text()));
  return order;
}

std::string format_findings(const LaptopFindings& findings) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("sequence", static_cast<std::int64_t>(findings.sequence));
  json.member("as_of", std::string_view(app::format_utc(findings.as_of)));
  json.member("patients", static_cast<std::int64_t>(findings.patients));
  json.member("keyholder", std::string_view(findings.keyholder));
  json.member("charts_digest", std::string_view(findings.charts_digest));
  json.member("passed_over", std::string_view(findings.passed_over));
  json.key("found");
  json.open_array();
  for (const FoundPatient& found : findings.found) {
    json.open_object();
    json.member("held", found.held);
    json.member("found", found.found);
    json.member("chart", std::string_view(found.chart));
    json.close_object();
  }
  json.close_array();
  json.key("volumes");
  json.open_array();
  for (const std::string& volume : findings.volumes) json.text(volume);
  json.close_array();
  json.member("pages", static_cast<std::int64_t>(findings.pages));
  json.member("documents", static_cast<std::int64_t>(findings.documents));
  json.member("document_bytes", static_cast<std::int64_t>(findings.document_bytes));
  json.key("steps_us");
  json.open_array();
  for (const auto& [step, seconds] : findings.steps_s) {
    json.open_object();
    json.member("step", std::string_view(step));
    json.member("us", static_cast<std::int64_t>(seconds * 1e6));
    json.close_object();
  }
  json.close_array();
  json.close_object();
  return text;
}

std::string format_failure(const Error& error) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("code", static_cast<std::int64_t>(error.code));
  json.member("what", std::string_view(error.what));
  json.member("detail", std::string_view(error.detail));
  json.close_object();
  return text;
}

Result<LaptopFindings> parse_findings(std::string_view text) {
  app::JsonDocument document;
  const auto parsed = document.parse(text);
  if (!parsed.ok()) return no_words();
  const Json& json = parsed.value();
  if (const auto code = json["code"].integer()) {
    if (*code < static_cast<int>(Code::wrong_passphrase) || *code > static_cast<int>(Code::out_of_time)) return no_words();
    return Error{static_cast<Code>(*code), std::string(json["what"].text()), std::string(json["detail"].text())};
  }
  LaptopFindings findings;
  if (!json["sequence"].integer() || !app::parse_utc(json["as_of"].text(), findings.as_of)) return no_words();
  findings.sequence = count_of(json["sequence"]);
  findings.patients = count_of(json["patients"]);
  findings.keyholder = json["keyholder"].text();
  findings.charts_digest = json["charts_digest"].text();
  findings.passed_over = json["passed_over"].text();
  for (const Json& found : json["found"].items()) {
    findings.found.push_back({found["held"].boolean().value_or(false), found["found"].boolean().value_or(false), std::string(found["chart"].text())});
  }
  for (const Json& volume : json["volumes"].items()) {
    if (app::is_volume_name(volume.text())) findings.volumes.emplace_back(volume.text());
  }
  findings.pages = count_of(json["pages"]);
  findings.documents = count_of(json["documents"]);
  findings.document_bytes = count_of(json["document_bytes"]);
  for (const Json& step : json["steps_us"].items()) {
    findings.steps_s.emplace_back(std::string(step["step"].text()), static_cast<double>(step["us"].integer().value_or(0)) / 1e6);
  }
  return findings;
}

}  // namespace exporter
