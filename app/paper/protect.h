// Locks a PDF with AES-256 under a password that nobody chose, and opens it again; in memory only.
//
// Source:  ISO 32000-2 encryption revision 6, by libqpdf, whose keys come from the system's random source.
// Shape:   a library of its own, for the exporter and for nightchart-lock-pdf: the viewer links no libqpdf.
// Errors:  protect_pdf: damaged when the bytes are no PDF. open_protected_pdf: wrong_passphrase, damaged.
#pragma once

#include <cstddef>
#include <string>

#include "app/error.h"

namespace app {

// The owner's password is to be random too, and thrown away: app/snapshot/pdf_password.h.
Result<std::string> protect_pdf(const std::string& bytes, const std::string& password, const std::string& owner_password);

// The same pages without protection, for the printer.
Result<std::string> open_protected_pdf(const std::string& bytes, const std::string& password);

// How many pages it has, if it is not locked.
Result<std::size_t> count_pages(const std::string& bytes);

}  // namespace app
