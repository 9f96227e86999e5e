#include "app/snapshot/keys.h"

#include <sodium.h>

#include <cstdlib>
#include <cstring>
#include <utility>

namespace app {
namespace {

static_assert(CopyKey::kBytes == 32 + 16);
static_assert(sizeof(PublicKey) == crypto_box_PUBLICKEYBYTES);
static_assert(sizeof(PublicKey) == crypto_sign_PUBLICKEYBYTES);
static_assert(sizeof(Signature) == crypto_sign_BYTES);

// libsodium without random numbers is no libsodium: nothing could go on.
void prepare_sodium() {
  if (sodium_init() < 0) std::abort();
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

SecretBytes::SecretBytes(std::size_t size) : size_(size) {
  prepare_sodium();
  data_ = static_cast<unsigned char*>(sodium_malloc(size));
  if (data_ == nullptr) std::abort();
  std::memset(data_, 0, size);
}
SecretBytes SecretBytes::copy_of(std::string_view bytes) {
  SecretBytes secret(bytes.size());
  if (!bytes.empty()) std::memcpy(secret.data_, bytes.data(), bytes.size());
  return secret;
}
SecretBytes SecretBytes::random(std::size_t size) {
  SecretBytes secret(size);
  randombytes_buf(secret.data_, size);
  return secret;
}
SecretBytes::~SecretBytes() { sodium_free(data_); }
SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

CopyKey CopyKey::make() { return CopyKey(SecretBytes::random(kBytes)); }
Result<CopyKey> CopyKey::from(SecretBytes bytes) {
  if (bytes.size() != kBytes) {
    return Error{Code::damaged, "The key of this copy is damaged.", "it is not 48 bytes long"};
  }
  return CopyKey(std::move(bytes));
}
SecretBytes CopyKey::hex() const {
  SecretBytes with_zero(2 * kBytes + 1);
  auto* text = reinterpret_cast<char*>(with_zero.data());
  sodium_bin2hex(text, with_zero.size(), bytes_.data(), bytes_.size());
  return SecretBytes::copy_of(with_zero.view().substr(0, 2 * kBytes));
}

KeyPair make_key_pair() {
  KeyPair pair;
  crypto_box_keypair(pair.public_key.data(), pair.secret_key.data());
  return pair;
}
KeyPair key_pair_of(SecretBytes secret_key) {
  KeyPair pair;
  pair.secret_key = std::move(secret_key);
  crypto_scalarmult_base(pair.public_key.data(), pair.secret_key.data());
  return pair;
}

std::string seal(std::string_view secret, const PublicKey& recipient) {
  prepare_sodium();
  std::string box(secret.size() + crypto_box_SEALBYTES, '\0');
  crypto_box_seal(reinterpret_cast<unsigned char*>(box.data()), bytes_of(secret), secret.size(),
                  recipient.data());
  return box;
}
Result<SecretBytes> open_sealed(std::string_view box, const KeyPair& recipient) {
  if (box.size() >= crypto_box_SEALBYTES) {
    SecretBytes secret(box.size() - crypto_box_SEALBYTES);
    if (crypto_box_seal_open(secret.data(), bytes_of(box), box.size(), recipient.public_key.data(),
                             recipient.secret_key.data()) == 0) {
      return secret;
    }
  }
  return Error{Code::damaged, "A key slot of this copy is damaged.", "its sealed key does not open"};
}

SigningKey SigningKey::make() {
  SigningKey key;
  crypto_sign_keypair(key.verifying_key_.data(), key.secret_.data());
  return key;
}
Result<SigningKey> SigningKey::from_seed(const SecretBytes& seed) {
  if (seed.size() != crypto_sign_SEEDBYTES) {
    return Error{Code::damaged, "The signing key is damaged.", "it is not 32 bytes long"};
  }
  SigningKey key;
  crypto_sign_seed_keypair(key.verifying_key_.data(), key.secret_.data(), seed.data());
  return key;
}
SecretBytes SigningKey::seed() const {
  return SecretBytes::copy_of(secret_.view().substr(0, crypto_sign_SEEDBYTES));
}
Signature SigningKey::sign(std::string_view bytes) const {
  Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, bytes_of(bytes), bytes.size(), secret_.data());
  return signature;
}
bool verify_signature(std::string_view bytes, const Signature& signature, const PublicKey& verifying_key) {
  prepare_sodium();
  return crypto_sign_verify_detached(signature.data(), bytes_of(bytes), bytes.size(),
                                     verifying_key.data()) == 0;
}

void fill_random(void* bytes, std::size_t size) {
  prepare_sodium();
  randombytes_buf(bytes, size);
}

}  // namespace app
