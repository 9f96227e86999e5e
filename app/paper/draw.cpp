#include "app/paper/draw.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>

#include <map>
#include <utility>

#include "app/paper/draw_fonts.h"
#include "app/paper/draw_text.h"

namespace app {
namespace {

constexpr HPDF_UINT kPagesPerNode = 64;
constexpr std::size_t kSaysLittle_bytes = 1'000;  // squeezed

struct DocumentDeleter {
  void operator()(HaruDocument document) const { HPDF_Free(document); }
};

Error refused(HPDF_Doc document, const char* call) {
  const auto code = static_cast<unsigned long>(document == nullptr ? 0 : HPDF_GetError(document));
  return {Code::io, "A page can't be drawn.", std::string(call) + ": libharu error " + std::to_string(code)};
}

}  // namespace

struct Drawing::State {
  explicit State(const FontSet& font_set) : fonts(font_set) {}

  const FontSet& fonts;
  std::unique_ptr<_HPDF_Doc_Rec, DocumentDeleter> document;
  HPDF_Dict resources = nullptr;  // one for all pages
  GlyphsShown glyphs;
  std::map<std::size_t, GlyphMeanings> meanings;  // by font
  std::map<std::string, HPDF_Dict> little;        // contents of pages that say little: a blank back is drawn time and again
  std::size_t pages = 0;
  std::size_t uncovered = 0;

  void put_contents(HPDF_Page page, const std::string& squeezed) {
    HPDF_Dict contents = static_cast<HPDF_PageAttr>(page->attr)->contents;
    if (squeezed.size() < kSaysLittle_bytes) {
      const auto [known, is_new] = little.try_emplace(squeezed, contents);
      // The page's own stays behind, empty, and is left out where the document is bound.
      if (!is_new) HPDF_Dict_Add(page, "Contents", known->second);
      if (!is_new) return;
    }
    put_squeezed(contents, squeezed);
  }

  Result<Done> add_fonts() {
    HPDF_Dict named = HPDF_Dict_New(document->mmgr);
    if (named == nullptr) return refused(document.get(), "HPDF_Dict_New");
    HPDF_Dict_Add(resources, "Font", named);
    for (const std::size_t font : glyphs.fonts()) {
      TRY_GET(HPDF_Dict added, add_font(document.get(), fonts, font, glyphs.of(font), meanings[font]));
      if (added == nullptr) return refused(document.get(), "HPDF_Dict_New");
      HPDF_Dict_Add(named, ("F" + std::to_string(font)).c_str(), added);
    }
    return Done{};
  }
};

Drawing::Drawing(std::unique_ptr<State> state) : state_(std::move(state)) {}
Drawing::~Drawing() = default;
Drawing::Drawing(Drawing&&) noexcept = default;
Drawing& Drawing::operator=(Drawing&&) noexcept = default;

Result<Drawing> Drawing::begin(const FontSet& fonts, const std::string& title) {
  auto state = std::make_unique<State>(fonts);
  state->document.reset(HPDF_New(nullptr, nullptr));
  HPDF_Doc document = state->document.get();
  if (document == nullptr) return refused(nullptr, "HPDF_New");
  HPDF_SetPagesConfiguration(document, kPagesPerNode);
  document->pdf_version = HPDF_VER_17;
  const std::string utf16_hex = "FEFF" + format_utf16_hex(title);
  std::string utf16;
  for (std::size_t i = 0; i + 1 < utf16_hex.size(); i += 2) {
    utf16 += static_cast<char>(std::stoi(utf16_hex.substr(i, 2), nullptr, 16));
  }
  HPDF_Dict_Add(document->info, "Title",
                HPDF_Binary_New(document->mmgr, reinterpret_cast<HPDF_BYTE*>(utf16.data()),
                                static_cast<HPDF_UINT>(utf16.size())));
  state->resources = HPDF_Dict_New(document->mmgr);
  if (state->resources == nullptr) return refused(document, "HPDF_Dict_New");
  HPDF_Xref_Add(document->xref, state->resources);
  HPDF_Dict view = HPDF_Dict_New(document->mmgr);
  HPDF_Dict_Add(document->catalog, "ViewerPreferences", view);
  HPDF_Dict_AddBoolean(view, "DisplayDocTitle", HPDF_TRUE);
  HPDF_Dict_Add(document->catalog, "Lang", HPDF_String_New(document->mmgr, "en", nullptr));
  if (HPDF_GetError(document) != HPDF_OK) return refused(document, "HPDF_New");
  return Drawing(std::move(state));
}

Result<Done> Drawing::add(const DrawnPage& page) {
  State& state = *state_;
  HPDF_Doc document = state.document.get();
  if (state.pages >= kDrawnPagesMax) {
    return Error{Code::no_room, "Too many pages for one document.", std::to_string(kDrawnPagesMax)};
  }
  HPDF_Page drawn = HPDF_AddPage(document);
  if (drawn == nullptr) return refused(document, "HPDF_AddPage");
  HPDF_Page_SetWidth(drawn, static_cast<HPDF_REAL>(page.paper.width_pt));
  HPDF_Page_SetHeight(drawn, static_cast<HPDF_REAL>(page.paper.height_pt));
  HPDF_Dict_Add(drawn, "Resources", state.resources);
  state.put_contents(drawn, page.squeezed);
  if (HPDF_GetError(document) != HPDF_OK) return refused(document, "HPDF_Stream_Write");
  state.glyphs.add(page.glyphs);
  for (const GlyphNote& note : page.notes) state.meanings[note.font].try_emplace(note.glyph, note.characters);
  state.uncovered += page.uncovered;
  ++state.pages;
  return Done{};
}

Result<Done> Drawing::add(const Page& page) {
  TRY_GET(const DrawnPage drawn, draw_page(page, state_->fonts));
  return add(drawn);
}

Result<DrawnPdf> Drawing::finish() {
  State& state = *state_;
  HPDF_Doc document = state.document.get();
  TRY(state.add_fonts());
  if (HPDF_SaveToStream(document) != HPDF_OK) return refused(document, "HPDF_SaveToStream");
  DrawnPdf pdf{std::string(HPDF_GetStreamSize(document), '\0'), state.pages, state.uncovered};
  HPDF_ResetStream(document);
  HPDF_UINT32 size = static_cast<HPDF_UINT32>(pdf.bytes.size());
  HPDF_ReadFromStream(document, reinterpret_cast<HPDF_BYTE*>(pdf.bytes.data()), &size);
  if (size != pdf.bytes.size() || !pdf.bytes.starts_with("%PDF-")) return refused(document, "HPDF_ReadFromStream");
  return pdf;
}

Result<DrawnPage> draw_page(const Page& page, const FontSet& fonts) {
  TRY_GET(PageOperators operators, format_page(page, fonts));
  DrawnPage drawn{page.paper, squeeze(operators.bytes), std::move(operators.glyphs), std::move(operators.notes),
                  page.uncovered + operators.uncovered};
  if (drawn.squeezed.empty()) return Error{Code::io, "A page can't be drawn.", "libdeflate: no memory"};
  return drawn;
}

Result<DrawnPdf> draw_pdf(const std::vector<Page>& pages, const FontSet& fonts, const std::string& title) {
  TRY_GET(Drawing drawing, Drawing::begin(fonts, title));
  for (const Page& page : pages) TRY(drawing.add(page));
  return drawing.finish();
}

}  // namespace app
