#include "app/snapshot/chart_codec.h"

#include <zstd.h>

namespace app {
namespace {

Error damaged(std::string detail) {
  return Error{Code::damaged, "A chart in this copy is damaged.", std::move(detail)};
}

}  // namespace

struct ChartDecoder::State {
  ~State() {
    ZSTD_freeDCtx(context);
    ZSTD_freeDDict(dictionary);
  }
  ZSTD_DCtx* context = ZSTD_createDCtx();
  ZSTD_DDict* dictionary = nullptr;
};

ChartDecoder::ChartDecoder(std::unique_ptr<State> state) : state_(std::move(state)) {}
ChartDecoder::~ChartDecoder() = default;
ChartDecoder::ChartDecoder(ChartDecoder&&) noexcept = default;
ChartDecoder& ChartDecoder::operator=(ChartDecoder&&) noexcept = default;

Result<ChartDecoder> ChartDecoder::make(std::string_view dictionary) {
  auto state = std::make_unique<State>();
  if (!dictionary.empty()) {
    state->dictionary = ZSTD_createDDict(dictionary.data(), dictionary.size());
    if (state->dictionary == nullptr) return damaged("its dictionary is no Zstandard dictionary");
  }
  return ChartDecoder(std::move(state));
}

Result<Done> ChartDecoder::decode(std::string_view frame, std::string& json) const {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) {
    return damaged("it is no Zstandard frame of a known size");
  }
  if (size > kChartMost) return damaged("it says that it is larger than any chart");
  json.resize(size);
  const std::size_t got = ZSTD_decompress_usingDDict(state_->context, json.data(), json.size(), frame.data(),
                                                     frame.size(), state_->dictionary);
  if (ZSTD_isError(got)) return damaged(std::string("Zstandard: ") + ZSTD_getErrorName(got));
  if (got != size) return damaged("it is shorter than it says");
  return Done{};
}

}  // namespace app
