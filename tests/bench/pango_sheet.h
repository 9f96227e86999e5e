// The yardstick of paper: a sheet drawn with cairo and pango as their manuals show it, each cell a layout
// that wraps in its column. No boxes, bars or shades: it draws less than a sheet has.
#pragma once

#include <pango/pangocairo.h>
#include <cairo-pdf.h>

#include <string>

#include "app/paper/page_frame.h"
#include "app/record/sheet.h"

namespace bench {

class PangoDocument {
 public:
  explicit PangoDocument(const app::Paper& paper) : paper_(paper) {
    surface_ = cairo_pdf_surface_create_for_stream(count, &bytes_, paper.width_pt, paper.height_pt);
    cairo_ = cairo_create(surface_);
    layout_ = pango_cairo_create_layout(cairo_);
    pango_layout_set_wrap(layout_, PANGO_WRAP_WORD_CHAR);
    for (const bool bold : {false, true}) {
      fonts_[bold] = pango_font_description_from_string(bold ? "Noto Sans Bold" : "Noto Sans");
    }
  }
  PangoDocument(const PangoDocument&) = delete;
  PangoDocument& operator=(const PangoDocument&) = delete;
  ~PangoDocument() {
    for (PangoFontDescription* font : fonts_) pango_font_description_free(font);
    g_object_unref(layout_);
    cairo_destroy(cairo_);
    cairo_surface_destroy(surface_);
  }

  void add(const app::Sheet& sheet, const app::PrintFrame& frame) {
    begin_page(sheet, frame);
    for (const app::SheetSection& section : sheet.sections) {
      make_room(sheet, frame);
      y_pt_ += 7 + put(section.title + "\n" + section.statement, app::kSideMargin_pt, y_pt_, 400, 9.5, true);
      for (const app::Row& row : section.rows) {
        make_room(sheet, frame);
        put_row(row);
      }
    }
    end_page(sheet, frame);
  }

  std::size_t finish() {
    cairo_surface_finish(surface_);
    return bytes_;
  }
  int pages() const { return pages_; }

 private:
  static cairo_status_t count(void* bytes, const unsigned char*, unsigned length) {
    *static_cast<std::size_t*>(bytes) += length;
    return CAIRO_STATUS_SUCCESS;
  }

  // Returns its height.
  double put(const std::string& text, double x_pt, double y_pt, double width_pt, double size_pt, bool bold) {
    pango_font_description_set_absolute_size(fonts_[bold], size_pt * PANGO_SCALE);
    pango_layout_set_font_description(layout_, fonts_[bold]);
    pango_layout_set_width(layout_, static_cast<int>(width_pt * PANGO_SCALE));
    pango_layout_set_text(layout_, text.data(), static_cast<int>(text.size()));
    cairo_move_to(cairo_, x_pt, y_pt);
    pango_cairo_show_layout(cairo_, layout_);
    int height = 0;
    pango_layout_get_size(layout_, nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
  }

  void put_row(const app::Row& row) {
    const double width = app::text_width_pt(paper_);
    const bool strong = row.weight == app::Weight::strong || row.weight == app::Weight::alarm;
    const double value_x = app::kSideMargin_pt + width * 0.305;
    double high = put(row.label, app::kSideMargin_pt + 7, y_pt_, width * 0.28, 9.5, strong);
    std::string value;
    for (const app::Span& span : row.value) value += (value.empty() ? "" : " ") + span.text;
    double value_high = put(value, value_x, y_pt_, width * 0.49, 9.5, false);
    if (!row.detail.empty()) value_high += put(row.detail, value_x, y_pt_ + value_high, width * 0.49, 8.3, false);
    high = std::max(high, value_high);
    if (!row.when.empty()) {
      high = std::max(high, put(row.when, app::kSideMargin_pt + width * 0.805, y_pt_, width * 0.18, 9.5, false));
    }
    y_pt_ += high + 3;
  }

  void begin_page(const app::Sheet& sheet, const app::PrintFrame& frame) {
    ++pages_;
    ++page_;
    const double width = app::text_width_pt(paper_);
    y_pt_ = app::kEdgeMargin_pt;
    put("EMERGENCY COPY – not the live record", app::kSideMargin_pt, y_pt_, width, 9.5, true);
    y_pt_ += 14 + put("Data as of " + frame.as_of, app::kSideMargin_pt + 250, y_pt_, width - 250, 8.3, true);
    const app::Banner& who = sheet.banner;
    y_pt_ += put(who.name, app::kSideMargin_pt, y_pt_, width, 15, true);
    for (const std::string& line :
         {who.other_names, "Born " + who.born + "  Sex " + who.sex + "  MRN " + who.mrn,
          "Phone " + who.phone + "  Address " + who.address, who.language, who.deceased, who.allergies, who.alerts}) {
      if (!line.empty()) y_pt_ += put(line, app::kSideMargin_pt, y_pt_, width, 9.5, true);
    }
    y_pt_ += 6;
  }

  void end_page(const app::Sheet& sheet, const app::PrintFrame& frame) {
    const double foot = app::foot_top_pt(paper_) + 4;
    put("MRN " + sheet.banner.mrn + " · sheet " + sheet.id, app::kSideMargin_pt, foot, 300, 8.3, true);
    put(frame.practice + " · copy " + frame.copy, app::kSideMargin_pt, foot + 11, 300, 8.3, false);
    put("page " + std::to_string(page_), app::kSideMargin_pt + 400, foot, 100, 9.5, true);
    cairo_show_page(cairo_);
  }

  void make_room(const app::Sheet& sheet, const app::PrintFrame& frame) {
    if (y_pt_ + 40 < app::foot_top_pt(paper_)) return;
    end_page(sheet, frame);
    begin_page(sheet, frame);
  }

  const app::Paper paper_;
  cairo_surface_t* surface_ = nullptr;
  cairo_t* cairo_ = nullptr;
  PangoLayout* layout_ = nullptr;
  PangoFontDescription* fonts_[2] = {};
  std::size_t bytes_ = 0;
  double y_pt_ = 0;
  int pages_ = 0;
  int page_ = 0;
};

}  // namespace bench
