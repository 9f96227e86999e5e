#include "app/paper/shape.h"

#include <hb.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <optional>
#include <unordered_map>
#include <utility>

#include "app/find_share.h"
#include "app/record/text.h"
#include "app/record/text_runs.h"

namespace app {
namespace {

constexpr std::uint8_t kNotAsked = 255;
constexpr std::uint8_t kNoFont = 254;
constexpr std::size_t kWordsKept = 6'000;  // of 300 bytes, twice: numbers come once, and would fill any room

struct FontDeleter {
  void operator()(hb_font_t* font) const { hb_font_destroy(font); }
};
struct BufferDeleter {
  void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
};
using HbFont = std::unique_ptr<hb_font_t, FontDeleter>;
using HbBuffer = std::unique_ptr<hb_buffer_t, BufferDeleter>;

// Characters that are there to steer others and have no shape of their own.
bool is_invisible(std::uint32_t c) {
  return c == '\t' || c == '\n' || c == 0xAD || c == 0x34F || c == 0x61C || (c >= 0x180B && c <= 0x180F) ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
         (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF);
}

bool is_right_to_left(std::uint32_t c) {
  return (c >= 0x590 && c <= 0x8FF) || c == 0x200F || (c >= 0xFB1D && c <= 0xFDFF) ||
         (c >= 0xFE70 && c <= 0xFEFE) || (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF);
}

bool has_right_to_left(std::string_view line) {
  for (std::size_t at = 0; at < line.size(); at += character_length(line, at)) {
    if (static_cast<unsigned char>(line[at]) >= 0x80 && is_right_to_left(code_point_at(line, at))) return true;
  }
  return false;
}

// The sheet's own order is left to right: a line that begins with an Arabic name must not carry the
// telephone number behind it to the other side. So such a line is read behind a left-to-right mark.
std::vector<TextRun> runs_of(std::string_view line) {
  if (!has_right_to_left(line)) return visual_runs(line);
  constexpr std::string_view kMark = "\u200E";
  std::vector<TextRun> runs = visual_runs(std::string(kMark) + std::string(line));
  for (TextRun& run : runs) {
    run.begin = std::max(run.begin, kMark.size()) - kMark.size();
    run.end = std::max(run.end, kMark.size()) - kMark.size();
  }
  std::erase_if(runs, [](const TextRun& run) { return run.begin == run.end; });
  return runs;
}

bool belongs_to_the_one_before(std::uint32_t c) {
  const auto category = hb_unicode_general_category(hb_unicode_funcs_get_default(), c);
  return is_invisible(c) || category == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
         category == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK ||
         category == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK;
}

bool is_blank(char c) { return c == '\t' || c == '\n'; }

// Characters that one Latin font draws from left to right, each word by itself: what nearly every line
// of a chart is made of. European letters, dashes, quotation marks.
bool is_simple(std::uint32_t c) {
  return (c >= ' ' && c <= '~') || (c >= 0xA1 && c <= 0x17F && c != 0xAD) || (c >= 0x2010 && c <= 0x2015) ||
         (c >= 0x2018 && c <= 0x2022) || c == 0x2026 || c == 0x20AC;
}

struct StretchOfText {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Word {
  std::vector<Glyph> glyphs;
  std::int64_t advance = 0;
};

struct WordHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using Words = std::unordered_map<std::string, Word, WordHash, std::equal_to<>>;

}  // namespace

struct FontSet::State {
  std::vector<FontFile> fonts;
  std::vector<HbFont> hb;
  // The chain: regular fonts in order, each with the font of its bold letters (itself if it has none).
  std::vector<std::pair<std::size_t, std::size_t>> chain;
  std::vector<std::uint8_t> link_of_bmp = std::vector<std::uint8_t>(0x10000, kNotAsked);
  HbBuffer buffer{hb_buffer_create()};
  std::array<Words, 2> words;   // regular and bold
  std::array<Words, 2> before;  // what was known until there were too many
  std::vector<std::optional<FontFacts>> facts;

