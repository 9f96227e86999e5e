// Locks a PDF with AES-256 under a password that nobody chose, and opens it again; in memory only.
//
// Source:  ISO 32000-2 encryption revision 6, by libqpdf, whose keys come from the system's random source.
// Errors:  protect_pdf: damaged when the bytes are no PDF. open_protected_pdf: wrong_passphrase, damaged.
#pragma once

#include <string>

#include "app/error.h"

namespace exporter {

struct ProtectedPdf {
  std::string bytes;
  std::string password;  // 32 letters, digits, dots and _: 192 random bits
};

// The owner's password is random too, and thrown away.
app::Result<ProtectedPdf> protect_pdf(const std::string& bytes);

// The same pages without protection, for the printer.
app::Result<std::string> open_protected_pdf(const std::string& bytes, const std::string& password);

}  // namespace exporter
