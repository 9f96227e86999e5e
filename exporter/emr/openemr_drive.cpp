#include "exporter/emr/openemr_drive.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <iterator>
#include <vector>

namespace exporter {
namespace {

using app::Code;
using app::Error;
using app::Result;

constexpr std::array<std::string_view, 10> kNames = {"",     "one", "two",   "three", "four",
                                                     "five", "six", "seven", "eight", "nine"};
constexpr int kLastInFolder = 4;
constexpr std::size_t kKey_bytes = 32;
constexpr std::size_t kHmac_bytes = 48;
constexpr std::size_t kIv_bytes = 16;
constexpr std::size_t kVersion_bytes = 3;
constexpr std::size_t kChunk_bytes = 48 << 10;
constexpr std::size_t kDecoderKeeps_bytes = 80;  // what OpenSSL may hold back from one call to the next
constexpr std::uintmax_t kLongestKeyFile_bytes = 4096;

struct Free {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
  void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
  void operator()(EVP_ENCODE_CTX* context) const { EVP_ENCODE_CTX_free(context); }
};

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// Adds what `base64` says to `plain`; false where it is no base64.
bool decode(EVP_ENCODE_CTX* context, std::string_view base64, std::string& plain) {
  const std::size_t before = plain.size();
  plain.resize(before + base64.size() + kDecoderKeeps_bytes);
  int got = 0;
  if (EVP_DecodeUpdate(context, bytes_of(plain) + before, &got, bytes_of(base64), static_cast<int>(base64.size())) <
      0)
    return false;
  plain.resize(before + static_cast<std::size_t>(got));
  return true;
}

Error not_intact() {
  return {Code::bad_source, "the EMR keeps it encrypted, and its file is not what the EMR wrote", ""};
}

class Opened final : public DocumentBytes {
 public:
  Opened(std::unique_ptr<DocumentBytes> sealed, const OpenEmrKeys& keys) : sealed_(std::move(sealed)), keys_(keys) {}

  Result<std::size_t> read(char* to, std::size_t most) override {
    while (given_ == plain_.size()) {
      if (ended_) return std::size_t{0};
      plain_.clear(), given_ = 0;
      TRY(begun_ ? go_on() : begin());
    }
    const std::size_t size = std::min(most, plain_.size() - given_);
    std::memcpy(to, plain_.data() + given_, size);
    given_ += size;
    return size;
  }

 private:
  Result<app::Done> begin();
  Result<app::Done> go_on();
  Result<app::Done> finish();
  Result<std::size_t> fill(std::string& chunk, std::size_t wanted);
  Result<app::Done> start_cipher(int version);
  bool take(std::string_view sealed);

