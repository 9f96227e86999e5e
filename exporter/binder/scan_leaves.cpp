#include "exporter/binder/scan_leaves.h"

#include <utility>

#include "exporter/binder/leaf_layout.h"
#include "exporter/binder/scan_placing.h"

namespace exporter {
namespace {

using app::Result;

constexpr double kBoxSide_pt = 36;  // the letters at the edges end before it

void count(ScanWay way, ScanCounts& counts) {
  if (way == ScanWay::cleaned) ++counts.clean;
  else if (way == ScanWay::placed) ++counts.pictures;
  else ++counts.drawn;
}

// What is no fault of the document: another night may well print it.
bool passes(const app::Error& error) {
  using enum app::Code;
  return error.code == busy || error.code == out_of_time || error.code == not_found || error.code == io;
}

void count(const app::Error& error, ScanCounts& counts) {
  if (error.code == app::Code::wrong_kind) ++counts.of_other_kind;
  else if (error.code == app::Code::no_room) ++counts.too_large;
  else if (error.code == app::Code::busy || error.code == app::Code::out_of_time) ++counts.left_over;
  else if (error.code == app::Code::bad_source || error.code == app::Code::damaged) ++counts.unreadable;
  else ++counts.not_there;
  if (passes(error)) ++counts.another_night;
}

app::Error left_over() { return {app::Code::busy, "There was no time left for it: this night's scans took too long.", ""}; }

Result<CleanScan> make_clean(const FoundScan& scan, ScanDeadline deadline) {
  if (std::chrono::steady_clock::now() >= deadline) return left_over();
  if (!scan.bytes.ok()) return scan.bytes.error();
  TRY_GET(CleanScan clean, clean_scan(scan.bytes.value(), kBinderScans));
  TRY(check_placing(clean.pdf));
  return clean;
}

// What stands behind the title of its page `i`. A reader with the last one in hand must know that it is not the end.
std::string words_of_page(const CleanScan& scan, std::size_t i) {
  std::string words;
  if (scan.in_all > 1) words = " – its page " + std::to_string(i + 1) + " of " + std::to_string(scan.in_all);
  if (scan.cut_short) words += "\nTHE FILE IS CUT SHORT: pages, or parts of them, are missing here and in the emergency viewer.";
  if (i + 1 == scan.pages && scan.in_all > scan.pages) {
    words += "\nNOT THE END: " + count_words(scan.in_all - scan.pages, "page more is", "pages more are") + " not printed; the emergency viewer shows all of it.";
  }
  return words;
}

// The page around a scan's; `place` is told where the scan's goes.
app::Page lay_out_around(const std::string& title, const std::string& whose, const app::PrintFrame& frame, const app::Paper& paper,
                         const app::FontSet& fonts, PlacedScan& place) {
  app::Page page;
  page.paper = paper;
  double y_pt = app::put_head(page, frame, fonts) + 4;
  const app::Style strong{app::kBodySize_pt, true, 0, false};
  const app::Style plain{app::kBodySize_pt, false, 0, false};
  const auto lines = app::wrap_lines({{whose, strong}, {"\nCopy of a scan: ", plain}, {title, strong}}, app::text_width_pt(paper), fonts, page.uncovered);
  y_pt = app::put_lines(page, lines, app::kSideMargin_pt, y_pt, app::leading_pt(app::kBodySize_pt)) + 3;
  place.x_pt = kBoxSide_pt;
  place.y_pt = y_pt;
  place.width_pt = paper.width_pt - 2 * kBoxSide_pt;
  place.height_pt = app::foot_top_pt(paper) - y_pt;
  page.boxes.push_back({place.x_pt, y_pt, place.width_pt, place.height_pt, 0.4, app::Filling::none, 0.5});
  return page;
}

}  // namespace

void ScanCounts::add(const ScanCounts& other) {
  clean += other.clean;
  pictures += other.pictures;
  drawn += other.drawn;
  pages += other.pages;
  unreadable += other.unreadable;
  too_large += other.too_large;
  of_other_kind += other.of_other_kind;
  not_there += other.not_there;
  left_over += other.left_over;
  another_night += other.another_night;
}

Result<app::Done> ScanBytes::add(std::string_view piece) {
  if (bytes_.size() + piece.size() > kBinderScans.bytes_most) return app::Error{app::Code::no_room, "The document is too large to be printed.", ""};
  bytes_ += piece;
  return app::Done{};
}

void lay_out_scans(const std::vector<FoundScan>& scans, const ScanOwner& whose, const app::PrintFrame& frame, const app::Paper& paper,
                   const app::FontSet& fonts, ScanDeadline deadline, BinderPart& part, ScanCounts& counts) {
  const std::string words = whose.name + (whose.born.empty() ? "" : "   born " + whose.born) + "   MRN " + whose.mrn;
  for (const FoundScan& scan : scans) {
    const auto clean = make_clean(scan, deadline);
    if (!clean.ok()) {
      count(clean.error(), counts);
      part.pages.push_back(lay_out_missing_scan(scan.title, words, clean.error(), frame, paper, fonts));
      continue;
    }
    count(clean.value().way, counts);
    counts.pages += clean.value().pages;
    const auto pdf = std::make_shared<const std::string>(clean.value().pdf);
    for (std::size_t i = 0; i < clean.value().pages; ++i) {
      PlacedScan place{part.pages.size(), pdf, i};
      part.pages.push_back(lay_out_around(scan.title + words_of_page(clean.value(), i), words, frame, paper, fonts, place));
      part.scans.push_back(std::move(place));
    }
  }
  app::put_feet(part.pages, frame, "MRN " + whose.mrn + " · scans behind sheet " + whose.sheet_id, fonts);
}

}  // namespace exporter
