#include "app/record/sheet_words.h"

#include <algorithm>
#include <array>

namespace app {
namespace {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

struct SystemName {
  std::string_view system;
  std::string_view name;
};

constexpr std::array<SystemName, 12> kSystems = {{
    {"http://snomed.info/sct", "SNOMED CT"},
    {"http://loinc.org", "LOINC"},
    {"http://hl7.org/fhir/sid/icd-10-cm", "ICD-10"},
    {"http://hl7.org/fhir/sid/icd-10", "ICD-10"},
    {"ICD10", "ICD-10"},
    {"http://hl7.org/fhir/sid/icd-9-cm", "ICD-9"},
    {"http://www.nlm.nih.gov/research/umls/rxnorm", "RxNorm"},
    {"http://hl7.org/fhir/sid/cvx", "CVX"},
    {"http://hl7.org/fhir/sid/ndc", "NDC"},
    {"http://www.ama-assn.org/go/cpt", "CPT"},
    {"urn:oid:2.16.840.1.113883.6.96", "SNOMED CT"},
    {"SNOMED-CT", "SNOMED CT"},
}};

}  // namespace

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

bool same_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool less_ignoring_case(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char x, char y) { return lower(x) < lower(y); });
}

bool contains_ignoring_case(std::string_view text, std::string_view part) {
  if (part.empty()) return true;
  return std::search(text.begin(), text.end(), part.begin(), part.end(),
                     [](char x, char y) { return lower(x) == lower(y); }) != text.end();
}

std::string words_of_code(std::string_view code) {
  std::string out(code);
  const auto belongs = [](char c) { return (c >= 'a' && c <= 'z') || c == '-' || c == '_'; };
  if (!std::all_of(code.begin(), code.end(), belongs)) return out;
  std::replace_if(out.begin(), out.end(), [](char c) { return c == '-' || c == '_'; }, ' ');
  return out;
}

std::string count_of(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

std::string capitalized(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string join(const std::vector<std::string>& pieces, std::string_view between) {
  std::string out;
  for (const std::string& piece : pieces) {
    if (!out.empty()) out += between;
    out += piece;
  }
  return out;
}

Particulars& Particulars::add(std::string_view text) {
  if (!text.empty() && std::find(pieces_.begin(), pieces_.end(), text) == pieces_.end()) pieces_.emplace_back(text);
  return *this;
}

Particulars& Particulars::add(std::string_view label, std::string_view value) {
  if (value.empty()) return *this;
  std::string piece(label);
  if (!piece.empty()) piece += ' ';
  piece += value;
  return add(piece);
}

Particulars& Particulars::add(std::string_view label, const Known<Date>& date) {
  if (date.presence() == Presence::not_recorded) return *this;
  return add(label, format_known_date(date));
}

Particulars& Particulars::add_codes(const std::vector<Coding>& codes, std::string_view text) {
  for (const Coding& coding : codes) {
    std::string piece(name_of_code_system(coding.system));
    if (!piece.empty() && !coding.code.empty()) piece += ' ';
    piece += coding.code;
    const bool says_more = !coding.display.empty() && !same_ignoring_case(coding.display, text);
    if (says_more) piece += (piece.empty() ? "" : " ") + coding.display;
    add(piece);
  }
  return *this;
}

std::string Particulars::text() const { return join(pieces_, "; "); }

std::string_view name_of_code_system(std::string_view system) {
  for (const SystemName& known : kSystems) {
    if (known.system == system) return known.name;
  }
  return system;
}

std::string label_of(const ContactPoint& point) {
  std::string label = words_of_code(point.use);
  if (!label.empty() && !point.system.empty()) label += ' ';
  label += words_of_code(point.system);
  return label.empty() ? "contact" : label;
}

std::string format_contact_point(const ContactPoint& point) {
  return (point.value.empty() ? "no number" : point.value) + " (" + label_of(point) + ')';
}

std::string format_address(const Address& address) {
  std::string place = address.city;
  if (!place.empty() && !address.state.empty()) place += ", ";
  place += address.state;
  if (!place.empty() && !address.postal_code.empty()) place += ' ';
  place += address.postal_code;
  Particulars parts;
  parts.add(address.line).add(place).add(address.country);
  return join(parts.pieces(), ", ");
}

}  // namespace app
