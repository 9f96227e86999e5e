// What one entry of a chart says: an allergy, a medication, a result, …
//
// The words are FHIR's and the IPS's. Every text is as recorded. Each type names its fields once, in
// fields(): that list is what is kept as JSON, what is read back, and which columns a mapping pack may
// give (see app/record/fields.h), so the three cannot disagree.
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

// An alert (FHIR Flag) or an advance directive (FHIR Consent).
struct Statement {
  std::string text;
  std::vector<Coding> codes;
  std::string category;
  std::optional<bool> current;
  std::string status;
  Known<Date> recorded;
  std::string author;
  std::string note;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("text", s.text), v("codes", s.codes), v("category", s.category), v("current", s.current);
    v("status", s.status), v("recorded", s.recorded), v("author", s.author), v("note", s.note);
  }
};

struct Reaction {
  std::string text;      // what happened; several manifestations joined by " + "
  std::string severity;  // mild, moderate, severe, as recorded

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("text", s.text), v("severity", s.severity);
  }
};

struct Allergy {
  std::string text;  // the agent
  std::vector<Coding> codes;
  std::string kind;      // allergy, intolerance
  std::string category;  // food, medication, environment, biologic
  std::string criticality;
  std::vector<Reaction> reactions;
  std::optional<bool> current;
  std::string status;        // clinical status as recorded: active, inactive, resolved
  std::string verification;  // confirmed, unconfirmed, refuted, entered-in-error
  Known<Date> onset;
  Known<Date> recorded;
  std::string author;
  std::string note;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("text", s.text), v("codes", s.codes), v("kind", s.kind), v("category", s.category);
    v("criticality", s.criticality), v("reactions", s.reactions), v("current", s.current);
    v("status", s.status), v("verification", s.verification), v("onset", s.onset);
    v("recorded", s.recorded), v("author", s.author), v("note", s.note);
  }
};

struct Medication {
  std::string text;  // the drug as recorded, often with strength and form
  std::vector<Coding> codes;
  std::string brand;
  std::string strength;
  std::string form;
  std::string dose;
  std::string rate;
  std::string duration;
  std::string route;
  std::string frequency;
  std::string instructions;  // the dosage instruction as recorded
  std::optional<bool> as_needed;
  std::string quantity;
  std::string refills;
  std::string reason;
  std::optional<bool> current;
  std::string status;
  Known<Date> start;
  Known<Date> end;
  std::string author;
  std::string note;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("text", s.text), v("codes", s.codes), v("brand", s.brand), v("strength", s.strength);
    v("form", s.form), v("dose", s.dose), v("rate", s.rate), v("duration", s.duration);
    v("route", s.route), v("frequency", s.frequency), v("instructions", s.instructions);
    v("as_needed", s.as_needed), v("quantity", s.quantity), v("refills", s.refills);
    v("reason", s.reason), v("current", s.current), v("status", s.status), v("start", s.start);
    v("end", s.end), v("author", s.author), v("note", s.note);
  }
};

struct Problem {
  std::string text;
  std::vector<Coding> codes;
  std::string category;
  std::string severity;
  std::optional<bool> current;
  std::string status;
  std::string verification;
  Known<Date> onset;
  Known<Date> resolved;
  Known<Date> recorded;
  std::string author;
  std::string note;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("text", s.text), v("codes", s.codes), v("category", s.category), v("severity", s.severity);
    v("current", s.current), v("status", s.status), v("verification", s.verification);
    v("onset", s.onset), v("resolved", s.resolved), v("recorded", s.recorded);
    v("author", s.author), v("note", s.note);
  }
};

struct Immunization {
  std::string text;
  std::vector<Coding> codes;
  Known<Date> date;
  std::string status;  // completed, not-done, …
  std::string reason;  // why it was not done
  std::string dose;
  std::string lot;
  std::string manufacturer;
  std::string site;
  std::string route;
  std::string author;
  std::optional<bool> historical;  // told by someone, not given here
  std::string note;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("text", s.text), v("codes", s.codes), v("date", s.date), v("status", s.status);
    v("reason", s.reason), v("dose", s.dose), v("lot", s.lot), v("manufacturer", s.manufacturer);
    v("site", s.site), v("route", s.route), v("author", s.author), v("historical", s.historical);
    v("note", s.note);
  }
};

// A laboratory result, a vital sign, a statement of social history or of pregnancy (FHIR
// Observation). Several values of one order or panel are several entries with the same `panel`.
struct Observation {
  std::string text;
  std::vector<Coding> codes;
  std::string panel;
  std::string value;  // as recorded: "5.4", "<10", "positive"
  std::string unit;
  std::string range;  // reference range as recorded
  std::string flag;   // interpretation as recorded: H, LL, abnormal, …
  std::string status;
  Known<Date> date;  // when it was true of the patient
  Known<Date> reported;
  std::string author;
  std::string note;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("text", s.text), v("codes", s.codes), v("panel", s.panel), v("value", s.value);
    v("unit", s.unit), v("range", s.range), v("flag", s.flag), v("status", s.status);
    v("date", s.date), v("reported", s.reported), v("author", s.author), v("note", s.note);
  }
};

struct Procedure {
  std::string text;
  std::vector<Coding> codes;
  std::string status;
  Known<Date> date;
  Known<Date> end;
  std::string site;
  std::string reason;
  std::string author;
  std::string note;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("text", s.text), v("codes", s.codes), v("status", s.status), v("date", s.date);
    v("end", s.end), v("site", s.site), v("reason", s.reason), v("author", s.author);
    v("note", s.note);
  }
};

struct Device {
  std::string text;
  std::vector<Coding> codes;
  std::string udi;
  std::optional<bool> current;
  std::string status;
  Known<Date> start;
  Known<Date> end;
  std::string note;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("text", s.text), v("codes", s.codes), v("udi", s.udi), v("current", s.current);
    v("status", s.status), v("start", s.start), v("end", s.end), v("note", s.note);
  }
};

struct Visit {
  std::string key;   // the EMR's own key, which notes refer to
  std::string text;  // what kind of visit
  std::vector<Coding> codes;
  std::string status;
  Known<Date> start;
  Known<Date> end;
  std::string reason;
  std::string clinician;
  std::string place;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("key", s.key), v("text", s.text), v("codes", s.codes), v("status", s.status);
    v("start", s.start), v("end", s.end), v("reason", s.reason), v("clinician", s.clinician);
    v("place", s.place);
  }
};

struct Note {
  std::string visit;  // Visit.key, or empty
  std::string text;   // the title
  std::string status;
  Known<Date> date;
  std::string author;
  std::string body;  // the whole text, lines separated by \n

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("visit", s.visit), v("text", s.text), v("status", s.status), v("date", s.date);
    v("author", s.author), v("body", s.body);
  }
};

struct Appointment {
  std::string text;  // what kind of appointment
  std::string status;
  Known<Date> start;
  std::string minutes;
  std::string clinician;
  std::string place;
  std::string reason;
  std::string note;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("text", s.text), v("status", s.status), v("start", s.start), v("minutes", s.minutes);
    v("clinician", s.clinician), v("place", s.place), v("reason", s.reason), v("note", s.note);
  }
};

// A scanned or attached document: what it is; its bytes are not in the chart.
struct Document {
  std::string key;
  std::string text;  // the title
  std::vector<Coding> codes;
  std::string status;
  Known<Date> date;
  std::string author;
  std::string media_type;
  std::string note;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("key", s.key), v("text", s.text), v("codes", s.codes), v("status", s.status);
    v("date", s.date), v("author", s.author), v("media_type", s.media_type), v("note", s.note);
  }
};

}  // namespace app
