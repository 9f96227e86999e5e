// One part of a form as bands to be put below each other: boxes to fill in, answers to tick, lines to write on.
//
// For the files form_*.cpp alone; everybody else includes form_layout.h.
// Units:   points, from the left edge of the form and the top of each band.
// Errors:  none.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "app/paper/flow.h"
#include "app/paper/form_layout.h"

namespace app {

// What all parts are laid out with.
struct FormRoom {
  double width_pt = 0;
  const FontSet& fonts;
  FormNumbers& numbers;
  std::size_t& uncovered;
  const FormPatient* patient = nullptr;
};

struct FormPiece {
  std::vector<Band> bands;
  std::vector<Band> again;  // above the rest of its lines on the next page
  int lines = 0;            // to write on, below the bands
  bool grows = false;       // as many lines as there is room for, `lines` at least
  std::function<Band(double height_pt)> make_line;
};

// Not of FormPartKind::patient or page.
FormPiece lay_out_part(const FormPart& part, FormRoom& room);

// Boxes beside each other, a name in each and room below it.
Band lay_out_fields(const std::vector<FormCell>& cells, FormRoom& room);

// Whoever it is, or boxes to write that into. In full once in each form; on its other pages name, birth, number and
// allergies. For paper that leaves the house the identity alone.
enum class IdentityDepth : std::uint8_t { in_full, again, alone };
std::vector<Band> lay_out_identity(FormRoom& room, IdentityDepth depth);

// Text across the form.
std::vector<Band> lay_out_words(const std::vector<StyledText>& words, FormRoom& room);

}  // namespace app
