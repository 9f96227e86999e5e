#include "app/paper/font_subset.h"

#include <hb-subset.h>
#include <hb.h>

#include <memory>

#include "app/record/letter_forms.h"

namespace app {
namespace {

struct SubsetDeleter {
  void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
  void operator()(hb_face_t* face) const { hb_face_destroy(face); }
  void operator()(hb_font_t* font) const { hb_font_destroy(font); }
  void operator()(hb_set_t* set) const { hb_set_destroy(set); }
  void operator()(hb_subset_input_t* input) const { hb_subset_input_destroy(input); }
  void operator()(hb_subset_plan_t* plan) const { hb_subset_plan_destroy(plan); }
};
template <typename T>
using Owned = std::unique_ptr<T, SubsetDeleter>;

Error cannot_cut() { return {Code::io, "A font can't be drawn with.", "HarfBuzz can't take glyphs out of it"}; }

// Letters that stand in a font only for old programs: as text they are the letters they are made of.
bool is_presentation_form(std::uint32_t c) { return (c >= 0xFB00 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFE); }

// Fonts draw them like blanks.
bool is_control(std::uint32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

// A glyph that serves several characters means the lowest that isn't merely another's look: the
// character 小, not the radical of the same shape.
bool is_better(std::uint32_t c, const std::string& meaning) {
  if (meaning.empty()) return true;
  return plain_letters(meaning) != meaning && plain_letters(text_of(c)) == text_of(c);
}

int thousandths(std::int64_t units, unsigned units_per_em) {
  return units_per_em == 0 ? 0 : static_cast<int>(units * 1000 / units_per_em);
}

int signed_word(const char* bytes, unsigned at) {
  const auto high = static_cast<unsigned char>(bytes[at]);
  const auto low = static_cast<unsigned char>(bytes[at + 1]);
  return static_cast<std::int16_t>(high << 8 | low);
}

std::array<int, 4> box_of(hb_face_t* face) {
  constexpr unsigned kBoxAt = 36;  // in the table "head"
  const Owned<hb_blob_t> head(hb_face_reference_table(face, HB_TAG('h', 'e', 'a', 'd')));
  unsigned length = 0;
  const char* bytes = hb_blob_get_data(head.get(), &length);
  std::array<int, 4> box{};
  for (unsigned i = 0; i < box.size() && kBoxAt + 2 * i + 2 <= length; ++i) {
    box[i] = thousandths(signed_word(bytes, kBoxAt + 2 * i), hb_face_get_upem(face));
  }
  return box;
}

void drop_tables(hb_subset_input_t* input) {
  hb_set_t* tables = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const char* name : {"GSUB", "GPOS", "GDEF", "BASE", "JSTF", "DSIG", "name", "post", "OS/2", "cmap", "gasp",
                           "meta", "STAT", "kern", "VORG", "vhea", "vmtx", "hdmx", "VDMX", "LTSH", "PCLT", "FFTM"}) {
    hb_set_add(tables, hb_tag_from_string(name, -1));
  }
}

}  // namespace

FontFacts read_font_facts(hb_face_t* face) {
  FontFacts facts;
  const unsigned count = hb_face_get_glyph_count(face);
  facts.meanings.resize(count);
  facts.widths.resize(count);
  facts.box = box_of(face);
  const Owned<hb_font_t> font(hb_font_create(face));
  for (unsigned glyph = 0; glyph < count; ++glyph) {
    facts.widths[glyph] = thousandths(hb_font_get_glyph_h_advance(font.get(), glyph), hb_face_get_upem(face));
  }
  const Owned<hb_set_t> characters(hb_set_create());
  hb_face_collect_unicodes(face, characters.get());
  for (hb_codepoint_t c = HB_SET_VALUE_INVALID; hb_set_next(characters.get(), &c) != 0;) {
    hb_codepoint_t glyph = 0;
    if (is_control(c) || !hb_font_get_nominal_glyph(font.get(), c, &glyph) || glyph == 0 || glyph >= count) continue;
    std::string& meaning = facts.meanings[glyph];
    if (is_better(c, meaning)) meaning = is_presentation_form(c) ? plain_letters(text_of(c)) : text_of(c);
  }
  return facts;
}

Result<FontSubset> cut_font(hb_face_t* face, const std::vector<std::uint32_t>& glyphs) {
  const Owned<hb_subset_input_t> input(hb_subset_input_create_or_fail());
  if (input == nullptr) return cannot_cut();
  hb_set_t* wanted = hb_subset_input_glyph_set(input.get());
  for (const std::uint32_t glyph : glyphs) hb_set_add(wanted, glyph);
  drop_tables(input.get());
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
  const Owned<hb_subset_plan_t> plan(hb_subset_plan_create_or_fail(face, input.get()));
  if (plan == nullptr) return cannot_cut();
  const Owned<hb_face_t> cut(hb_subset_plan_execute_or_fail(plan.get()));
  if (cut == nullptr) return cannot_cut();
  const Owned<hb_blob_t> blob(hb_face_reference_blob(cut.get()));
  unsigned length = 0;
  const char* bytes = hb_blob_get_data(blob.get(), &length);
  if (length == 0) return cannot_cut();

  FontSubset subset;
  subset.bytes.assign(bytes, length);
  const hb_map_t* new_ids = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
  for (const std::uint32_t glyph : glyphs) {
    const hb_codepoint_t in_subset = hb_map_get(new_ids, glyph);
    if (in_subset == HB_MAP_VALUE_INVALID) return cannot_cut();
    subset.kept.push_back({glyph, in_subset});
  }
  return subset;
}

}  // namespace app
