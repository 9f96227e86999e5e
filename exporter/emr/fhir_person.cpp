// Who the patient is, whom to call and who cares: Patient, RelatedPerson, CareTeam.
#include <algorithm>
#include <array>
#include <utility>

#include "exporter/emr/fhir_types.h"
#include "exporter/emr/fhir_values.h"

namespace exporter {
namespace {

using app::Json;

constexpr const char* kIdentity = "identity";

// What to show first; names that are no longer borne come last.
int rank_of_name(const app::HumanName& name) {
  static constexpr std::array<std::string_view, 7> kOrder = {"official", "usual", "", "nickname", "temp", "anonymous",
                                                             "maiden"};
  const auto found = std::find(kOrder.begin(), kOrder.end(), name.use);
  return static_cast<int>(found - kOrder.begin());
}

void read_names(Reading& reading) {
  auto& names = reading.chart().names;
  for (const Json given : reading["name"].items()) {
    app::HumanName name = read_name(given);
    if (whole_name(name).empty()) continue;
    const auto end = reading.date(kIdentity, "names", given["period"], "end");
    if (reading.has_ended(end) && name.use != "maiden") name.use = "old";
    names.push_back(std::move(name));
  }
  std::stable_sort(names.begin(), names.end(),
                   [](const auto& a, const auto& b) { return rank_of_name(a) < rank_of_name(b); });
  if (!names.empty()) return;
  std::string reason = "the patient has no name";
  for (const Json given : reading["name"].items()) {
    for (const Json holder : {given, given["_family"], given["_text"]}) {
      const std::string why = plain_text(extension(holder, "/data-absent-reason")["valueCode"]);
      if (!why.empty()) reason = "the patient has no name, and the EMR says why: " + why;
    }
  }
  reading.mark_unreadable(kIdentity, "names", reading["name"].json(), reason);
}

std::string identifier_label(Json identifier) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kSystems = {
      {{"us-ssn", "Social Security number"},
       {"us-medicare", "Medicare number"},
       {"us-mbi", "Medicare number"},
       {"nhs-number", "NHS number"}}};
  if (has_code(identifier["type"], "MR")) return "MRN";
  if (std::string label = concept_text(identifier["type"]); !label.empty()) return label;
  for (const auto& [end, label] : kSystems) {
    if (identifier["system"].text().ends_with(end)) return std::string(label);
  }
  if (identifier["use"].text() == "usual") return "Usual number";
  return "Other number";
}

// The MRN is the identifier of the system that the practice names; else the one that says so, the one in use before an old one; else what the EMR itself calls
// usual; else one that is of no known kind (so neither a passport nor a social security number).
int rank_of_identifier(Json identifier, const std::string& mrn_system) {
  const bool old = identifier["use"].text() == "old";
  if (!mrn_system.empty() && identifier["system"].text() == mrn_system) return old ? 2 : 0;
  if (has_code(identifier["type"], "MR")) return old ? 3 : 1;
  if (old) return 9;
  if (identifier["use"].text() == "usual") return 4;
  const std::string label = identifier_label(identifier);
  return label == "Other number" || label == "Usual number" ? 5 : 9;
}

void read_identifiers(Reading& reading) {
  app::Chart& chart = reading.chart();
  int best = 9;
  for (const Json given : reading["identifier"].items()) {
    const std::string value = plain_text(given["value"]);
    if (value.empty()) continue;
    const bool told = !reading.record().mrn_system.empty() && given["system"].text() == reading.record().mrn_system;
    chart.identifiers.push_back({told ? "MRN" : identifier_label(given), plain_text(given["system"]), value});
    if (const int rank = rank_of_identifier(given, reading.record().mrn_system); rank < best) best = rank, chart.mrn = value;
  }
  if (!chart.mrn.empty()) return;
  chart.mrn = chart.emr_key;
  chart.identifiers.push_back({"EMR's own number", "", chart.emr_key});
}

std::string sex_in_words(const std::string& code) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kWords = {
      {{"M", "male"}, {"F", "female"}, {"UNK", "unknown"}, {"OTH", "other"}, {"ASKU", "asked, not known"},
       {"248152002", "female"}, {"248153007", "male"}, {"asked-declined", "asked, declined to answer"}}};
  for (const auto& [known, words] : kWords) {
    if (known == code) return std::string(words);
  }
  return code;
}

