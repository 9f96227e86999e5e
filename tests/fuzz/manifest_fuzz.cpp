// A manifest of any bytes; and, so that what lies behind the signature is reached, the same bytes signed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "app/digest.h"
#include "app/snapshot/keys.h"
#include "app/snapshot/manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const app::SigningKey key = app::SigningKey::make();
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  (void)app::parse_manifest(bytes);

  const std::string text = bytes + R"(,"verifying_key":")" + app::format_hex(key.verifying_key()) + '"';
  const auto manifest = app::parse_manifest(app::join_signature(text, key.sign(text)));
  if (!manifest.ok()) return 0;
  const std::string again = app::format_manifest(manifest.value());
  const auto reread = app::parse_manifest(app::join_signature(again, key.sign(again)));
  if (!reread.ok() || app::format_manifest(reread.value()) != again) std::abort();
  return 0;
}
