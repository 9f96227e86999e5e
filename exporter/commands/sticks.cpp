#include "exporter/commands/sticks.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace exporter {
namespace {

namespace fs = std::filesystem;

// A blank in a name stands there as \040.
std::string decoded(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool octal = text[i] == '\\' && i + 3 < text.size() && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i) + 1, text.begin() + static_cast<std::ptrdiff_t>(i) + 4,
                                                                             [](char c) { return c >= '0' && c <= '7'; });
    if (!octal) {
      plain += text[i];
      continue;
    }
    plain += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'));
    i += 3;
  }
  return plain;
}

}  // namespace

std::vector<fs::path> parse_mounts(std::string_view mounts) {
  std::vector<fs::path> sticks;
  std::istringstream lines{std::string(mounts)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string device, place;
    words >> device >> place;
    const std::string folder = decoded(place);
    const bool by_hand = folder.starts_with("/media/") || folder.starts_with("/run/media/") || folder.starts_with("/mnt/");
    if (by_hand && std::find(sticks.begin(), sticks.end(), folder) == sticks.end()) sticks.emplace_back(folder);
  }
  return sticks;
}

std::vector<fs::path> find_sticks() {
  std::ostringstream text;
  text << std::ifstream("/proc/mounts").rdbuf();
  return parse_mounts(text.str());
}

}  // namespace exporter
