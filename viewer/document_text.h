// A document that is plain text, as pages of lines: no other program has to read it.
//
// Errors:  none. Bytes that are no UTF-8 are read as Windows-1252; signs that steer a printer or a terminal are left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace viewer {

// Whether all of it looks like lines that somebody wrote, and not like a file of some program (RTF, HTML, XML).
bool is_plain_text(std::string_view bytes);
// At least one page; of what is longer than kTextPagesMost pages, the last line says that it goes on.
std::vector<std::string> make_text_pages(std::string_view bytes);

inline constexpr std::size_t kTextPagesMost = 500;

}  // namespace viewer
