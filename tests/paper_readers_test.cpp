// What we draw is what every program shows: the same words, the same ink, and each script as a shaper of
// its own draws it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
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
  std::string grey(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height), '\0');
  in.read(grey.data(), static_cast<std::streamsize>(grey.size()));
  picture.ink.reserve(grey.size());
  for (const char c : grey) picture.ink.push_back(255 - static_cast<unsigned char>(c));
  return picture;
}

// As pdftoppm numbers a document's pages: "ours-01.pgm".
std::vector<Picture> read_pictures(const std::filesystem::path& folder, const std::string& name, std::size_t count) {
  std::vector<Picture> pictures;
  const std::size_t digits = std::to_string(count).size();
  for (std::size_t i = 1; i <= count; ++i) {
    const std::string number = std::to_string(i);
    pictures.push_back(read_picture(folder / (name + "-" + std::string(digits - number.size(), '0') + number + ".pgm")));
  }
  return pictures;
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

// One of each kind of page, in one document.
std::vector<app::Page> kinds() {
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
  std::vector<app::Page> pages = app::lay_out_sheet(sample::full_sheet(), sample::frame(), app::kA4, fonts());
  for (const auto& more : {app::lay_out_sheet(dead, sample::frame(), app::kLetter, fonts()),
                           app::lay_out_sheet(sample::empty_sheet(), sample::frame(), app::kA4, fonts()),
                           app::lay_out_schedule(day, sample::frame(), app::kA4, fonts())}) {
    pages.insert(pages.end(), more.begin(), more.end());
  }
  return pages;
}

TEST(PaperReaders, AllReadTheSameWords) {
  const tests::PdfFile file(drawn(kinds()));
  EXPECT_NE(file.output_of("qpdf --check", "2>&1").find("No syntax or stream encoding errors"), std::string::npos);
  const auto poppler = words_of(file.output_of("pdftotext", "- 2>&1"));
  EXPECT_GT(poppler.size(), 400u);
  EXPECT_EQ(poppler, words_of(file.output_of("mutool draw -q -F txt", "2>/dev/null")));
  EXPECT_EQ(poppler, words_of(file.output_of("gs -q -dBATCH -dNOPAUSE -sDEVICE=txtwrite -o -", "2>&1")));
}

TEST(PaperReaders, AllPutTheSameInkInTheSamePlaces) {
  constexpr int kCell = 24;  // pixels: about a centimetre
  const auto pages = kinds();
  const tests::PdfFile file(drawn(pages));
  file.output_of("pdftoppm -r 60 -gray", "poppler");
  file.output_of("mutool draw -q -r 60 -c gray -o mupdf-%02d.pgm", "2>/dev/null");
  file.output_of("gs -q -dBATCH -dNOPAUSE -sDEVICE=pgmraw -r60 -dTextAlphaBits=4 -dGraphicsAlphaBits=4 -o gs-%02d.pgm", "2>&1");
  const auto pictures = read_pictures(file.folder(), "poppler", pages.size());
  for (std::size_t page = 1; page <= pages.size(); ++page) {
    const std::string number = page < 10 ? "0" + std::to_string(page) : std::to_string(page);
    const Picture& poppler = pictures[page - 1];
    for (const std::string other : {"mupdf", "gs"}) {
      const Picture picture = read_picture(file.folder() / (other + "-" + number + ".pgm"));
      ASSERT_LE(std::abs(picture.width - poppler.width), 1);
      EXPECT_NEAR(static_cast<double>(sum(picture)) / static_cast<double>(sum(poppler)), 1, 0.25) << page << other;  // thin rules
      for (int top = 0; top < poppler.height; top += kCell) {
        for (int left = 0; left < poppler.width; left += kCell) {
          int difference = 0;
          for (int i = 0; i < kCell * kCell; ++i) {
            const int x = left + i % kCell, y = top + i / kCell;
            difference += picture.at(x, y) - poppler.at(x, y);
          }
          EXPECT_LT(std::abs(difference) / (kCell * kCell), 40) << "page " << page << ' ' << other << " at " << left << ' ' << top;
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

// Pixels that are black in `a` while `b`, laid over it, has nothing near. A dot or an accent that one of them lacks is dozens.
int missing_from(const Picture& b, const Picture& a, int dx, int dy) {
  constexpr int kBlack = 200, kSomething = 90, kNear = 2;
  int missing = 0;
  for (int y = 0; y < a.height; ++y) {
    for (int x = 0; x < a.width; ++x) {
      if (a.at(x, y) < kBlack) continue;
      bool found = b.at(x + dx, y + dy) >= kSomething;
      for (int i = 0; !found && i < (2 * kNear + 1) * (2 * kNear + 1); ++i) {
        found = b.at(x + dx + i % (2 * kNear + 1) - kNear, y + dy + i / (2 * kNear + 1) - kNear) >= kSomething;
      }
      missing += found ? 0 : 1;
    }
  }
  return missing;
}

// The fewest such pixels of either, when the pictures are laid over each other as well as they fit.
int stray_pixels(const Picture& a, const Picture& b) {
  int best = std::numeric_limits<int>::max();
  for (const int dx : {0, 1, -1, 2, -2}) {
    for (const int dy : {0, 1, -1}) {
      best = std::min(best, missing_from(b, a, dx, dy) + missing_from(a, b, -dx, -dy));
      if (best == 0) return best;
    }
  }
  return best;
}

constexpr char kResolution[] = "120";
constexpr int kStrayMost = 3;  // an i without its dot lacks fifty

// What hb-view, which shapes by itself and from the whole font, makes of each line in its font.
std::vector<Picture> drawn_by_another(const std::vector<std::pair<std::string, std::filesystem::path>>& lines) {
  const tests::PdfFile folder("");
  std::ofstream script(folder.folder() / "all.sh");
  std::string united = "pdfunite";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string number = std::to_string(i);
    // The name is read from a file: nothing of it is a word of the shell. Its last letter may overhang, and would be cut there.
    std::ofstream(folder.folder() / ("name" + number)) << lines[i].first << "  ";
    script << "hb-view --output-format=pdf --output-file=" << number << ".pdf --font-size=40 --margin=60 --language=und --text-file=name" << number
           << " '" << lines[i].second.string() << "'\n";
    united += " " + number + ".pdf";
  }
  script << united << " all.pdf\npdftoppm -gray -r " << kResolution << " all.pdf theirs\n";
  script.close();
  folder.output_of("sh -e all.sh && true", "");
  return read_pictures(folder.folder(), "theirs", lines.size());
}

TEST(PaperReaders, SixtyNamesLookAsAnotherProgramDrawsThem) {
  std::vector<app::Page> pages;
  std::vector<std::pair<std::string, std::filesystem::path>> names;
  for (const char* name : tests::kWorldNames) {
    const auto runs = fonts().shape(name, false);
    if (!std::all_of(runs.begin(), runs.end(), [&](const auto& run) { return run.font == runs[0].font; })) continue;
    pages.push_back({{700, 120}, {}, {}, {{40, 70, name, 40, false, 0}}});
    names.emplace_back(name, fonts().fonts()[runs[0].font].path);
  }
  EXPECT_GE(names.size(), 55u);
  const tests::PdfFile file(drawn(pages));
  file.output_of(std::string("pdftoppm -gray -r ") + kResolution, "ours");
  const auto ours = read_pictures(file.folder(), "ours", names.size());
  const auto theirs = drawn_by_another(names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Picture a = trimmed(ours[i]), b = trimmed(theirs[i]);
    EXPECT_NEAR(a.width, b.width, 4) << names[i].first;
    EXPECT_NEAR(a.height, b.height, 4) << names[i].first;
    EXPECT_LE(stray_pixels(a, b), kStrayMost) << names[i].first << " in " << names[i].second.filename();
  }
}

// The test above can see what a reader would miss: each of these lacks a dot or a mark that the other has.
TEST(PaperReaders, AMissingDotOrAccentIsSeen) {
  const std::pair<const char*, const char*> kPairs[] = {
      {"Maria José", "Maria Jose"}, {"Đặng Hương", "Đăng Hương"}, {"Çağlar Işık", "Çağlar Isık"}, {"Björn", "Bjorn"},
      {"Żółć", "Zółć"}, {"بيت", "ىيت"}, {"تمر", "نمر"}, {"שׁוֹשַׁנָּה", "שׁוֹשַׁנה"}, {"ศรีสุวรรณ", "ศรีสวรรณ"},
      {"त्रिपाठी", "त्रपाठी"}, {"প্রিয়া", "প্রিযা"}, {"Ёлкина", "Елкина"}, {"Ελένη", "Ελενη"}, {"big", "bıg"}};
  std::vector<app::Page> pages;
  for (const auto& [right, wrong] : kPairs) {
    for (const char* name : {right, wrong}) pages.push_back({{700, 120}, {}, {}, {{40, 70, name, 40, false, 0}}});
  }
  const tests::PdfFile file(drawn(pages));
  file.output_of(std::string("pdftoppm -gray -r ") + kResolution, "ours");
  const auto pictures = read_pictures(file.folder(), "ours", pages.size());
  for (std::size_t i = 0; i < pages.size(); i += 2) {
    EXPECT_GT(stray_pixels(trimmed(pictures[i]), trimmed(pictures[i + 1])), 3 * kStrayMost) << kPairs[i / 2].first;
  }
}

}  // namespace
