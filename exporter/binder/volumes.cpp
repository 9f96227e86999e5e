#include "exporter/binder/volumes.h"

#include <algorithm>
#include <set>
#include <utility>

#include "exporter/binder/freed_memory_posix.h"
#include "exporter/binder/leaf_layout.h"

namespace exporter {
namespace {

constexpr std::size_t kScansMost_bytes = 48u << 20;  // of one file
constexpr std::size_t kCover = 2;  // of each file: its letters take no more

std::size_t with_back(std::size_t pages) { return pages + pages % 2; }

// Each of them once.
std::size_t scan_bytes(const BinderPart& part) {
  std::set<const std::string*> counted;
  std::size_t bytes = 0;
  for (const PlacedScan& scan : part.scans) bytes += counted.insert(scan.pdf.get()).second ? scan.pdf->size() : 0;
  return bytes;
}

std::size_t pages_of(const std::vector<BinderPart>& parts) {
  std::size_t pages = 0;
  for (const BinderPart& part : parts) pages += with_back(part.page_count());
  return pages;
}

}  // namespace

// One document while it is drawn. Pages are counted as they are drawn; the front comes first once it is bound.
struct VolumePress::File {
  explicit File(app::Drawing begun) : drawing(std::move(begun)) {}

  struct DrawnPart {
    std::string group;
    std::string bookmark;
    std::string label;
    std::size_t page = 0;
    bool attached = false;
  };
  struct DrawnLink {
    std::size_t page = 0;
    app::LinkMark mark;
  };

  app::Drawing drawing;
  std::vector<DrawnPart> parts;
  std::vector<DrawnLink> links;
  std::map<std::string, std::size_t> anchors;
  std::vector<PlacedScan> scans;
  std::size_t scan_bytes = 0;
  std::size_t pages = 0;
};

VolumePress::VolumePress(Order order, const app::FontSet& fonts, MakeFront make_front, TakeVolume take)
    : order_(std::move(order)), fonts_(fonts), make_front_(std::move(make_front)), take_(std::move(take)) {}
VolumePress::~VolumePress() = default;

app::Result<app::Done> VolumePress::add(BinderPart part) {
  if (part.page_count() == 0) return app::Done{};
  const std::size_t scans = scan_bytes(part);
  const bool too_long = file_ && file_->pages + with_back(part.page_count()) + kCover > order_.pages_most;
  if (too_long || (file_ && file_->scan_bytes > 0 && file_->scan_bytes + scans > kScansMost_bytes)) TRY(close_body());
  return draw(std::move(part));
}

app::Result<app::Done> VolumePress::draw(BinderPart part) {
  if (!file_) {
    TRY_GET(app::Drawing drawing, app::Drawing::begin(fonts_, order_.title));
    file_ = std::make_unique<File>(std::move(drawing));
  }
  File& file = *file_;
  file.scan_bytes += scan_bytes(part);
  file.parts.push_back({part.group, part.bookmark, part.label, file.pages, part.attached});
  if (!part.anchor.empty()) file.anchors[part.anchor] = file.pages;
  if (!part.group.empty()) file.anchors.try_emplace("group " + part.group, file.pages);
  for (PlacedScan& scan : part.scans) {
    scan.page += file.pages;
    file.scans.push_back(std::move(scan));
  }
  for (const app::Page& page : part.pages) {
    for (const app::LinkMark& link : page.links) file.links.push_back({file.pages, link});
    TRY(file.drawing.add(page));
    ++file.pages;
  }
  for (app::DrawnPage& page : part.drawn) {
    TRY(file.drawing.add(page));
    page = {};  // an index of everybody is many
    ++file.pages;
  }
  if (file.pages % 2 == 1) {
    if (!blank_back_) {
      TRY_GET(blank_back_, app::draw_page(make_blank_back(order_.frame, order_.paper, fonts_), fonts_));
    }
    TRY(file.drawing.add(*blank_back_));
    ++file.pages;
  }
  return app::Done{};
}

BinderVolume VolumePress::describe_body(std::size_t number) const {
  BinderVolume volume{number, file_->pages, file_->parts.front().bookmark, file_->parts.back().bookmark};
  for (const File::DrawnPart& part : file_->parts) {
    if (volume.groups.empty() || volume.groups.back().group != part.group) volume.groups.push_back({part.group, 0});
    if (!part.attached) ++volume.groups.back().parts;
  }
  return volume;
}

app::Result<app::Done> VolumePress::close_body() {
  BinderVolume volume = describe_body(volumes_.size() + 2);  // the first file holds the front of the whole
  TRY_GET(auto front, make_front_({volume}, false));
  volume.pages += pages_of(front);
  volumes_.push_back(volume);
  return bind(std::move(front), volume);
}

app::Result<app::Done> VolumePress::bind(std::vector<BinderPart> front, BinderVolume volume) {
  const std::size_t body = file_ ? file_->pages : 0;
  const std::size_t body_parts = file_ ? file_->parts.size() : 0;
  for (BinderPart& part : front) TRY(draw(std::move(part)));
  std::unique_ptr<File> file = std::move(file_);
  const std::size_t shift = file->pages - body;
  const auto place = [&](std::size_t page) { return page >= body ? page - body : page + shift; };

  Assembly assembly;
  assembly.title = order_.title;
  assembly.front_from = body;
  std::rotate(file->parts.begin(), file->parts.begin() + static_cast<std::ptrdiff_t>(body_parts), file->parts.end());
  std::string group;
  for (const File::DrawnPart& part : file->parts) {
    if (!part.group.empty() && part.group != group) assembly.bookmarks.push_back({part.group, place(part.page), false});
    group = part.group;
    assembly.bookmarks.push_back({part.bookmark, place(part.page), !part.group.empty()});
    assembly.labels.push_back({place(part.page), part.label});
  }
  for (const File::DrawnLink& link : file->links) {
    const auto to = file->anchors.find(link.mark.to);
    if (to == file->anchors.end()) continue;  // it is in another file
    assembly.links.push_back({place(link.page), link.mark.x_pt, link.mark.y_pt, link.mark.width_pt, link.mark.height_pt,
                              place(to->second)});
  }
  pages_ += file->pages;
  TRY_GET(app::DrawnPdf drawn, file->drawing.finish());
  uncovered_ += drawn.uncovered;
  std::vector<PlacedScan> scans = std::move(file->scans);
  file.reset();
  give_back_freed_memory();  // thousands of small things
  TRY_GET(std::string bound, assemble(drawn.bytes, assembly));
  drawn = {};
  for (PlacedScan& scan : scans) scan.page = place(scan.page);
  TRY_GET(bound, place_scans(bound, scans));
  ++files_;
  return take_(volume, std::move(bound));
}

app::Result<app::Done> VolumePress::finish() {
  if (volumes_.empty()) {
    std::vector<BinderVolume> only;
    if (file_) only.push_back(describe_body(1));
    TRY_GET(auto front, make_front_(only, true));
    if (!file_ || file_->pages + pages_of(front) <= order_.pages_most) {
      const std::size_t pages = (file_ ? file_->pages : 0) + pages_of(front);
      return bind(std::move(front), {1, pages, "", ""});
    }
  }
  if (file_) TRY(close_body());
  TRY_GET(auto front, make_front_(volumes_, true));
  const std::size_t pages = pages_of(front);
  return bind(std::move(front), {1, pages, "", ""});
}

}  // namespace exporter
