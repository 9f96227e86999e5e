// A QR code as dark and light squares, for a page to draw.
//
// Units:   points.
// Source:  ISO/IEC 18004, as libqrencode makes it; a quarter of it may be ruined (level Q).
// Errors:  Code::io when the text does not fit.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/paper/page.h"

namespace app {

struct QrCode {
  std::size_t width = 0;   // squares a side, without the quiet zone of four
  std::vector<bool> dark;  // row by row

  bool is_dark(std::size_t row, std::size_t column) const { return dark[row * width + column]; }
};

// Of digits, capitals, blanks and dashes alone it is smallest.
Result<QrCode> make_qr_code(const std::string& text);

// `size_pt` a side. The quiet zone around it is the caller's to leave.
void put_qr_code(Page& page, const QrCode& code, double x_pt, double y_pt, double size_pt);

}  // namespace app
