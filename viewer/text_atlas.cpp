#include "viewer/text_atlas.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "viewer/text_atlas_cell.h"
#include "viewer/text_pieces.h"

namespace viewer {
namespace {

constexpr std::uint32_t kFirstWord = 0xE000;
constexpr std::uint32_t kLastWord = 0xF8FF;
constexpr std::size_t kWordsMost = kLastWord - kFirstWord + 1;  // the basic plane's private-use area
constexpr std::size_t kWordsOfALine = 1000;                     // room that is kept for the next line
constexpr std::size_t kWordPixelsMost = 16'000'000;
constexpr std::size_t kRememberedLines = 4096;  // display strings kept for the next frame

// Body size times this.
constexpr std::array<float, kFaces> kFaceScale = {1.0f, 1.0f, 1.36f, 0.84f};

bool is_bold(std::size_t face) {
  return face == static_cast<std::size_t>(Face::bold) || face == static_cast<std::size_t>(Face::title);
}

struct Line {
  std::string text;
  float width = 0;
};

}  // namespace

struct TextAtlas::State {
  explicit State(CellPainter cell_painter) : painter(std::move(cell_painter)) {}

  struct FaceState {
    float size = 0;
    double em_px = 0;
    float ascent = 0;
    std::map<std::uint32_t, Cell> cells;
    std::unordered_map<std::string, Line> lines;
    ImFont* font = nullptr;
  };

  const Cell& cell(std::size_t face, std::uint32_t code_point, std::string_view text) {
    auto& cells = faces[face].cells;
    auto place = cells.find(code_point);
    if (place == cells.end()) {
      place = cells.emplace(code_point, painter.paint(text, is_bold(face), faces[face].em_px)).first;
      if (code_point >= kFirstWord && code_point <= kLastWord) word_pixels += place->second.alpha.size();
      stale = true;
    }
    return place->second;
  }

  std::uint32_t word_code(const std::string& word) {
    // Only a text of thousands of words that is measured before it is broken into lines comes here.
    if (words.size() >= kWordsMost && word_codes.find(word) == word_codes.end()) return kFirstWord;
    const auto [place, is_new] =
        word_codes.try_emplace(word, kFirstWord + static_cast<std::uint32_t>(words.size()));
    if (is_new) words.push_back(word);
    return place->second;
  }

  // Too many different words for the private-use area: begin again with those that are on screen now.
  void forget_words() {
    for (FaceState& face : faces) {
      face.lines.clear();
      face.cells.erase(face.cells.lower_bound(kFirstWord), face.cells.upper_bound(kLastWord));
    }
    words.clear();
    word_codes.clear();
    word_pixels = 0;
    stale = true;
  }

  Line make_line(std::string_view text, std::size_t face) {
    Line line;
    for (const TextPiece& piece : split_line(text, [this](std::uint32_t c) { return painter.covers(c); })) {
      if (piece.whole) {
        const std::uint32_t code = word_code(piece.text);
        line.width += cell(face, code, piece.text).advance;
        append_utf8(code, line.text);
        continue;
      }
      line.text += piece.text;
      for (const char* at = piece.text.c_str(); *at != 0;) {
        unsigned length = 1;
        const auto byte = static_cast<unsigned char>(*at);
        if (byte >= 0xF0)
          length = 4;
        else if (byte >= 0xE0)
          length = 3;
        else if (byte >= 0xC0)
          length = 2;
        std::uint32_t code = length == 1 ? byte : byte & (0xFFu >> (length + 1));
        for (unsigned i = 1; i < length; ++i) code = code << 6 | (static_cast<unsigned char>(at[i]) & 0x3F);
        line.width += cell(face, code, {at, length}).advance;
        at += length;
      }
    }
    return line;
  }

  const Line& line(std::string_view text, std::size_t face) {
    auto& lines = faces[face].lines;
    const std::string key(text);
    if (const auto found = lines.find(key); found != lines.end()) return found->second;
    if (lines.size() >= kRememberedLines) lines.clear();
    if (words.size() > kWordsMost - kWordsOfALine || word_pixels > kWordPixelsMost) forget_words();
    return lines.emplace(key, make_line(text, face)).first->second;
  }

