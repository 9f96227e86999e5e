// Turns text of any script into something ImGui can draw: a string of glyphs that stand in one atlas.
//
// Shape:   a letter that stands alone is drawn under its own code point. A word of a script that joins or
//          reorders its letters is shaped whole and becomes one glyph with a private-use code point. Text
//          comes back in the order in which it is seen.
// Units:   pixels. A face's size is the height from ascender to descender.
// Errors:  open: Code::io. A character that no font has is drawn as "[U+1F600]", never as a box.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "app/error.h"

struct ImFont;

namespace viewer {

enum class Face : std::uint8_t { body, bold, title, small };
inline constexpr std::size_t kFaces = 4;
// What ImGui calls the atlas; every other texture is a PageImage.
inline const void* const kAtlasTexture = nullptr;

// Eight-bit coverage of everything in the atlas; valid until the next rebuild().
struct AtlasImage {
  const std::uint8_t* alpha = nullptr;
  int width = 0;
  int height = 0;
  std::uint64_t generation = 0;  // goes up with each rebuild(): the same place may show another glyph then
};

// Belongs to the current ImGui context. Not for two threads at once.
class TextAtlas {
 public:
  static app::Result<TextAtlas> open(const std::filesystem::path& fonts_folder);
  ~TextAtlas();
  TextAtlas(TextAtlas&&) noexcept;
  TextAtlas& operator=(TextAtlas&&) noexcept;

  // Forgets every glyph; the next rebuild() is needed before drawing.
  void set_body_size(float body_px);
  float size(Face face) const;

  // One line of text as ImGui shall draw it. Glyphs that are new are noted: see stale().
  const std::string& display(std::string_view line, Face face);
  float width(std::string_view line, Face face);

  // Whether something was asked for that the atlas does not hold yet.
  bool stale() const;
  // Makes the atlas anew. Requires: no frame is under way.
  void rebuild();

  ImFont* font(Face face) const;
  AtlasImage image() const;
  // The text that a private-use glyph stands for; empty for any other code point.
  std::string_view word_of(std::uint32_t code_point) const;
  std::size_t words() const;

 private:
  struct State;
  explicit TextAtlas(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace viewer
