// How fast sheets become pages, against libharu's own plain text with a built-in font and no layout,
// shaping or embedded fonts: the most that this library can do.
#include <hpdf.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "app/paper/draw.h"
#include "app/paper/sheet_layout.h"
#include "tests/sample_sheets.h"

namespace {

constexpr int kPatients = 500;

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// The same marks as plain text in Helvetica: what is not Latin-1 is wrong there, and as fast.
double plain_pages_per_s(const std::vector<app::Page>& pages) {
  const double begin_s = now_s();
  HPDF_Doc document = HPDF_New(nullptr, nullptr);
  HPDF_SetCompressionMode(document, HPDF_COMP_ALL);
  HPDF_SetPagesConfiguration(document, 64);
  HPDF_Font font = HPDF_GetFont(document, "Helvetica", nullptr);
  for (int i = 0; i < kPatients; ++i) {
    for (const app::Page& page : pages) {
      HPDF_Page drawn = HPDF_AddPage(document);
      HPDF_Page_BeginText(drawn);
      for (const app::TextMark& mark : page.texts) {
        HPDF_Page_SetFontAndSize(drawn, font, static_cast<HPDF_REAL>(mark.size_pt));
        HPDF_Page_TextOut(drawn, static_cast<HPDF_REAL>(mark.x_pt),
                          static_cast<HPDF_REAL>(page.paper.height_pt - mark.y_pt), mark.text.c_str());
      }
      HPDF_Page_EndText(drawn);
    }
  }
  HPDF_SaveToStream(document);
  HPDF_Free(document);
  return static_cast<double>(pages.size()) * kPatients / (now_s() - begin_s);
}

}  // namespace

int main() {
  const auto fonts = app::FontSet::open(app::find_fonts());
  if (!fonts.ok()) return 1;
  const app::Sheet sheet = sample::full_sheet();
  const auto pages = app::lay_out_sheet(sheet, sample::frame(), app::kA4, fonts.value());
  const double total = static_cast<double>(pages.size()) * kPatients;
  for (int round = 0; round < 3; ++round) {
    const double plain = plain_pages_per_s(pages);

    double begin_s = now_s();
    for (int i = 0; i < kPatients; ++i) app::lay_out_sheet(sheet, sample::frame(), app::kA4, fonts.value());
    const double layout = total / (now_s() - begin_s);

    begin_s = now_s();
    auto drawing = app::Drawing::begin(fonts.value(), "bench");
    for (int i = 0; i < kPatients; ++i) {
      for (const app::Page& page : app::lay_out_sheet(sheet, sample::frame(), app::kA4, fonts.value())) {
        if (!drawing.value().add(page).ok()) return 1;
      }
    }
    const auto pdf = drawing.value().finish();
    const double whole = total / (now_s() - begin_s);
    std::printf("layout %.0f pages/s, layout and drawing %.0f pages/s, plain libharu text %.0f pages/s: ratio %.2f; "
                "%.1f KB a page\n",
                layout, whole, plain, whole / plain,
                static_cast<double>(pdf.value().bytes.size()) / total / 1000);
  }
  return 0;
}
