#include "exporter/emr/fhir_reference.h"

#include <algorithm>

namespace exporter {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string without_percents(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    plain += escape ? static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])) : text[i];
    if (escape) i += 2;
  }
  return plain;
}

std::string_view last_segment(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// Of "https://emr.example/fhir/Patient", whose last part has `size` letters: "https://emr.example/fhir".
std::string_view server_before(std::string_view address, std::size_t size) {
  if (address.find("://") == std::string_view::npos) return {};
  return address.substr(0, address.size() - std::min(address.size(), size + 1));
}

// "identifier=system|value" among other search parameters.
void read_query(std::string_view query, Reference& to) {
  while (!query.empty()) {
    const std::string_view parameter = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), parameter.size() + 1));
    const std::size_t equals = parameter.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = parameter.substr(0, equals);
    const std::string value = without_percents(parameter.substr(equals + 1));
    if (holds_control_characters(value)) {
      to = {};
      return;
    }
    if (name == "_id") to.id = value;
    if (name != "identifier") continue;
    const std::size_t bar = value.find('|');
    to.system = bar == std::string::npos ? "" : value.substr(0, bar);
    to.value = bar == std::string::npos ? value : value.substr(bar + 1);
  }
}

}  // namespace

bool holds_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

Reference parse_reference_text(std::string_view text) {
  Reference to;
  if (holds_control_characters(text)) return to;
  if (text.starts_with('#')) {
    to.contained = text.substr(1);
    return to;
  }
  if (text.starts_with("urn:")) {
    to.id = text.substr(text.rfind(':') + 1);
    return to;
  }
  if (const std::size_t query = text.find('?'); query != std::string_view::npos) {
    to.type = last_segment(text.substr(0, query));
    to.server = server_before(text.substr(0, query), to.type.size());
    read_query(text.substr(query + 1), to);
    return to;
  }
  text = text.substr(0, text.find('#'));
  text = text.substr(0, text.find("/_history/"));
  to.id = last_segment(text);
  if (to.id.size() == text.size()) return to;
  text.remove_suffix(to.id.size() + 1);
  to.type = last_segment(text);
  to.server = server_before(text, to.type.size());
  return to;
}

Reference parse_reference(app::Json reference) {
  Reference to = parse_reference_text(reference["reference"].text());
  to.display = reference["display"].text();
  // "Patient", or the address of its definition.
  if (to.type.empty()) to.type = last_segment(reference["type"].text());
  if (to.value.empty()) {
    to.system = reference["identifier"]["system"].text();
    to.value = reference["identifier"]["value"].text();
    if (holds_control_characters(to.system) || holds_control_characters(to.value)) to.value.clear();
  }
  return to;
}

}  // namespace exporter
