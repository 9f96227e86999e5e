#include "exporter/binder/scan_leaves.h"

#include <algorithm>
#include <utility>

#include "app/paper/scan_page.h"
#include "exporter/binder/scan_placing.h"

namespace exporter {
namespace {

using app::Result;

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

}  // namespace

void ScanCounts::add(const ScanCounts& other) {
  clean += other.clean;
  pictures += other.pictures;
  drawn += other.drawn;
  pages += other.pages;
  unreadable += other.unreadable;
  damaged += other.damaged;
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
  const std::string words = app::format_scan_owner(whose.name, whose.born, whose.mrn);
  for (const FoundScan& scan : scans) {
    const auto clean = make_clean(scan, deadline);
    if (!clean.ok()) {
      count(clean.error(), counts);
      part.pages.push_back(lay_out_missing_scan(scan.title, words, clean.error(), frame, paper, fonts));
      continue;
    }
    count(clean.value().way, counts);
    counts.pages += clean.value().pages;
    if (!clean.value().damaged.empty() || clean.value().cut_short) ++counts.damaged;
    app::ScanExtent extent{clean.value().pages, std::max(clean.value().pages, clean.value().in_all), clean.value().cut_short};
    const auto pdf = std::make_shared<const std::string>(clean.value().pdf);
    for (std::size_t i = 0; i < clean.value().pages; ++i) {
      app::BoxMark room;
      extent.damaged = std::ranges::binary_search(clean.value().damaged, i);
      const std::string title = scan.title + app::words_of_scan_page(extent, i);
      const std::size_t page = part.pages.size();
      part.pages.push_back(app::lay_out_scan_page(app::kCopyOfScan, title, words, frame, paper, fonts, room));
      part.scans.push_back({page, pdf, i, room.x_pt, room.y_pt, room.width_pt, room.height_pt});
    }
  }
  app::put_feet(part.pages, frame, "MRN " + whose.mrn + " · scans behind sheet " + whose.sheet_id, fonts);
}

}  // namespace exporter
