#include "app/paper/wrap.h"

#include <array>
#include <cstdio>

#include "app/record/text.h"
#include "app/record/text_runs.h"

namespace app {
namespace {

constexpr double kLeading = 1.3;
constexpr double kSlack_pt = 0.01;  // sums of the same advances may differ in the last bit

// The pieces joined to one text, and where each of them ends in it.
struct JoinedText {
  std::string text;
  std::vector<std::size_t> ends;
  const std::vector<StyledText>* pieces = nullptr;

  std::size_t piece_at(std::size_t at) const {
    std::size_t piece = 0;
    while (piece + 1 < ends.size() && at >= ends[piece]) ++piece;
    return piece;
  }
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Unicode lets a line end here, a chart does not: inside 14-Aug-1980, (555) 010-4477 or 148/86, and
// between a number and its unit.
bool must_not_break(std::string_view text, std::size_t at) {
  if (at < 2 || at >= text.size()) return false;
  const char before = text[at - 1];
  if (before == ' ') {
    return (is_digit(text[at - 2]) && (is_letter(text[at]) || text[at] == '%')) ||
           (text[at - 2] == ')' && is_digit(text[at]));
  }
  if (before != '-' && before != '/') return false;
  return is_digit(text[at - 2]) || is_digit(text[at]);
}

class Wrapper {
 public:
  Wrapper(const JoinedText& joined, double width_pt, const FontSet& fonts)
      : joined_(joined), width_pt_(width_pt), fonts_(fonts) {}

  std::vector<Line> wrap() {
    if (put_on_one_line()) return std::move(lines_);
    std::size_t at = 0;
    const auto breaks = line_breaks(joined_.text);
    for (std::size_t i = 0; i < breaks.size(); ++i) {
      const std::size_t next = breaks[i];
      if (next <= at) continue;
      const bool stays = must_not_break(joined_.text, next) && i + 1 < breaks.size() &&
                         measure(at, breaks[i + 1]) <= width_pt_;  // rather break there than inside a number
      if (stays) continue;
      add_segment(at, next);
      at = next;
    }
    if (line_begin_ < joined_.text.size()) end_line(joined_.text.size());
    return std::move(lines_);
  }

 private:
  // Most cells need no search for places to break.
  bool put_on_one_line() {
    if (joined_.text.find('\n') != std::string::npos) return false;
    end_line(joined_.text.size());
    const Line& line = lines_.front();
    if (line.empty() || line.back().x_pt + line.back().width_pt <= width_pt_ + kSlack_pt) return true;
    lines_.clear();
    line_begin_ = 0;
    return false;
  }

  // The width of a stretch, piece by piece.
  double measure(std::size_t begin, std::size_t end) const {
    double width = 0;
    for (std::size_t piece = joined_.piece_at(begin); begin < end; ++piece) {
      const std::size_t stop = std::min(end, joined_.ends[piece]);
      const Style& style = (*joined_.pieces)[piece].style;
      width += fonts_.width(std::string_view(joined_.text).substr(begin, stop - begin), style.bold, style.size_pt);
      begin = stop;
    }
    return width;
  }

  void add_segment(std::size_t begin, std::size_t end) {
    const std::size_t last = joined_.text.find_last_not_of(" \n", end - 1);
    const std::size_t ink_end = last == std::string::npos || last < begin ? begin : last + 1;
    const bool forced = joined_.text[end - 1] == '\n';
    const double ink = measure(begin, ink_end);
    if (used_pt_ + ink > width_pt_ + kSlack_pt && begin > line_begin_) end_line(begin);
    if (ink > width_pt_ + kSlack_pt) {
      break_inside(begin, ink_end);
    } else {
      used_pt_ += ink;
    }
    if (forced) {
      end_line(end);
    } else if (end > ink_end) {
      used_pt_ += measure(ink_end, end);
    }
  }

  // A word wider than the whole line: as many characters as fit on each. A mark that adds no width
  // stays with its letter.
  void break_inside(std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end;) {
      const std::size_t next = at + character_length(joined_.text, at);
      const double wide = measure(at, next);
      if (used_pt_ + wide > width_pt_ && wide > 0 && at > line_begin_) end_line(at);
      used_pt_ += wide;
      at = next;
    }
  }

  void end_line(std::size_t end) {
    Line line;
    double x_pt = 0;
    std::size_t last = end;
    while (last > line_begin_ && (joined_.text[last - 1] == ' ' || joined_.text[last - 1] == '\n')) --last;
    for (std::size_t at = line_begin_; at < last;) {
      const std::size_t piece = joined_.piece_at(at);
      const std::size_t stop = std::min(last, joined_.ends[piece]);
      std::string text = joined_.text.substr(at, stop - at);
      const Style& style = (*joined_.pieces)[piece].style;
      const double width = fonts_.width(text, style.bold, style.size_pt);
      line.push_back({x_pt, width, std::move(text), style});
      x_pt += width;
      at = stop;
    }
    lines_.push_back(std::move(line));
    line_begin_ = end;
    used_pt_ = 0;
  }

  const JoinedText& joined_;
  const double width_pt_;
  const FontSet& fonts_;
  std::vector<Line> lines_;
  std::size_t line_begin_ = 0;
  double used_pt_ = 0;
};

}  // namespace

double leading_pt(double size_pt) { return size_pt * kLeading; }

std::string printable_text(std::string_view text, const FontSet& fonts, std::size_t& uncovered) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = character_length(text, at);
    const auto first = static_cast<unsigned char>(text[at]);
    if (first == '\t') {
      out += "  ";
    } else if (first < 0x7F) {
      out += text[at];
    } else if (const std::uint32_t c = code_point_at(text, at); fonts.covers(c)) {
      out += text.substr(at, length);
    } else {
      std::array<char, 16> code{};
      std::snprintf(code.data(), code.size(), "[U+%04X]", static_cast<unsigned>(c));
      out += code.data();
      ++uncovered;
    }
    at += length;
  }
  return out;
}

std::vector<Line> wrap_lines(const std::vector<StyledText>& pieces, double width_pt, const FontSet& fonts,
                             std::size_t& uncovered) {
  JoinedText joined;
  joined.pieces = &pieces;
  for (const StyledText& piece : pieces) {
    joined.text += printable_text(piece.text, fonts, uncovered);
    joined.ends.push_back(joined.text.size());
  }
  if (joined.text.empty()) return {};
  return Wrapper(joined, width_pt, fonts).wrap();
}

}  // namespace app
