#include "app/snapshot/fingerprint.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "app/digest.h"

namespace app {
namespace {

constexpr std::size_t kBytes = 10;
constexpr std::size_t kGroup = 4;

std::string digits_of(const PublicKey& key) {
  const Digest digest = digest_of({reinterpret_cast<const char*>(key.data()), key.size()});
  std::array<std::uint8_t, kBytes> front{};
  std::copy_n(digest.begin(), kBytes, front.begin());
  std::string digits = format_hex(front);
  for (char& c : digits) c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
  return digits;
}

}  // namespace

std::string format_fingerprint(const PublicKey& verifying_key) {
  std::string text = digits_of(verifying_key);
  for (std::size_t at = text.size() - kGroup; at > 0; at -= kGroup) text.insert(at, "-");
  return text;
}

bool is_fingerprint_of(const PublicKey& verifying_key, std::string_view typed) {
  std::string digits;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    digits += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return digits == digits_of(verifying_key);
}

}  // namespace app
