#include "app/paper/qr_code.h"

#include <qrencode.h>

#include <cerrno>
#include <cstring>

namespace app {

Result<QrCode> make_qr_code(const std::string& text) {
  QRcode* made = QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_Q, QR_MODE_8, 1);
  if (made == nullptr) {
    return Error{Code::io, "The square code cannot be made.", std::string("QRcode_encodeString: ") + std::strerror(errno)};
  }
  QrCode code;
  code.width = static_cast<std::size_t>(made->width);
  for (std::size_t i = 0; i < code.width * code.width; ++i) code.dark.push_back((made->data[i] & 1) != 0);
  std::memset(made->data, 0, code.width * code.width);
  QRcode_free(made);
  return code;
}

// Dark squares beside each other are one box, a little taller than the square: no viewer then draws a light line between.
void put_qr_code(Page& page, const QrCode& code, double x_pt, double y_pt, double size_pt) {
  const double square = size_pt / static_cast<double>(code.width);
  for (std::size_t row = 0; row < code.width; ++row) {
    for (std::size_t column = 0; column < code.width;) {
      std::size_t end = column;
      while (end < code.width && code.is_dark(row, end)) ++end;
      if (end > column) {
        page.boxes.push_back({x_pt + static_cast<double>(column) * square, y_pt + static_cast<double>(row) * square,
                              static_cast<double>(end - column) * square, square + 0.06, 0, Filling::grey, 0});
      }
      column = end + 1;
    }
  }
}

}  // namespace app
