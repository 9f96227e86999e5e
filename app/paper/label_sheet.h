// Sheets of labels: who it is in words, a bar code with the MRN, a square code with MRN and sheet id; nothing clinical.
//
// Units:   millimetres for the sheets as their maker gives them, points on the page.
// Source:  Avery 5160 (30 labels, US Letter) and L7160 (21 labels, A4): to be printed at actual size, not fitted.
// Errors:  Code::bad_config for a first label that the sheet does not have.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/paper/page_frame.h"

namespace app {

struct LabelSheet {
  std::string_view name;
  Paper paper;
  int columns = 0;
  int rows = 0;
  double width_mm = 0;  // of a label
  double height_mm = 0;
  double left_mm = 0;   // of the first label
  double top_mm = 0;
  double across_mm = 0;  // from a label's left edge to the next one's
  double down_mm = 0;

  int labels() const { return columns * rows; }
};

inline constexpr LabelSheet kAvery5160{"Avery 5160", kLetter, 3, 10, 66.675, 25.4, 4.7625, 12.7, 69.85, 25.4};
inline constexpr LabelSheet kAveryL7160{"Avery L7160", kA4, 3, 7, 63.5, 38.1, 7.21, 15.15, 66.04, 38.1};

struct Label {
  std::string name;
  std::string born;
  std::string sex;
  std::string mrn;
  std::string sheet;  // the id of the sheet that is printed of the patient
  std::string as_of;  // "22-Nov-2026"
};

// What the square code of a label says: "10442 7KD2-M4QX".
std::string words_of_label_code(const Label& label);

// In order from label number `from` of the first sheet, which may be part-used; counted from 1, row by row.
Result<std::vector<Page>> lay_out_labels(const std::vector<Label>& labels, const LabelSheet& sheet, int from, const FontSet& fonts);

}  // namespace app
