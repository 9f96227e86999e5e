// Draws pages: a document's bytes in memory, with every character that was laid out.
//
// All text is drawn as shaped glyphs, so that paper shows each script as its readers write it; what a
// reading program copies out is the text itself. The same pages give the same bytes: nothing is taken
// from the clock. A page can be drawn by itself, in any thread, and put into a document later: a few
// kilobytes each, and the fonts are embedded once for all of them.
//
// Units:   points.
// Source:  PDF 1.7 (ISO 32000-1), its objects written by libharu.
// Errors:  Code::io when a font can't be used or libharu refuses; detail has its number.
//          Code::no_room beyond kDrawnPagesMax: begin another volume.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/paper/draw_text.h"
#include "app/paper/page.h"
#include "app/paper/shape.h"

namespace app {

inline constexpr std::size_t kDrawnPagesMax = 8'000;  // of one volume

// Its dots, packed.
struct DrawnPicture {
  int width = 0;
  int height = 0;
  bool is_grey = true;
  std::string squeezed;
};

struct DrawnPage {
  Paper paper;
  std::string squeezed;  // its operators
  GlyphsShown glyphs;
  std::vector<GlyphNote> notes;
  std::size_t uncovered = 0;  // characters that no font has: printed as [U+XXXX]
  std::vector<DrawnPicture> pictures{};  // /I0, /I1, …
};

// One thread for each font set; pages drawn with different sets of the same folder go together.
Result<DrawnPage> draw_page(const Page& page, const FontSet& fonts);

struct DrawnPdf {
  std::string bytes;
  std::size_t pages = 0;
  std::size_t uncovered = 0;
};

// One document, page by page; all its pages share their fonts.
class Drawing {
 public:
  // The fonts must outlive the drawing. The title must not name a patient.
  static Result<Drawing> begin(const FontSet& fonts, const std::string& title);
  ~Drawing();
  Drawing(Drawing&&) noexcept;
  Drawing& operator=(Drawing&&) noexcept;

  Result<Done> add(const DrawnPage& page);
  Result<Done> add(const Page& page);
  // Once, after the last page.
  Result<DrawnPdf> finish();

 private:
  struct State;
  explicit Drawing(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

Result<DrawnPdf> draw_pdf(const std::vector<Page>& pages, const FontSet& fonts, const std::string& title);

}  // namespace app
