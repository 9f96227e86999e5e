// A chart's JSON made small: Zstandard with a dictionary trained on the night's first charts.
//
// Charts of one practice repeat each other's words: with a dictionary of them, one small frame a chart
// is a quarter of the size that it has without.
// Source:  RFC 8878, as libzstd trains and writes it; FORMAT.md, "charts.db".
// Errors:  none but for lack of memory, which ends the program.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace exporter {

// Three times as many make the copy one hundredth smaller and cost a second more.
inline constexpr std::size_t kTrainingCharts = 600;
inline constexpr std::size_t kTrainingBytes = 8u << 20;  // large charts fill it sooner

// "" when the samples are too few to be worth one.
std::string train_dictionary(const std::vector<std::string>& samples);

// Not for two threads at once.
class ChartEncoder {
 public:
  explicit ChartEncoder(std::string_view dictionary);
  ~ChartEncoder();
  ChartEncoder(ChartEncoder&&) noexcept;
  ChartEncoder& operator=(ChartEncoder&&) noexcept;

  std::string encode(std::string_view json);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace exporter
