// An open document's pages on paper, drawn one after the other: each in a frame that says whose it is, what it is and that it
// is a copy; one that cannot be drawn has a page that says so.
//
// Memory:  the dots of one page at a time; of those before it what is packed, in this program's memory and nowhere else.
// Errors:  bad_source for a document of which nothing can be drawn, in words after "because"; busy once nobody waits any more.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/paper/page_frame.h"
#include "viewer/open_document.h"
#include "viewer/paper.h"

namespace viewer {

inline constexpr std::size_t kPrintedPagesMost = 30;  // a longer one is left to the screen

struct DocumentOrder {
  app::PrintFrame frame;
  app::Paper paper;
  std::string whose;  // name, birth date, MRN
  std::string title;  // and its date
  std::string about;  // stands at the foot
  int pages = 0;      // 0 while nobody knows
  int first = 1;      // where it begins, if not all pages are printed
};

class DocumentPaper {
 public:
  explicit DocumentPaper(DocumentOrder order);
  ~DocumentPaper();
  DocumentPaper(const DocumentPaper&) = delete;
  DocumentPaper& operator=(const DocumentPaper&) = delete;

  // Draws its next page, or all of a text; never two at once, but each in any thread.
  app::Result<app::Done> add_next(const std::string& bytes, const DrawDocument& draw, const std::function<bool()>& goes_on);
  bool is_complete() const { return printed_ > 0 && done_ == printed_; }
  std::size_t done() const { return done_; }
  std::size_t printed() const { return printed_; }  // how many it is going to be; 0 while nobody knows
  std::size_t in_all() const { return in_all_; }    // 0: more than are printed
  std::size_t before() const { return before_; }    // pages before the first that is printed
  // "the first 30 of 45 pages", "pages 31 to 45 of 45"; "" where it is all.
  std::string describe_part() const;
  // Once, when it is complete.
  app::Result<DrawnPaper> finish();

 private:
  struct Drawn;
  app::Result<app::Done> begin();
  app::Result<app::Done> add_text(const std::string& bytes);
  app::Result<app::Done> add_picture(app::PagePicture picture);
  app::Result<app::Done> add_missing(const app::Error& why);
  app::Result<app::Done> add(app::Page page);
  void count(std::size_t in_all);
  std::string title_here(app::Loss loss = app::Loss::none) const;

  const DocumentOrder order_;
  std::unique_ptr<Drawn> drawn_;
  std::size_t done_ = 0;
  std::size_t printed_ = 0;
  std::size_t in_all_ = 0;
  std::size_t before_ = 0;
};

}  // namespace viewer
