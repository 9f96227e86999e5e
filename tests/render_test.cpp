// The painter: known shapes give known pixels, and no coordinates, however wild, do harm.
#include "viewer/render.h"

#include <gtest/gtest.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace {

constexpr std::uint32_t kBackground = 0x102030;
constexpr std::uint32_t kRed = 0xFF0000;

// One draw list, made by hand and painted on 16 x 16 pixels.
class Render : public testing::Test {
 protected:
  Render() : list_(nullptr) {
    picture_.resize(16, 16);
    clip(0, 0, 16, 16);
  }

  void clip(float left, float top, float right, float bottom) {
    command_.ClipRect = {left, top, right, bottom};
  }
  void triangle(ImVec2 a, ImVec2 b, ImVec2 c, ImU32 colour) {
    for (const ImVec2& p : {a, b, c}) add(p, {0, 0}, colour);
  }
  void quad(ImVec2 min, ImVec2 max, ImU32 colour, ImVec2 uv_min = {0, 0}, ImVec2 uv_max = {0, 0}) {
    const auto first = static_cast<ImDrawIdx>(list_.VtxBuffer.Size);
    put(min, uv_min, colour);
    put({max.x, min.y}, {uv_max.x, uv_min.y}, colour);
    put(max, uv_max, colour);
    put({min.x, max.y}, {uv_min.x, uv_max.y}, colour);
    for (const int i : {0, 1, 2, 0, 2, 3}) list_.IdxBuffer.push_back(static_cast<ImDrawIdx>(first + i));
  }
  void paint() {
    command_.ElemCount = static_cast<unsigned>(list_.IdxBuffer.Size);
    list_.CmdBuffer.clear();
    list_.CmdBuffer.push_back(command_);
    ImDrawList* lists[] = {&list_};
    ImDrawData data;
    data.Valid = true;
#if IMGUI_VERSION_NUM >= 18990
    data.CmdLists.push_back(lists[0]);
#else
    data.CmdLists = lists;
#endif
    data.CmdListsCount = 1;
    data.DisplaySize = {16, 16};
    viewer::render(data, atlas_, kBackground, picture_);
    hash_ = viewer::hash_of(data, atlas_, kBackground);
  }
  std::uint32_t at(int x, int y) const { return picture_.pixels[static_cast<std::size_t>(y * 16 + x)]; }
  int count(std::uint32_t colour) const {
    return static_cast<int>(std::count(picture_.pixels.begin(), picture_.pixels.end(), colour));
  }

  viewer::Picture picture_;
  viewer::AtlasImage atlas_;
  ImDrawList list_;
  ImDrawCmd command_;
  std::uint64_t hash_ = 0;

 private:
  void put(ImVec2 p, ImVec2 uv, ImU32 colour) {
    ImDrawVert vertex;
    vertex.pos = p, vertex.uv = uv, vertex.col = colour;
    list_.VtxBuffer.push_back(vertex);
  }
  void add(ImVec2 p, ImVec2 uv, ImU32 colour) {
    list_.IdxBuffer.push_back(static_cast<ImDrawIdx>(list_.VtxBuffer.Size));
    put(p, uv, colour);
  }
};

const ImU32 kRedInk = IM_COL32(255, 0, 0, 255);

TEST_F(Render, ABoxCoversExactlyItsPixels) {
  quad({2, 3}, {5, 7}, kRedInk);
  paint();
  EXPECT_EQ(count(kRed), 12);
  EXPECT_EQ(at(2, 3), kRed);
  EXPECT_EQ(at(4, 6), kRed);
  EXPECT_EQ(at(5, 6), kBackground);
  EXPECT_EQ(at(4, 7), kBackground);
}

TEST_F(Render, NothingIsPaintedOutsideTheClip) {
  clip(4, 4, 8, 8);
  quad({-100, -100}, {100, 100}, kRedInk);
  triangle({-50, -50}, {200, -50}, {-50, 200}, kRedInk);
  paint();
  EXPECT_EQ(count(kRed), 16);
  EXPECT_EQ(count(kBackground), 240);
}

