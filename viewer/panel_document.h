// The list of a chart's documents, and one of them page by page; who it is stands above both.
#pragma once

#include "viewer/document_view.h"
#include "viewer/intent.h"
#include "viewer/keys.h"
#include "viewer/open_document.h"
#include "viewer/surface.h"

namespace viewer {

// Which part of a page is in sight; kept between frames.
class DocumentScroll {
 public:
  void scroll_by(float across_px, float down_px);
  float left() const { return left_px_; }
  float top() const { return top_px_; }
  bool at_top() const { return top_px_ <= 0; }
  bool at_bottom() const { return top_px_ >= height_px_ - window_px_; }
  void to_top() { top_px_ = 0; }
  void to_bottom() { top_px_ = 1e9f; }
  float window() const { return window_px_; }
  // Another page begins at its top; one that was reached by going back, at its end.
  void prepare(const OpenDocument& document, float width_px, float height_px, const Box& area);

 private:
  const OpenDocument* document_ = nullptr;
  int page_ = 0;
  float width_px_ = 0, height_px_ = 0, room_px_ = 0, window_px_ = 0;
  float left_px_ = 0, top_px_ = 0;
};

Intent draw_documents_panel(const DocumentsView& view, const Box& inside, Surface& surface);
Intent draw_document_panel(const DocumentView& view, OpenDocument& document, const Box& inside, DocumentScroll& scroll, Surface& surface);

// Whether the key moved about in the page.
bool press_in_document(const KeyPress& press, OpenDocument& document, DocumentScroll& scroll);

}  // namespace viewer
