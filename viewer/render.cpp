#include "viewer/render.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "viewer/page_image.h"
#include "viewer/render_triangle.h"

namespace viewer {
namespace {

// Rounded, and kept where int arithmetic is safe; what is no number becomes the lower end.
int pixel_of(float value) {
  constexpr float kFar = 1e6f;
  if (!(value > -kFar)) return static_cast<int>(-kFar);
  return value < kFar ? static_cast<int>(std::floor(value + 0.5f)) : static_cast<int>(kFar);
}

PixelBox intersect(const PixelBox& a, const PixelBox& b) {
  return {std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
          std::min(a.bottom, b.bottom)};
}

Rgb rgb_of(ImU32 colour) {
  return (colour >> IM_COL32_R_SHIFT & 0xFF) << 16 | (colour >> IM_COL32_G_SHIFT & 0xFF) << 8 |
         (colour >> IM_COL32_B_SHIFT & 0xFF);
}

std::uint32_t* row_of(Picture& picture, int row) {
  return picture.pixels.data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(picture.width);
}

void fill_box(const PixelBox& box, Rgb colour, std::uint32_t alpha, Picture& picture) {
  for (int y = box.top; y < box.bottom; ++y) {
    std::uint32_t* row = row_of(picture, y);
    if (alpha == 255) {
      std::fill(row + box.left, row + box.right, colour);
    } else {
      for (int x = box.left; x < box.right; ++x) row[x] = blend(row[x], colour, alpha);
    }
  }
}

// `left` and `top` are the pixel at which the atlas's (source_x, source_y) comes to lie.
void stamp_glyph(const PixelBox& box, int left, int top, int source_x, int source_y, const AtlasImage& atlas,
                 Rgb colour, std::uint32_t alpha, Picture& picture) {
  for (int y = box.top; y < box.bottom; ++y) {
    std::uint32_t* row = row_of(picture, y);
    const std::uint8_t* source =
        atlas.alpha + static_cast<std::ptrdiff_t>(source_y + y - top) * atlas.width + (source_x - left);
    for (int x = box.left; x < box.right; ++x) {
      const std::uint32_t cover = alpha == 255 ? source[x] : source[x] * alpha / 255;
      if (cover != 0) row[x] = blend(row[x], colour, cover);
    }
  }
}

// Two triangles that make one upright rectangle of one colour: what text and boxes are made of.
struct Quad {
  const ImDrawVert* first;  // top left
  const ImDrawVert* last;   // bottom right
};

bool read_quad(const ImDrawVert* vertices, const ImDrawIdx* index, Quad& quad) {
  if (index[3] != index[0] || index[4] != index[2]) return false;
  const ImDrawVert &a = vertices[index[0]], &b = vertices[index[1]], &c = vertices[index[2]],
                   &d = vertices[index[5]];
  quad = {&a, &c};
  return a.pos.y == b.pos.y && c.pos.y == d.pos.y && a.pos.x == d.pos.x && b.pos.x == c.pos.x &&
         a.pos.x <= c.pos.x && a.pos.y <= c.pos.y && a.col == b.col && a.col == c.col && a.col == d.col &&
         a.uv.y == b.uv.y && c.uv.y == d.uv.y && a.uv.x == d.uv.x && b.uv.x == c.uv.x;
}

// Whether the quad could be painted as a plain box or as an unscaled piece of the atlas.
bool paint_quad(const Quad& quad, const AtlasImage& atlas, const PixelBox& clip, Picture& picture) {
  const ImDrawVert &first = *quad.first, &last = *quad.last;
  const PixelBox whole{pixel_of(first.pos.x), pixel_of(first.pos.y), pixel_of(last.pos.x),
                       pixel_of(last.pos.y)};
  const std::uint32_t alpha = first.col >> IM_COL32_A_SHIFT & 0xFF;
  const PixelBox box = intersect(whole, clip);
  if (first.uv.x == last.uv.x && first.uv.y == last.uv.y) {
    if (!box.empty() && alpha != 0) fill_box(box, rgb_of(first.col), alpha, picture);
    return true;
  }
  const auto atlas_width = static_cast<float>(atlas.width), atlas_height = static_cast<float>(atlas.height);
  constexpr float kNearly = 0.05f;
  const float width = last.pos.x - first.pos.x, height = last.pos.y - first.pos.y;
  if (!(std::abs((last.uv.x - first.uv.x) * atlas_width - width) < kNearly) ||
      !(std::abs((last.uv.y - first.uv.y) * atlas_height - height) < kNearly))
    return false;
  const int source_x = pixel_of(first.uv.x * atlas_width), source_y = pixel_of(first.uv.y * atlas_height);
  if (source_x < 0 || source_y < 0 || source_x + (whole.right - whole.left) > atlas.width ||
      source_y + (whole.bottom - whole.top) > atlas.height)
    return false;
  if (!box.empty() && alpha != 0)
    stamp_glyph(box, whole.left, whole.top, source_x, source_y, atlas, rgb_of(first.col), alpha, picture);
  return true;
}

// Each pixel is the nearest one of the picture: at the size that it was drawn for, all of them.
void paint_page(const PixelBox& whole, const PixelBox& clip, const app::PagePicture& page, Picture& picture) {
  const PixelBox box = intersect(whole, clip);
  const std::int64_t width = whole.right - whole.left, height = whole.bottom - whole.top;
  if (box.empty() || width <= 0 || height <= 0) return;
  for (int y = box.top; y < box.bottom; ++y) {
    const auto from_row = static_cast<std::size_t>((y - whole.top) * page.height / height);
    const auto* source = reinterpret_cast<const unsigned char*>(page.pixels.data()) + from_row * page.row_bytes();
    std::uint32_t* row = row_of(picture, y);
    for (int x = box.left; x < box.right; ++x) {
      const auto* at = source + (x - whole.left) * page.width / width * page.channels;
      row[x] = page.channels == 1 ? std::uint32_t{at[0]} * 0x010101u : std::uint32_t{at[0]} << 16 | std::uint32_t{at[1]} << 8 | at[2];
    }
  }
}

void render_command(const ImDrawList& list, const ImDrawCmd& command, const ImVec2& origin,
                    const AtlasImage& atlas, Picture& picture) {
  const PixelBox clip =
      intersect({0, 0, picture.width, picture.height},
                {pixel_of(command.ClipRect.x - origin.x), pixel_of(command.ClipRect.y - origin.y),
                 pixel_of(command.ClipRect.z - origin.x), pixel_of(command.ClipRect.w - origin.y)});
  if (clip.empty() || command.UserCallback != nullptr) return;
  const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
  const ImDrawIdx* indices = list.IdxBuffer.Data + command.IdxOffset;
  if (command.GetTexID() != kAtlasTexture) {
    const auto& image = *static_cast<const PageImage*>(command.GetTexID());
    if (command.ElemCount < 6) return;
    const ImVec2 first = vertices[indices[0]].pos, last = vertices[indices[2]].pos;
    return paint_page({pixel_of(first.x), pixel_of(first.y), pixel_of(last.x), pixel_of(last.y)}, clip, image.picture, picture);
  }
  for (unsigned i = 0; i + 3 <= command.ElemCount;) {
    Quad quad{};
    if (i + 6 <= command.ElemCount && read_quad(vertices, indices + i, quad) &&
        paint_quad(quad, atlas, clip, picture)) {
      i += 6;
      continue;
    }
    paint_triangle(vertices[indices[i]], vertices[indices[i + 1]], vertices[indices[i + 2]], atlas, clip,
                   picture);
    i += 3;
  }
}

// FNV-1a over whole words: quick, and good enough to tell one frame from the next.
struct FrameHash {
  std::uint64_t value = 0xcbf29ce484222325;

