#include "exporter/binder/cover.h"

#include <algorithm>

#include "app/record/text.h"
#include "exporter/binder/leaf_layout.h"

namespace exporter {
namespace {

std::string pages_words(std::size_t pages) { return pages == 0 ? "" : count_words(pages, "page", "pages"); }

std::string take_out_words(const ChangeRow& row) {
  if (row.take_out.empty()) return "";
  const std::string name = row.name.substr(0, row.name.find('\n'));
  std::string ids;
  for (const FiledSheet& sheet : row.take_out) {
    ids += (ids.empty() ? "" : "\nor ") + sheet.id;
    if (sheet.name != name) ids += "\n(tab " + app::tab_of(sheet.name) + ": " + sheet.name + ")";
    if (sheet.mrn != row.mrn) ids += "\n(MRN " + sheet.mrn + ")";
  }
  return ids;
}

std::string put_in_words(const ChangeRow& row, bool sheets_elsewhere) {
  if (row.put_in.empty()) return "nothing: only shred";
  if (row.missing) return "could not be made: use the viewer";
  return row.put_in + (row.pages == 0 || sheets_elsewhere ? "" : ", " + pages_words(row.pages));
}

// Three in a line: the cover is to be one page.
void add_tabs(LeafLayout& leaf, app::Chapter& contents, const std::vector<CoverRow>& tabs) {
  constexpr std::size_t kInALine = 3;
  constexpr double kWidth = 0.33, kName = 0.1;
  for (std::size_t first = 0; first < tabs.size(); first += kInALine) {
    std::vector<LeafCell> cells;
    for (std::size_t i = first; i < std::min(first + kInALine, tabs.size()); ++i) {
      const double from = 0.015 + kWidth * static_cast<double>(i - first);
      cells.push_back({from, tabs[i].what, true, tabs[i].anchor});
      cells.push_back({from + kName, tabs[i].detail});
    }
    leaf.add_row(contents, cells);
  }
}

// What the person with the packet in hand needs to know before the first tick.
std::string how_to(const ChangeList& changes) {
  const std::string destroy = " Shred what you take out; it must not go into the waste paper.";
  if (changes.rows.empty() && !changes.start_over) return "Nothing changed: replace the pages in front, and leave the sheets as they are.";
  std::string text;
  if (changes.start_over) {
    text = changes.forms_too ? "Take ALL patient sheets and all forms out of the ring binder, whatever they are, then put in every sheet of this list."
                             : "Take ALL patient sheets out of the ring binder, whatever they are; the forms behind them stay. Then put in every sheet of this list.";
  } else {
    text = "Work down the list. If a sheet to take out is not there, go on; of several codes with \"or\" the binder holds one at "
           "most. " + count_words(changes.kept, "other sheet stays.", "other sheets stay.");
  }
  if (changes.sheets_elsewhere) {
    text += " The sheets are too many for a packet. Print them with: nightchart print COPY binder.";
  }
  return text + destroy;
}

}  // namespace

std::vector<app::Page> lay_out_cover(const Cover& cover, const app::PrintFrame& frame, const app::Paper& paper,
                                     const app::FontSet& fonts) {
  LeafLayout leaf(cover.title, frame, paper, fonts);
  leaf.put(leaf.chapter("Data as of " + frame.as_of + ", copy " + frame.copy, cover.about));
  if (!cover.contents.empty() || !cover.tabs.empty()) {
    app::Chapter contents = leaf.chapter("What is in it", "");
    for (const CoverRow& row : cover.contents) {
      leaf.add_row(contents, {{0.015, row.what, true}, {0.4, row.detail}, {0.85, pages_words(row.pages)}}, row.anchor);
    }
    add_tabs(leaf, contents, cover.tabs);
    leaf.put(contents);
  }
  if (!cover.not_in_it.empty()) {
    app::Chapter missing = leaf.chapter("What is NOT in it", "");
    for (const std::string& sentence : cover.not_in_it) leaf.add_row(missing, {{0.015, sentence}});
    leaf.put(missing);
  }
  if (!cover.steps.empty()) {
    app::Chapter steps = leaf.chapter("What to do with it", "");
    for (const std::string& step : cover.steps) leaf.add_task(steps, {{0.05, step}});
    leaf.add_blanks(steps, {"Printed by", "on"});
    leaf.add_blanks(steps, {"Shredded by", "on"});
    leaf.put(steps);
  }
  return leaf.finish(cover.foot);
}

std::vector<app::Page> lay_out_changes(const ChangeList& changes, const app::PrintFrame& frame, const app::Paper& paper,
                                       const app::FontSet& fonts) {
  LeafLayout leaf("Ring binder: take out, put in, shred", frame, paper, fonts);
  const std::string number = std::to_string(changes.sequence);
  const std::string base = changes.start_over ? "Packet " + number + ": the binder begins anew"
                                              : "Packet " + number + ", for the binder as of packet " + std::to_string(changes.base) + " or any since";
  leaf.put(leaf.chapter(base, how_to(changes)));
  if (!changes.rows.empty()) {
    app::Chapter list = leaf.chapter("In the order of the tabs", "");
    const bool takes_out = std::any_of(changes.rows.begin(), changes.rows.end(), [](const ChangeRow& row) { return !row.take_out.empty(); });
    leaf.add_row(list, {{0.05, "Tab"}, {0.15, "Patient or form"}, {0.54, changes.start_over && !takes_out ? "" : "Take out and shred"}, {0.74, "Put in"}});
    for (const ChangeRow& row : changes.rows) {
      leaf.add_task(list, {{0.05, row.tab, true}, {0.15, row.name + (row.mrn.empty() ? "" : "\nMRN " + row.mrn), true},
                           {0.54, row.take_out.empty() ? (changes.start_over ? "" : "nothing") : take_out_words(row)},
                           {0.74, put_in_words(row, changes.sheets_elsewhere), true}}, row.anchor);
    }
    leaf.put(list);
  }
  app::Chapter signing = leaf.chapter("When it is done", "Then say so on the computer: nightchart binder confirm " + number +
                                                             " — tomorrow's list builds on it. A packet with a lower number must not go in any more: shred it.");
  leaf.add_blanks(signing, {"Sheets taken out", "put in", "shredded"});
  leaf.add_blanks(signing, {"Signature", "date and time"});
  leaf.put(signing);
  return leaf.finish("Ring binder, packet " + number);
}

}  // namespace exporter