std::string value_text(Json extension_) {
  const Choice given = choice(extension_, "value");
  return given.type == "CodeableConcept" || given.type == "Coding" ? concept_text(given.value) : plain_text(given.value);
}

void read_sex(Reading& reading) {
  app::Chart& chart = reading.chart();
  const std::string administrative = sex_in_words(reading.text("gender"));
  for (const char* url : {"/us-core-birthsex", "/us-core-sex", "/patient-birthSex"}) {
    if (chart.sex.empty()) chart.sex = sex_in_words(value_text(extension(reading.resource(), url)));
  }
  chart.gender = value_text(extension(reading.resource(), "enderIdentity"));
  if (chart.gender.empty()) {
    // FHIR's newer form nests the value one deeper.
    chart.gender = value_text(extension(extension(reading.resource(), "individual-genderIdentity"), "value"));
  }
  std::string pronouns = value_text(extension(reading.resource(), "enderPronouns"));
  if (pronouns.empty()) pronouns = value_text(extension(extension(reading.resource(), "individual-pronouns"), "value"));
  if (!pronouns.empty()) join(chart.gender, ", ", "pronouns: " + pronouns);
  if (chart.sex.empty()) chart.sex = administrative;
  else if (chart.gender.empty() && chart.sex != administrative) chart.gender = administrative;
}

void read_language(Reading& reading) {
  app::Chart& chart = reading.chart();
  for (const bool preferred : {true, false}) {
    for (const Json communication : reading["communication"].items()) {
      if (communication["preferred"].boolean().value_or(false) != preferred) continue;
      join(chart.language, ", ", concept_text(communication["language"]));
    }
  }
  chart.interpreter_needed = extension(reading.resource(), "/patient-interpreterRequired")["valueBoolean"].boolean();
  const Json needed = extension(reading.resource(), "/us-core-interpreter-needed")["valueCoding"];
  if (has_code(needed, "373066001")) chart.interpreter_needed = true;
  if (has_code(needed, "373067005")) chart.interpreter_needed = false;
}

// Particulars that are there and not of the kind that FHIR has for them: not to be taken for nothing.
void mark_what_is_no_particular(Reading& reading) {
  constexpr const char* kReason = "is not of the kind that FHIR has there";
  for (const char* list : {"name", "telecom", "address", "contact", "communication", "identifier"}) {
    for (const Json item : reading[list].items()) {
      if (!item.is_object()) reading.mark_unreadable(kIdentity, list, item.json(), kReason);
    }
  }
  const Json gender = reading["gender"], dead = reading["deceasedBoolean"];
  if (gender.exists() && !gender.is_text()) reading.mark_unreadable(kIdentity, "gender", gender.json(), kReason);
  if (dead.exists() && !dead.boolean()) reading.mark_unreadable(kIdentity, "deceased", dead.json(), kReason);
}

void read_death(Reading& reading) {
  app::Chart& chart = reading.chart();
  chart.deceased = reading["deceasedBoolean"].boolean();
  chart.deceased_date = reading.date(kIdentity, "deceased_date", reading.resource(), "deceasedDateTime");
  if (chart.deceased_date.presence() != app::Presence::not_recorded) chart.deceased = true;
}

