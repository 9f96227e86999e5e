#include "app/paper/scan_page.h"

#include <vector>

namespace app {
namespace {

constexpr double kRoomSide_pt = 36;  // the letters at the edges end before it

std::string say_rest(const ScanExtent& extent) {
  const std::string rest = extent.in_all == 0 ? "the rest is" : count_words(extent.in_all - extent.before - extent.printed, "page more is", "pages more are");
  return "\nNOT THE END: " + rest + " not printed; the emergency viewer shows all of it.";
}

}  // namespace

std::string format_scan_owner(const std::string& name, const std::string& born, const std::string& mrn) {
  return name + (born.empty() ? "" : "   born " + born) + "   MRN " + mrn;
}

std::string words_of_scan_page(const ScanExtent& extent, std::size_t page) {
  std::string words;
  if (extent.in_all > 1) words = " – its page " + std::to_string(extent.before + page + 1) + " of " + std::to_string(extent.in_all);
  if (extent.damaged) words += "\n" + std::string(kPartsMayBeMissing);
  if (extent.cut_short) words += "\nTHE FILE IS CUT SHORT: pages, or parts of them, are missing here and in the emergency viewer.";
  const bool goes_on = extent.in_all == 0 || extent.in_all > extent.before + extent.printed;
  if (page + 1 == extent.printed && goes_on) words += say_rest(extent);
  return words;
}

Page lay_out_scan_page(const std::string& kind, const std::string& title, const std::string& whose, const PrintFrame& frame,
                       const Paper& paper, const FontSet& fonts, BoxMark& room) {
  Page page;
  page.paper = paper;
  double y_pt = put_head(page, frame, fonts) + 4;
  const Style strong{kBodySize_pt, true, 0, false};
  const Style plain{kBodySize_pt, false, 0, false};
  const auto lines = wrap_lines({{whose, strong}, {"\n" + kind, plain}, {title, strong}}, text_width_pt(paper), fonts, page.uncovered);
  y_pt = put_lines(page, lines, kSideMargin_pt, y_pt, leading_pt(kBodySize_pt)) + 3;
  room = {kRoomSide_pt, y_pt, paper.width_pt - 2 * kRoomSide_pt, foot_top_pt(paper) - y_pt, 0.4, Filling::none, 0.5};
  page.boxes.push_back(room);
  return page;
}

Page lay_out_missing_scan(const std::string& what, const std::string& title, const std::string& whose, const std::string& reason,
                          const PrintFrame& frame, const Paper& paper, const FontSet& fonts) {
  Page page;
  page.paper = paper;
  double y_pt = put_head(page, frame, fonts) + 12;
  const Style strong{kNameSize_pt, true, 0, false};
  const Style plain{kBodySize_pt, false, 0, false};
  const auto put = [&](const std::vector<StyledText>& words, double size_pt) {
    y_pt = put_lines(page, wrap_lines(words, text_width_pt(paper), fonts, page.uncovered), kSideMargin_pt, y_pt, leading_pt(size_pt)) + 4;
  };
  put({{whose, strong}}, kNameSize_pt);
  put({{what + " that could not be printed", strong}}, kNameSize_pt);
  put({{title, {kBodySize_pt, true, 0, false}}}, kBodySize_pt);
  put({{reason + " It is not lost: the emergency viewer has its bytes, and the record system has it when it is back.", plain}}, kBodySize_pt);
  return page;
}

std::string count_words(std::size_t count, const std::string& one, const std::string& many) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits + " " + (count == 1 ? one : many);
}

}  // namespace app
