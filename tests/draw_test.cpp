#include "app/paper/draw.h"

#include <gtest/gtest.h>
#include <harfbuzz/hb.h>
#define POINTERHOLDER_TRANSITION 4  // qpdf 11 asks which of its pointers is meant
#include <qpdf/QPDF.hh>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

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
  EXPECT_TRUE(pdf.ok()) << pdf.error().detail;
  EXPECT_EQ(pdf.value().pages, pages.size());
  return pdf.value().bytes;
}

// Marks of direction that pdftotext adds.
std::string without_marks(std::string text) {
  for (const char* mark : {"\u202A", "\u202B", "\u202C", "\u200E", "\u200F"}) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) text.erase(at, 3);
  }
  return text;
}

std::string sorted(std::string text) {
  std::erase(text, ' ');
  std::sort(text.begin(), text.end());
  return text;
}

app::Page page_of(const std::vector<std::string>& lines) {
  app::Page page;
  page.paper.height_pt = std::max(page.paper.height_pt, 80 + 14.0 * static_cast<double>(lines.size()));
  double y_pt = 40;
  for (const std::string& line : lines) {
    page.texts.push_back({60, y_pt, line, 10, false, 0});
    y_pt += 14;
  }
  return page;
}

// Outlines as text: equal outlines, equal texts.
struct Outline {
  std::string path;
};

hb_draw_funcs_t* outline_funcs() {
  static hb_draw_funcs_t* const funcs = [] {
    hb_draw_funcs_t* made = hb_draw_funcs_create();
    const auto add = [](void* outline, const char* word, std::initializer_list<float> numbers) {
      auto& path = static_cast<Outline*>(outline)->path;
      path += word;
      for (const float value : numbers) path += std::to_string(static_cast<int>(value * 4)) + " ";
    };
    static const auto kAdd = add;
    hb_draw_funcs_set_move_to_func(made, [](hb_draw_funcs_t*, void* o, hb_draw_state_t*, float x, float y, void*) { kAdd(o, "M", {x, y}); }, nullptr, nullptr);
    hb_draw_funcs_set_line_to_func(made, [](hb_draw_funcs_t*, void* o, hb_draw_state_t*, float x, float y, void*) { kAdd(o, "L", {x, y}); }, nullptr, nullptr);
    hb_draw_funcs_set_quadratic_to_func(made, [](hb_draw_funcs_t*, void* o, hb_draw_state_t*, float a, float b, float x, float y, void*) { kAdd(o, "Q", {a, b, x, y}); }, nullptr, nullptr);
    return made;
  }();
  return funcs;
}

std::string outline_of(hb_font_t* font, std::uint32_t glyph) {
  Outline outline;
#if HB_VERSION_ATLEAST(7, 0, 0)
  hb_font_draw_glyph(font, glyph, outline_funcs(), &outline);
#else
  hb_font_get_glyph_shape(font, glyph, outline_funcs(), &outline);
#endif
  return outline.path;
}

hb_font_t* font_of(hb_blob_t* blob) {
  hb_face_t* face = hb_face_create(blob, 0);
  hb_font_t* font = hb_font_create(face);
  hb_face_destroy(face);
  hb_blob_destroy(blob);
  return font;
}

// A font inside a PDF: its file, and where each glyph of the whole font is in it.
struct Embedded {
  std::string bytes;
  std::string map;

  std::uint32_t find(std::uint32_t glyph) const {
    if (2 * glyph + 1 >= map.size()) return 0;
    return static_cast<std::uint32_t>(static_cast<unsigned char>(map[2 * glyph])) << 8 |
           static_cast<unsigned char>(map[2 * glyph + 1]);
  }
};

std::string bytes_of(QPDFObjectHandle stream) {
  const auto data = stream.getStreamData(qpdf_dl_all);
  return {reinterpret_cast<const char*>(data->getBuffer()), data->getSize()};
}

