#include "exporter/emr/fhir_tables.h"

#include <algorithm>
#include <array>

#include "exporter/emr/fhir_values.h"

namespace exporter {
namespace {

using app::Json;

constexpr std::array<std::string_view, 7> kHeld = {"Practitioner", "PractitionerRole",  "Organization", "Location",
                                                   "Medication",   "HealthcareService", "Substance"};

std::string key_of(std::string_view type, std::string_view id) {
  return std::string(type) + '/' + std::string(id);
}

std::string key_of(std::string_view type, std::string_view system, std::string_view value) {
  return std::string(type) + '|' + std::string(system) + '|' + std::string(value);
}

constexpr const char* kWithheld = "(withheld)";
constexpr char kKeyMark = '\x01';  // tells a key from a name; no clean text holds it
constexpr char kServerMark = '\x02';  // ends the server that stands before the key

// The key of what a resource refers to, or what it calls it.
std::string key_or_name(Json reference) {
  const Reference to = parse_reference(reference);
  if (!to.display.empty()) return to.display;
  // Which servers are local is not known yet.
  if (!to.id.empty()) return kKeyMark + to.server + kServerMark + key_of(to.type, to.id);
  return to.value.empty() ? "" : kKeyMark + (kServerMark + key_of(to.type, to.system, to.value));
}

std::string medication_json(Json resource) {
  std::string json;
  app::JsonWriter write(json);
  write.open_object();
  for (const char* member : {"code", "form", "ingredient"}) {
    if (!resource[member].exists()) continue;
    write.key(member);
    write.raw(resource[member].json());
  }
  write.close_object();
  return json;
}

Named read_named(std::string_view type, Json resource) {
  Named named;
  named.phone = first_phone(resource["telecom"]);
  if (type == "Practitioner") {
    const auto names = resource["name"].items();
    named.text = names.empty() ? "" : whole_name(read_name(names.front()));
  } else if (type == "PractitionerRole") {
    named.practitioner = key_or_name(resource["practitioner"]);
    named.organization = key_or_name(resource["organization"]);
    named.role = concept_text(resource["code"]);
    if (named.role.empty()) named.role = concept_text(resource["specialty"]);
  } else if (type == "Medication") {
    named.text = concept_text(resource["code"]);
    named.medication = medication_json(resource);
  } else if (type == "Substance") {
    named.text = concept_text(resource["code"]);
  } else {
    named.text = plain_text(resource["name"]);
    if (named.text.empty()) named.text = plain_text(resource["description"]);
  }
  return named;
}

}  // namespace

bool ReferenceTables::holds(std::string_view resource_type) {
  return std::find(kHeld.begin(), kHeld.end(), resource_type) != kHeld.end();
}

void ReferenceTables::add(std::string_view resource_type, Json resource, bool is_withheld) {
  Named named;
  if (is_withheld) named.text = kWithheld;
  else named = read_named(resource_type, resource);
  named.is_withheld = is_withheld;
  has_withheld_ |= is_withheld;
  std::string whole(1, is_withheld ? '1' : '0');
  for (const std::string* part :
       {&named.text, &named.phone, &named.role, &named.practitioner, &named.organization, &named.medication}) {
    whole += *part;
    whole += '\0';
  }
  const auto [same, is_new] = same_.emplace(std::move(whole), static_cast<std::uint32_t>(entries_.size()));
  if (is_new) entries_.push_back(std::move(named));
  const auto place = [&, number = same->second](const std::string& key) {
    const Named* other = at(key);
    // Another version of it does not let it out.
    if (other == nullptr || !other->is_withheld) places_[key] = number;
  };
  place(key_of(resource_type, resource["id"].text()));
  for (const Json identifier : resource["identifier"].items()) {
    const std::string_view value = identifier["value"].text();
    if (!value.empty()) place(key_of(resource_type, identifier["system"].text(), value));
  }
}

const Named* ReferenceTables::at(const std::string& key) const {
  const auto place = places_.find(key);
  return place == places_.end() ? nullptr : &entries_[place->second];
}

const Named* ReferenceTables::behind(const std::string& key_or_name) const {
  if (!key_or_name.starts_with(kKeyMark)) return nullptr;
  const std::size_t end = key_or_name.find(kServerMark);
  if (!servers_.is_local(std::string_view(key_or_name).substr(1, end - 1))) return nullptr;
  return at(key_or_name.substr(end + 1));
}

const Named* ReferenceTables::find(const Reference& reference) const {
  const auto look = [&](std::string_view type) -> const Named* {
    if (!reference.id.empty() && servers_.is_local(reference.server)) return at(key_of(type, reference.id));
    return reference.value.empty() ? nullptr : at(key_of(type, reference.system, reference.value));
  };
  if (!reference.type.empty()) return look(reference.type);
  for (const std::string_view type : kHeld) {
    if (const Named* named = look(type)) return named;
  }
  return nullptr;
}

bool ReferenceTables::is_withheld(const Reference& reference) const {
  if (!has_withheld_) return false;
  const Named* named = find(reference);
  return named != nullptr && named->is_withheld;
}

std::string ReferenceTables::name_at(const std::string& key_or_name) const {
  if (!key_or_name.starts_with(kKeyMark)) return key_or_name;
  const Named* named = behind(key_or_name);
  return named == nullptr ? "" : named->text;
}

std::string ReferenceTables::name_of(const Reference& reference) const {
  if (!reference.display.empty()) return reference.display;
  const Named* named = find(reference);
  if (named == nullptr) return {};
  if (!named->text.empty()) return named->text;
  const std::string person = name_at(named->practitioner);
  return person.empty() ? name_at(named->organization) : person;
}

std::string ReferenceTables::phone_of(const Reference& reference) const {
  const Named* named = find(reference);
  if (named == nullptr) return {};
  if (!named->phone.empty()) return named->phone;
  const Named* person = behind(named->practitioner);
  return person == nullptr ? "" : person->phone;
}

std::string ReferenceTables::role_of(const Reference& reference) const {
  const Named* named = find(reference);
  return named == nullptr ? "" : named->role;
}

std::string ReferenceTables::organization_of(const Reference& reference) const {
  const Named* named = find(reference);
  return named == nullptr ? "" : name_at(named->organization);
}

}  // namespace exporter
