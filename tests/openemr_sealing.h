// Files as OpenEMR encrypts them on its disk.
#pragma once

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <string>

namespace tests {

inline std::string base64(const std::string& bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

inline const unsigned char* bytes_of(const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); }

// As OpenEMR does it: version, base64 of HMAC-SHA384 over IV and cipher text, IV, AES-256-CBC.
inline std::string sealed(const std::string& plain, const std::string& version, const std::string& cipher_key, const std::string& mac_key) {
  const std::string iv = "0123456789abcdef";
  std::string secret(plain.size() + 32, '\0');
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  EVP_EncryptInit_ex(context, EVP_aes_256_cbc(), nullptr, bytes_of(cipher_key), bytes_of(iv));
  int begun = 0, ended = 0;
  auto* to = reinterpret_cast<unsigned char*>(secret.data());
  EVP_EncryptUpdate(context, to, &begun, bytes_of(plain), static_cast<int>(plain.size()));
  EVP_EncryptFinal_ex(context, to + begun, &ended);
  EVP_CIPHER_CTX_free(context);
  secret.resize(static_cast<std::size_t>(begun + ended));
  std::string hmac(48, '\0');
  unsigned size = 0;
  const std::string signed_part = iv + secret;
  HMAC(EVP_sha384(), mac_key.data(), static_cast<int>(mac_key.size()), bytes_of(signed_part), signed_part.size(),
       reinterpret_cast<unsigned char*>(hmac.data()), &size);
  return version + base64(hmac + signed_part);
}

}  // namespace tests
