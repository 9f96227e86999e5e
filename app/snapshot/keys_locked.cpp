#include "app/snapshot/keys_locked.h"

#include <sodium.h>

#include "app/digest.h"
#include "app/record/json.h"
#include "app/record/calendar.h"
#include "app/snapshot/passphrase.h"

namespace app {
namespace {

constexpr std::string_view kKind = "locked key";
constexpr std::int64_t kVersion = 2;
constexpr std::size_t kTextMost = 8192;
constexpr std::size_t kNameMost = 200;
// More than the costliest preset of libsodium asks: a bound on what a hostile file makes us do.
constexpr std::uint64_t kPassesMost = 16;
constexpr std::uint64_t kMemoryMost = 1ull << 30;

static_assert(kLockModerate.passes == crypto_pwhash_OPSLIMIT_MODERATE);
static_assert(kLockModerate.memory_bytes == crypto_pwhash_MEMLIMIT_MODERATE);
static_assert(crypto_pwhash_SALTBYTES == 16);
static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == 24);
static_assert(crypto_aead_xchacha20poly1305_ietf_ABYTES == 16);

Error no_locked_key(std::string detail) {
  return Error{Code::wrong_kind, "This is no locked key of Nightchart.", std::move(detail)};
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// What the lock vouches for besides the key: whose it is, and which practice's.
std::string associated_data(const LockedKey& key) {
  std::string data = "nightchart-key-2";
  data += key.salt;
  for (const PublicKey& part : {key.public_key, key.verifying_key}) data.append(part.begin(), part.end());
  return data + key.keyholder;
}

// Errors: Code::no_room when there is not that much memory.
Result<SecretBytes> locking_key(const LockedKey& key, const std::string& typed) {
  const std::string passphrase = clean_passphrase(typed);
  SecretBytes secret(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  if (crypto_pwhash(secret.data(), secret.size(), passphrase.data(), passphrase.size(), bytes_of(key.salt),
                    key.cost.passes, static_cast<std::size_t>(key.cost.memory_bytes),
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return Error{Code::no_room, "There is too little memory to try a passphrase.",
                 "Argon2id asks for " + std::to_string(key.cost.memory_bytes >> 20) + " MB"};
  }
  return secret;
}

std::string format_locked_key(const LockedKey& key) {
  std::string text;
  JsonWriter json(text);
  json.open_object();
  json.member("nightchart", kKind);
  json.member("version", kVersion);
  json.member("keyholder", std::string_view(key.keyholder));
  json.member("public_key", std::string_view(format_hex(key.public_key)));
  json.member("made", std::string_view(format_utc(key.made)));
  json.member("verifying_key", std::string_view(format_hex(key.verifying_key)));
  json.member("derivation", "argon2id13");
  json.member("passes", static_cast<std::int64_t>(key.cost.passes));
  json.member("memory_bytes", static_cast<std::int64_t>(key.cost.memory_bytes));
  json.member("salt", std::string_view(format_hex(key.salt)));
  json.member("nonce", std::string_view(format_hex(key.nonce)));
  json.member("locked", std::string_view(format_hex(key.locked)));
  json.close_object();
  return text;
}

}  // namespace

Result<std::string> lock_key(const std::string& keyholder, const KeyPair& pair, const PublicKey& verifying_key,
                             const std::string& passphrase, LockCost cost) {
  LockedKey key{keyholder, pair.public_key, verifying_key, now(), cost, std::string(16, '\0'), std::string(24, '\0'), ""};
  fill_random(key.salt.data(), key.salt.size());
  fill_random(key.nonce.data(), key.nonce.size());
  TRY_GET(const SecretBytes secret, locking_key(key, passphrase));
  key.locked.assign(pair.secret_key.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
  const std::string vouched = associated_data(key);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      bytes_of(key.locked), nullptr, pair.secret_key.data(), pair.secret_key.size(), bytes_of(vouched),
      vouched.size(), nullptr, bytes_of(key.nonce), secret.data());
  return format_locked_key(key);
}

Result<LockedKey> parse_locked_key(std::string_view text) {
  if (text.size() > kTextMost) return no_locked_key("it is too long");
  JsonDocument document;
  const auto parsed = document.parse(text);
  if (!parsed.ok()) return no_locked_key(parsed.error().detail);
  const Json json = parsed.value();
  if (json["nightchart"].text() != kKind) return no_locked_key("it does not say that it is one");
  const std::int64_t version = json["version"].integer().value_or(0);
  if (version == 1) {
    return Error{Code::wrong_kind, "This locked key was made by an earlier Nightchart: add the keyholder anew.",
                 "its version is 1: it does not say which practice it was made for"};
  }
  if (version != kVersion || json["derivation"].text() != "argon2id13") {
    return Error{Code::newer_format, "This locked key was made by a later Nightchart.",
                 "its version is " + json["version"].scalar()};
  }
  LockedKey key;
  key.keyholder = json["keyholder"].text();
  if (!parse_utc(json["made"].text(), key.made)) key.made = {};
  key.cost.passes = static_cast<std::uint64_t>(json["passes"].integer().value_or(0));
  key.cost.memory_bytes = static_cast<std::uint64_t>(json["memory_bytes"].integer().value_or(0));
  if (key.keyholder.empty() || key.keyholder.size() > kNameMost) return no_locked_key("it has no name");
  if (key.cost.passes < 1 || key.cost.passes > kPassesMost || key.cost.memory_bytes > kMemoryMost ||
      key.cost.memory_bytes < crypto_pwhash_MEMLIMIT_MIN) {
    return no_locked_key("its cost is out of bounds");
  }
  if (!parse_hex(json["public_key"].text(), key.public_key)) return no_locked_key("public_key is wrong");
  if (!parse_hex(json["verifying_key"].text(), key.verifying_key)) return no_locked_key("verifying_key is wrong");
  if (!parse_hex(json["salt"].text(), 16, key.salt)) return no_locked_key("salt is wrong");
  if (!parse_hex(json["nonce"].text(), 24, key.nonce)) return no_locked_key("nonce is wrong");
  if (!parse_hex(json["locked"].text(), 48, key.locked)) return no_locked_key("locked is wrong");
  return key;
}

Result<UnlockedKey> unlock_key(std::string_view json, const std::string& passphrase) {
  TRY_GET(const LockedKey key, parse_locked_key(json));
  TRY_GET(const SecretBytes secret, locking_key(key, passphrase));
  const std::string vouched = associated_data(key);
  SecretBytes opened(32);
  const bool opens = crypto_aead_xchacha20poly1305_ietf_decrypt(
                         opened.data(), nullptr, nullptr, bytes_of(key.locked), key.locked.size(),
                         bytes_of(vouched), vouched.size(), bytes_of(key.nonce), secret.data()) == 0;
  if (opens) {
    KeyPair pair = key_pair_of(std::move(opened));
    if (pair.public_key == key.public_key) return UnlockedKey{std::move(pair), key.verifying_key};
  }
  return Error{Code::wrong_passphrase,
               "This passphrase does not open the key of " + key.keyholder + ".", ""};
}

}  // namespace app
