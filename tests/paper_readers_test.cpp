// What we draw is what every program shows: the same words, the same ink, and each script as a shaper of
// its own draws it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>
#include <vector>

#include "app/paper/draw.h"
#include "app/paper/schedule_layout.h"
#include "app/paper/sheet_layout.h"
#include "tests/pdf_file.h"
#include "tests/sample_sheets.h"
#include "tests/world_names.h"

namespace {

const app::FontSet& fonts() {
  static const auto set = app::FontSet::open(app::find_fonts());
  EXPECT_TRUE(set.ok());
  return set.value();
}

std::string drawn(const std::vector<app::Page>& pages) {
  const auto pdf = app::draw_pdf(pages, fonts(), "Emergency copy");
  EXPECT_TRUE(pdf.ok());
  return pdf.ok() ? pdf.value().bytes : "";
}

// A grey picture as the programs write it (PGM): ink, 0 for white to 255.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<int> ink;

  int at(int x, int y) const {
    return x < 0 || y < 0 || x >= width || y >= height ? 0 : ink[static_cast<std::size_t>(y * width + x)];
  }
};

Picture read_picture(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string kind, word;
  std::vector<int> numbers;
  in >> kind;
  while (numbers.size() < 3 && in >> word) {
    if (word.front() == '#') {
      std::getline(in, word);
    } else {
      numbers.push_back(std::stoi(word));
    }
  }
  EXPECT_EQ(kind, "P5") << file;
  if (numbers.size() < 3) return {};
  in.get();
  Picture picture{numbers[0], numbers[1], {}};
  for (int i = 0; i < picture.width * picture.height; ++i) picture.ink.push_back(255 - in.get());
  return picture;
}

std::int64_t sum(const Picture& picture) {
  std::int64_t ink = 0;
  for (const int value : picture.ink) ink += value;
  return ink;
}

// The words of plain letters and digits, sorted: readers differ in blanks and in the order of columns.
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (plain) word += c;
    else if (!word.empty()) words.push_back(std::move(word)), word.clear();
  }
  std::sort(words.begin(), words.end());
  return words;
}

struct Kind {
  const char* name;
  std::vector<app::Page> pages;
};

std::vector<Kind> kinds() {
  app::Sheet dead = sample::full_sheet();
  dead.banner.deceased = "Died 03-Mar-2021";
  app::Row plotted{"INR", {{"2.4", app::Weight::strong}}, "20-Nov-2026 09:12", "", app::Weight::plain};
  plotted.plot.lines = {{{100, 1.1}, {130, 4.8}, {160, 2.4}}};
  plotted.plot.range = std::pair(2.0, 3.0);
  dead.sections.push_back({"results", "Results over time", "", app::Weight::plain, {plotted}});
  app::ScheduleDay day;
  day.day = app::read_date("2026-11-23").value();
  app::Appointment appointment;
  appointment.start = app::read_date("2026-11-23T09:00");
  appointment.clinician = "Dr Okafor";
  appointment.reason = "Blood pressure";
  day.lines.push_back({"SMITH, John", "14-Jul-1945", "00104427", "(555) 010-4477", appointment});
  return {{"a sheet", app::lay_out_sheet(sample::full_sheet(), sample::frame(), app::kA4, fonts())},
          {"a deceased patient's sheet on Letter", app::lay_out_sheet(dead, sample::frame(), app::kLetter, fonts())},
          {"an empty sheet", app::lay_out_sheet(sample::empty_sheet(), sample::frame(), app::kA4, fonts())},
          {"a schedule", app::lay_out_schedule(day, sample::frame(), app::kA4, fonts())}};
}

TEST(PaperReaders, AllReadTheSameWords) {
  for (const Kind& kind : kinds()) {
    const tests::PdfFile file(drawn(kind.pages));
    EXPECT_NE(file.output_of("qpdf --check", "2>&1").find("No syntax or stream encoding errors"), std::string::npos);
    const auto poppler = words_of(file.output_of("pdftotext", "- 2>&1"));
    EXPECT_GT(poppler.size(), 30u) << kind.name;
    EXPECT_EQ(poppler, words_of(file.output_of("mutool draw -q -F txt", "2>/dev/null"))) << kind.name;
    EXPECT_EQ(poppler, words_of(file.output_of("gs -q -dBATCH -dNOPAUSE -sDEVICE=txtwrite -o -", "2>&1"))) << kind.name;
  }
}

