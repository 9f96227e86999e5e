#include "exporter/schedule/shell_word.h"

namespace exporter {

// As systemd reads a word of a command: in quotation marks, with its own escapes; % begins a specifier.
std::string unit_word(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '%' || c == '$') out += c;
    out += c;
  }
  return out + '"';
}

// A path of ReadWritePaths=; systemd wants no quotation marks around one without blanks, and takes them with.
std::string unit_path(const std::filesystem::path& path) {
  std::string out;
  for (const char c : path.string()) {
    if (c == '%') out += '%';
    if (c == ' ' || c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string shell_word(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace exporter
