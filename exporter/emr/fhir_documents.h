// Attachments: plain text becomes a note, everything else is named among the documents.
#pragma once

#include <vector>

#include "exporter/emr/fhir_reading.h"

namespace exporter {

// The bytes of base64 (RFC 4648, white space allowed); nothing if it is none.
std::optional<std::string> decode_base64(std::string_view text);

// Adds what the attachments hold, with the title, date, author and visit of `frame`. False if there are none.
bool read_attachments(Reading& reading, app::Json attachments, const app::Note& frame,
                      const std::vector<app::Coding>& codes);

}  // namespace exporter
