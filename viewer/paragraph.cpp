#include "viewer/paragraph.h"

#include "app/record/text.h"
#include "app/record/text_runs.h"

namespace viewer {
namespace {

std::string_view trim_end(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

// A piece without any place to break, character by character.
void break_anywhere(std::string_view piece, float width, const Measure& measure, std::string& line,
                    std::vector<std::string>& lines) {
  for (std::size_t at = 0; at < piece.size();) {
    const std::string_view character = piece.substr(at, app::character_length(piece, at));
    std::string longer = line + std::string(character);
    if (!line.empty() && measure(longer) > width) {
      lines.push_back(line);
      longer = std::string(character);
    }
    line = std::move(longer);
    at += character.size();
  }
}

}  // namespace

std::vector<std::string> wrap_text(std::string_view text, float width, const Measure& measure) {
  const std::string_view whole = trim_end(text);
  if (whole.find('\n') == std::string_view::npos && measure(whole) <= width) return {std::string(whole)};
  std::vector<std::string> lines;
  std::string line;
  std::size_t begin = 0;
  for (const std::size_t end : app::line_breaks(text)) {
    const std::string_view piece = text.substr(begin, end - begin);
    begin = end;
    const std::string longer = line + std::string(piece);
    if (measure(trim_end(longer)) <= width) {
      line = longer;
    } else {
      if (!line.empty()) lines.emplace_back(trim_end(line));
      line.clear();
      if (measure(trim_end(piece)) <= width) {
        line = piece;
      } else {
        break_anywhere(piece, width, measure, line, lines);
      }
    }
    if (!piece.empty() && piece.back() == '\n') {
      lines.emplace_back(trim_end(line));
      line.clear();
    }
  }
  if (!trim_end(line).empty() || lines.empty()) lines.emplace_back(trim_end(line));
  return lines;
}

}  // namespace viewer
