#include "app/sticks.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace app {
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

struct Mount {
  std::string device, options;
  fs::path folder;
};

// Below the folders where people, or desktops for them, mount things; each once.
std::vector<Mount> mounts_by_hand(std::string_view mounts) {
  std::vector<Mount> found;
  std::istringstream lines{std::string(mounts)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string device, place, kind, options;
    words >> device >> place >> kind >> options;
    const std::string folder = decoded(place);
    const bool by_hand = folder.starts_with("/media/") || folder.starts_with("/run/media/") || folder.starts_with("/mnt/");
    const bool is_known = std::any_of(found.begin(), found.end(), [&](const Mount& mount) { return mount.folder == folder; });
    if (by_hand && !is_known) found.push_back({device, options, folder});
  }
  return found;
}

}  // namespace

std::vector<fs::path> parse_mounts(std::string_view mounts) {
  std::vector<fs::path> folders;
  for (const Mount& mount : mounts_by_hand(mounts)) folders.push_back(mount.folder);
  return folders;
}

std::vector<fs::path> parse_sticks(std::string_view mounts) {
  std::vector<fs::path> sticks;
  for (const Mount& mount : mounts_by_hand(mounts)) {
    const bool is_writable = ("," + mount.options + ",").find(",rw,") != std::string::npos;
    if (mount.device.starts_with("/dev/") && is_writable) sticks.push_back(mount.folder);
  }
  return sticks;
}

std::vector<fs::path> find_sticks() {
  std::ostringstream text;
  text << std::ifstream("/proc/mounts").rdbuf();
  return parse_mounts(text.str());
}

}  // namespace app
