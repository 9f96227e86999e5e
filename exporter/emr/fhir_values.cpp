#include "exporter/emr/fhir_values.h"

#include "app/record/text.h"

namespace exporter {

using app::Json;

void join(std::string& text, std::string_view between, std::string_view part) {
  if (part.empty()) return;
  if (!text.empty()) text += between;
  text += part;
}

std::string plain_text(Json value) { return app::clean_text(value.is_text() ? value.text() : value.scalar()).text; }

namespace {

std::string coding_text(Json coding) {
  const std::string display = plain_text(coding["display"]);
  return display.empty() ? plain_text(coding["code"]) : display;
}

std::string one_concept_text(Json concept_) {
  if (!concept_.is_object()) return plain_text(concept_);
  if (concept_["concept"].is_object()) return one_concept_text(concept_["concept"]);
  if (std::string text = plain_text(concept_["text"]); !text.empty()) return text;
  if (!concept_["coding"].exists()) return coding_text(concept_);
  const auto codings = concept_["coding"].items();
  for (const Json coding : codings) {
    if (coding["userSelected"].boolean().value_or(false)) return coding_text(coding);
  }
  for (const Json coding : codings) {
    if (std::string display = plain_text(coding["display"]); !display.empty()) return display;
  }
  for (const Json coding : codings) {
    if (std::string code = plain_text(coding["code"]); !code.empty()) return code;
  }
  return {};
}

std::vector<Json> codings_of(Json concept_) {
  std::vector<Json> all;
  for (const Json one : concept_.items()) {
    if (!one["coding"].exists()) all.push_back(one);
    for (const Json coding : one["coding"].items()) all.push_back(coding);
  }
  return all;
}

}  // namespace

std::string concept_text(Json concept_, std::string_view between) {
  if (!concept_.is_array()) return one_concept_text(concept_);
  std::string text;
  for (const Json one : concept_.items()) join(text, between, one_concept_text(one));
  return text;
}

std::vector<app::Coding> concept_codes(Json concept_) {
  std::vector<app::Coding> codes;
  for (const Json coding : codings_of(concept_)) {
    app::Coding code{plain_text(coding["system"]), plain_text(coding["code"]), plain_text(coding["display"])};
    if (!code.code.empty()) codes.push_back(std::move(code));
  }
  return codes;
}

bool has_code(Json concept_, std::string_view code, std::string_view system_end) {
  for (const Json coding : codings_of(concept_)) {
    if (coding["code"].text() == code && coding["system"].text().ends_with(system_end)) return true;
  }
  return concept_.is_text() && concept_.text() == code;
}

std::string first_code(Json concept_) {
  for (const Json coding : codings_of(concept_)) {
    if (std::string code = plain_text(coding["code"]); !code.empty()) return code;
  }
  return concept_text(concept_);
}

std::string quantity_value(Json quantity) {
  std::string value = plain_text(quantity["value"]);
  return value.empty() ? value : plain_text(quantity["comparator"]) + value;
}

std::string quantity_unit(Json quantity) {
  std::string unit = plain_text(quantity["unit"]);
  return unit.empty() ? plain_text(quantity["code"]) : unit;
}

std::string quantity_text(Json quantity) {
  std::string text = quantity_value(quantity);
  if (text.empty()) return text;
  // Money names its currency, not a unit.
  join(text, " ", quantity["currency"].exists() ? plain_text(quantity["currency"]) : quantity_unit(quantity));
  return text;
}

std::string range_text(Json range) {
  const std::string low = quantity_text(range["low"]), high = quantity_text(range["high"]);
  if (low.empty()) return high.empty() ? high : "up to " + high;
  if (high.empty()) return "at least " + low;
  const bool same_unit = quantity_unit(range["low"]) == quantity_unit(range["high"]);
  return (same_unit ? quantity_value(range["low"]) : low) + " to " + high;
}

std::string ratio_text(Json ratio) {
  const std::string above = quantity_text(ratio["numerator"]), below = quantity_text(ratio["denominator"]);
  if (above.empty() || below.empty()) return above + below;
  const bool units = !quantity_unit(ratio["numerator"]).empty() || !quantity_unit(ratio["denominator"]).empty();
  if (!units) return above + ":" + below;
  const bool single = quantity_value(ratio["denominator"]) == "1" && !quantity_unit(ratio["denominator"]).empty();
  return above + " per " + (single ? quantity_unit(ratio["denominator"]) : below);
}

std::string moment_text(Json moment, std::string_view time_zone) {
  const std::string recorded = plain_text(moment);
  const auto read = app::read_date(recorded, time_zone);
  return read.is_known() ? app::format_date(read.value()) : recorded;
}

std::string period_text(Json period, std::string_view time_zone) {
  const std::string start = moment_text(period["start"], time_zone), end = moment_text(period["end"], time_zone);
  if (start.empty()) return end.empty() ? end : "until " + end;
  return end.empty() ? "since " + start : start + " to " + end;
}

std::string annotations_text(Json notes, std::string_view time_zone) {
  std::string all;
  for (const Json note : notes.items()) {
    std::string text = note.is_object() ? plain_text(note["text"]) : plain_text(note);
    std::string who = plain_text(note["authorString"]);
    if (who.empty()) who = plain_text(note["authorReference"]["display"]);
    join(who, ", ", moment_text(note["time"], time_zone));
    if (!text.empty() && !who.empty()) text += " (" + who + ")";
    join(all, "\n", text);
  }
  return all;
}

app::HumanName read_name(Json name) {
  app::HumanName read;
  if (!name.is_object()) {
    read.text = plain_text(name);
  } else {
    read.use = plain_text(name["use"]);
    for (const Json part : name["prefix"].items()) join(read.prefix, " ", plain_text(part));
    for (const Json part : name["given"].items()) join(read.given, " ", plain_text(part));
    read.family = plain_text(name["family"]);
    for (const Json part : name["suffix"].items()) join(read.suffix, " ", plain_text(part));
    read.text = plain_text(name["text"]);
  }
  read.script = app::script_of(read.family + read.given + read.text);
  return read;
}

std::string whole_name(const app::HumanName& name) {
  if (!name.text.empty()) return name.text;
  std::string whole;
  for (const auto& part : {name.prefix, name.given, name.family, name.suffix}) join(whole, " ", part);
  return whole;
}

app::ContactPoint read_contact_point(Json telecom) {
  app::ContactPoint point{plain_text(telecom["system"]), plain_text(telecom["use"]), plain_text(telecom["value"])};
  return point;
}

std::string first_phone(Json telecoms) {
  std::string any;
  for (const Json telecom : telecoms.items()) {
    const app::ContactPoint point = read_contact_point(telecom);
    if (point.system == "phone") return point.value;
    // Some exports put the kind of number where its use belongs, or leave it out.
    if (any.empty() && (point.system.empty() || point.system == "sms" || point.system == "pager")) any = point.value;
  }
  return any;
}

app::Address read_address(Json address) {
  app::Address read;
  read.use = plain_text(address["use"]);
  for (const Json line : address["line"].items()) join(read.line, ", ", plain_text(line));
  read.city = plain_text(address["city"]);
  read.state = plain_text(address["state"]);
  read.postal_code = plain_text(address["postalCode"]);
  read.country = plain_text(address["country"]);
  // An address given only as a whole.
  if (read.line.empty() && read.city.empty() && read.postal_code.empty()) read.line = plain_text(address["text"]);
  return read;
}

std::string address_text(Json address) {
  const app::Address read = read_address(address);
  std::string text = read.line;
  join(text, ", ", read.city);
  join(text, ", ", read.state);
  join(text, " ", read.postal_code);
  join(text, ", ", read.country);
  return text;
}

Json extension(Json element, std::string_view url_end) {
  for (const Json one : element["extension"].items()) {
    if (one["url"].text().ends_with(url_end)) return one;
  }
  return {};
}

Choice choice(Json object, std::string_view name) {
  Choice found;
  for (const auto& [key, value] : object.members()) {
    if (key.size() <= name.size() || !key.starts_with(name) || key[name.size()] < 'A' || key[name.size()] > 'Z') continue;
    if (found.value.exists()) {
      found.second = value;
      return found;
    }
    found.type = key.substr(name.size());
    found.value = value;
  }
  return found;
}

}  // namespace exporter
