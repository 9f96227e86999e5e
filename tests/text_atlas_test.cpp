// Names of every script on screen: shaped as their readers write them, and never a silent box.
#include "viewer/text_atlas.h"

#include <gtest/gtest.h>
#include <imgui.h>

#include <algorithm>

#include "app/paper/shape.h"
#include "app/record/text.h"
#include "viewer/paragraph.h"
#include "viewer/text_pieces.h"

namespace {

using viewer::Face;

std::size_t count_code_points(const std::string& text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += app::character_length(text, at)) ++count;
  return count;
}

class TextAtlas : public testing::Test {
 protected:
  TextAtlas() : context_(ImGui::CreateContext()), atlas_(open()) {}
  ~TextAtlas() override { ImGui::DestroyContext(context_); }

  static viewer::TextAtlas open() {
    auto opened = viewer::TextAtlas::open(app::find_fonts());
    EXPECT_TRUE(opened.ok());
    return std::move(opened).value();
  }
  std::string word(const std::string& display, std::size_t index) {
    std::size_t at = 0;
    for (; index > 0; --index) at += app::character_length(display, at);
    return std::string(atlas_.word_of(app::code_point_at(display, at)));
  }

  ImGuiContext* context_;
  viewer::TextAtlas atlas_;
};

TEST_F(TextAtlas, PlainLettersStayThemselves) {
  for (const char* text :
       {"Smith", "Dvo\u0159\u00E1k",
        "\u03A0\u03B1\u03C0\u03B1\u03B4\u03CC\u03C0\u03BF\u03C5\u03BB\u03BF\u03C2",
        "\u0418\u0432\u0430\u043D\u043E\u0432", "\u738B\u5C0F\u660E", "\uAE40\uC601\uD76C"})
    EXPECT_EQ(atlas_.display(text, Face::body), text);
}

TEST_F(TextAtlas, DecomposedLettersAreComposed) {
  EXPECT_EQ(atlas_.display("Nguye\u0302\u0303n", Face::body), "Nguy\u1EC5n");
}

TEST_F(TextAtlas, AnArabicWordIsOneGlyphAndWordsRunFromTheRight) {
  const std::string first = "\u0645\u062D\u0645\u062F", second = "\u0639\u0644\u064A";
  const std::string display = atlas_.display(first + " " + second, Face::body);
  EXPECT_EQ(count_code_points(display), 3u);
  EXPECT_EQ(word(display, 0), second);
  EXPECT_EQ(word(display, 2), first);
}

TEST_F(TextAtlas, BracketsInRightToLeftTextAreMirrored) {
  const std::string display = atlas_.display("\u05DB\u05D4\u05DF (\u05D3\u05D5\u05D3)", Face::body);
  EXPECT_NE(display.find('('), std::string::npos);
  EXPECT_LT(display.find('('), display.find(')'));
}

TEST_F(TextAtlas, ADevanagariWordIsOneGlyph) {
  const std::string display = atlas_.display("\u0935\u093F\u0926\u094D\u092F\u093E", Face::body);
  EXPECT_EQ(count_code_points(display), 1u);
  EXPECT_EQ(word(display, 0), "\u0935\u093F\u0926\u094D\u092F\u093E");
}

TEST_F(TextAtlas, ALetterWithAMarkThatNothingComposesIsOneGlyph) {
  const std::string display = atlas_.display("q\u0301", Face::body);
  EXPECT_EQ(count_code_points(display), 1u);
  EXPECT_EQ(word(display, 0), "q\u0301");
}

TEST_F(TextAtlas, WhatNoFontHasIsNamed) {
  EXPECT_EQ(atlas_.display("a\U00012345b", Face::body), "a[U+12345]b");
  EXPECT_EQ(atlas_.display("\uE123", Face::body), "[U+E123]") << "a private-use character of the data's own";
}

