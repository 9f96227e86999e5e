// What was found, decided and done: alerts, allergies, medications, problems, results, procedures, devices.
//
// See entries.h for how an entry names its fields.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/record/calendar.h"
#include "app/record/entries_person.h"
#include "app/record/known.h"

namespace app {

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

}  // namespace app
