#include "viewer/document_paper.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "app/paper/draw.h"
#include "app/paper/scan_page.h"
#include "app/paper/shape.h"
#include "viewer/document_text.h"

namespace viewer {
namespace {

constexpr double kDotsPerPoint = 150.0 / 72;
constexpr double kTurnedFrom = 1.1;  // width : height
constexpr double kTextEdge_pt = 8;   // between a text and the box around it
constexpr std::size_t kLineBytesMost = 20'000;

// As large as there is room, in the middle; what is wider than high is turned, as in the ring binder.
app::PictureMark place(app::PagePicture picture, const app::BoxMark& room) {
  app::PictureMark mark;
  double width = picture.width, height = picture.height;
  mark.turned = width > height * kTurnedFrom;
  if (mark.turned) std::swap(width, height);
  const double scale = std::min(room.width_pt / width, room.height_pt / height);
  mark.width_pt = width * scale;
  mark.height_pt = height * scale;
  mark.x_pt = room.x_pt + (room.width_pt - mark.width_pt) / 2;
  mark.y_pt = room.y_pt + (room.height_pt - mark.height_pt) / 2;
  mark.picture = std::make_shared<const app::PagePicture>(std::move(picture));
  return mark;
}

}  // namespace

struct DocumentPaper::Drawn {
  explicit Drawn(app::FontSet set) : fonts(std::move(set)) {}
  app::FontSet fonts;
  app::BoxMark room;  // the least that a page has: behind its title stand the longest words that there can be
  std::optional<app::Drawing> pages;
};

DocumentPaper::DocumentPaper(DocumentOrder order) : order_(std::move(order)) {
  if (order_.pages <= 0) return;
  const auto pages = static_cast<std::size_t>(order_.pages);
  if (pages > kPrintedPagesMost) before_ = static_cast<std::size_t>(std::clamp(order_.first, 1, order_.pages)) - 1;
  count(pages);
}
DocumentPaper::~DocumentPaper() = default;

void DocumentPaper::count(std::size_t in_all) {
  in_all_ = in_all;
  printed_ = std::min(in_all - before_, kPrintedPagesMost);
}

std::string DocumentPaper::describe_part() const {
  if (in_all_ == 0) return "the first " + std::to_string(printed_) + " pages";
  if (in_all_ == printed_) return "";
  const std::string of = " of " + std::to_string(in_all_);
  if (before_ == 0) return "the first " + std::to_string(printed_) + of + " pages";
  if (printed_ == 1) return "page " + std::to_string(before_ + 1) + of;
  return "pages " + std::to_string(before_ + 1) + " to " + std::to_string(before_ + printed_) + of;
}

std::string DocumentPaper::title_here(app::Loss loss) const {
  const std::string part = done_ == 0 ? describe_part() : "";
  return order_.title + app::words_of_scan_page({printed_, in_all_, loss == app::Loss::pages, loss == app::Loss::parts, before_}, done_) +
         (part.empty() ? "" : "\nNOT ALL OF IT: here are " + part + ".");
}

app::Result<app::Done> DocumentPaper::begin() {
  TRY_GET(app::FontSet fonts, app::FontSet::open(app::find_fonts()));
  drawn_ = std::make_unique<Drawn>(std::move(fonts));
  TRY_GET(app::Drawing pages, app::Drawing::begin(drawn_->fonts, std::string(kDocumentJob)));
  drawn_->pages = std::move(pages);
  const std::string longest = app::words_of_scan_page({kPrintedPagesMost, kPrintedPagesMost * 1000, true, true}, kPrintedPagesMost - 1);
  (void)app::lay_out_scan_page(app::kCopyOfText, order_.title + longest, order_.whose, order_.frame, order_.paper, drawn_->fonts, drawn_->room);
  return app::Done{};
}

app::Result<app::Done> DocumentPaper::add_next(const std::string& bytes, const DrawDocument& draw, const std::function<bool()>& goes_on) {
  if (drawn_ == nullptr) {
    TRY(begin());
  }
  if (bytes.empty()) return app::Error{app::Code::bad_source, "it is EMPTY in the record system", ""};
  if (is_plain_text(bytes)) return add_text(bytes);
  // Whatever way round it is: the longer side of what it is going to fill.
  const int side_px = static_cast<int>(std::max(drawn_->room.width_pt, drawn_->room.height_pt) * kDotsPerPoint);
  auto picture = draw(bytes, {static_cast<int>(before_ + done_) + 1, side_px, side_px}, goes_on);
  if (!goes_on()) return app::Error{app::Code::busy, "it was stopped", ""};
  if (picture.ok()) {
    if (printed_ == 0) count(static_cast<std::size_t>(std::max(1, picture.value().pages)));
    return add_picture(std::move(picture).value());
  }
  // A document whose first page cannot be drawn does not even say how many it has.
  if (printed_ == 0) return app::Error{app::Code::bad_source, explain_drawing_fault(picture.error()), picture.error().detail};
  return add_missing(picture.error());
}

app::Result<app::Done> DocumentPaper::add_picture(app::PagePicture picture) {
  app::BoxMark room;
  app::Page page = app::lay_out_scan_page(app::kCopyOfScan, title_here(picture.loss), order_.whose, order_.frame, order_.paper, drawn_->fonts, room);
  page.pictures.push_back(place(std::move(picture), room));
  return add(std::move(page));
}

app::Result<app::Done> DocumentPaper::add_missing(const app::Error& why) {
  const std::string reason = "It cannot be drawn, because " + explain_drawing_fault(why) + ".";
  return add(app::lay_out_missing_scan("A page", title_here(), order_.whose, reason, order_.frame, order_.paper, drawn_->fonts));
}

app::Result<app::Done> DocumentPaper::add(app::Page page) {
  app::put_foot(page, done_, printed_, order_.frame, order_.about, drawn_->fonts);
  TRY(drawn_->pages->add(page));
  ++done_;
  return app::Done{};
}

// Its lines, poured over as many pages as they need.
app::Result<app::Done> DocumentPaper::add_text(const std::string& bytes) {
  const app::FontSet& fonts = drawn_->fonts;
  const app::Style style{app::kBodySize_pt, false, 0, false};
  const double leading_pt = app::leading_pt(app::kBodySize_pt);
  app::BoxMark room;
  const auto lines_a_page = static_cast<std::size_t>(std::max(1.0, (drawn_->room.height_pt - 2 * kTextEdge_pt) / leading_pt));
  const double width_pt = app::text_width_pt(order_.paper);
  std::vector<app::Line> lines;
  std::size_t uncovered = 0;
  const std::vector<std::string> pages = make_text_pages(bytes);
  std::string carried;
  for (std::size_t i = 0; i < pages.size() && lines.size() <= lines_a_page * kPrintedPagesMost; ++i) {
    std::string text = std::exchange(carried, {}) + pages[i];
    // A line that goes on upon the screen's next page is one line here.
    const std::size_t begun = text.rfind('\n') + 1;  // 0 without any
    if (i + 1 < pages.size() && text.size() - begun < kLineBytesMost) carried = text.substr(begun), text.resize(begun);
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      auto wrapped = app::wrap_lines({{text.substr(at, end - at), style}}, width_pt, fonts, uncovered);
      if (wrapped.empty()) wrapped.emplace_back();  // a line that was left blank
      std::move(wrapped.begin(), wrapped.end(), std::back_inserter(lines));
      at = end + 1;
    }
  }
  printed_ = in_all_ = std::max<std::size_t>(1, (lines.size() + lines_a_page - 1) / lines_a_page);
  if (in_all_ > kPrintedPagesMost) printed_ = kPrintedPagesMost, in_all_ = 0;
  while (done_ < printed_) {
    const auto from = lines.begin() + static_cast<std::ptrdiff_t>(done_ * lines_a_page);
    const auto to = lines.begin() + static_cast<std::ptrdiff_t>(std::min(lines.size(), (done_ + 1) * lines_a_page));
    app::Page page = app::lay_out_scan_page(app::kCopyOfText, title_here(), order_.whose, order_.frame, order_.paper, fonts, room);
    app::put_lines(page, {from, to}, app::kSideMargin_pt, room.y_pt + kTextEdge_pt, leading_pt);
    TRY(add(std::move(page)));
  }
  return app::Done{};
}

app::Result<DrawnPaper> DocumentPaper::finish() {
  TRY_GET(app::DrawnPdf pdf, drawn_->pages->finish());
  drawn_.reset();
  return DrawnPaper{std::move(pdf.bytes), {}};
}

}  // namespace viewer
