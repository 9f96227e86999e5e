// Locks a PDF with AES-256 under a password that nobody chose, and opens it again; in memory only.
//
// Source:  ISO 32000-2 encryption revision 6, by libqpdf, whose keys come from the system's random source.
// Errors:  protect_pdf: damaged when the bytes are no PDF. open_protected_pdf: wrong_passphrase, damaged.
#pragma once

#include <cstddef>
#include <string>

#include "app/error.h"

namespace exporter {

// 32 letters, digits, dots and _: 192 random bits.
std::string make_pdf_password();

// The owner's password is random too, and thrown away.
app::Result<std::string> protect_pdf(const std::string& bytes, const std::string& password);

// The same pages without protection, for the printer.
app::Result<std::string> open_protected_pdf(const std::string& bytes, const std::string& password);

// How many pages it has, if it is not locked.
app::Result<std::size_t> count_pages(const std::string& bytes);

}  // namespace exporter