// By their name without the subset's tag.
std::map<std::string, Embedded> embedded_fonts(const std::string& bytes) {
  QPDF pdf;
  pdf.processMemoryFile("drawn", bytes.data(), bytes.size());
  std::map<std::string, Embedded> found;
  for (auto& object : pdf.getAllObjects()) {
    if (!object.isDictionary() || !object.hasKey("/CIDToGIDMap")) continue;
    const std::string name = object.getKey("/BaseFont").getName();
    found[name.substr(name.find('+') + 1)] = {bytes_of(object.getKey("/FontDescriptor").getKey("/FontFile2")),
                                              bytes_of(object.getKey("/CIDToGIDMap"))};
  }
  return found;
}

// Every character that a font draws for the chain; of East Asia's many thousands every 17th, and the
// names that were once printed wrong.
std::vector<std::string> characters() {
  std::vector<std::string> lines(1);
  int in_line = 0;
  for (std::uint32_t c = 0x21; c < 0x2FFFF; ++c) {
    const bool is_east_asian = (c >= 0x2E80 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7B0) || c >= 0xF900;
    const bool is_control = (c >= 0x7F && c < 0xA0) || (c >= 0xD800 && c < 0xF900);
    if (is_control || (is_east_asian && c % 17 != 0) || !fonts().covers(c)) continue;
    std::string& line = lines.back();
    if (c < 0x80) {
      line += static_cast<char>(c);
    } else if (c < 0x800) {
      line += {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
    } else if (c < 0x10000) {
      line += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)), static_cast<char>(0x80 | (c & 63))};
    } else {
      line += {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 63)),
               static_cast<char>(0x80 | (c >> 6 & 63)), static_cast<char>(0x80 | (c & 63))};
    }
    line += ' ';
    if (++in_line % 40 == 0) lines.emplace_back();
  }
  for (const char* name : {"王小明", "陳大文", "إب ت ث أ ؤ ش ڹ", "क्षितिज नरेन्द्र", "น้ำผึ้ง ศรีสุวรรณ", "ǮḒẖ⅐"}) lines.emplace_back(name);
  return lines;
}

TEST(Draw, NoCharacterLosesAPartOfItsOutline) {
  const auto lines = characters();
  std::vector<app::Page> pages;
  for (std::size_t i = 0; i < lines.size(); i += 50) {
    pages.push_back(page_of({lines.begin() + static_cast<long>(i),
                             lines.begin() + static_cast<long>(std::min(i + 50, lines.size()))}));
  }
  const auto embedded = embedded_fonts(drawn(pages));
  std::map<std::string, std::map<std::uint32_t, std::string>> shown;  // font → glyph → a line that has it
  for (const std::string& line : lines) {
    for (const auto& run : fonts().shape(line, false)) {
      for (const auto& glyph : run.glyphs) shown[fonts().fonts()[run.font].name].emplace(glyph.id, line);
    }
  }
  EXPECT_GT(shown.size(), 20u) << "too few fonts are tried";
  std::size_t tried = 0;
  for (const auto& file : fonts().fonts()) {
    if (shown.find(file.name) == shown.end()) continue;
    const auto found = embedded.find(file.name);
    ASSERT_NE(found, embedded.end()) << file.name;
    hb_font_t* whole = font_of(hb_blob_create_from_file(file.path.c_str()));
    hb_font_t* subset = font_of(hb_blob_create(found->second.bytes.data(), static_cast<unsigned>(found->second.bytes.size()),
                                               HB_MEMORY_MODE_READONLY, nullptr, nullptr));
    for (const auto& [glyph, line] : shown[file.name]) {
      EXPECT_EQ(outline_of(whole, glyph), outline_of(subset, found->second.find(glyph))) << file.name << " glyph " << glyph << " of " << line;
      ++tried;
    }
    hb_font_destroy(whole);
    hb_font_destroy(subset);
  }
  EXPECT_GT(tried, 8000u);
}

