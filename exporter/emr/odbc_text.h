// ODBC's wide characters, which are UTF-16 on every system that unixODBC runs on.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace exporter {

// Half a pair stands as three bytes that no UTF-8 has, so that it is found to be unreadable later.
void append_utf8(const unsigned short* units, std::size_t count, std::string& text);
// Ends with a zero that is not counted by anybody. What is no UTF-8 becomes U+FFFD.
std::vector<unsigned short> make_utf16(std::string_view utf8);

}  // namespace exporter