TEST_F(TextAtlas, EveryGlyphOfADisplayStringIsInTheAtlas) {
  const std::string text = "\u0645\u062D\u0645\u062F Sm\u00EFth \u0E2A\u0E21\u0E0A\u0E32\u0E22 \u738B";
  const std::string display = atlas_.display(text, Face::bold);
  EXPECT_TRUE(atlas_.stale());
  atlas_.rebuild();
  EXPECT_FALSE(atlas_.stale());
  for (std::size_t at = 0; at < display.size(); at += app::character_length(display, at)) {
    const auto code = static_cast<ImWchar>(app::code_point_at(display, at));
    const ImFontGlyph* glyph = atlas_.font(Face::bold)->FindGlyphNoFallback(code);
    ASSERT_NE(glyph, nullptr) << std::hex << code;
    EXPECT_TRUE(code == ' ' || glyph->U1 > glyph->U0);
  }
  const float shown =
      atlas_.font(Face::bold)->CalcTextSizeA(atlas_.size(Face::bold), 1e6f, 0, display.c_str()).x;
  EXPECT_NEAR(shown, atlas_.width(text, Face::bold), 0.5f) << "what is measured is what is drawn";
}

TEST_F(TextAtlas, EachRebuildIsAnotherGeneration) {
  atlas_.rebuild();
  const std::uint64_t before = atlas_.image().generation;
  EXPECT_EQ(atlas_.image().generation, before);
  atlas_.rebuild();
  EXPECT_NE(atlas_.image().generation, before);
}

TEST_F(TextAtlas, AShapedWordIsPaintedIntoTheAtlas) {
  const std::string display = atlas_.display("\u0939\u093F\u0928\u094D\u0926\u0940", Face::body);
  atlas_.rebuild();
  const ImFontGlyph* glyph =
      atlas_.font(Face::body)->FindGlyphNoFallback(static_cast<ImWchar>(app::code_point_at(display, 0)));
  ASSERT_NE(glyph, nullptr);
  const viewer::AtlasImage image = atlas_.image();
  int ink = 0;
  for (int y = static_cast<int>(glyph->V0 * static_cast<float>(image.height));
       y < static_cast<int>(glyph->V1 * static_cast<float>(image.height)); ++y)
    for (int x = static_cast<int>(glyph->U0 * static_cast<float>(image.width));
         x < static_cast<int>(glyph->U1 * static_cast<float>(image.width)); ++x)
      ink += image.alpha[y * image.width + x] > 128;
  EXPECT_GT(ink, 40);
}

TEST_F(TextAtlas, HostileTextIsOnlyText) {
  for (const std::string& text : std::vector<std::string>{
           std::string("\xFF\xFE\x80"), std::string("a\0b", 3), std::string("\u202E\u2066abc"),
           std::string(3000, 'x'), std::string("\u0301\u0301\u0301")}) {
    EXPECT_GE(atlas_.width(text, Face::body), 0);
    atlas_.rebuild();
  }
  std::string endless;
  for (int i = 0; i < 2000; ++i) endless += "\u0645";
  EXPECT_GT(atlas_.width(endless, Face::body), 1000);
  atlas_.rebuild();
}

TEST_F(TextAtlas, MoreWordsThanCodePointsAreNoTrouble) {
  for (int i = 0; i < 7000; ++i) {
    std::string word;
    for (int rest = i, letter = 0; letter < 5; ++letter, rest /= 9)
      viewer::append_utf8(0x0628 + static_cast<std::uint32_t>(rest % 9), word);
    EXPECT_EQ(count_code_points(atlas_.display(word, Face::small)), 1u);
  }
  EXPECT_LE(atlas_.words(), 6400u);
}

TEST(Paragraph, LosesNothingAndNeverExceedsTheWidth) {
  const auto measure = [](std::string_view piece) { return static_cast<float>(piece.size()) * 10; };
  const std::string text =
      "heparin 5,000 units per mL, solution for injection\nsecond line averyveryverylongword end";
  for (const float width : {60.0f, 100.0f, 240.0f, 5000.0f}) {
    std::string joined;
    for (const std::string& line : viewer::wrap_text(text, width, measure)) {
      EXPECT_LE(measure(line), width);
      joined += line;
    }
    std::string wanted = text;
    for (std::string* s : {&joined, &wanted}) std::erase_if(*s, [](char c) { return c == ' ' || c == '\n'; });
    EXPECT_EQ(joined, wanted);
  }
  EXPECT_EQ(viewer::wrap_text("", 100, measure).size(), 1u);
  EXPECT_EQ(viewer::wrap_text("a\n\nb", 100, measure).size(), 3u);
}

}  // namespace