  CellPainter painter;
  std::vector<char> base_font;  // ImGui keeps a pointer to it
  std::array<FaceState, kFaces> faces;
  std::vector<std::string> words;
  std::unordered_map<std::string, std::uint32_t> word_codes;
  std::size_t word_pixels = 0;
  bool stale = true;
  std::uint64_t generation = 0;
};

TextAtlas::TextAtlas(std::unique_ptr<State> state) : state_(std::move(state)) {}
TextAtlas::~TextAtlas() = default;
TextAtlas::TextAtlas(TextAtlas&&) noexcept = default;
TextAtlas& TextAtlas::operator=(TextAtlas&&) noexcept = default;

app::Result<TextAtlas> TextAtlas::open(const std::filesystem::path& fonts_folder) {
  TRY_GET(CellPainter painter, CellPainter::open(fonts_folder));
  auto state = std::make_unique<State>(std::move(painter));
  std::ifstream in(state->painter.base_font(), std::ios::binary);
  state->base_font.assign(std::istreambuf_iterator<char>(in), {});
  if (state->base_font.empty())
    return app::Error{app::Code::io, "A font could not be read.", state->painter.base_font().string()};
  TextAtlas atlas(std::move(state));
  atlas.set_body_size(24);
  return atlas;
}

void TextAtlas::set_body_size(float body_px) {
  for (std::size_t i = 0; i < kFaces; ++i) {
    State::FaceState& face = state_->faces[i];
    face.cells.clear();
    face.lines.clear();
    state_->word_pixels = 0;
    face.size = std::round(body_px * kFaceScale[i]);
    face.em_px = static_cast<double>(face.size) / state_->painter.base_height_em();
    face.ascent = static_cast<float>(std::round(face.em_px * state_->painter.base_ascent_em()));
    // The letters of nearly every text, so that typing does not make the atlas anew again and again.
    std::string letters;
    for (char c = ' '; c < 0x7F; ++c) letters += c;
    state_->line(letters, i);
  }
  state_->stale = true;
}

float TextAtlas::size(Face face) const { return state_->faces[static_cast<std::size_t>(face)].size; }

const std::string& TextAtlas::display(std::string_view line, Face face) {
  return state_->line(line, static_cast<std::size_t>(face)).text;
}

float TextAtlas::width(std::string_view line, Face face) {
  return state_->line(line, static_cast<std::size_t>(face)).width;
}

bool TextAtlas::stale() const { return state_->stale; }

void TextAtlas::rebuild() {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
  static const std::array<ImWchar, 3> kBlankOnly = {' ', ' ', 0};
  std::vector<std::pair<int, const Cell*>> places;
  int widest = 0;
  std::size_t pixels = 0;
  for (State::FaceState& face : state_->faces) {
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;
    config.OversampleH = 1;
    face.font =
        atlas.AddFontFromMemoryTTF(state_->base_font.data(), static_cast<int>(state_->base_font.size()),
                                   face.size, &config, kBlankOnly.data());
    for (const auto& [code, cell] : face.cells) {
      if (code == ' ') continue;
      // A glyph without a picture still moves the pen; the atlas wants at least one pixel of it.
      const int rect = atlas.AddCustomRectFontGlyph(
          face.font, static_cast<ImWchar>(code), std::max(cell.width, 1), std::max(cell.height, 1),
          cell.advance, {static_cast<float>(cell.left), face.ascent - static_cast<float>(cell.top)});
      places.emplace_back(rect, &cell);
      widest = std::max(widest, cell.width + 2);
      pixels += static_cast<std::size_t>(cell.width + 2) * static_cast<std::size_t>(cell.height + 2);
    }
  }
  // Wide enough for the longest word, and for the atlas to stay below the height that ImGui can pack.
  constexpr std::size_t kHeightAimed = 8192;
  atlas.TexDesiredWidth = static_cast<int>(
      std::bit_ceil(std::max({std::size_t{1024}, static_cast<std::size_t>(widest), pixels / kHeightAimed})));
  atlas.Build();
  unsigned char* alpha = nullptr;
  int width = 0, height = 0;
  atlas.GetTexDataAsAlpha8(&alpha, &width, &height);
  for (const auto& [rect, cell] : places) {
    const ImFontAtlasCustomRect& place = *atlas.GetCustomRectByIndex(rect);
    if (!place.IsPacked()) continue;
    for (int row = 0; row < cell->height; ++row) {
      std::memcpy(alpha + static_cast<std::ptrdiff_t>(place.Y + row) * width + place.X,
                  cell->alpha.data() + static_cast<std::ptrdiff_t>(row) * cell->width,
                  static_cast<std::size_t>(cell->width));
    }
  }
  atlas.SetTexID(const_cast<void*>(kAtlasTexture));
  state_->stale = false;
  ++state_->generation;
}

ImFont* TextAtlas::font(Face face) const { return state_->faces[static_cast<std::size_t>(face)].font; }

AtlasImage TextAtlas::image() const {
  unsigned char* alpha = nullptr;
  AtlasImage image;
  ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&alpha, &image.width, &image.height);
  image.alpha = alpha;
  image.generation = state_->generation;
  return image;
}

std::string_view TextAtlas::word_of(std::uint32_t code_point) const {
  const std::size_t index = code_point - kFirstWord;
  return code_point >= kFirstWord && index < state_->words.size() ? std::string_view(state_->words[index])
                                                                  : std::string_view();
}

std::size_t TextAtlas::words() const { return state_->words.size(); }

}  // namespace viewer
