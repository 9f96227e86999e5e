// BLAKE2b-256: one short value that stands for many bytes.
//
// Source:  RFC 7693, as libsodium's crypto_generichash computes it; without a key unless one is named.
// Errors:  none.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace app {

using Digest = std::array<std::uint8_t, 32>;

// Feed it bytes in any number of pieces, then finish() once.
class Hasher {
 public:
  Hasher();
  // BLAKE2b's keyed form: nobody without the key can tell which bytes a digest stands for.
  // Requires: 16 to 64 bytes.
  explicit Hasher(std::string_view key);
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;

  void add(std::string_view bytes);
  Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

Digest digest_of(std::string_view bytes);

// Two lower-case hexadecimal digits a byte.
std::string format_hex(std::string_view bytes);
template <std::size_t N>
std::string format_hex(const std::array<std::uint8_t, N>& bytes) {
  return format_hex(std::string_view(reinterpret_cast<const char*>(bytes.data()), N));
}

// The bytes that two digits each, of either case, stand for. False when the text is anything else or
// not that many bytes; then `bytes` is unspecified.
bool parse_hex(std::string_view text, std::size_t size, std::string& bytes);
template <std::size_t N>
bool parse_hex(std::string_view text, std::array<std::uint8_t, N>& bytes) {
  std::string parsed;
  if (!parse_hex(text, N, parsed)) return false;
  for (std::size_t i = 0; i < N; ++i) bytes[i] = static_cast<std::uint8_t>(parsed[i]);
  return true;
}

}  // namespace app
