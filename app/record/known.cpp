#include "app/record/known.h"

#include <array>

namespace app {
namespace {

constexpr std::array<std::string_view, 6> kWords = {"not-recorded", "known",    "known-none",
                                                    "not-in-copy",  "withheld", "unreadable"};

}  // namespace

std::string_view format_presence(Presence presence) {
  return kWords[static_cast<std::size_t>(presence)];
}

Presence parse_presence(std::string_view word) {
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (kWords[i] == word) return static_cast<Presence>(i);
  }
  return Presence::not_recorded;
}

}  // namespace app
