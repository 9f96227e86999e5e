#include "viewer/text_pieces.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "app/record/text.h"
#include "app/record/text_runs.h"

namespace viewer {
namespace {

constexpr std::uint32_t script_tag(const char (&name)[5]) {
  std::uint32_t tag = 0;
  for (int i = 0; i < 4; ++i) tag = tag << 8 | static_cast<unsigned char>(name[i]);
  return tag;
}

// Scripts whose letters neither join nor move: one code point, one glyph.
constexpr std::array kPlainScripts = {
    script_tag("Latn"), script_tag("Grek"), script_tag("Cyrl"), script_tag("Hani"), script_tag("Hira"),
    script_tag("Kana"), script_tag("Hang"), script_tag("Bopo"), script_tag("Armn"), script_tag("Geor"),
    script_tag("Ethi"), script_tag("Zyyy"), script_tag("Zinh"), script_tag("Zzzz"),
};

bool is_between(std::uint32_t c, std::uint32_t first, std::uint32_t last) { return c >= first && c <= last; }

// Marks that sit on the letter before them.
bool is_mark(std::uint32_t c) {
  return is_between(c, 0x0300, 0x036F) || is_between(c, 0x0483, 0x0489) || is_between(c, 0x1AB0, 0x1AFF) ||
         is_between(c, 0x1DC0, 0x1DFF) || is_between(c, 0x20D0, 0x20FF) || is_between(c, 0x3099, 0x309A) ||
         is_between(c, 0xFE20, 0xFE2F);
}

// Characters that by their nature show nothing: direction marks, joiners, variation selectors.
bool is_invisible(std::uint32_t c) {
  return c == 0x00AD || is_between(c, 0x200B, 0x200F) || is_between(c, 0x202A, 0x202E) ||
         is_between(c, 0x2060, 0x206F) || is_between(c, 0xFE00, 0xFE0F) || c == 0xFEFF || c == 0x061C ||
         is_between(c, 0xE0000, 0xE0FFF);
}

bool is_private(std::uint32_t c) { return is_between(c, 0xE000, 0xF8FF) || c >= 0xF0000; }

bool is_ascii_sign(std::uint32_t c) {
  return c < 0x80 && !(is_between(c, '0', '9') || is_between(c, 'A', 'Z') || is_between(c, 'a', 'z'));
}

std::uint32_t mirrored(std::uint32_t c) {
  constexpr std::array<std::uint32_t, 10> kPairs = {'(', ')', '[', ']', '{', '}', '<', '>', 0xAB, 0xBB};
  for (std::size_t i = 0; i < kPairs.size(); ++i)
    if (kPairs[i] == c) return kPairs[i ^ 1];
  return c;
}

// Tabs become blanks, and what no font has becomes words, before directions are looked at.
std::string make_drawable(std::string_view line, const Covers& covers) {
  std::string out;
  for (std::size_t at = 0; at < line.size();) {
    const std::uint32_t c = app::code_point_at(line, at);
    const std::size_t length = app::character_length(line, at);
    if (c == '\t' || c == '\n') {
      out += "    ";
    } else if (is_invisible(c) || (!is_private(c) && covers(c))) {
      out.append(line.substr(at, length));
    } else {
      std::array<char, 16> name{};
      std::snprintf(name.data(), name.size(), "[U+%04X]", c);
      out += name.data();
    }
    at += length;
  }
  return out;
}

// The letters of a run that stand alone, each with the marks on it.
void split_plain(std::string_view run, std::vector<TextPiece>& pieces) {
  for (std::size_t at = 0; at < run.size();) {
    const std::uint32_t c = app::code_point_at(run, at);
    std::size_t end = at + app::character_length(run, at);
    bool marked = false;
    while (end < run.size()) {
      const std::uint32_t next = app::code_point_at(run, end);
      if (!is_mark(next) && !is_between(next, 0xFE00, 0xFE0F)) break;
      marked = true;
      end += app::character_length(run, end);
    }
    // ImGui's own code points are 16 bits wide.
    if (marked || c > 0xFFFF) {
      pieces.push_back({std::string(run.substr(at, end - at)), true});
    } else if (!is_invisible(c)) {
      if (pieces.empty() || pieces.back().whole) pieces.push_back({});
      pieces.back().text.append(run.substr(at, end - at));
    }
    at = end;
  }
}

// The words of a run whose letters join or move; signs between them stand alone.
void split_shaped(std::string_view run, bool right_to_left, std::vector<TextPiece>& pieces) {
  std::vector<TextPiece> found;
  for (std::size_t at = 0; at < run.size();) {
    const std::uint32_t c = app::code_point_at(run, at);
    const std::size_t length = app::character_length(run, at);
    if (is_ascii_sign(c) || c == 0xA0) {
      std::string sign;
      append_utf8(right_to_left ? mirrored(c) : c, sign);
      found.push_back({sign, false});
    } else {
      // A word without end would not fit into the atlas.
      constexpr std::size_t kWordBytesMost = 120;
      if (found.empty() || !found.back().whole || found.back().text.size() > kWordBytesMost)
        found.push_back({"", true});
      found.back().text.append(run.substr(at, length));
    }
    at += length;
  }
  if (right_to_left) std::reverse(found.begin(), found.end());
  pieces.insert(pieces.end(), found.begin(), found.end());
}

}  // namespace

void append_utf8(std::uint32_t c, std::string& out) {
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  }
}

std::vector<TextPiece> split_line(std::string_view line, const Covers& covers) {
  const bool ascii = std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c < 0x7F; });
  if (ascii) return {{std::string(line), false}};
  const std::string text = make_drawable(app::clean_text(line).text, covers);
  std::vector<TextPiece> pieces;
  for (const app::TextRun& run : app::visual_runs(text)) {
    const std::string_view part = std::string_view(text).substr(run.begin, run.end - run.begin);
    const bool plain = !run.right_to_left && std::find(kPlainScripts.begin(), kPlainScripts.end(),
                                                       run.script) != kPlainScripts.end();
    if (plain) {
      split_plain(part, pieces);
    } else {
      split_shaped(part, run.right_to_left, pieces);
    }
  }
  return pieces;
}

}  // namespace viewer
