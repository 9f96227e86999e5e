// BLAKE2b-256: one short value that stands for many bytes.
//
// Source:  RFC 7693, as libsodium's crypto_generichash computes it (no key).
// Errors:  none.
#pragma once

#include <array>
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

// 64 lower-case hexadecimal digits.
std::string format_hex(const Digest& digest);

}  // namespace app
