// Who somebody is, how to reach them, who pays and who cares for them; and the code that any entry may carry.
//
// See entries.h for how an entry names its fields.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/record/calendar.h"
#include "app/record/known.h"

namespace app {

struct Coding {
  std::string system;  // as the source names it: "http://snomed.info/sct", "ICD10", …
  std::string code;
  std::string display;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("system", s.system), v("code", s.code), v("display", s.display);
  }
};

struct Identifier {
  std::string label;  // "MRN", "Driver's licence", …: always shown beside the value
  std::string system;
  std::string value;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("label", s.label), v("system", s.system), v("value", s.value);
  }
};

struct HumanName {
  std::string use;     // official, usual, nickname, maiden, old, …
  std::string script;  // ISO 15924 of its letters: Latn, Hani, Arab, …
  std::string prefix;
  std::string given;   // all given names, in order
  std::string family;
  std::string suffix;
  std::string text;    // the whole name, where the EMR gives it whole

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("use", s.use), v("script", s.script), v("prefix", s.prefix), v("given", s.given);
    v("family", s.family), v("suffix", s.suffix), v("text", s.text);
  }
};

struct ContactPoint {
  std::string system;  // phone, email, fax, sms, …
  std::string use;     // home, work, mobile, …
  std::string value;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("system", s.system), v("use", s.use), v("value", s.value);
  }
};

struct Address {
  std::string use;
  std::string line;  // street lines, joined by ", "
  std::string city;
  std::string state;
  std::string postal_code;
  std::string country;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("use", s.use), v("line", s.line), v("city", s.city), v("state", s.state);
    v("postal_code", s.postal_code), v("country", s.country);
  }
};

// Somebody to call: emergency contact, guardian, next of kin.
struct Contact {
  std::string text;  // the name
  std::string relationship;
  std::optional<bool> emergency;
  std::optional<bool> guardian;
  std::vector<ContactPoint> telecom;
  std::string address;
  std::string note;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("text", s.text), v("relationship", s.relationship), v("emergency", s.emergency);
    v("guardian", s.guardian), v("telecom", s.telecom), v("address", s.address), v("note", s.note);
  }
};

struct Coverage {
  std::string text;   // the payer
  std::string plan;
  std::string order;  // primary, secondary, …
  std::string member_id;
  std::string group;
  std::string subscriber;
  std::string relationship;
  std::string copay;
  std::string phone;
  std::optional<bool> current;
  std::string status;
  Known<Date> start;
  Known<Date> end;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("text", s.text), v("plan", s.plan), v("order", s.order), v("member_id", s.member_id);
    v("group", s.group), v("subscriber", s.subscriber), v("relationship", s.relationship);
    v("copay", s.copay), v("phone", s.phone), v("current", s.current), v("status", s.status);
    v("start", s.start), v("end", s.end);
  }
};

struct CareTeamMember {
  std::string text;  // the name
  std::string role;
  std::string organization;
  std::string phone;
  std::optional<bool> current;
  std::string status;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("text", s.text), v("role", s.role), v("organization", s.organization), v("phone", s.phone);
    v("current", s.current), v("status", s.status);
  }
};

}  // namespace app