app::Contact read_contact(Reading& reading, Json given) {
  app::Contact contact;
  const auto names = given["name"].items();
  if (!names.empty()) contact.text = whole_name(read_name(names.front()));
  if (contact.text.empty()) contact.text = reading.name_of(given["organization"]);
  const Json relationship = given["relationship"];
  contact.relationship = concept_text(relationship);
  // Sources: HL7 table 0131, v3 RoleClass and RoleCode.
  for (const char* code : {"C", "EP", "ECON"}) {
    if (has_code(relationship, code)) contact.emergency = true;
  }
  for (const char* code : {"GUARD", "GUARDIAN"}) {
    if (has_code(relationship, code)) contact.guardian = true;
  }
  for (const Json telecom : given["telecom"].items()) contact.telecom.push_back(read_contact_point(telecom));
  for (const Json address : given["address"].items()) join(contact.address, "; ", address_text(address));
  if (reading.has_ended(reading.date("contacts", "note", given["period"], "end"))) contact.note = "no longer a contact";
  if (contact.text.empty() && contact.telecom.empty()) {
    reading.mark_unreadable("contacts", "text", given.json(), "the contact has neither name nor number");
  }
  if (contact.text.empty()) contact.text = "(name not stated)";
  return contact;
}

void add_care_team(Reading& reading, Json member, const std::string& role, const std::string& status,
                   std::optional<bool> current) {
  const Reference to = reading.refer(member);
  app::CareTeamMember entry;
  entry.text = reading.name_of(member);
  entry.role = role.empty() ? reading.tables().role_of(to) : role;
  entry.organization = reading.tables().organization_of(to);
  entry.phone = reading.tables().phone_of(to);
  entry.status = status;
  entry.current = current;
  if (entry.text.empty()) {
    entry.text = "(not in the export)";
    reading.mark_unreadable("care_team", "text", plain_text(member["reference"]), "the export does not hold this person");
  }
  reading.chart().care_team.add(std::move(entry));
}

}  // namespace

namespace {

// What people must know to tell this patient from another, as alerts.
void say(Reading& reading, std::string text) {
  app::Statement alert;
  alert.text = std::move(text);
  alert.category = "identity";
  alert.current = true;
  reading.chart().alerts.add(std::move(alert));
}

void read_multiple_birth(Reading& reading) {
  const Choice born = choice(reading.resource(), "multipleBirth");
  if (const auto number = born.value.integer()) {
    say(reading, "Twin or multiple birth, number " + std::to_string(*number) + ": check the first name");
  } else if (born.value.boolean().value_or(false)) {
    say(reading, "Twin or multiple birth: check the first name");
  }
}

void read_links(Reading& reading) {
  bool replaced = false;
  for (const Json link : reading["link"].items()) {
    const std::string_view type = link["type"].text();
    const Reference other = reading.refer(link["other"]);
    std::string which = plain_text(link["other"]["display"]);
    if (which.empty()) which = other.value.empty() ? other.id : other.value;
    replaced = replaced || type == "replaced-by";
    if (type == "replaced-by") say(reading, "The EMR replaced this record by " + which + ": look there too");
    else if (type == "seealso" || type == "refer") say(reading, "The EMR holds another record of this patient, " + which + ": look there too");
  }
  if (reading["active"].boolean() == false && !replaced) say(reading, "The EMR marks this record as not in use");
}

// A record that this one replaced: people may still come with its number, its name or what it says.
void read_replaced_patient(Reading& reading) {
  app::Chart& chart = reading.chart();
  for (const Json given : reading["identifier"].items()) {
    const std::string value = plain_text(given["value"]);
    const std::string label = identifier_label(given) + " of a replaced record";
    const bool same = std::any_of(chart.identifiers.begin(), chart.identifiers.end(),
                                  [&](const auto& known) { return known.value == value; });
    if (!value.empty() && !same) chart.identifiers.push_back({label, plain_text(given["system"]), value});
  }
  for (const Json given : reading["name"].items()) {
    app::HumanName name = read_name(given);
    const std::string whole = whole_name(name);
    const bool same = std::any_of(chart.names.begin(), chart.names.end(),
                                  [&](const auto& known) { return whole_name(known) == whole; });
    name.use = "old";
    if (!whole.empty() && !same) chart.names.push_back(std::move(name));
  }
  const auto born = reading.date(kIdentity, "birth_date", reading.resource(), "birthDate");
  if (born.is_known() && chart.birth_date.is_known() && born.value().iso != chart.birth_date.value().iso) {
    reading.mark_unreadable(kIdentity, "birth_date", born.value().iso, "a record that this one replaced says otherwise");
  }
  say(reading, "This chart also holds what the EMR recorded under " + reading.id() + ", which it replaced");
}

void read_telecom(Reading& reading) {
  auto telecoms = reading["telecom"].items();
  static constexpr std::int64_t kNoRank = 1'000'000;
  std::stable_sort(telecoms.begin(), telecoms.end(), [](Json a, Json b) {
    return a["rank"].integer().value_or(kNoRank) < b["rank"].integer().value_or(kNoRank);
  });
  auto& points = reading.chart().telecom;
  for (const Json telecom : telecoms) {
    app::ContactPoint point = read_contact_point(telecom);
    const bool ended = reading.has_ended(reading.date(kIdentity, "telecom", telecom["period"], "end"));
    if (ended) point.use = "old";
    if (!point.value.empty()) points.push_back(std::move(point));
  }
  std::stable_partition(points.begin(), points.end(), [](const auto& point) { return point.use != "old"; });
}

// US Core's extensions that a chart has no place for: they tell nobody who the patient is.
void pass_by_extensions(Reading& reading) {
  for (const char* url : {"/us-core-race", "/us-core-ethnicity"}) {
    if (extension(reading.resource(), url).exists()) reading.pass_by("Patient (" + std::string(url + 9) + ")");
  }
}

}  // namespace

