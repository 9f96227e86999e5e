// What a FHIR reference points at, whichever of its legal forms it takes.
//
// Source:  FHIR R4, References: relative and absolute URLs, with or without a version, urn:uuid,
//          contained, conditional ("Patient?identifier=system|value"), by identifier, by display only.
#pragma once

#include <string>
#include <string_view>

#include "app/record/json.h"

namespace exporter {

struct Reference {
  std::string type;       // "Patient"; empty where it is not said, as in urn:uuid:…
  std::string id;         // the resource's id; empty where it is named in another way
  std::string server;     // of an absolute address: what stands before the type; see fhir_servers.h
  std::string contained;  // for "#p1": "p1"
  std::string system;     // with `value`: the identifier of what is meant
  std::string value;
  std::string display;

  bool points_somewhere() const { return !id.empty() || !contained.empty() || !value.empty(); }
};

// Of a Reference object. Nothing in it is believed to be there.
Reference parse_reference(app::Json reference);
// Of the text in Reference.reference alone.
Reference parse_reference_text(std::string_view text);
// No id and no number has any: they would end a key of the staging too early.
bool holds_control_characters(std::string_view text);

}  // namespace exporter
