#include "exporter/binder/scan.h"

#include <string_view>

#include "app/jail_posix.h"
#include "app/paper/protect.h"
#include "app/paper/wrap.h"

namespace exporter {
namespace {

using app::Code;
using app::Error;
using app::Result;

constexpr char kPicturesPerInch[] = "150";

bool is_tiff(std::string_view bytes) {
  return bytes.starts_with(std::string_view("II*\0", 4)) || bytes.starts_with(std::string_view("MM\0*", 4));
}

bool is_picture(std::string_view bytes) { return bytes.starts_with("\xFF\xD8\xFF") || bytes.starts_with("\x89PNG\r\n"); }

Result<CleanScan> clean(const std::string& bytes, const ScanLimits& limits, ScanWay way) {
  const app::JailOrder order{{app::find_program_beside("nightchart"), "clean-scan"}, limits.memory_bytes, limits.bytes_most, limits.seconds};
  TRY_GET(std::string pdf, app::run_in_jail(order, bytes));
  const auto pages = app::count_pages(pdf);
  if (!pages.ok() || pages.value() == 0) return Error{Code::bad_source, "The document has no page that can be read.", ""};
  if (pages.value() > limits.pages_most) {
    return Error{Code::no_room, "The document has " + std::to_string(pages.value()) + " pages, more than are printed of one.", ""};
  }
  return CleanScan{std::move(pdf), pages.value(), way};
}

Result<CleanScan> draw_as_pictures(const std::string& bytes, const ScanLimits& limits) {
  const app::JailOrder order{{"pdftoppm", "-q", "-jpeg", "-r", kPicturesPerInch, "-l", std::to_string(limits.pages_most), "-"},
                        limits.memory_bytes, limits.bytes_most, limits.seconds};
  TRY_GET(const std::string pictures, app::run_in_jail(order, bytes));
  return clean(pictures, limits, ScanWay::drawn_as_pictures);
}

}  // namespace

Result<CleanScan> clean_scan(const std::string& bytes, const ScanLimits& limits) {
  if (bytes.empty()) return Error{Code::bad_source, "The document is empty.", ""};
  if (bytes.size() > limits.bytes_most) return Error{Code::no_room, "The document is too large to be printed.", ""};
  if (is_picture(bytes)) return clean(bytes, limits, ScanWay::placed);
  if (is_tiff(bytes)) {
    const app::JailOrder order{{"tiff2pdf", "/dev/stdin"}, limits.memory_bytes, limits.bytes_most, limits.seconds};
    TRY_GET(const std::string pdf, app::run_in_jail(order, bytes));
    return clean(pdf, limits, ScanWay::placed);
  }
  // Some programs write a line of their own before a PDF; what has no such mark at all is of another kind.
  if (std::string_view(bytes).substr(0, 1024).find("%PDF-") == std::string_view::npos) {
    return Error{Code::wrong_kind, "The document is neither PDF nor a picture (JPEG, PNG, TIFF).", ""};
  }
  const auto cleaned = clean(bytes, limits, ScanWay::cleaned);
  if (cleaned.ok() || cleaned.error().code == Code::not_found || cleaned.error().code == Code::io) return cleaned;
  const auto drawn = draw_as_pictures(bytes, limits);
  return drawn.ok() ? drawn : cleaned;
}

app::Page lay_out_missing_scan(const std::string& document, const std::string& whose, const Error& reason, const app::PrintFrame& frame,
                               const app::Paper& paper, const app::FontSet& fonts) {
  app::Page page;
  page.paper = paper;
  double y_pt = app::put_head(page, frame, fonts) + 12;
  const app::Style strong{app::kNameSize_pt, true, 0, false};
  const app::Style plain{app::kBodySize_pt, false, 0, false};
  const auto put = [&](const std::vector<app::StyledText>& words, double size_pt) {
    y_pt = app::put_lines(page, app::wrap_lines(words, app::text_width_pt(paper), fonts, page.uncovered), app::kSideMargin_pt, y_pt,
                          app::leading_pt(size_pt)) + 4;
  };
  put({{"A document that could not be printed", strong}}, app::kNameSize_pt);
  put({{document, {app::kBodySize_pt, true, 0, false}}, {"\n" + whose, plain}}, app::kBodySize_pt);
  put({{reason.what + " It is not lost: the emergency viewer has its bytes, and the record system has it when it is back.", plain}}, app::kBodySize_pt);
  return page;
}

}  // namespace exporter
