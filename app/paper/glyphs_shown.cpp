#include "app/paper/glyphs_shown.h"

namespace app {
namespace {

constexpr std::size_t kBitsPerWord = 64;

}  // namespace

void GlyphsShown::add(std::size_t font, std::uint32_t glyph) {
  if (font >= bits_.size()) bits_.resize(font + 1);
  auto& words = bits_[font];
  const std::size_t word = glyph / kBitsPerWord;
  if (word >= words.size()) words.resize(word + 1);
  words[word] |= std::uint64_t{1} << glyph % kBitsPerWord;
}

void GlyphsShown::add(const GlyphsShown& other) {
  if (other.bits_.size() > bits_.size()) bits_.resize(other.bits_.size());
  for (std::size_t font = 0; font < other.bits_.size(); ++font) {
    const auto& from = other.bits_[font];
    auto& to = bits_[font];
    if (from.size() > to.size()) to.resize(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) to[i] |= from[i];
  }
}

std::vector<std::size_t> GlyphsShown::fonts() const {
  std::vector<std::size_t> shown;
  for (std::size_t font = 0; font < bits_.size(); ++font) {
    if (!bits_[font].empty()) shown.push_back(font);
  }
  return shown;
}

std::vector<std::uint32_t> GlyphsShown::of(std::size_t font) const {
  std::vector<std::uint32_t> glyphs;
  if (font >= bits_.size()) return glyphs;
  for (std::size_t glyph = 0; glyph < bits_[font].size() * kBitsPerWord; ++glyph) {
    if ((bits_[font][glyph / kBitsPerWord] >> glyph % kBitsPerWord & 1) != 0) {
      glyphs.push_back(static_cast<std::uint32_t>(glyph));
    }
  }
  return glyphs;
}

}  // namespace app
