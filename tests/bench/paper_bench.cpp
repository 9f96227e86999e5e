// How fast sheets become pages, against cairo and pango laying out and drawing the same sheets in the same
// run, one document for all patients as here; and against chromium printing them to a PDF, where it is installed.
//
// Usage: paper_bench [patients [rounds]]. All figures are of one thread, in processor time; those against chromium are by
// the clock, ours too.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "app/paper/draw.h"
#include "app/paper/sheet_layout.h"
#include "tests/bench/chromium_sheet.h"
#include "tests/bench/pango_sheet.h"
#include "tests/sample_sheets.h"

namespace {

double processor_s() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// The middle of the rounds: the machine is seldom idle.
double middle(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

struct Figures {
  std::vector<double> layout, ours, ours_by_clock, pango;
};

}  // namespace

int main(int argc, char** argv) {
  const int patients = argc > 1 ? std::atoi(argv[1]) : 500;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  const auto fonts = app::FontSet::open(app::find_fonts());
  if (!fonts.ok() || patients < 1 || rounds < 1) return 1;
  const app::Sheet sheet = sample::full_sheet();
  const auto pages = app::lay_out_sheet(sheet, sample::frame(), app::kA4, fonts.value());
  const double total = static_cast<double>(pages.size()) * patients;
  Figures figures;
  std::size_t our_bytes = 0;
  std::size_t pango_bytes = 0;
  for (int round = 0; round < rounds; ++round) {
    double begin_s = processor_s();
    for (int i = 0; i < patients; ++i) app::lay_out_sheet(sheet, sample::frame(), app::kA4, fonts.value());
    figures.layout.push_back(total / (processor_s() - begin_s));

    begin_s = processor_s();
    const auto begin = std::chrono::steady_clock::now();
    auto drawing = app::Drawing::begin(fonts.value(), "bench");
    for (int i = 0; i < patients; ++i) {
      for (const app::Page& page : app::lay_out_sheet(sheet, sample::frame(), app::kA4, fonts.value())) {
        if (!drawing.value().add(page).ok()) return 1;
      }
    }
    const auto pdf = drawing.value().finish();
    if (!pdf.ok()) return 1;
    our_bytes = pdf.value().bytes.size();
    figures.ours.push_back(total / (processor_s() - begin_s));
    figures.ours_by_clock.push_back(total / std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());

    begin_s = processor_s();
    bench::PangoDocument peer(app::kA4);
    for (int i = 0; i < patients; ++i) peer.add(sheet, sample::frame());
    pango_bytes = peer.finish();
    figures.pango.push_back(static_cast<double>(peer.pages()) / (processor_s() - begin_s));
  }
  const auto chromium = bench::print_with_chromium(sheet, sample::frame(), patients);
  const auto one = app::draw_pdf(pages, fonts.value(), "bench");
  if (!one.ok()) return 1;
  std::printf("layout alone %.0f pages/s, layout and drawing %.0f pages/s, cairo and pango %.0f pages/s: %.1f times as fast\n",
              middle(figures.layout), middle(figures.ours), middle(figures.pango),
              middle(figures.ours) / middle(figures.pango));
  std::printf("%.1f KB a patient (%zu pages) among %d, %.1f KB alone; cairo and pango %.1f KB a patient\n",
              static_cast<double>(our_bytes) / patients / 1000, pages.size(), patients,
              static_cast<double>(one.value().bytes.size()) / 1000, static_cast<double>(pango_bytes) / patients / 1000);
  if (chromium) {
    std::printf("by the clock: %.0f pages/s, chromium printing to a PDF %.0f pages/s and %.1f KB a page: %.0f times as fast (at least 30)\n",
                middle(figures.ours_by_clock), chromium->pages_a_second, chromium->bytes_a_page / 1000,
                middle(figures.ours_by_clock) / chromium->pages_a_second);
  } else {
    std::printf("chromium is not installed, or does not print here: not compared\n");
  }
  return 0;
}
