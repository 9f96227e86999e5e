// Puts parts behind each other into PDFs of at most so many pages.
//
// Each part begins on a right-hand page and is one bookmark; no part is divided. What stands in front (a cover, which
// counts what comes after it) is drawn last and bound first. The first file holds the front; if all the rest fits behind
// it, it is the only one.
//
// Units:   pages with their blank backs.
// Errors:  what drawing, binding and the taker return.
// Memory:  one file of pages (about 20 KB a page) and its bytes; its scans, which end a file early when they are many.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/paper/draw.h"
#include "app/paper/page_frame.h"
#include "exporter/binder/assembly.h"
#include "exporter/binder/scan_placing.h"

namespace exporter {

// One part: laid out, or drawn already.
struct BinderPart {
  std::string anchor;    // what links to it call it; unique, or empty
  std::string group;     // the bookmark above its own; empty: its own stands at the top
  std::string bookmark;
  std::string label;     // pages are called so, followed by 1, 2, …
  std::vector<app::Page> pages;
  std::vector<app::DrawnPage> drawn{};  // behind them
  std::vector<PlacedScan> scans{};      // on pages counted within the part
  bool attached = false;                // belongs to the part before it, and is not counted as one

  std::size_t page_count() const { return pages.size() + drawn.size(); }
};

struct VolumeGroup {
  std::string group;      // links call it "group " and this
  std::size_t parts = 0;
};

struct BinderVolume {
  std::size_t number = 1;  // of the file
  std::size_t pages = 0;
  std::string first;       // bookmarks of its first and last part behind the front
  std::string last;
  std::vector<VolumeGroup> groups{};  // behind the front
};

// Gets each file's bytes, not encrypted.
using TakeVolume = std::function<app::Result<app::Done>(const BinderVolume& volume, std::string bytes)>;
// The parts in front of a file with these volumes behind it (or, within itself, of one volume), to be drawn.
using MakeFront = std::function<app::Result<std::vector<BinderPart>>(const std::vector<BinderVolume>& volumes, bool whole)>;

class VolumePress {
 public:
  struct Order {
    std::string title;  // names no patient
    app::PrintFrame frame;
    app::Paper paper;
    std::size_t pages_most = 1000;
  };

  // The fonts must outlive it. `make_front` is asked with whole = false for a file of parts only, with true for the first.
  VolumePress(Order order, const app::FontSet& fonts, MakeFront make_front, TakeVolume take);
  ~VolumePress();

  app::Result<app::Done> add(BinderPart part);
  // After the last part.
  app::Result<app::Done> finish();

  std::size_t pages() const { return pages_; }
  std::size_t uncovered() const { return uncovered_; }
  std::size_t files() const { return files_; }

 private:
  struct File;
  app::Result<app::Done> draw(BinderPart part);
  app::Result<app::Done> close_body();
  BinderVolume describe_body(std::size_t number) const;
  app::Result<app::Done> bind(std::vector<BinderPart> front, BinderVolume volume);

  const Order order_;
  const app::FontSet& fonts_;
  const MakeFront make_front_;
  const TakeVolume take_;
  std::unique_ptr<File> file_;
  std::optional<app::DrawnPage> blank_back_;
  std::vector<BinderVolume> volumes_;  // that are taken already
  std::size_t pages_ = 0;
  std::size_t uncovered_ = 0;
  std::size_t files_ = 0;
};

}  // namespace exporter
