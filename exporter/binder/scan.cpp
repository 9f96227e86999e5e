#include "exporter/binder/scan.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <string_view>

#include "app/jail_posix.h"
#include "app/paper/protect.h"
#include "app/paper/scan_page.h"
#include "exporter/binder/tiff_pages.h"

namespace exporter {
namespace {

using app::Code;
using app::Error;
using app::Result;

constexpr char kPicturesPerInch[] = "150";

bool is_picture(std::string_view bytes) { return bytes.starts_with("\xFF\xD8\xFF") || bytes.starts_with("\x89PNG\r\n"); }

constexpr std::string_view kLocked = "locked with a password";

bool is_locked(const Error& error) { return error.detail.find(kLocked) != std::string::npos; }

// What the other process said, for whoever holds the page that stands in the document's place.
Error words_of(const Error& error) {
  if (error.code != Code::bad_source) return error;
  const auto says = [&](std::string_view what) { return error.detail.find(what) != std::string::npos; };
  std::string what = "The document cannot be read: its file is damaged or cut short.";
  if (is_locked(error)) what = "The document cannot be read: it is locked with a password.";
  if (says("cut short")) what = "The document cannot be read: its file is cut short.";
  if (says("too many pixels")) what = "The document is a picture of too many pixels to be printed.";
  if (says("of a kind")) what = "The document is a picture of a kind that is not printed.";
  return {error.code, what, error.detail};
}

// What the other process answers: "damaged" and the pages, from 0, that are, then a new line and the PDF. It may have been
// taken over by what it read.
bool take_damaged(std::string& answer, std::vector<std::size_t>& damaged) {
  constexpr std::string_view kWord = "damaged";
  const std::size_t end = answer.find('\n');
  if (end == std::string::npos || !answer.starts_with(kWord)) return false;
  for (std::string_view rest = std::string_view(answer).substr(kWord.size(), end - kWord.size()); !rest.empty();) {
    std::size_t page = 0;
    const auto [last, failure] = std::from_chars(rest.data() + 1, rest.data() + rest.size(), page);
    if (rest.front() != ' ' || failure != std::errc{} || (!damaged.empty() && page <= damaged.back())) return false;
    damaged.push_back(page);
    rest.remove_prefix(static_cast<std::size_t>(last - rest.data()));
  }
  answer.erase(0, end + 1);
  return true;
}

Result<CleanScan> clean(const std::string& bytes, const ScanLimits& limits, ScanWay way) {
  const app::JailOrder order{{app::find_program_beside("nightchart"), "clean-scan"}, limits.memory_bytes, limits.bytes_most, limits.seconds};
  auto made = app::run_in_jail(order, bytes);
  if (!made.ok()) return words_of(made.error());
  std::string pdf = std::move(made.value());
  std::vector<std::size_t> damaged;
  if (!take_damaged(pdf, damaged)) return Error{Code::bad_source, "The document cannot be read: its file is damaged or cut short.", ""};
  const auto pages = app::count_pages(pdf);
  if (!pages.ok() || pages.value() == 0) return Error{Code::bad_source, "The document has no page that can be read.", ""};
  return CleanScan{std::move(pdf), std::min(pages.value(), limits.pages_most), way, pages.value(), false, std::move(damaged)};
}

// 0 where poppler does not say.
std::size_t count_by_poppler(const std::string& bytes, const ScanLimits& limits) {
  constexpr std::string_view kPages = "\nPages:";
  const auto said = app::run_in_jail({{"pdfinfo", "-"}, limits.memory_bytes, 1u << 20, limits.seconds}, bytes);
  const std::size_t at = said.ok() ? said.value().find(kPages) : std::string::npos;
  if (at == std::string::npos) return 0;
  const std::size_t digits = said.value().find_first_not_of(' ', at + kPages.size());
  std::size_t pages = 0;
  if (digits != std::string::npos) std::from_chars(said.value().data() + digits, said.value().data() + said.value().size(), pages);
  return pages;
}

Result<CleanScan> draw_as_pictures(const std::string& bytes, const ScanLimits& limits) {
  const app::JailOrder order{{"pdftoppm", "-q", "-jpeg", "-r", kPicturesPerInch, "-l", std::to_string(limits.pages_most), "-"},
                        limits.memory_bytes, limits.bytes_most, limits.seconds};
  TRY_GET(const std::string pictures, app::run_in_jail(order, bytes));
  TRY_GET(CleanScan scan, clean(pictures, limits, ScanWay::drawn_as_pictures));
  // What libqpdf refuses is damaged, and poppler draws as much of it as it can: nobody knows what is missing where.
  scan.damaged.resize(scan.pages);
  std::iota(scan.damaged.begin(), scan.damaged.end(), std::size_t{0});
  if (scan.pages == limits.pages_most) scan.in_all = std::max(scan.in_all, count_by_poppler(bytes, limits));
  return scan;
}

// One that does not say how large it is would come out as large as a stamp: it is to fill a page.
std::string dots_per_inch(const TiffPages& tiff) {
  constexpr std::uint32_t kAcross_in = 7, kDown_in = 10;
  return std::to_string(std::clamp<std::uint32_t>(std::max(tiff.width / kAcross_in, tiff.height / kDown_in), 1, 2400));
}

Result<CleanScan> clean_tiff(const std::string& bytes, const ScanLimits& limits) {
  const TiffPages tiff = look_at_tiff(bytes);
  app::JailOrder order{{"tiff2pdf"}, limits.memory_bytes, limits.bytes_most, limits.seconds};
  if (!tiff.has_resolution) {
    for (const std::string& word : {std::string("-u"), std::string("i"), std::string("-x"), dots_per_inch(tiff), std::string("-y"), dots_per_inch(tiff)}) {
      order.command.push_back(word);
    }
  }
  order.command.push_back("/dev/stdin");
  const auto pdf = app::run_in_jail(order, bytes);
  auto scan = pdf.ok() ? clean(pdf.value(), limits, ScanWay::placed) : Result<CleanScan>(words_of(pdf.error()));
  if (scan.ok()) {
    scan.value().cut_short = !tiff.whole || scan.value().in_all < tiff.pages;
  }
  return scan;
}

}  // namespace

Result<CleanScan> clean_scan(const std::string& bytes, const ScanLimits& limits) {
  if (bytes.empty()) return Error{Code::bad_source, "The document is empty.", ""};
  if (bytes.size() > limits.bytes_most) return Error{Code::no_room, "The document is too large to be printed.", ""};
  if (is_picture(bytes)) return clean(bytes, limits, ScanWay::placed);
  if (is_tiff(bytes)) return clean_tiff(bytes, limits);
  // Some programs write a line of their own before a PDF; what has no such mark at all is of another kind.
  if (std::string_view(bytes).substr(0, 1024).find("%PDF-") == std::string_view::npos) {
    return Error{Code::wrong_kind, "The document is neither PDF nor a picture (JPEG, PNG, TIFF).", ""};
  }
  const auto cleaned = clean(bytes, limits, ScanWay::cleaned);
  if (cleaned.ok() || cleaned.error().code == Code::not_found || cleaned.error().code == Code::io || is_locked(cleaned.error())) return cleaned;
  const auto drawn = draw_as_pictures(bytes, limits);
  return drawn.ok() ? drawn : cleaned;
}

app::Page lay_out_missing_scan(const std::string& document, const std::string& whose, const Error& reason, const app::PrintFrame& frame,
                               const app::Paper& paper, const app::FontSet& fonts) {
  return app::lay_out_missing_scan("A document", document, whose, reason.what, frame, paper, fonts);
}

}  // namespace exporter
