#include "app/record/text.h"

#include <gtest/gtest.h>

#include <string>

namespace {

TEST(Text, PlainTextStaysAsItIs) {
  for (const std::string text : {"", "a", "Smith", "two lines\nand a\ttab", "long enough for whole words of eight bytes~ "}) {
    const app::CleanText clean = app::clean_text(text);
    EXPECT_EQ(clean.text, text);
    EXPECT_FALSE(clean.changed) << text;
    EXPECT_TRUE(app::is_clean(text)) << text;
  }
}

TEST(Text, ControlCharactersAreTakenOutWhereverTheyStand) {
  const std::string plain = "abcdefghijklmnopqrst";
  for (std::size_t at = 0; at <= plain.size(); ++at) {
    for (const auto& control : {std::string("\0", 1), std::string("\x1F"), std::string("\x7F"), std::string("\xC2\x85"), std::string("\u202A"),
                                std::string("\u202E"), std::string("\u2066"), std::string("\u2069")}) {
      std::string dirty = plain;
      dirty.insert(at, control);
      EXPECT_FALSE(app::is_clean(dirty));
      const app::CleanText clean = app::clean_text(dirty);
      EXPECT_EQ(clean.text, plain);
      EXPECT_TRUE(clean.changed);
    }
  }
}

TEST(Text, LineEndsBecomeNewLinesWithoutBeingAFault) {
  const app::CleanText clean = app::clean_text("one\r\ntwo\rthree\r\n\r\nfour\n");
  EXPECT_EQ(clean.text, "one\ntwo\nthree\n\nfour\n");
  EXPECT_FALSE(clean.changed);
  EXPECT_FALSE(app::is_clean("one\r\ntwo"));
}

TEST(Text, BytesThatAreNoUtf8AreReplacedAndReported) {
  const app::CleanText latin1 = app::clean_text("M\xFCller");
  EXPECT_EQ(latin1.text, "M\xEF\xBF\xBDller");
  EXPECT_TRUE(latin1.changed);
  for (const std::string broken : {"\xC3", "a\xE2\x82", "\xF0\x9F\x98", "\xED\xA0\x80", "\xC0\x80", "\xFF"}) {
    EXPECT_TRUE(app::clean_text(broken).changed);
    EXPECT_TRUE(app::is_clean(app::clean_text(broken).text));
  }
}

TEST(Text, DecomposedLettersAreComposedWithoutBeingAFault) {
  const app::CleanText clean = app::clean_text("Mu\xCC\x88ller, Nguye\xCC\x82\xCC\x83n");
  EXPECT_EQ(clean.text, "Müller, Nguyễn");
  EXPECT_FALSE(clean.changed);
  EXPECT_TRUE(app::is_clean("Müller, Nguyễn 王小明 محمد 😀"));
}

TEST(Text, CapitalsFollowUnicode) {
  EXPECT_EQ(app::upper_case("Smith-O'Neill 3rd"), "SMITH-O'NEILL 3RD");
  EXPECT_EQ(app::upper_case("Straße"), "STRASSE");
  EXPECT_EQ(app::upper_case("Łukasz Щербаков Ωμέγα"), "ŁUKASZ ЩЕРБАКОВ ΩΜΈΓΑ");
  EXPECT_EQ(app::upper_case("王小明"), "王小明");
}

TEST(Text, NamesSortAsPeopleExpect) {
  const std::string sorted[] = {"adams", "Adams", "Ädams", "Adamson", "de la Cruz", "Müller", "Mullins", "Zhou", "Щербаков", "王"};
  for (std::size_t i = 1; i < std::size(sorted); ++i) {
    EXPECT_LT(app::collation_key(sorted[i - 1]), app::collation_key(sorted[i])) << sorted[i];
  }
  const std::string very_long(3000, 'x');
  EXPECT_LT(app::collation_key(very_long), app::collation_key(very_long + "y"));
}

TEST(Text, KnowsTheScriptOfTheFirstLetterThatHasOne) {
  EXPECT_EQ(app::script_of("12 (Smith)"), "Latn");
  EXPECT_EQ(app::script_of("محمد Smith"), "Arab");
  EXPECT_EQ(app::script_of("王小明"), "Hani");
  EXPECT_EQ(app::script_of("Щ"), "Cyrl");
  EXPECT_EQ(app::script_of("김"), "Hang");
  EXPECT_EQ(app::script_of("12/3 - …"), "Zyyy");
}

TEST(Text, CharactersAreWalkedOneByOneToTheEnd) {
  const std::string text = "aé王😀";
  const std::uint32_t expected[] = {'a', 0xE9, 0x738B, 0x1F600};
  std::size_t at = 0;
  for (const std::uint32_t code : expected) {
    EXPECT_EQ(app::code_point_at(text, at), code);
    at += app::character_length(text, at);
  }
  EXPECT_EQ(at, text.size());
  EXPECT_EQ(app::character_length(text, text.size()), 1u);
  EXPECT_EQ(app::character_length("\xE7\x8E", 0), 2u);
}

}  // namespace