  bool has(std::size_t link, std::uint32_t c) const {
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(hb[chain[link].first].get(), c, &glyph) && glyph != 0;
  }

  std::uint8_t search_link(std::uint32_t c) const {
    for (std::size_t link = 0; link < chain.size(); ++link) {
      if (has(link, c)) return static_cast<std::uint8_t>(link);
    }
    return kNoFont;
  }

  // The first link of the chain that has this character.
  std::uint8_t link_of(std::uint32_t c) {
    if (c >= link_of_bmp.size()) return search_link(c);
    if (link_of_bmp[c] == kNotAsked) link_of_bmp[c] = search_link(c);
    return link_of_bmp[c];
  }

  bool has_all(std::size_t link, std::string_view line, StretchOfText stretch) {
    for (std::size_t at = stretch.begin; at < stretch.end; at += character_length(line, at)) {
      const std::uint32_t c = code_point_at(line, at);
      if (!is_invisible(c) && link_of(c) != link && !has(link, c)) return false;
    }
    return true;
  }

  // The first link that has all of it, or kNoFont.
  std::uint8_t link_of_all(std::string_view line, StretchOfText stretch) {
    for (std::size_t link = 0; link < chain.size(); ++link) {
      if (has_all(link, line, stretch)) return static_cast<std::uint8_t>(link);
    }
    return kNoFont;
  }

  std::size_t font_of(std::uint8_t link, std::string_view line, StretchOfText stretch, bool bold) const {
    if (link == kNoFont) return chain.front().first;
    const auto [regular, heavy] = chain[link];
    if (!bold || heavy == regular) return regular;
    for (std::size_t at = stretch.begin; at < stretch.end; at += character_length(line, at)) {
      hb_codepoint_t glyph = 0;
      const std::uint32_t c = code_point_at(line, at);
      if (!is_invisible(c) && !hb_font_get_nominal_glyph(hb[heavy].get(), c, &glyph)) return regular;
    }
    return heavy;
  }

  Glyph blank_of(std::size_t font, std::uint32_t cluster) const {
    hb_codepoint_t glyph = 0;
    hb_font_get_nominal_glyph(hb[font].get(), ' ', &glyph);
    return {glyph, cluster, hb_font_get_glyph_h_advance(hb[font].get(), glyph), 0, 0};
  }

