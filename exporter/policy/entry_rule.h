// Which entries a practice withholds for what the EMR says of them: a label, a code, a title, a place.
//
// A kind is a word of the settings, "psychotherapy", that stands for the labels of EMRs that mean it. Every other word there
// is a label as the EMR itself writes it.
// Source:  HL7 v3 Confidentiality and ActCode (InformationSensitivityPolicy, ActPrivacyLaw), as in FHIR's meta.security.
// Errors:  none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/record/entries_person.h"

namespace exporter {

// What an EMR says of how confidential something is.
struct EntryLabel {
  std::string word;          // "R", "ETH", "high"
  bool is_own_word = false;  // of a column or a list of nothing but such words: one that is unknown here restricts too
};

struct EntryRule {
  std::vector<std::string> kinds;   // or labels
  std::vector<std::string> codes;   // "F11*", "http://snomed.info/sct|5602001"
  std::vector<std::string> titles;  // in which one of these stands: of notes, documents, visits, appointments, reports
  std::vector<std::string> places;  // of visits and appointments

  static EntryRule safe_default();
  friend bool operator==(const EntryRule&, const EntryRule&) = default;
};

// The kinds in the order in which the settings name them.
const std::vector<std::string_view>& label_kinds();

bool withholds(const EntryRule& rule, const EntryLabel& label);
bool withholds(const EntryRule& rule, const std::vector<EntryLabel>& labels);
// The labels in an EMR's own column: "high", "R; ETH".
std::vector<EntryLabel> parse_labels(std::string_view column);
bool withholds_code(const EntryRule& rule, const std::vector<app::Coding>& codes);
bool withholds_title(const EntryRule& rule, std::string_view title);
bool withholds_place(const EntryRule& rule, std::string_view place);

}  // namespace exporter
