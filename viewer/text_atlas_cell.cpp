#include "viewer/text_atlas_cell.h"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "app/paper/shape.h"

namespace viewer {

struct CellPainter::State {
  explicit State(app::FontSet set) : fonts(std::move(set)) {}
  ~State() {
    for (const auto& [font, face] : faces)
      if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // Opened when a text first needs it, so that the first frame pays for one font only.
  FT_Face face(std::size_t font) {
    const auto [place, is_new] = faces.try_emplace(font, nullptr);
    if (is_new && FT_New_Face(library, fonts.fonts()[font].path.c_str(), 0, &place->second) != 0)
      place->second = nullptr;
    return place->second;
  }

  app::FontSet fonts;
  FT_Library library = nullptr;
  std::map<std::size_t, FT_Face> faces;
};

namespace {

// A glyph's picture and where it comes to lie.
struct Placed {
  int left, top, width, height;
  std::vector<std::uint8_t> alpha;
};

bool paint_glyph(FT_Face face, std::uint32_t glyph, double em_px, double x, double y,
                 std::vector<Placed>& placed) {
  if (FT_Set_Char_Size(face, 0, static_cast<FT_F26Dot6>(std::lround(em_px * 64)), 72, 72) != 0) return false;
  if (FT_Load_Glyph(face, glyph, FT_LOAD_RENDER | FT_LOAD_TARGET_LIGHT) != 0) return false;
  const FT_Bitmap& bitmap = face->glyph->bitmap;
  if (bitmap.pixel_mode != FT_PIXEL_MODE_GRAY) return false;
  Placed one{static_cast<int>(std::lround(x)) + face->glyph->bitmap_left,
             static_cast<int>(std::lround(y)) + face->glyph->bitmap_top,
             static_cast<int>(bitmap.width),
             static_cast<int>(bitmap.rows),
             {}};
  for (int row = 0; row < one.height; ++row) {
    const unsigned char* line = bitmap.buffer + static_cast<std::ptrdiff_t>(row) * bitmap.pitch;
    one.alpha.insert(one.alpha.end(), line, line + one.width);
  }
  placed.push_back(std::move(one));
  return true;
}

// One picture around all of them.
Cell join(const std::vector<Placed>& placed, double advance) {
  Cell cell;
  cell.advance = static_cast<float>(advance);
  int left = 0, right = 0, top = 0, bottom = 0;
  bool any = false;
  for (const Placed& one : placed) {
    if (one.width == 0 || one.height == 0) continue;
    left = any ? std::min(left, one.left) : one.left;
    right = any ? std::max(right, one.left + one.width) : one.left + one.width;
    top = any ? std::max(top, one.top) : one.top;
    bottom = any ? std::min(bottom, one.top - one.height) : one.top - one.height;
    any = true;
  }
  if (!any) return cell;
  cell.left = left, cell.top = top, cell.width = right - left, cell.height = top - bottom;
  cell.alpha.assign(static_cast<std::size_t>(cell.width) * static_cast<std::size_t>(cell.height), 0);
  for (const Placed& one : placed) {
    for (int row = 0; row < one.height; ++row) {
      for (int column = 0; column < one.width; ++column) {
        const auto from = static_cast<std::size_t>(row * one.width + column);
        const auto to =
            static_cast<std::size_t>((top - one.top + row) * cell.width + one.left - left + column);
        cell.alpha[to] = std::max(cell.alpha[to], one.alpha[from]);
      }
    }
  }
  return cell;
}

}  // namespace

CellPainter::CellPainter(std::unique_ptr<State> state) : state_(std::move(state)) {}
CellPainter::~CellPainter() = default;
CellPainter::CellPainter(CellPainter&&) noexcept = default;
CellPainter& CellPainter::operator=(CellPainter&&) noexcept = default;

app::Result<CellPainter> CellPainter::open(const std::filesystem::path& fonts_folder) {
  TRY_GET(app::FontSet fonts, app::FontSet::open(fonts_folder));
  auto state = std::make_unique<State>(std::move(fonts));
  if (FT_Init_FreeType(&state->library) != 0)
    return app::Error{app::Code::io, "The program that draws letters could not be started.",
                      "FT_Init_FreeType"};
  if (state->fonts.fonts().empty())
    return app::Error{app::Code::io, "There are no fonts.", fonts_folder.string()};
  return CellPainter(std::move(state));
}

bool CellPainter::covers(std::uint32_t code_point) const { return state_->fonts.covers(code_point); }

Cell CellPainter::paint(std::string_view text, bool bold, double em_px) {
  std::vector<Placed> placed;
  double pen = 0;
  for (const app::GlyphRun& run : state_->fonts.shape(text, bold)) {
    FT_Face face = state_->face(run.font);
    const double px_per_unit = em_px / state_->fonts.fonts()[run.font].units_per_em;
    for (const app::Glyph& glyph : run.glyphs) {
      if (face != nullptr) {
        paint_glyph(face, glyph.id, em_px, pen + glyph.x_offset * px_per_unit, glyph.y_offset * px_per_unit,
                    placed);
      }
      pen += glyph.advance * px_per_unit;
    }
  }
  return join(placed, pen);
}

std::filesystem::path CellPainter::base_font() const { return state_->fonts.fonts().front().path; }

double CellPainter::base_height_em() const {
  const app::FontFile& font = state_->fonts.fonts().front();
  return static_cast<double>(font.ascent - font.descent) / font.units_per_em;
}

double CellPainter::base_ascent_em() const {
  const app::FontFile& font = state_->fonts.fonts().front();
  return static_cast<double>(font.ascent) / font.units_per_em;
}

}  // namespace viewer
