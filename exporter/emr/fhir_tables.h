// What the export says of people, places and drugs that many patients' resources refer to.
//
// Held in memory for the whole night: the name and the phone number, not the resource. Equal entries are
// held once, because some EMRs export one Medication for every prescription.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/record/json.h"
#include "exporter/emr/fhir_reference.h"
#include "exporter/emr/fhir_servers.h"

namespace exporter {

struct Named {
  std::string text;
  std::string phone;
  std::string role;          // of a PractitionerRole: its code or specialty
  std::string practitioner;  // of a PractitionerRole: the table's key of the person
  std::string organization;  // the key, or the name
  bool is_withheld = false;
  std::string medication;    // of a Medication: {"code":…,"form":…,"ingredient":…}
};

class ReferenceTables {
 public:
  static bool holds(std::string_view resource_type);
  // Requires: holds() of its type.
  void add(std::string_view resource_type, app::Json resource, bool is_withheld = false);

  // Whose addresses are followed.
  LocalServers& servers() { return servers_; }
  const LocalServers& servers() const { return servers_; }

  // Null when the export holds nothing of that name. An id of another server finds nothing.
  const Named* find(const Reference& reference) const;
  // Whether the practice's policy withholds it: then nothing is held but that.
  bool is_withheld(const Reference& reference) const;
  // What to call what is referred to: the reference's own display, else the table's name; "" if neither.
  std::string name_of(const Reference& reference) const;
  std::string phone_of(const Reference& reference) const;
  std::string role_of(const Reference& reference) const;
  std::string organization_of(const Reference& reference) const;

 private:
  const Named* at(const std::string& key) const;
  const Named* behind(const std::string& key_or_name) const;
  std::string name_at(const std::string& key_or_name) const;

  LocalServers servers_;
  bool has_withheld_ = false;
  std::unordered_map<std::string, std::uint32_t> places_;  // "Practitioner/1", "Practitioner|system|value"
  std::unordered_map<std::string, std::uint32_t> same_;    // an entry in one string, to hold it once
  std::deque<Named> entries_;
};

}  // namespace exporter