  void add(const void* bytes, std::size_t count) {
    const auto* at = static_cast<const unsigned char*>(bytes);
    for (; count >= sizeof(std::uint64_t); count -= sizeof(std::uint64_t), at += sizeof(std::uint64_t)) {
      std::uint64_t word;
      std::copy_n(at, sizeof word, reinterpret_cast<unsigned char*>(&word));
      mix(word);
    }
    for (; count > 0; --count, ++at) mix(*at);
  }
  void mix(std::uint64_t word) {
    value = (value ^ word) * 0x100000001b3;
    value ^= value >> 29;
  }
};

}  // namespace

void Picture::resize(int new_width, int new_height) {
  width = std::max(new_width, 0);
  height = std::max(new_height, 0);
  pixels.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
}

void render(const ImDrawData& data, const AtlasImage& atlas, Rgb background, Picture& picture) {
  std::fill(picture.pixels.begin(), picture.pixels.end(), background);
  for (int i = 0; i < data.CmdListsCount; ++i) {
    const ImDrawList& list = *data.CmdLists[i];
    for (const ImDrawCmd& command : list.CmdBuffer)
      render_command(list, command, data.DisplayPos, atlas, picture);
  }
}

std::uint64_t hash_of(const ImDrawData& data, const AtlasImage& atlas, Rgb background) {
  FrameHash hash;
  hash.mix(atlas.generation);
  hash.mix(background);
  hash.add(&data.DisplaySize, sizeof data.DisplaySize);
  for (int i = 0; i < data.CmdListsCount; ++i) {
    const ImDrawList& list = *data.CmdLists[i];
    hash.add(list.VtxBuffer.Data, static_cast<std::size_t>(list.VtxBuffer.size_in_bytes()));
    hash.add(list.IdxBuffer.Data, static_cast<std::size_t>(list.IdxBuffer.size_in_bytes()));
    for (const ImDrawCmd& command : list.CmdBuffer) {
      hash.add(&command.ClipRect, sizeof command.ClipRect);
      hash.mix(command.ElemCount);
      if (command.GetTexID() != kAtlasTexture) hash.mix(static_cast<const PageImage*>(command.GetTexID())->number);
    }
  }
  return hash.value;
}

}  // namespace viewer
