#include "app/paper/shape.h"

#include <gtest/gtest.h>

#include <set>

namespace {

const app::FontSet& fonts() {
  static const auto set = app::FontSet::open(app::find_fonts());
  EXPECT_TRUE(set.ok()) << set.error().detail;
  return set.value();
}

std::vector<std::uint32_t> glyphs_of(const std::string& line) {
  std::vector<std::uint32_t> ids;
  for (const auto& run : fonts().shape(line, false)) {
    for (const auto& glyph : run.glyphs) ids.push_back(glyph.id);
  }
  return ids;
}

const char* const kNames[] = {
    "SMITH, John",       "Łukasz Żółć",       "Иванова Ольга", "Παπαδοπούλου", "Nguyễn Thị Hương", "محمد عبد الله",
    "דוד כהן",           "क्षितिज नरेन्द्र", "প্রিয়া দাস",     "ਗੁਰਪ੍ਰੀਤ",      "પટેલ",             "தமிழ்ச்செல்வி",
    "న్యూఢిల్లీ",             "ಕನ್ನಡ",            "മലയാളം",         "සිංහල",          "น้ำผึ้ง ศรีสุวรรณ",     "ລາວ",
    "ខ្មែរ",               "မြန်မာ",            "ደብረ",            "გიორგი",        "Հայկ",             "김민수",
    "王小明",            "陳大文",           "佐藤さくら",     "H₂O ≥ 5 µmol"};

TEST(Shape, EveryScriptOfTheFontListIsWrittenWithoutAMissingGlyph) {
  for (const char* name : kNames) {
    for (const std::uint32_t id : glyphs_of(name)) EXPECT_NE(id, 0u) << name;
  }
}

TEST(Shape, ArabicLettersJoinAndThaiMarksTakeNoWidth) {
  // The same letter at the beginning, in the middle and at the end is three shapes.
  const auto alone = glyphs_of("ع");
  const auto joined = glyphs_of("ععع");
  ASSERT_EQ(joined.size(), 3u);
  EXPECT_EQ(std::set<std::uint32_t>(joined.begin(), joined.end()).size(), 3u);
  EXPECT_EQ(alone.size(), 1u);
  EXPECT_DOUBLE_EQ(fonts().width("ผ", false, 10), fonts().width("ผึ้", false, 10));
}

TEST(Shape, ALineOfTwoDirectionsIsGivenFromLeftToRight) {
  const std::string line = "Dr محمد علي 12";
  const auto runs = fonts().shape(line, false);
  ASSERT_GE(runs.size(), 3u);
  EXPECT_EQ(runs.front().begin, 0u);
  EXPECT_FALSE(runs.front().right_to_left);
  bool has_arabic = false;
  std::size_t bytes = 0;
  for (const auto& run : runs) {
    bytes += run.end - run.begin;
    if (!run.right_to_left) continue;
    has_arabic = true;
    for (std::size_t i = 1; i < run.glyphs.size(); ++i) {
      EXPECT_LE(run.glyphs[i].cluster, run.glyphs[i - 1].cluster);
    }
  }
  EXPECT_TRUE(has_arabic);
  EXPECT_EQ(bytes, line.size());
}

TEST(Shape, ACharacterThatNoFontHasIsSaidToBeUncovered) {
  EXPECT_TRUE(fonts().covers('A'));
  EXPECT_TRUE(fonts().covers(0x738B));   // 王
  EXPECT_TRUE(fonts().covers(0x200D));   // a joiner needs no shape
  EXPECT_FALSE(fonts().covers(0x10FFFD));  // private use
  EXPECT_FALSE(fonts().covers(0x13000));   // a hieroglyph
}

TEST(Shape, TheWordsOfALineAddUpToItsWidth) {
  const std::string ascii = "Take one tablet, twice  daily (AVOID alcohol)";
  for (const bool bold : {false, true}) {
    std::int64_t advance = 0;
    const auto runs = fonts().shape(ascii, bold);
    ASSERT_EQ(runs.size(), 1u);
    for (const auto& glyph : runs[0].glyphs) advance += glyph.advance;
    EXPECT_DOUBLE_EQ(fonts().width(ascii, bold, 10), static_cast<double>(advance) / 100.0);
    EXPECT_EQ(fonts().fonts()[runs[0].font].bold, bold);
    EXPECT_EQ(runs[0].glyphs.back().cluster, ascii.size() - 1);
  }
  EXPECT_GT(fonts().width(ascii, true, 10), fonts().width(ascii, false, 10));
}

TEST(Shape, BoldArabicIsBoldAndBoldThaiIsStillThere) {
  const auto arabic = fonts().shape("محمد", true);
  ASSERT_EQ(arabic.size(), 1u);
  EXPECT_TRUE(fonts().fonts()[arabic[0].font].bold);
  const auto thai = fonts().shape("สมชาย", true);
  ASSERT_EQ(thai.size(), 1u);
  for (const auto& glyph : thai[0].glyphs) EXPECT_NE(glyph.id, 0u);
}

TEST(Shape, AFolderWithoutFontsIsAnErrorThatNamesIt) {
  const auto set = app::FontSet::open("/nowhere");
  ASSERT_FALSE(set.ok());
  EXPECT_EQ(set.error().code, app::Code::io);
  EXPECT_NE(set.error().detail.find("/nowhere"), std::string::npos);
}

}  // namespace
