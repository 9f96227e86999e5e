#include "app/snapshot/keys_envelope.h"

#include <sodium.h>

namespace app {
namespace {

constexpr unsigned char kSalt[crypto_generichash_blake2b_SALTBYTES] = {};
constexpr unsigned char kPersonal[] = "nightchart-env-1";
static_assert(sizeof(kPersonal) - 1 == crypto_generichash_blake2b_PERSONALBYTES);

}  // namespace

Recovery make_recovery(const PublicKey& verifying_key) {
  return {SecretBytes::random(kRecoverySeedBytes), practice_digest(verifying_key)};
}

KeyPair envelope_key_pair(const Recovery& recovery) {
  SecretBytes secret(crypto_box_SECRETKEYBYTES);
  crypto_generichash_blake2b_salt_personal(secret.data(), secret.size(), recovery.seed.data(), recovery.seed.size(), nullptr,
                                           0, kSalt, kPersonal);
  return key_pair_of(std::move(secret));
}

}  // namespace app