  std::unique_ptr<DocumentBytes> sealed_;
  const OpenEmrKeys& keys_;
  std::unique_ptr<EVP_CIPHER_CTX, Free> cipher_;
  std::unique_ptr<EVP_MAC_CTX, Free> mac_;
  std::unique_ptr<EVP_ENCODE_CTX, Free> base64_;
  std::string hmac_;
  std::string plain_;
  std::size_t given_ = 0;
  bool begun_ = false;
  bool ended_ = false;
};

// Up to `wanted` bytes of the file, fewer only at its end.
Result<std::size_t> Opened::fill(std::string& chunk, std::size_t wanted) {
  chunk.resize(wanted);
  std::size_t filled = 0;
  while (filled < wanted) {
    TRY_GET(const std::size_t got, sealed_->read(chunk.data() + filled, wanted - filled));
    if (got == 0) break;
    filled += got;
  }
  chunk.resize(filled);
  return filled;
}

Result<app::Done> Opened::start_cipher(int version) {
  const std::string_view cipher_key = keys_.find(version, 'a'), mac_key = keys_.find(version, 'b');
  if (cipher_key.empty() || mac_key.empty()) {
    return Error{Code::bad_source, "the EMR keeps it encrypted, and the exporter has no key for it", ""};
  }
  std::string name = "SHA384";
  const OSSL_PARAM parameters[] = {{"digest", OSSL_PARAM_UTF8_STRING, name.data(), name.size(), 0}, OSSL_PARAM{}};
  const std::unique_ptr<EVP_MAC, Free> hmac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
  mac_.reset(hmac ? EVP_MAC_CTX_new(hmac.get()) : nullptr);
  base64_.reset(EVP_ENCODE_CTX_new());
  cipher_.reset(EVP_CIPHER_CTX_new());
  const bool ready =
      mac_ && base64_ && cipher_ && EVP_MAC_init(mac_.get(), bytes_of(mac_key), mac_key.size(), parameters) == 1 &&
      EVP_DecryptInit_ex(cipher_.get(), EVP_aes_256_cbc(), nullptr, bytes_of(cipher_key), nullptr) == 1;
  if (!ready)
    return Error{Code::bad_source, "the EMR keeps it encrypted, and it cannot be decrypted on this machine", ""};
  EVP_DecodeInit(base64_.get());
  return app::Done{};
}

bool Opened::take(std::string_view sealed) {
  const std::size_t before = plain_.size();
  plain_.resize(before + sealed.size() + kIv_bytes);
  int got = 0;
  if (EVP_MAC_update(mac_.get(), bytes_of(sealed), sealed.size()) != 1 ||
      EVP_DecryptUpdate(cipher_.get(), bytes_of(plain_) + before, &got, bytes_of(sealed),
                        static_cast<int>(sealed.size())) != 1) {
    return false;
  }
  plain_.resize(before + static_cast<std::size_t>(got));
  return true;
}

Result<app::Done> Opened::begin() {
  begun_ = true;
  std::string head;
  TRY_GET(const std::size_t size, fill(head, kVersion_bytes));
  const bool known = size == kVersion_bytes && head[0] == '0' && head[1] == '0' && head[2] >= '4' && head[2] <= '9';
  if (!known) return Error{Code::bad_source, "the EMR says it is encrypted, in a way that is not known here", ""};
  TRY(start_cipher(head[2] - '0'));
  std::string chunk, front;
  while (front.size() < kHmac_bytes + kIv_bytes) {
    TRY_GET(const std::size_t got, fill(chunk, kChunk_bytes));
    if (got == 0) return not_intact();
    if (!decode(base64_.get(), chunk, front)) return not_intact();
  }
  hmac_ = front.substr(0, kHmac_bytes);
  const std::string_view iv = std::string_view(front).substr(kHmac_bytes, kIv_bytes);
  if (EVP_MAC_update(mac_.get(), bytes_of(iv), iv.size()) != 1 ||
      EVP_DecryptInit_ex(cipher_.get(), nullptr, nullptr, nullptr, bytes_of(iv)) != 1) {
    return not_intact();
  }
  if (!take(std::string_view(front).substr(kHmac_bytes + kIv_bytes))) return not_intact();
  return app::Done{};
}

Result<app::Done> Opened::go_on() {
  std::string chunk, sealed;
  TRY_GET(const std::size_t got, fill(chunk, kChunk_bytes));
  if (got == 0) return finish();
  if (!decode(base64_.get(), chunk, sealed) || !take(sealed)) return not_intact();
  return app::Done{};
}

Result<app::Done> Opened::finish() {
  ended_ = true;
  std::string rest(kChunk_bytes, '\0');
  int got = 0;
  if (EVP_DecodeFinal(base64_.get(), bytes_of(rest), &got) != 1 || got != 0) return not_intact();
  std::array<unsigned char, EVP_MAX_MD_SIZE> hmac;
  std::size_t size = 0;
  if (EVP_MAC_final(mac_.get(), hmac.data(), &size, hmac.size()) != 1 || size != kHmac_bytes ||
      CRYPTO_memcmp(hmac.data(), hmac_.data(), kHmac_bytes) != 0) {
    return not_intact();
  }
  plain_.resize(kIv_bytes);
  if (EVP_DecryptFinal_ex(cipher_.get(), bytes_of(plain_), &got) != 1) return not_intact();
  plain_.resize(static_cast<std::size_t>(got));
  return app::Done{};
}

}  // namespace

OpenEmrKeys::~OpenEmrKeys() {
  for (auto& [name, key] : keys_) OPENSSL_cleanse(key.data(), key.size());
}

void OpenEmrKeys::add(std::string_view name, std::string_view base64) {
  const std::unique_ptr<EVP_ENCODE_CTX, Free> context(EVP_ENCODE_CTX_new());
  if (!context || keys_.contains(name) || base64.size() > kLongestKeyFile_bytes) return;
  EVP_DecodeInit(context.get());
  std::string key;
  key.reserve(base64.size());
  std::array<unsigned char, 64> rest;
  int got = 0;
  const bool whole =
      decode(context.get(), base64, key) && EVP_DecodeFinal(context.get(), rest.data(), &got) == 1 && got == 0;
  if (whole && key.size() == kKey_bytes) keys_.emplace(name, key);
  OPENSSL_cleanse(key.data(), key.size());
}

void OpenEmrKeys::read_folder(const std::filesystem::path& documents) {
  if (documents.empty()) return;
  for (int version = 1; version <= kLastInFolder; ++version) {
    for (const char part : {'a', 'b'}) {
      const std::string name = std::string(kNames[static_cast<std::size_t>(version)]) + part;
      const std::filesystem::path file = documents / "logs_and_misc" / "methods" / name;
      std::error_code trouble;
      const auto size = std::filesystem::file_size(file, trouble);
      if (trouble || size > kLongestKeyFile_bytes) continue;
      std::ifstream in(file, std::ios::binary);
      std::string base64((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
      add(name, base64);
      OPENSSL_cleanse(base64.data(), base64.size());
    }
  }
}

std::string_view OpenEmrKeys::find(int version, char part) const {
  if (version < 1 || version >= static_cast<int>(kNames.size())) return {};
  const auto found = keys_.find(std::string(kNames[static_cast<std::size_t>(version)]) + part);
  return found == keys_.end() ? std::string_view() : std::string_view(found->second);
}

std::unique_ptr<DocumentBytes> open_openemr_document(std::unique_ptr<DocumentBytes> sealed, const OpenEmrKeys& keys) {
  return std::make_unique<Opened>(std::move(sealed), keys);
}

}  // namespace exporter
