#include "exporter/keyholders/passphrase_words.h"

#include <algorithm>
#include <set>
#include <vector>

#include "app/find_share.h"
#include "app/snapshot/keys_random.h"
#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

constexpr std::size_t kListBytesMost = 1u << 20;
constexpr std::size_t kWordsLeast = 6000;  // fewer would make six words weaker than they are said to be

bool is_word(std::string_view word) {
  return word.size() >= 2 && std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

}  // namespace

app::Result<std::string> make_passphrase(const std::filesystem::path& list, int words) {
  TRY_GET(const std::string text, read_file(list, kListBytesMost));
  std::set<std::string_view> distinct;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view word = std::string_view(text).substr(at, end - at);
    if (is_word(word)) distinct.insert(word);
    at = end + 1;
  }
  if (distinct.size() < kWordsLeast) {
    return app::Error{app::Code::wrong_kind, list.string() + " is no list of words.",
                      "it holds " + std::to_string(distinct.size()) + " words, one a line; " + std::to_string(kWordsLeast) +
                          " are needed"};
  }
  const std::vector<std::string_view> drawn_from(distinct.begin(), distinct.end());
  std::string passphrase;
  for (int i = 0; i < words; ++i) {
    passphrase += i == 0 ? "" : " ";
    passphrase += drawn_from[app::random_below(static_cast<std::uint32_t>(drawn_from.size()))];
  }
  return passphrase;
}

std::filesystem::path find_words() { return app::find_share() / "words" / "eff-long"; }

}  // namespace exporter
