// A laptop's word that it opened a copy itself: a small file that it leaves beside the copies, for the exporter to read back.
//
// Its proof is a keyed hash under a key that lies only inside the opened copy ("receipt_key"): whoever wrote it had opened that
// copy. It names a laptop and a number, and nothing of any patient or of who sat there.
// Source:  FORMAT.md, "Receipts".
// Errors:  parse_receipt: wrong_kind (no receipt), newer_format, not_found (nobody knows the key of that copy), forged.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/digest.h"
#include "app/error.h"
#include "app/record/calendar.h"

namespace app {

inline constexpr int kReceiptVersion = 1;
inline constexpr std::string_view kReceiptsFolder = "receipts";  // in a folder of copies
inline constexpr std::string_view kReceiptKeyName = "receipt_key";  // what the copy keeps, see Copy::read_kept(): 64 hexadecimal digits
inline constexpr std::size_t kReceiptMost = 4096;  // bytes
inline constexpr std::size_t kLaptopNameMost = 100;  // bytes

struct Receipt {
  std::string laptop;          // one line, as its people call it
  std::uint64_t sequence = 0;  // of the copy
  Digest manifest{};           // BLAKE2b-256 of its manifest.json
  Instant opened;
};

// Requires: a key of 64 hexadecimal digits.
std::string format_receipt(const Receipt& receipt, std::string_view key);
// "reception-laptop.json"; the same laptop writes the same file anew.
std::string receipt_file_name(std::string_view laptop);

// Gives the key of the copy of that number, if it is known.
using ReceiptKeys = std::function<std::optional<std::string>(std::uint64_t sequence)>;
Result<Receipt> parse_receipt(std::string_view bytes, const ReceiptKeys& keys);

}  // namespace app