void read_patient(Reading& reading) {
  app::Chart& chart = reading.chart();
  if (!chart.emr_key.empty()) return read_replaced_patient(reading);
  chart.emr_key = reading.id();
  reading.record().id = chart.emr_key;
  mark_what_is_no_particular(reading);
  read_identifiers(reading);
  read_names(reading);
  chart.birth_date = reading.date(kIdentity, "birth_date", reading.resource(), "birthDate");
  read_sex(reading);
  read_death(reading);
  read_language(reading);
  read_multiple_birth(reading);
  read_links(reading);
  pass_by_extensions(reading);
  read_telecom(reading);
  for (const Json address : reading["address"].items()) {
    app::Address read = read_address(address);
    if (reading.has_ended(reading.date(kIdentity, "addresses", address["period"], "end"))) read.use = "old";
    if (!address_text(address).empty()) chart.addresses.push_back(std::move(read));
  }
  for (const Json contact : reading["contact"].items()) chart.contacts.add(read_contact(reading, contact));
  for (const Json doctor : reading["generalPractitioner"].items()) {
    add_care_team(reading, doctor, "general practitioner", "", true);
  }
}

void read_related_person(Reading& reading) {
  app::Contact contact = read_contact(reading, reading.resource());
  if (reading["active"].boolean() == false) contact.note = "no longer a contact";
  reading.record().names["RelatedPerson/" + reading.id()] = contact.text;
  reading.chart().contacts.add(std::move(contact));
}

void read_care_team(Reading& reading) {
  const std::string status = reading.text("status");
  const bool team_ended = reading.has_ended(reading.date("care_team", "status", reading["period"], "end"));
  for (const Json participant : reading["participant"].items()) {
    const Reference to = reading.refer(participant["member"]);
    if (to.type == "Patient") continue;
    const bool ended =
        team_ended || reading.has_ended(reading.date("care_team", "status", participant["period"], "end"));
    const bool current = (status.empty() || status == "active") && !ended;
    add_care_team(reading, participant["member"], concept_text(participant["role"]), ended ? "ended" : status, current);
  }
}

}  // namespace exporter
