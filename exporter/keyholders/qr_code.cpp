#include "exporter/keyholders/qr_code.h"

#include <qrencode.h>

#include <cerrno>
#include <cstring>

namespace exporter {

app::Result<QrCode> make_qr_code(const std::string& text) {
  QRcode* made = QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_Q, QR_MODE_8, 1);
  if (made == nullptr) {
    return app::Error{app::Code::io, "The square code cannot be made.", std::string("QRcode_encodeString: ") + std::strerror(errno)};
  }
  QrCode code;
  code.width = static_cast<std::size_t>(made->width);
  for (std::size_t i = 0; i < code.width * code.width; ++i) code.dark.push_back((made->data[i] & 1) != 0);
  std::memset(made->data, 0, code.width * code.width);
  QRcode_free(made);
  return code;
}

}  // namespace exporter