TEST(Draw, OnlyTheGlyphsThatAreShownAreInTheFile) {
  const auto embedded = embedded_fonts(drawn({page_of({"ab"})}));
  ASSERT_EQ(embedded.size(), 1u);
  const std::string& bytes = embedded.begin()->second.bytes;
  hb_font_t* subset = font_of(hb_blob_create(bytes.data(), static_cast<unsigned>(bytes.size()),
                                             HB_MEMORY_MODE_READONLY, nullptr, nullptr));
  int outlines = 0;
  for (std::uint32_t glyph = 1; glyph < 3000; ++glyph) outlines += outline_of(subset, glyph).empty() ? 0 : 1;
  hb_font_destroy(subset);
  EXPECT_EQ(outlines, 2);
}

TEST(Draw, TheTextComesBackAsItWasWrittenInEveryScript) {
  std::vector<std::string> names = {
      "SMITH, John",      "Łukasz Żółć",  "Иванова Ольга", "Παπαδοπούλου",  "Nguyễn Thị Hương", "محمد علي حسن",
      "דוד כהן",          "क्षितिज नरेन्द्र", "প্রিয়া দাস",     "ਗੁਰਪ੍ਰੀਤ",       "પટેલ ક્ષ",             "தமிழ்ச்செல்வி",
      "న్యూఢిల్లీ",            "ಕನ್ನಡ ಕ್ಷ",       "മലയാളം ക്ഷ",     "සිංහල",           "น้ำผึ้ง ศรีสุวรรณ",    "ລາວ",
      "ខ្មែរ",              "မြန်မာ",          "ደብረ",            "გიორგი",         "Հայկ",             "김민수",
      "王小明",           "陳大文",         "佐藤さくら",     "office fluffy 5 µmol ≥ H₂O"};
  names.insert(names.end(), std::begin(tests::kWorldNames), std::end(tests::kWorldNames));
  const tests::PdfFile file(drawn({page_of(names)}));
  const std::string text = without_marks(file.output_of("pdftotext", "-"));
  std::set<std::string> letters;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) letters.insert(sorted(line));
  for (const std::string& name : names) {
    // Pdftotext turns the characters of one shape round where they go from right to left, or parts them.
    const bool is_turned = name == "لالا إبراهيم" || name == "שׁוֹשַׁנָּה לֵוִי";
    EXPECT_TRUE(is_turned ? letters.contains(sorted(name)) : text.find(name + "\n") != std::string::npos) << name << "\n" << text;
  }
}

TEST(Draw, APdfCheckerFindsNothingToSay) {
  const auto pages = app::lay_out_sheet(sample::full_sheet(), sample::frame(), app::kA4, fonts());
  const tests::PdfFile file(drawn(pages));
  EXPECT_NE(file.output_of("qpdf --check", "2>&1").find("No syntax or stream encoding errors"), std::string::npos);
  EXPECT_EQ(file.output_of("pdftotext", "/dev/null 2>&1"), "");
  const std::string about = file.output_of("pdfinfo", "2>&1");
  EXPECT_NE(about.find("Emergency copy"), std::string::npos);
  EXPECT_EQ(about.find("CreationDate"), std::string::npos);
}

TEST(Draw, TheSamePagesGiveTheSameBytes) {
  const auto pages = app::lay_out_sheet(sample::full_sheet(), sample::frame(), app::kLetter, fonts());
  EXPECT_EQ(drawn(pages), drawn(pages));
}

TEST(Draw, PatientsOfOneDocumentShareItsFonts) {
  const auto pages = app::lay_out_sheet(sample::full_sheet(), sample::frame(), app::kA4, fonts());
  std::vector<app::Page> many;
  for (int i = 0; i < 20; ++i) many.insert(many.end(), pages.begin(), pages.end());
  const std::size_t one = drawn(pages).size();
  const std::size_t twenty = drawn(many).size();
  EXPECT_LT(twenty - one, 19 * 6'500u) << "a patient on two full pages";
  EXPECT_LT(one, 40'000u) << "a patient alone";
}

TEST(Draw, WhatNoLayoutHasCheckedIsCountedWhenNoFontHasIt) {
  const auto pdf = app::draw_pdf({page_of({"a \U00013000 b"})}, fonts(), "Emergency copy");
  ASSERT_TRUE(pdf.ok());
  EXPECT_EQ(pdf.value().uncovered, 1u);
}

}  // namespace
