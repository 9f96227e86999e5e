// The keys of a copy: made, sealed to their holders, and wiped from memory when done with.
//
// Source:  libsodium: sealed boxes (X25519, XSalsa20-Poly1305), Ed25519. FORMAT.md, "Slots and unlocking".
// Errors:  open_sealed: Code::damaged. read_passphrase_file: not_found, io, wrong_kind.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "app/error.h"

namespace app {

// Bytes that are kept out of swap and core dumps where the system allows it, and wiped on destruction.
class SecretBytes {
 public:
  explicit SecretBytes(std::size_t size);  // all zero
  static SecretBytes copy_of(std::string_view bytes);
  static SecretBytes random(std::size_t size);
  ~SecretBytes();
  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes&& other) noexcept;

  unsigned char* data() { return data_; }
  const unsigned char* data() const { return data_; }
  std::size_t size() const { return size_; }
  std::string_view view() const { return {reinterpret_cast<const char*>(data_), size_}; }

 private:
  unsigned char* data_ = nullptr;
  std::size_t size_ = 0;
};

// What opens the databases of one copy: a 32-byte key, then a 16-byte salt, as SQLCipher takes them raw.
class CopyKey {
 public:
  static constexpr std::size_t kBytes = 48;

  static CopyKey make();
  // Errors: Code::damaged when it is not 48 bytes.
  static Result<CopyKey> from(SecretBytes bytes);

  const SecretBytes& bytes() const { return bytes_; }
  // 96 hexadecimal digits.
  SecretBytes hex() const;

 private:
  explicit CopyKey(SecretBytes bytes) : bytes_(std::move(bytes)) {}
  SecretBytes bytes_;
};

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

// X25519, for sealed boxes.
struct KeyPair {
  PublicKey public_key{};
  SecretBytes secret_key{32};
};
KeyPair make_key_pair();
// The pair whose secret half this is.
KeyPair key_pair_of(SecretBytes secret_key);

// A box that only the holder of the secret key can open. Anybody can make one: what it may be relied
// on for is the business of the signature around it.
std::string seal(std::string_view secret, const PublicKey& recipient);
Result<SecretBytes> open_sealed(std::string_view box, const KeyPair& recipient);

// Ed25519. The signing key is 64 bytes as libsodium has them: seed, then verifying key.
class SigningKey {
 public:
  static SigningKey make();
  // From the 32-byte seed. Errors: Code::damaged when it is not 32 bytes.
  static Result<SigningKey> from_seed(const SecretBytes& seed);

  SecretBytes seed() const;
  const PublicKey& verifying_key() const { return verifying_key_; }
  Signature sign(std::string_view bytes) const;

 private:
  SigningKey() = default;
  SecretBytes secret_{64};
  PublicKey verifying_key_{};
};
bool verify_signature(std::string_view bytes, const Signature& signature, const PublicKey& verifying_key);

void fill_random(void* bytes, std::size_t size);

// The first line of a file, without its end of line.
Result<std::string> read_passphrase_file(const std::filesystem::path& file);

}  // namespace app
