#include "exporter/emr/fhir_staging.h"

#include <cstring>
#include <utility>
#include <vector>

#include "exporter/emr/fhir_types.h"
#include "exporter/emr/fhir_version.h"

namespace exporter {
namespace {

using app::Json;

constexpr std::size_t kPlaceBytes = sizeof(LinePlace);
constexpr std::size_t kMostServers = 1000;

void put_place(LinePlace place, std::string& bytes) {
  bytes.append(reinterpret_cast<const char*>(&place), sizeof place);
}

LinePlace take_place(std::string_view bytes) {
  LinePlace place;
  std::memcpy(&place, bytes.data(), sizeof place);
  return place;
}

char rank_of(std::uint16_t type, Json resource) {
  const ResourceType& known = resource_types()[type];
  // A panel names its members before they come.
  return known.name == "Observation" && resource["hasMember"].exists() ? kRankPanel : known.rank;
}

constexpr std::size_t kSuffixLeast = 3;

// What stands behind the patient's id in a key.
std::string key_suffix(char rank, std::uint16_t type, std::string_view id) {
  std::string suffix(1, '\0');
  suffix += rank;
  suffix += static_cast<char>(type + 1);
  suffix += id;
  return suffix;
}

std::string_view patient_in(std::string_view key) { return key.substr(0, key.find('\0')); }
std::string_view id_in(std::string_view key) { return key.substr(key.find('\0') + 3); }

// Contained patients are nobody of their own: only their identifier can say who is meant.
Reference resolve_contained(Reference to, Json resource) {
  if (to.contained.empty()) return to;
  for (const Json inner : resource["contained"].items()) {
    if (inner["id"].text() != to.contained || inner["resourceType"].text() != "Patient") continue;
    for (const Json identifier : inner["identifier"].items()) {
      if (holds_control_characters(identifier["value"].text())) continue;
      to.type = "Patient";
      to.system = identifier["system"].text();
      to.value = identifier["value"].text();
      return to;
    }
  }
  return to;
}

bool is_patient(const Reference& to) {
  return (to.type.empty() || to.type == "Patient") && (!to.id.empty() || !to.value.empty());
}

std::vector<Reference> patients_of(const ResourceType& type, Json resource) {
  std::vector<Reference> patients;
  for (Json member : resource[type.patient].items()) {
    if (type.patient == "participant") member = member["actor"];
    Reference to = resolve_contained(parse_reference(member), resource);
    // An actor without a type may be anybody.
    if (type.patient == "participant" && to.type != "Patient") continue;
    if (is_patient(to)) patients.push_back(std::move(to));
  }
  return patients;
}

// Records of the identifier Sorter are sorted by value; patients come first.
constexpr char kIsPatient = '0';
constexpr char kIsWaiting = '1';

std::string identifier_key(std::string_view value, char what) {
  std::string key(value);
  key += '\0';
  key += what;
  return key;
}

void put_text(std::string_view text, std::string& bytes) {
  const auto size = static_cast<std::uint32_t>(text.size());
  bytes.append(reinterpret_cast<const char*>(&size), sizeof size);
  bytes += text;
}

std::string take_text(std::string_view& bytes) {
  std::uint32_t size = 0;
  std::memcpy(&size, bytes.data(), sizeof size);
  std::string text(bytes.substr(sizeof size, size));
  bytes.remove_prefix(sizeof size + size);
  return text;
}

}  // namespace

FhirStaging::FhirStaging(const std::filesystem::path& staging, std::size_t memory_bytes, LocalServers& servers, FhirPart part)
    : servers_(servers), folder_(staging), memory_bytes_(memory_bytes), by_patient_(staging, memory_bytes - memory_bytes / 8),
      by_identifier_(staging, memory_bytes / 8), part_(std::move(part)) {}

app::Result<std::string> FhirStaging::add(std::uint16_t type, Json resource, std::string_view text, LinePlace place,
                                          bool is_withheld) {
  const ResourceType& known = resource_types()[type];
  bytes_.clear();
  put_place(place, bytes_);
  bytes_ += text;
  if (known.name == "Patient") {
    if (parse_reference_text(resource["id"].text()).id.empty()) return std::string("is a patient without an id");
    TRY(add_patient(resource, type, bytes_));
    return std::string();
  }
  auto patients = patients_of(known, resource);
  if (patients.empty()) return std::string("names no patient");
  std::erase_if(patients, [this](const Reference& patient) {
    if (patient.id.empty()) return false;
    servers_.note(patient.server);
    return !part_.wants(patient.id);
  });
  if (patients.empty()) return std::string();
  const char rank = is_withheld ? kRankWithheld : rank_of(type, resource);
  const std::string suffix = key_suffix(rank, type, resource["id"].text());
  for (const Reference& patient : patients) TRY(add_for(patient, suffix, type));
  return std::string();
}

app::Result<app::Done> FhirStaging::add_patient(Json resource, std::uint16_t type, std::string_view bytes) {
  const std::string id(resource["id"].text());
  for (const Json link : resource["link"].items()) {
    const Reference other = parse_reference(link["other"]);
    if (other.id.empty() || other.id == id) continue;
    if (link["type"].text() == "replaced-by") part_.note_successor(id, {other.id, other.server}, true);
    // The older record may not know.
    if (link["type"].text() == "replaces") part_.note_successor(other.id, {id, other.server}, false);
  }
  for (const Json identifier : resource["identifier"].items()) {
    const std::string_view value = identifier["value"].text();
    if (value.empty() || holds_control_characters(value)) continue;
    std::string record;
    put_text(identifier["system"].text(), record);
    record += id;
    TRY(by_identifier_.add(identifier_key(value, kIsPatient), type, record));
  }
  if (!part_.wants(id)) return app::Done{};
  return by_patient_.add(id + key_suffix(kRankPatient, type, id), type, bytes);
}

std::uint32_t FhirStaging::number_of_server(const std::string& server) {
  if (const auto known = server_numbers_.find(server); known != server_numbers_.end()) return known->second;
  // So many are no export of one practice: what is beyond them is of no server that could be local.
  if (server_names_.size() == kMostServers) server_names_.emplace_back("?");
  if (server_names_.size() > kMostServers) return kMostServers;
  server_names_.push_back(server);
  return server_numbers_[server] = static_cast<std::uint32_t>(server_names_.size() - 1);
}

// Adds what stands in bytes_.
app::Result<app::Done> FhirStaging::add_for(const Reference& patient, const std::string& suffix, std::uint16_t type) {
  if (!patient.id.empty()) {
    if (patient.server.empty()) return by_patient_.add(patient.id + suffix, type, bytes_);
    LinePlace place = take_place(bytes_);
    place.server = number_of_server(patient.server);
    std::string bytes;
    put_place(place, bytes);
    bytes.append(bytes_, kPlaceBytes);
    // Another server's resource of the same id is another resource.
    const std::string which = suffix.size() == kSuffixLeast ? "" : '\0' + std::to_string(place.server);
    return by_patient_.add(patient.id + suffix + which, type, bytes);
  }
  std::string record;
  put_text(patient.system, record);
  put_text(suffix, record);
  record += bytes_;
  return by_identifier_.add(identifier_key(patient.value, kIsWaiting), type, record);
}

app::Result<app::Done> FhirStaging::join_identifiers(const Skip& skip) {
  TRY(by_identifier_.sort());
  std::string value;
  std::vector<std::pair<std::string, std::string>> patients;  // system, id
  for (SortedRecord record;;) {
    TRY_GET(const bool more, by_identifier_.next(record));
    if (!more) return app::Done{};
    if (value != patient_in(record.key)) value = patient_in(record.key), patients.clear();
    std::string_view bytes = record.bytes;
    const std::string system = take_text(bytes);
    if (record.key.back() == kIsPatient) {
      patients.emplace_back(system, bytes);
      continue;
    }
    const std::string suffix = take_text(bytes);
    std::set<std::string> meant;
    for (const auto& [patient_system, id] : patients) {
      if (system.empty() || system == patient_system) meant.insert(id);
    }
    if (meant.size() == 1) {
      if (part_.wants(*meant.begin())) {
        TRY(by_patient_.add(*meant.begin() + suffix, record.kind, bytes));
      }
    } else {
      skip(take_place(bytes), meant.empty() ? "names a patient that is not in the export"
                                            : "names a patient by an identifier that several patients have");
    }
  }
}

// Sorted once more, because the other record may come first. Rare enough to pay for only when needed.
app::Result<app::Done> FhirStaging::follow_replaced() {
  Sorter moved(folder_, memory_bytes_);
  for (SortedRecord record;;) {
    TRY_GET(const bool more, by_patient_.next(record));
    if (!more) break;
    const std::string patient(patient_in(record.key));
    const std::string last = part_.replaced_by(patient);
    std::string key = last + std::string(record.key.substr(patient.size()));
    if (last != patient && key[last.size() + 1] == kRankPatient) key[last.size() + 1] = kRankReplacedPatient;
    TRY(moved.add(key, record.kind, record.bytes));
  }
  TRY(moved.sort());
  by_patient_ = std::move(moved);
  return app::Done{};
}

app::Result<app::Done> FhirStaging::sort(const Skip& skip) {
  part_.settle([this](const std::string& server) { return servers_.is_local(server); });
  TRY(join_identifiers(skip));
  by_identifier_ = Sorter(folder_, 0);
  TRY(by_patient_.sort());
  if (part_.anybody_replaced()) TRY(follow_replaced());
  TRY_GET(has_ahead_, next_record());
  return app::Done{};
}

// Links to other servers may have kept more than is needed.
bool FhirStaging::is_of_part(std::string_view patient) {
  if (part_.is_whole()) return true;
  if (patient != asked_) asked_ = patient, asked_is_of_part_ = part_.may_hold(asked_);
  return asked_is_of_part_;
}

app::Result<bool> FhirStaging::next_record() {
  SortedRecord record;
  do {
    TRY_GET(const bool more, by_patient_.next(record));
    if (!more) return false;
    ahead_key_ = record.key;
  } while (!is_of_part(patient_in(ahead_key_)));
  ahead_type_ = record.kind;
  ahead_bytes_ = record.bytes;
  return true;
}

app::Result<bool> FhirStaging::next(StagedResource& resource) {
  if (!has_ahead_) return false;
  const std::string key = std::exchange(ahead_key_, {});
  std::string bytes = std::exchange(ahead_bytes_, {});
  resource.rivals.clear();
  resource.patient = patient_in(key);
  resource.id = id_in(key).substr(0, id_in(key).find('\0'));
  resource.is_replaced_patient = key[resource.patient.size() + 1] == kRankReplacedPatient;
  resource.is_withheld = key[resource.patient.size() + 1] == kRankWithheld;
  resource.type = ahead_type_;
  const auto text_of = [](const std::string& record) { return std::string_view(record).substr(kPlaceBytes); };
  for (;;) {
    TRY_GET(has_ahead_, next_record());
    if (!has_ahead_ || ahead_key_ != key || id_in(key).empty()) break;
    ++superseded_;
    const Newer newer = newer_version(text_of(bytes), text_of(ahead_bytes_));
    if (newer == Newer::first) continue;
    if (newer == Newer::unknown) resource.rivals.emplace_back(text_of(bytes));
    else resource.rivals.clear();
    bytes = std::exchange(ahead_bytes_, {});
  }
  resource.place = take_place(bytes);
  resource.text = std::move(bytes.erase(0, kPlaceBytes));
  return true;
}

}  // namespace exporter
