// Passwords of locked PDFs: random, and no longer than programs that open PDFs take.
//
// Errors:  none.
#pragma once

#include <string>

namespace app {

// For programs: 32 letters, digits, dots and _, 192 random bits.
std::string make_pdf_password();

// For somebody who reads it here and types it there: four groups of four small letters and digits, with dashes between
// them that belong to it, 80 random bits. None is an i, l, o or u.
std::string make_typed_password();

}  // namespace app
