// The sealed envelope's one page: the key in letters and as a square code, what it is for, and what to do on the day.
//
// Units:   points.
// Errors:  Code::no_room when the practice's name leaves too little room for the rest.
#pragma once

#include <string>

#include "app/error.h"
#include "app/paper/page.h"
#include "app/paper/qr_code.h"
#include "app/paper/shape.h"
#include "app/snapshot/keys.h"

namespace exporter {

struct EnvelopePage {
  std::string practice;
  std::string name;         // "Sealed envelope 3F2A of 22-Nov-2026"
  std::string fingerprint;  // of the practice's verifying key, as the viewer shows it
};

// `letters` as format_recovery_letters gives them; `code` holds the same.
app::Result<app::Page> lay_out_envelope(const EnvelopePage& about, const app::SecretBytes& letters, const app::QrCode& code,
                                        const app::Paper& paper, const app::FontSet& fonts);

}  // namespace exporter