  GlyphRun shape_stretch(std::string_view line, StretchOfText stretch, std::size_t font, const TextRun& run) {
    hb_buffer_t* text = buffer.get();
    hb_buffer_clear_contents(text);
    hb_buffer_add_utf8(text, line.data(), static_cast<int>(line.size()),
                       static_cast<unsigned>(stretch.begin), static_cast<int>(stretch.end - stretch.begin));
    hb_buffer_set_direction(text, run.right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(text, hb_script_from_iso15924_tag(run.script));
    hb_buffer_set_language(text, hb_language_from_string("und", -1));  // not the machine's own
    // An "fi" drawn as one shape is read back as another character by some programs.
    constexpr hb_feature_t kNoLigatures{HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    hb_shape(hb[font].get(), text, &kNoLigatures, run.script == HB_SCRIPT_LATIN ? 1 : 0);

    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(text, &count);
    const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(text, &count);
    GlyphRun shaped{font, run.right_to_left, stretch.begin, stretch.end, {}};
    shaped.glyphs.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
      if (infos[i].codepoint == 0 && is_blank(line[infos[i].cluster])) {
        shaped.glyphs.push_back(blank_of(font, infos[i].cluster));
        continue;
      }
      shaped.glyphs.push_back({infos[i].codepoint, infos[i].cluster, positions[i].x_advance,
                               positions[i].x_offset, positions[i].y_offset});
    }
    return shaped;
  }

  // A run that no single font has, cut where the font must change; a letter keeps its marks.
  std::vector<std::pair<StretchOfText, std::uint8_t>> cut(std::string_view line, const TextRun& run) {
    std::vector<std::pair<StretchOfText, std::uint8_t>> pieces;
    for (std::size_t at = run.begin; at < run.end;) {
      StretchOfText unit{at, at + character_length(line, at)};
      while (unit.end < run.end && belongs_to_the_one_before(code_point_at(line, unit.end))) {
        unit.end += character_length(line, unit.end);
      }
      // A blank or a comma stays in the font of the word before it.
      const bool stays = !pieces.empty() && pieces.back().second != kNoFont &&
                         hb_unicode_script(hb_unicode_funcs_get_default(), code_point_at(line, at)) ==
                             HB_SCRIPT_COMMON &&
                         has_all(pieces.back().second, line, unit);
      std::uint8_t link = stays ? pieces.back().second : link_of_all(line, unit);
      if (link == kNoFont) {  // no font has the letter with all its marks: each by itself
        unit.end = at + character_length(line, at);
        link = link_of(code_point_at(line, at));
      }
      at = unit.end;
      if (!pieces.empty() && pieces.back().second == link) {
        pieces.back().first.end = unit.end;
      } else {
        pieces.push_back({unit, link});
      }
    }
    return pieces;
  }

  void shape_run(std::string_view line, const TextRun& run, bool bold, std::vector<GlyphRun>& out) {
    const StretchOfText whole{run.begin, run.end};
    const std::uint8_t link = link_of_all(line, whole);
    if (link != kNoFont) {
      out.push_back(shape_stretch(line, whole, font_of(link, line, whole, bold), run));
      return;
    }
    auto pieces = cut(line, run);
    if (run.right_to_left) std::reverse(pieces.begin(), pieces.end());
    for (const auto& [stretch, piece_link] : pieces) {
      out.push_back(shape_stretch(line, stretch, font_of(piece_link, line, stretch, bold), run));
    }
  }

  bool is_simple_line(std::string_view line) {
    const auto first = std::find_if(line.begin(), line.end(), [](char c) { return c < ' ' || c > '~'; });
    for (auto at = static_cast<std::size_t>(first - line.begin()); at < line.size(); at += character_length(line, at)) {
      const std::uint32_t c = code_point_at(line, at);
      if (!is_simple(c) || (c > '~' && link_of(c) != 0)) return false;
    }
    return true;
  }

  // The same words come again and again: each is shaped once. Blanks go with the word before them, so
  // that a line's width is the sum of its words'.
  const Word& simple_word(std::string_view word, bool bold) {
    Words& known = words[bold ? 1 : 0];
    if (const auto found = known.find(word); found != known.end()) return found->second;
    Words& old = before[bold ? 1 : 0];
    if (known.size() >= kWordsKept) old = std::exchange(known, {});
    if (const auto found = old.find(word); found != old.end()) return known.insert(old.extract(found)).position->second;
    const TextRun run{0, word.size(), HB_SCRIPT_LATIN, false};
    const std::size_t font = bold ? chain.front().second : chain.front().first;
    Word fresh;
    fresh.glyphs = shape_stretch(word, {0, word.size()}, font, run).glyphs;
    for (const Glyph& glyph : fresh.glyphs) fresh.advance += glyph.advance;
    return known.emplace(std::string(word), std::move(fresh)).first->second;
  }
};

namespace {

// The next word of a line with the blanks that follow it.
std::string_view next_word(std::string_view line, std::size_t at) {
  const std::size_t blank = std::min(line.find(' ', at), line.size());
  const std::size_t end = std::min(line.find_first_not_of(' ', blank), line.size());
  return line.substr(at, end - at);
}

Error no_fonts(const std::string& detail) {
  return {Code::io, "The fonts that paper and screen need can't be read.", detail};
}

}  // namespace

Result<FontSet> FontSet::open(const std::filesystem::path& folder) {
  std::ifstream list(folder / "fonts.txt");
  if (!list) return no_fonts("open " + (folder / "fonts.txt").string());
  auto state = std::make_unique<State>();
  for (std::string line; std::getline(list, line);) {
    if (!line.starts_with("/")) continue;
    const std::filesystem::path path = folder / std::filesystem::path(line).filename();
    hb_blob_t* blob = hb_blob_create_from_file_or_fail(path.c_str());
    if (blob == nullptr) return no_fonts("open " + path.string());
    hb_face_t* face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    HbFont font(hb_font_create(face));
    hb_face_destroy(face);  // the font keeps it alive
    if (hb_face_get_glyph_count(face) == 0) return no_fonts("not a font: " + path.string());
    hb_font_extents_t extents{};
    hb_font_get_h_extents(font.get(), &extents);
    const std::string name = path.stem().string();
    state->fonts.push_back({name, path, name.ends_with("-Bold"),
                            static_cast<int>(hb_face_get_upem(face)), extents.ascender, extents.descender});
    state->hb.push_back(std::move(font));
  }
  if (state->fonts.empty()) return no_fonts("no font is named in " + (folder / "fonts.txt").string());

  const auto& fonts = state->fonts;
  for (std::size_t i = 0; i < fonts.size(); ++i) {
    if (fonts[i].bold) continue;
    const std::string family = fonts[i].name.substr(0, fonts[i].name.find("-Regular"));
    const auto heavy = std::find_if(fonts.begin(), fonts.end(),
                                    [&](const FontFile& f) { return f.name == family + "-Bold"; });
    state->chain.push_back({i, heavy == fonts.end() ? i : static_cast<std::size_t>(heavy - fonts.begin())});
  }
  if (state->chain.empty() || state->chain.size() >= kNoFont) return no_fonts("only bold fonts, or too many");
  state->facts.resize(fonts.size());
  return FontSet(std::move(state));
}

FontSet::FontSet(std::unique_ptr<State> state) : state_(std::move(state)) {}
FontSet::~FontSet() = default;
FontSet::FontSet(FontSet&&) noexcept = default;
FontSet& FontSet::operator=(FontSet&&) noexcept = default;

const std::vector<FontFile>& FontSet::fonts() const { return state_->fonts; }

bool FontSet::covers(std::uint32_t code_point) const {
  return is_invisible(code_point) || state_->link_of(code_point) != kNoFont;
}

const FontFacts& FontSet::facts(std::size_t font) const {
  std::optional<FontFacts>& facts = state_->facts[font];
  if (!facts) facts = read_font_facts(hb_font_get_face(state_->hb[font].get()));
  return *facts;
}

Result<FontSubset> FontSet::cut(std::size_t font, const std::vector<std::uint32_t>& glyphs) const {
  return cut_font(hb_font_get_face(state_->hb[font].get()), glyphs);
}

std::vector<GlyphRun> FontSet::shape(std::string_view line, bool bold) const {
  std::vector<GlyphRun> runs;
  if (line.empty()) return runs;
  if (!state_->is_simple_line(line)) {
    for (const TextRun& run : runs_of(line)) state_->shape_run(line, run, bold, runs);
    return runs;
  }
  const auto [regular, heavy] = state_->chain.front();
  runs.push_back({bold ? heavy : regular, false, 0, line.size(), {}});
  for (std::size_t at = 0; at < line.size();) {
    const std::string_view word = next_word(line, at);
    for (Glyph glyph : state_->simple_word(word, bold).glyphs) {
      glyph.cluster += static_cast<std::uint32_t>(at);
      runs.back().glyphs.push_back(glyph);
    }
    at += word.size();
  }
  return runs;
}

double FontSet::width(std::string_view line, bool bold, double size) const {
  double width = 0;
  if (state_->is_simple_line(line)) {
    std::int64_t advance = 0;
    for (std::size_t at = 0; at < line.size();) {
      const std::string_view word = next_word(line, at);
      advance += state_->simple_word(word, bold).advance;
      at += word.size();
    }
    const FontFile& font = state_->fonts[bold ? state_->chain.front().second : state_->chain.front().first];
    return static_cast<double>(advance) * size / font.units_per_em;
  }
  for (const GlyphRun& run : shape(line, bold)) {
    std::int64_t advance = 0;
    for (const Glyph& glyph : run.glyphs) advance += glyph.advance;
    width += static_cast<double>(advance) * size / state_->fonts[run.font].units_per_em;
  }
  return width;
}

std::filesystem::path find_fonts() { return find_share() / "fonts"; }

}  // namespace app
