#include "app/paper/draw.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>

#include <cassert>
#include <map>
#include <utility>

#include "app/paper/draw_fonts.h"
#include "app/paper/draw_text.h"

namespace app {
namespace {

constexpr HPDF_UINT kPagesPerNode = 64;
constexpr std::size_t kSaysLittle_bytes = 1'000;  // squeezed

HPDF_Dict add_picture(HPDF_Doc document, const DrawnPicture& picture) {
  HPDF_Dict image = HPDF_DictStream_New(document->mmgr, document->xref);
  if (image == nullptr) return nullptr;
  put_squeezed(image, picture.squeezed);
  HPDF_Dict_AddName(image, "Type", "XObject");
  HPDF_Dict_AddName(image, "Subtype", "Image");
  HPDF_Dict_AddNumber(image, "Width", picture.width);
  HPDF_Dict_AddNumber(image, "Height", picture.height);
  HPDF_Dict_AddName(image, "ColorSpace", picture.is_grey ? "DeviceGray" : "DeviceRGB");
  HPDF_Dict_AddNumber(image, "BitsPerComponent", 8);
  return image;
}

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
  HPDF_Dict resources = nullptr;  // one for all pages without pictures
  std::vector<HPDF_Dict> with_pictures;  // the others' resources
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

  // What the page's operators name: pictures of its own, and everybody's fonts.
  HPDF_Dict resources_with(const std::vector<DrawnPicture>& pictures) {
    HPDF_Dict own = HPDF_Dict_New(document->mmgr);
    HPDF_Dict named = HPDF_Dict_New(document->mmgr);
    if (own == nullptr || named == nullptr) return nullptr;
    HPDF_Xref_Add(document->xref, own);
    HPDF_Dict_Add(own, "XObject", named);
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      HPDF_Dict picture = add_picture(document.get(), pictures[i]);
      if (picture == nullptr) return nullptr;
      HPDF_Dict_Add(named, ("I" + std::to_string(i)).c_str(), picture);
    }
    with_pictures.push_back(own);
    return own;
  }

  Result<Done> add_fonts() {
    HPDF_Dict named = HPDF_Dict_New(document->mmgr);
    if (named == nullptr) return refused(document.get(), "HPDF_Dict_New");
    if (!with_pictures.empty()) HPDF_Xref_Add(document->xref, named);
    HPDF_Dict_Add(resources, "Font", named);
    for (HPDF_Dict others : with_pictures) HPDF_Dict_Add(others, "Font", named);
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
  HPDF_Dict resources = page.pictures.empty() ? state.resources : state.resources_with(page.pictures);
  if (resources == nullptr) return refused(document, "HPDF_DictStream_New");
  HPDF_Dict_Add(drawn, "Resources", resources);
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
  bool has_room = !drawn.squeezed.empty();
  for (const PictureMark& mark : page.pictures) {
    const PagePicture& picture = *mark.picture;
    assert(picture.pixels.size() == picture.row_bytes() * static_cast<std::size_t>(picture.height));
    drawn.pictures.push_back({picture.width, picture.height, picture.channels == 1, squeeze(picture.pixels)});
    has_room = has_room && !drawn.pictures.back().squeezed.empty();
  }
  if (!has_room) return Error{Code::io, "A page can't be drawn.", "libdeflate: no memory"};
  return drawn;
}

Result<DrawnPdf> draw_pdf(const std::vector<Page>& pages, const FontSet& fonts, const std::string& title) {
  TRY_GET(Drawing drawing, Drawing::begin(fonts, title));
  for (const Page& page : pages) TRY(drawing.add(page));
  return drawing.finish();
}

}  // namespace app
