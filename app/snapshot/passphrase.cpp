#include "app/snapshot/passphrase.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "app/record/text.h"
#include "app/snapshot/keys.h"
#include "app/snapshot/recovery_lines.h"

namespace app {
namespace {

constexpr std::size_t kFileMost = 4096;

Error no_passphrase(const std::filesystem::path& file, std::string detail) {
  return Error{Code::wrong_kind, file.string() + " is no passphrase file.", std::move(detail)};
}

}  // namespace

std::string clean_passphrase(std::string_view typed) {
  std::string text = clean_text(typed).text;
  std::erase_if(text, [](char c) { return c == '\n' || c == '\t'; });
  return text;
}

Result<Done> check_passphrase(std::string_view typed) {
  const std::string text = clean_passphrase(typed);
  if (text.empty()) return Error{Code::wrong_kind, "The passphrase is empty.", ""};
  if (text.size() > kPassphraseBytesMost) {
    return Error{Code::wrong_kind, "The passphrase is too long.", "at most 512 bytes of UTF-8 can be typed in the viewer"};
  }
  return Done{};
}

// The lines of a sealed envelope may stand in it, all four: then they are what was typed.
Result<std::string> read_passphrase_file(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) {
    return Error{Code::not_found, "There is no passphrase file " + file.string() + ".", ""};
  }
  std::ifstream in(file, std::ios::binary);
  std::string text(kFileMost, '\0');
  if (in) in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in.is_open() || in.bad()) {
    return Error{Code::io, "The passphrase file " + file.string() + " cannot be read.",
                 std::string("open: ") + std::strerror(errno)};
  }
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (parse_recovery_lines(text).ok()) return text;
  // Lines of an envelope with a mistake in them: all of them, so that the line with the mistake can be named.
  if (judge_recovery_lines(text).right_lines > 0) return text;

  const std::size_t begin = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;  // the mark that some editors begin a file with
  std::string line = text.substr(begin, text.find_first_of("\r\n") - begin);
  if (line.empty()) return no_passphrase(file, "its first line is empty");
  if (line.find('\0') != std::string::npos) return no_passphrase(file, "its first line is not text");
  if (const auto checked = check_passphrase(line); !checked.ok()) return no_passphrase(file, checked.error().what);
  return line;
}

}  // namespace app
