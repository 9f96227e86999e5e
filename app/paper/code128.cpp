#include "app/paper/code128.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstddef>
#include <numeric>

namespace app {
namespace {

constexpr std::size_t kLongest = 48;
constexpr int kStartB = 104;
constexpr int kStartC = 105;
constexpr int kCheckModulus = 103;

// The first five of each symbol's six widths as digits; all six sum up to 11.
constexpr std::array<std::uint32_t, 106> kSymbols = {
    21222, 22212, 22222, 12122, 12132, 13122, 12221, 12231, 13221, 22121, 22131, 23121, 11223, 12213, 12223, 11322, 12312, 12322,
    22321, 22113, 22123, 21321, 22311, 31213, 31122, 32112, 32122, 31221, 32211, 32221, 21212, 21232, 23212, 11132, 13112, 13132,
    11231, 13211, 13231, 21131, 23111, 23131, 11213, 11233, 13213, 11312, 11332, 13312, 31312, 21133, 23113, 21311, 21331, 21313,
    31112, 31132, 33112, 31211, 31231, 33211, 31411, 22141, 43111, 11122, 11142, 12112, 12142, 14112, 14122, 11221, 11241, 12211,
    12241, 14211, 14221, 24121, 22111, 41311, 24111, 13411, 11124, 12114, 12124, 11421, 12411, 12421, 41121, 42111, 42121, 21214,
    21412, 41212, 11114, 11134, 13114, 11411, 11431, 41111, 41131, 11314, 11413, 31114, 41113, 21141, 21121, 21123};
constexpr std::array<int, 7> kStop = {2, 3, 3, 1, 1, 1, 2};

void add_symbol(std::vector<int>& widths, int symbol) {
  int left = 11;
  std::uint32_t digits = kSymbols[static_cast<std::size_t>(symbol)];
  for (std::uint32_t place = 10'000; place > 0; place /= 10) {
    widths.push_back(static_cast<int>(digits / place % 10));
    left -= widths.back();
  }
  widths.push_back(left);
}

bool is_pairs_of_digits(std::string_view text) {
  return text.size() % 2 == 0 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<std::vector<int>> make_code_128(std::string_view text) {
  const bool printable = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (text.empty() || text.size() > kLongest || !printable) return std::nullopt;
  const bool pairs = is_pairs_of_digits(text);
  std::vector<int> symbols = {pairs ? kStartC : kStartB};
  for (std::size_t i = 0; i < text.size(); i += pairs ? 2 : 1) {
    symbols.push_back(pairs ? (text[i] - '0') * 10 + (text[i + 1] - '0') : text[i] - ' ');
  }
  int sum = symbols[0];
  for (std::size_t i = 1; i < symbols.size(); ++i) sum += static_cast<int>(i) * symbols[i];
  symbols.push_back(sum % kCheckModulus);
  std::vector<int> widths;
  for (const int symbol : symbols) add_symbol(widths, symbol);
  widths.insert(widths.end(), kStop.begin(), kStop.end());
  return widths;
}

int modules_of(const std::vector<int>& widths) { return std::accumulate(widths.begin(), widths.end(), 0); }

void put_code_128(Page& page, const std::vector<int>& widths, double x_pt, double y_pt, double module_pt, double height_pt) {
  bool bar = true;
  for (const int width : widths) {
    if (bar) page.boxes.push_back({x_pt, y_pt, width * module_pt, height_pt, 0, Filling::grey, 0});
    x_pt += width * module_pt;
    bar = !bar;
  }
}

}  // namespace app
