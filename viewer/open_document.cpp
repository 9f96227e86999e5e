#include "viewer/open_document.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "app/jail_posix.h"

namespace viewer {
namespace {

constexpr std::array<int, 9> kZooms = {50, 67, 80, 100, 125, 150, 200, 300, 400};  // percent of what fits
constexpr int kNatural = 3;
constexpr int kSecondsMost = 8;

std::uint64_t next_number() {
  static std::uint64_t number = 0;
  return ++number;
}

}  // namespace

app::Result<app::PagePicture> draw_document(const std::string& bytes, const PageWish& wish, const std::function<bool()>& goes_on) {
  return draw_document_within(kSecondsMost, bytes, wish, goes_on);
}

app::Result<app::PagePicture> draw_document_within(int seconds, const std::string& bytes, const PageWish& wish,
                                                   const std::function<bool()>& goes_on) {
  app::JailOrder order;
  order.command = {app::find_program_beside("nightchart-document"), std::to_string(wish.page), std::to_string(wish.width_px),
                   std::to_string(wish.height_px)};
  order.memory_bytes = 1u << 30;
  order.out_bytes_most = app::kPicturePixelsMost * 3 + 100;
  order.seconds = seconds;
  order.goes_on = goes_on;
  TRY_GET(std::string answer, app::run_in_jail(order, bytes));
  return app::parse_page_picture(std::move(answer));
}

std::string explain_drawing_fault(const app::Error& error) {
  for (const auto& [name, words] : app::kDrawingFaults)
    if (error.detail == name) return std::string(words);
  if (error.code == app::Code::not_found)
    return "the program nightchart-document, which draws it, is not beside this program: it must be copied along";
  if (error.code == app::Code::no_room || error.code == app::Code::out_of_time) return "drawing it takes too long or too much memory";
  if (error.code == app::Code::io) return "this computer refused to start the program that draws it";
  return "its bytes stopped the program that draws it";
}

void OpenDocument::to_page(int page) { page_ = std::clamp(page, 1, std::max(1, pages_)); }
void OpenDocument::turn(int pages) { to_page(page_ + pages); }

void OpenDocument::zoom(int steps) {
  zoom_ = std::clamp(zoom_ + steps, -kNatural, static_cast<int>(kZooms.size()) - 1 - kNatural);
}

int OpenDocument::zoom_percent() const { return kZooms[static_cast<std::size_t>(zoom_ + kNatural)]; }

PageWish OpenDocument::wish_for(int page) const {
  const auto zoomed = [this](int px) { return std::clamp(px * zoom_percent() / 100, 1, app::kPictureSideMost); };
  return {page, zoomed(room_width_px_), whole_ ? zoomed(room_height_px_) : 0};
}

bool OpenDocument::has(int page) const {
  const auto drawn = drawn_.find(page);
  // What could not be drawn at one size is not tried at every other.
  return drawn != drawn_.end() && (drawn->second.wish == wish_for(page) || !drawn->second.image);
}

std::optional<PageWish> OpenDocument::next_wish() const {
  if (is_lost() || !texts_.empty() || room_width_px_ <= 0 || room_height_px_ <= 0) return std::nullopt;
  if (!has(page_)) return wish_for(page_);
  const auto in_sight = drawn_.find(page_);
  if (!in_sight->second.image || in_sight->second.image->picture.pixels.size() * 2 > kNeighbourBytesMost) return std::nullopt;
  for (const int page : {page_ + 1, page_ - 1})
    if (page >= 1 && page <= pages_ && !has(page)) return wish_for(page);
  return std::nullopt;
}

void OpenDocument::put(const PageWish& wish, app::Result<app::PagePicture> drawn) {
  Drawn& kept = drawn_[wish.page];
  kept.wish = wish;
  kept.image.reset();
  kept.why.clear();
  if (!drawn.ok()) {
    kept.why = explain_drawing_fault(drawn.error());
    // A document whose first page cannot be drawn does not even say how many it has.
    if (pages_ == 0) fault_ = kept.why;
  } else {
    pages_ = std::max(1, drawn.value().pages);
    kept.image = std::make_unique<PageImage>(PageImage{std::move(drawn).value(), next_number()});
    to_page(page_);
  }
  forget_far_pages();
}

void OpenDocument::put_text(std::vector<std::string> pages) {
  texts_ = std::move(pages);
  pages_ = static_cast<int>(texts_.size());
  to_page(page_);
}

void OpenDocument::forget_far_pages() {
  std::erase_if(drawn_, [this](const auto& entry) { return entry.second.image && std::abs(entry.first - page_) > 1; });
  if (kept_bytes() <= 2 * kNeighbourBytesMost) return;
  std::erase_if(drawn_, [this](const auto& entry) { return entry.second.image && entry.first != page_; });
}

const PageImage* OpenDocument::image() const {
  const auto drawn = drawn_.find(page_);
  return drawn == drawn_.end() ? nullptr : drawn->second.image.get();
}

bool OpenDocument::is_sharp() const { return image() != nullptr && drawn_.at(page_).wish == wish(); }

const std::string* OpenDocument::text() const {
  return texts_.empty() ? nullptr : &texts_[static_cast<std::size_t>(page_ - 1)];
}

std::string OpenDocument::fault() const {
  if (is_lost()) return fault_;
  const auto drawn = drawn_.find(page_);
  return drawn == drawn_.end() ? "" : drawn->second.why;
}

std::size_t OpenDocument::kept_bytes() const {
  std::size_t bytes = 0;
  for (const auto& [page, drawn] : drawn_)
    if (drawn.image) bytes += drawn.image->picture.pixels.size();
  return bytes;
}

}  // namespace viewer
