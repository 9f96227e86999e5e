#include "exporter/copy/chart_encoder.h"

#include <zdict.h>
#include <zstd.h>

#include <cstdlib>

namespace exporter {
namespace {

constexpr int kLevel = 3;  // 9 is a tenth smaller and ten times slower
constexpr std::size_t kDictionaryBytes = 110u << 10;
constexpr std::size_t kSamplesLeast = 100;

}  // namespace

std::string train_dictionary(const std::vector<std::string>& samples) {
  if (samples.size() < kSamplesLeast) return "";
  std::string joined;
  std::vector<std::size_t> sizes;
  for (const std::string& sample : samples) {
    joined += sample;
    sizes.push_back(sample.size());
  }
  std::string dictionary(kDictionaryBytes, '\0');
  const std::size_t size = ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), joined.data(),
                                                 sizes.data(), static_cast<unsigned>(sizes.size()));
  if (ZDICT_isError(size)) return "";
  dictionary.resize(size);
  return dictionary;
}

struct ChartEncoder::State {
  ~State() {
    ZSTD_freeCCtx(context);
    ZSTD_freeCDict(dictionary);
  }
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CDict* dictionary = nullptr;
  std::string room;
};

ChartEncoder::ChartEncoder(std::string_view dictionary) : state_(std::make_unique<State>()) {
  if (!dictionary.empty()) {
    state_->dictionary = ZSTD_createCDict(dictionary.data(), dictionary.size(), kLevel);
  }
}
ChartEncoder::~ChartEncoder() = default;
ChartEncoder::ChartEncoder(ChartEncoder&&) noexcept = default;
ChartEncoder& ChartEncoder::operator=(ChartEncoder&&) noexcept = default;

std::string ChartEncoder::encode(std::string_view json) {
  std::string& room = state_->room;
  if (const std::size_t bound = ZSTD_compressBound(json.size()); room.size() < bound) room.resize(bound);
  const std::size_t size =
      state_->dictionary == nullptr
          ? ZSTD_compressCCtx(state_->context, room.data(), room.size(), json.data(), json.size(), kLevel)
          : ZSTD_compress_usingCDict(state_->context, room.data(), room.size(), json.data(), json.size(),
                                     state_->dictionary);
  if (ZSTD_isError(size)) std::abort();  // there was room: only memory can have run out
  return room.substr(0, size);
}

}  // namespace exporter
