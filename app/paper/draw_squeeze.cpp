#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_streams.h>
#include <libdeflate.h>

#include <memory>

#include "app/paper/draw_fonts.h"

namespace app {
namespace {

constexpr int kLevel = 6;

struct CompressorDeleter {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};

// Libharu would squeeze the stream once more if it knew that there is a filter.
HPDF_STATUS write_filter(HPDF_Dict, HPDF_Stream stream) {
  return HPDF_Stream_WriteStr(stream, "/Filter /FlateDecode\012");
}

}  // namespace

std::string squeeze(std::string_view bytes) {
  thread_local const std::unique_ptr<libdeflate_compressor, CompressorDeleter> compressor(
      libdeflate_alloc_compressor(kLevel));
  if (compressor == nullptr) return {};
  std::string squeezed(libdeflate_zlib_compress_bound(compressor.get(), bytes.size()), '\0');
  squeezed.resize(libdeflate_zlib_compress(compressor.get(), bytes.data(), bytes.size(), squeezed.data(),
                                           squeezed.size()));
  squeezed.shrink_to_fit();  // pages are kept by the thousand
  return squeezed;
}

void put_squeezed(HaruDict stream, std::string_view squeezed) {
  HPDF_Stream_Write(stream->stream, reinterpret_cast<const HPDF_BYTE*>(squeezed.data()),
                    static_cast<HPDF_UINT>(squeezed.size()));
  stream->write_fn = write_filter;
}

}  // namespace app
