#include "app/digest.h"

#include <sodium.h>

#include <cassert>
#include <cstdlib>

namespace app {

struct Hasher::State {
  crypto_generichash_state hash;
};

Hasher::Hasher() : state_(std::make_unique<State>()) {
  if (sodium_init() < 0) std::abort();  // it also chooses what is fast on this processor
  crypto_generichash_init(&state_->hash, nullptr, 0, sizeof(Digest));
}
Hasher::Hasher(std::string_view key) : state_(std::make_unique<State>()) {
  assert(key.size() >= crypto_generichash_KEYBYTES_MIN && key.size() <= crypto_generichash_KEYBYTES_MAX);
  if (sodium_init() < 0) std::abort();
  crypto_generichash_init(&state_->hash, reinterpret_cast<const unsigned char*>(key.data()), key.size(), sizeof(Digest));
}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::add(std::string_view bytes) {
  crypto_generichash_update(&state_->hash, reinterpret_cast<const unsigned char*>(bytes.data()),
                            bytes.size());
}

Digest Hasher::finish() {
  Digest digest{};
  crypto_generichash_final(&state_->hash, digest.data(), digest.size());
  return digest;
}

Digest digest_of(std::string_view bytes) {
  Hasher hasher;
  hasher.add(bytes);
  return hasher.finish();
}

std::string format_hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

bool parse_hex(std::string_view text, std::size_t size, std::string& bytes) {
  if (text.size() != 2 * size) return false;
  bytes.assign(size, '\0');
  std::size_t length = 0;
  return sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), size, text.data(), text.size(),
                        nullptr, &length, nullptr) == 0 &&
         length == size;
}

}  // namespace app