TEST(PaperReaders, AllPutTheSameInkInTheSamePlaces) {
  constexpr int kCell = 24;  // pixels: about a centimetre
  for (const Kind& kind : kinds()) {
    const tests::PdfFile file(drawn({kind.pages.front()}));
    file.output_of("pdftoppm -r 60 -gray -singlefile", "poppler");
    file.output_of("mutool draw -q -r 60 -c gray -o mupdf.pgm", "2>/dev/null");
    file.output_of("gs -q -dBATCH -dNOPAUSE -sDEVICE=pgmraw -r60 -dTextAlphaBits=4 -dGraphicsAlphaBits=4 -o gs.pgm", "2>&1");
    const Picture poppler = read_picture(file.folder() / "poppler.pgm");
    for (const char* other : {"mupdf.pgm", "gs.pgm"}) {
      const Picture picture = read_picture(file.folder() / other);
      ASSERT_LE(std::abs(picture.width - poppler.width), 1);
      EXPECT_NEAR(static_cast<double>(sum(picture)) / static_cast<double>(sum(poppler)), 1, 0.25) << kind.name << other;  // thin rules
      for (int top = 0; top < poppler.height; top += kCell) {
        for (int left = 0; left < poppler.width; left += kCell) {
          int difference = 0;
          for (int i = 0; i < kCell * kCell; ++i) {
            const int x = left + i % kCell, y = top + i / kCell;
            difference += picture.at(x, y) - poppler.at(x, y);
          }
          EXPECT_LT(std::abs(difference) / (kCell * kCell), 40) << kind.name << ' ' << other << " at " << left << ' ' << top;
        }
      }
    }
  }
}

// The picture from its first inked column and row to its last.
Picture trimmed(const Picture& picture) {
  constexpr int kFaint = 60;
  int left = picture.width, right = 0, top = picture.height, bottom = 0;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      if (picture.at(x, y) < kFaint) continue;
      left = std::min(left, x), right = std::max(right, x), top = std::min(top, y), bottom = std::max(bottom, y);
    }
  }
  Picture part{std::max(0, right - left + 1), std::max(0, bottom - top + 1), {}};
  for (int y = top; y <= bottom; ++y) {
    for (int x = left; x <= right; ++x) part.ink.push_back(picture.at(x, y));
  }
  return part;
}

// How much of the ink differs when the pictures are laid over each other as well as they fit.
double difference_of(const Picture& a, const Picture& b) {
  double best = 1;
  for (int dx = -2; dx <= 2; ++dx) {
    for (int dy = -2; dy <= 2; ++dy) {
      std::int64_t difference = 0;
      for (int y = -2; y < std::max(a.height, b.height) + 2; ++y) {
        for (int x = -2; x < std::max(a.width, b.width) + 2; ++x) difference += std::abs(a.at(x, y) - b.at(x + dx, y + dy));
      }
      best = std::min(best, static_cast<double>(difference) / static_cast<double>(std::max<std::int64_t>(1, sum(a) + sum(b))));
    }
  }
  return best;
}

// Names that one font draws; hb-view shapes and draws them by itself, from the whole font.
TEST(PaperReaders, SixtyNamesLookAsAnotherProgramDrawsThem) {
  constexpr double kSize_pt = 40;
  std::vector<app::Page> pages;
  std::vector<std::pair<std::string, std::filesystem::path>> names;
  for (const char* name : tests::kWorldNames) {
    const auto runs = fonts().shape(name, false);
    if (!std::all_of(runs.begin(), runs.end(), [&](const auto& run) { return run.font == runs[0].font; })) continue;
    pages.push_back({{700, 120}, {}, {}, {{40, 70, name, kSize_pt, false, 0}}});
    names.emplace_back(name, fonts().fonts()[runs[0].font].path);
  }
  EXPECT_GE(names.size(), 55u);
  const tests::PdfFile file(drawn(pages));
  file.output_of("pdftoppm -r 72 -gray", "ours");
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto& [name, font] = names[i];
    // hb-view reads the name from a file: nothing of it is a word of the shell.
    std::ofstream(file.folder() / "name.txt") << name;
    file.output_of("hb-view --output-format=pdf --output-file=theirs.pdf --font-size=40 --margin=200 --language=und --text-file=name.txt '" +
                       font.string() + "' && pdftoppm -r 72 -gray -singlefile theirs.pdf theirs && true", "");
    const std::string number = std::to_string(i + 1);
    const Picture ours = trimmed(read_picture(file.folder() / ("ours-" + (number.size() < 2 ? "0" + number : number) + ".pgm")));
    const Picture theirs = trimmed(read_picture(file.folder() / "theirs.pgm"));
    EXPECT_NEAR(ours.width, theirs.width, 10) << name;  // hb-view cuts off what overhangs at the end
    EXPECT_NEAR(ours.height, theirs.height, 3) << name;
    EXPECT_LT(difference_of(ours, theirs), 0.2) << name << " in " << font.filename();
  }
}

}  // namespace
