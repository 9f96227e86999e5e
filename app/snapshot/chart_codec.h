// A chart's JSON made small again large: Zstandard with the dictionary that the copy holds.
//
// Source:  RFC 8878; FORMAT.md, "charts.db".
// Errors:  Code::damaged, also for a frame that says it is larger than any chart.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "app/error.h"

namespace app {

// A bound on what a hostile blob makes us do; the largest real charts stay well under a tenth of it.
inline constexpr std::size_t kChartMost = 64u << 20;

// Not for two threads at once.
class ChartDecoder {
 public:
  // An empty dictionary is none.
  static Result<ChartDecoder> make(std::string_view dictionary);
  ~ChartDecoder();
  ChartDecoder(ChartDecoder&&) noexcept;
  ChartDecoder& operator=(ChartDecoder&&) noexcept;

  // Puts the JSON into `json`, whose memory is used again.
  Result<Done> decode(std::string_view frame, std::string& json) const;

 private:
  struct State;
  explicit ChartDecoder(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace app