TEST_F(Render, TwoTrianglesThatShareAnEdgeCoverEachPixelOnce) {
  const ImU32 half = IM_COL32(255, 255, 255, 128);
  triangle({1, 1}, {13, 2}, {12, 14}, half);
  triangle({1, 1}, {12, 14}, {0, 12}, half);
  paint();
  std::uint32_t once = 0;
  for (const std::uint32_t pixel : picture_.pixels) {
    if (pixel == kBackground) continue;
    if (once == 0) once = pixel;
    EXPECT_EQ(pixel, once);
  }
  EXPECT_NE(once, 0u);
}

TEST_F(Render, HalfCoverMixesHalfAndHalf) {
  quad({0, 0}, {16, 16}, IM_COL32(255, 0, 0, 128));
  paint();
  EXPECT_NEAR(static_cast<int>(at(8, 8) >> 16), (255 + 0x10) / 2, 2);
  EXPECT_NEAR(static_cast<int>(at(8, 8) & 0xFF), 0x30 / 2, 2);
}

TEST_F(Render, AFullCoverLeavesExactlyTheColour) {
  quad({0, 0}, {16, 16}, IM_COL32(0x12, 0x34, 0x56, 255));
  triangle({0, 0}, {40, 0}, {0, 40}, IM_COL32(0xAB, 0xCD, 0xEF, 255));
  paint();
  EXPECT_EQ(at(1, 1), 0xABCDEFu);
}

TEST_F(Render, AGlyphIsStampedFromTheAtlas) {
  std::array<std::uint8_t, 64> alpha{};
  alpha[2 * 8 + 3] = 255, alpha[3 * 8 + 4] = 255;
  atlas_ = {alpha.data(), 8, 8};
  quad({10, 5}, {14, 9}, kRedInk, {2 / 8.0f, 1 / 8.0f}, {6 / 8.0f, 5 / 8.0f});
  paint();
  EXPECT_EQ(count(kRed), 2);
  EXPECT_EQ(at(11, 6), kRed);
  EXPECT_EQ(at(12, 7), kRed);
}

TEST_F(Render, AGlyphIsCutAtTheEdgeOfThePicture) {
  std::array<std::uint8_t, 64> alpha{};
  alpha.fill(255);
  atlas_ = {alpha.data(), 8, 8};
  quad({-4, -4}, {4, 4}, kRedInk, {0, 0}, {1, 1});
  quad({14, 14}, {22, 22}, kRedInk, {0, 0}, {1, 1});
  paint();
  EXPECT_EQ(count(kRed), 16 + 4);
}

TEST_F(Render, WildCoordinatesDoNoHarm) {
  std::array<std::uint8_t, 64> alpha{};
  alpha.fill(255);
  atlas_ = {alpha.data(), 8, 8};
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN(),
                  kInf = std::numeric_limits<float>::infinity();
  const float wild[] = {0, -1, 15.99f, 1e9f, -1e9f, 3e38f, kNan, kInf, -kInf};
  for (const float a : wild) {
    for (const float b : wild) {
      quad({a, b}, {b, a}, kRedInk);
      quad({a, b}, {kInf, kNan}, kRedInk, {a, b}, {b, a});
      quad({0, 0}, {8, 8}, kRedInk, {a, a}, {b, b});
      triangle({a, b}, {b, 3}, {7, a}, kRedInk);
    }
  }
  paint();
  clip(kNan, -kInf, kInf, kNan);
  paint();
  EXPECT_EQ(count(kBackground), 256) << "a clip that is no rectangle shows nothing";
}

TEST_F(Render, TheHashSeesEveryChange) {
  quad({2, 3}, {5, 7}, kRedInk);
  paint();
  const std::uint64_t before = hash_;
  paint();
  EXPECT_EQ(hash_, before);
  clip(0, 0, 4, 4);
  paint();
  EXPECT_NE(hash_, before) << "the clip";
  clip(0, 0, 16, 16);
  ++atlas_.generation;
  paint();
  EXPECT_NE(hash_, before) << "the atlas: the same place of it may hold another letter now";
  --atlas_.generation;
  clip(0, 0, 16, 16);
  list_.VtxBuffer[0].col = IM_COL32(255, 0, 0, 254);
  paint();
  EXPECT_NE(hash_, before) << "a colour";
  list_.VtxBuffer[0].col = kRedInk;
  list_.IdxBuffer[5] = 1;
  paint();
  EXPECT_NE(hash_, before) << "an index";
}

}  // namespace
