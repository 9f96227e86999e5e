// A document that somebody reads: which page is in sight, how large, and which pages are to be drawn next.
//
// Shape:   knows pictures and no program: the session asks it what to have drawn, and gives it what came of it. Only the page
//          in sight and its neighbours are kept.
// Units:   pixels.
// Errors:  of one page, or of all of it, in words after "because".
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/page_picture.h"
#include "app/record/entries_visits.h"
#include "viewer/page_image.h"

namespace viewer {

// A page and the box that it is to fit.
struct PageWish {
  int page = 1;
  int width_px = 0;
  int height_px = 0;  // 0: as high as the width makes it
  bool operator==(const PageWish&) const = default;
};

// Draws a page of these bytes in another process; gives up when nobody waits any more.
using DrawDocument = std::function<app::Result<app::PagePicture>(const std::string& bytes, const PageWish&, const std::function<bool()>& goes_on)>;
// The same, but no longer than about twice that many seconds of the processor.
app::Result<app::PagePicture> draw_document_within(int seconds, const std::string& bytes, const PageWish& wish,
                                                   const std::function<bool()>& goes_on);
app::Result<app::PagePicture> draw_document(const std::string& bytes, const PageWish& wish, const std::function<bool()>& goes_on);

// Why it cannot be shown, in words after "because".
std::string explain_drawing_fault(const app::Error& error);

class OpenDocument {
 public:
  explicit OpenDocument(app::Document entry) : entry_(std::move(entry)) {}

  const app::Document& entry() const { return entry_; }
  int page() const { return page_; }
  int pages() const { return pages_; }  // 0 while nobody knows
  void turn(int pages);
  void to_page(int page);
  // Larger or smaller; the whole page, or as wide as there is room.
  void zoom(int steps);
  void change_fitting() { whole_ = !whole_, zoom_ = 0; }
  bool shows_whole() const { return whole_; }
  int zoom_percent() const;
  // Where the page is shown.
  void set_room(int width_px, int height_px) { room_width_px_ = width_px, room_height_px_ = height_px; }

  // The box of the page in sight.
  PageWish wish() const { return wish_for(page_); }
  // What to draw next: the page in sight, then those beside it; nothing once all are there or cannot be.
  std::optional<PageWish> next_wish() const;
  void put(const PageWish& wish, app::Result<app::PagePicture> drawn);
  void put_text(std::vector<std::string> pages);
  void put_bytes(std::shared_ptr<const std::string> bytes) { bytes_ = std::move(bytes); }
  const std::shared_ptr<const std::string>& bytes() const { return bytes_; }
  // Nothing of it can be shown.
  void give_up(std::string why) { fault_ = std::move(why); }

  // What there is to show of the page in sight: one of the four, or it is being drawn.
  const PageImage* image() const;
  bool is_sharp() const;  // drawn at the size that is wanted
  const std::string* text() const;
  std::string fault() const;
  bool is_lost() const { return !fault_.empty(); }  // all of it, not only this page
  std::size_t kept_bytes() const;

 private:
  struct Drawn {
    PageWish wish;
    std::unique_ptr<PageImage> image;  // none: `why` says it
    std::string why;
  };
  PageWish wish_for(int page) const;
  bool has(int page) const;
  void forget_far_pages();

  app::Document entry_;
  std::shared_ptr<const std::string> bytes_;
  std::vector<std::string> texts_;
  std::map<int, Drawn> drawn_;
  std::string fault_;
  int page_ = 1;
  int pages_ = 0;
  int zoom_ = 0;
  bool whole_ = false;
  int room_width_px_ = 0;
  int room_height_px_ = 0;
};

inline constexpr std::size_t kNeighbourBytesMost = 32u << 20;  // of pages beside the one in sight, drawn ahead

}  // namespace viewer
