#include "viewer/document_text.h"

#include <algorithm>

#include "app/record/text.h"

namespace viewer {
namespace {

constexpr std::size_t kLinesAPage = 60;
constexpr std::size_t kBytesAPage = 6'000;

bool is_utf8_or_ascii(std::string_view bytes) {
  return app::clean_text(bytes).text.find("\uFFFD") == std::string::npos;
}

// Windows-1252 has letters of its own only between 0x80 and 0x9F.
std::string from_windows(std::string_view bytes) {
  static constexpr std::string_view kOwn[32] = {
      "\u20AC", "?", "\u201A", "\u0192", "\u201E", "\u2026", "\u2020", "\u2021", "\u02C6", "\u2030", "\u0160",
      "\u2039", "\u0152", "?", "\u017D", "?", "?", "\u2018", "\u2019", "\u201C", "\u201D", "\u2022", "\u2013",
      "\u2014", "\u02DC", "\u2122", "\u0161", "\u203A", "\u0153", "?", "\u017E", "\u0178"};
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) text += c;
    else if (byte < 0xA0) text += kOwn[byte - 0x80];
    else text += static_cast<char>(0xC0 | byte >> 6), text += static_cast<char>(0x80 | (byte & 0x3F));
  }
  return text;
}

std::string text_of(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::string text = app::clean_text(is_utf8_or_ascii(bytes) ? std::string(bytes) : from_windows(bytes)).text;
  std::string spread;
  for (const char c : text) spread += c == '\t' ? "    " : std::string_view(&c, 1);
  return spread;
}

}  // namespace

bool is_plain_text(std::string_view bytes) {
  if (bytes.empty()) return false;
  for (const std::string_view mark : {"{\\rtf", "<", "%PDF", "PK", "GIF8", "BM"})
    if (bytes.starts_with(mark)) return false;
  const auto is_odd = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x7F || (byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f');
  };
  return std::none_of(bytes.begin(), bytes.end(), is_odd);
}

std::vector<std::string> make_text_pages(std::string_view bytes) {
  // More than this is never shown: it need not be understood.
  const bool is_cut = bytes.size() > kTextPagesMost * kBytesAPage;
  const std::string text = text_of(bytes.substr(0, kTextPagesMost * kBytesAPage));
  std::vector<std::string> pages(1);
  std::size_t lines = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = std::min(app::character_length(text, at), text.size() - at);
    if (lines >= kLinesAPage || (pages.back().size() >= kBytesAPage)) pages.emplace_back(), lines = 0;
    if (text[at] == '\n') ++lines;
    pages.back().append(text, at, length);
    at += length;
  }
  const bool has_more = is_cut || pages.size() > kTextPagesMost;
  pages.resize(std::min(pages.size(), kTextPagesMost));
  if (has_more) pages.back() += "\n[It goes on: the rest is in the copy and is not shown here.]";
  return pages;
}

}  // namespace viewer
