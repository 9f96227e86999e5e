#include "app/snapshot/receipt.h"

#include "app/record/json.h"
#include "app/record/text.h"

namespace app {
namespace {

constexpr std::string_view kKind = "receipt";

// All but the proof: what it stands under.
std::string format_words(const Receipt& receipt) {
  std::string text;
  JsonWriter json(text);
  json.open_object();
  json.member("nightchart", kKind);
  json.member("version", std::int64_t{kReceiptVersion});
  json.member("laptop", std::string_view(receipt.laptop));
  json.member("sequence", static_cast<std::int64_t>(receipt.sequence));
  json.member("manifest", std::string_view(format_hex(receipt.manifest)));
  json.member("opened", std::string_view(format_utc(receipt.opened)));
  return text;
}

Digest prove(std::string_view words, std::string_view key) {
  Hasher hasher(key);
  hasher.add(words);
  return hasher.finish();
}

bool is_laptop_name(std::string_view name) {
  return !name.empty() && name.size() <= kLaptopNameMost && name.find_first_of("\n\t") == std::string_view::npos && is_clean(name);
}

}  // namespace

std::string format_receipt(const Receipt& receipt, std::string_view key) {
  std::string text = format_words(receipt);
  const std::string proof = format_hex(prove(text, key));
  return text + ",\"proof\":\"" + proof + "\"}\n";
}

std::string receipt_file_name(std::string_view laptop) {
  std::string name;
  for (const char c : laptop) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) name += c;
    else if (c >= 'A' && c <= 'Z') name += static_cast<char>(c - 'A' + 'a');
    else if (!name.empty() && name.back() != '-') name += '-';
  }
  // Two laptops whose names differ in other letters only have two files.
  return name.substr(0, 40) + "-" + format_hex(digest_of(laptop)).substr(0, 8) + ".json";
}

Result<Receipt> parse_receipt(std::string_view bytes, const ReceiptKeys& keys) {
  const Error no_receipt{Code::wrong_kind, "This file is no laptop's receipt.", ""};
  if (bytes.size() > kReceiptMost) return no_receipt;
  JsonDocument document;
  const auto parsed = document.parse(bytes);
  if (!parsed.ok() || parsed.value()["nightchart"].text() != kKind) return no_receipt;
  const Json& json = parsed.value();
  if (json["version"].integer() != kReceiptVersion) return Error{Code::newer_format, "This receipt was written by a later Nightchart.", ""};
  Receipt receipt;
  receipt.laptop = json["laptop"].text();
  const auto sequence = json["sequence"].integer();
  Digest proof{};
  if (!is_laptop_name(receipt.laptop) || !sequence || *sequence <= 0 || !parse_hex(json["manifest"].text(), receipt.manifest) ||
      !parse_utc(json["opened"].text(), receipt.opened) || !parse_hex(json["proof"].text(), proof)) {
    return no_receipt;
  }
  receipt.sequence = static_cast<std::uint64_t>(*sequence);
  const auto key = keys(receipt.sequence);
  if (!key) return Error{Code::not_found, "Nobody here knows the copy that this receipt is of.", ""};
  if (prove(format_words(receipt), *key) != proof) return Error{Code::forged, "This receipt was not written by who opened the copy.", ""};
  return receipt;
}

}  // namespace app
