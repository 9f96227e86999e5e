// Whether all that a page of a PDF draws can be unpacked to its end: programs that draw a page leave out in silence what they
// cannot unpack, and half a letter is taken for the whole.
//
// Reads foreign bytes: only for a process that can harm nothing. Fax, JBIG2 and JPEG 2000 pictures are not unpacked here, and
// what lies beyond the limits of memory is not either: nothing is said against them.
// Errors:  none; a document that cannot be opened here has nothing said against it.
#pragma once

#include <string>

class QPDFObjectHandle;

namespace app {

bool is_whole_page(const QPDFObjectHandle& page);
// `page` counts from 1.
bool is_whole_page(const std::string& pdf, int page);

}  // namespace app
