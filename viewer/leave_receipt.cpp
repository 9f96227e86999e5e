#include "viewer/leave_receipt.h"

#include <algorithm>

#include "app/record/text.h"
#include "app/snapshot/receipt.h"
#include "viewer/small_file_posix.h"

namespace viewer {
namespace {

constexpr std::size_t kKeyDigits = 64;

// One clean line, as long as a receipt's name may be.
std::string clean_name(const std::string& given) {
  std::string name;
  const std::string clean = app::clean_text(given).text;
  for (std::size_t at = 0; at < clean.size();) {
    const std::size_t length = app::character_length(clean, at);
    if (name.size() + length > app::kLaptopNameMost) break;
    const bool breaks = clean[at] == '\n' || clean[at] == '\t';
    name += breaks ? " " : clean.substr(at, length);
    at += length;
  }
  return name.empty() ? "laptop without a name" : name;
}

}  // namespace

std::string read_receipt_key(const app::Copy& copy) {
  const auto kept = copy.read_kept(app::kReceiptKeyName);
  if (!kept.ok() || kept.value().size() != kKeyDigits) return "";
  const bool digits = kept.value().find_first_not_of("0123456789abcdef") == std::string::npos;
  return digits ? kept.value() : "";
}

void leave_receipt(const app::CopyInfo& info, const std::string& key, const std::string& laptop, app::Instant now) {
  if (key.empty()) return;
  std::error_code failure;
  const std::filesystem::path whole = std::filesystem::absolute(info.folder, failure).lexically_normal();
  const std::filesystem::path copies = (whole.has_filename() ? whole : whole.parent_path()).parent_path();
  if (failure || copies.empty()) return;
  app::Receipt receipt;
  receipt.laptop = clean_name(laptop.empty() ? read_computer_name() : laptop);
  receipt.sequence = info.manifest.sequence;
  receipt.manifest = info.manifest_digest;
  receipt.opened = now;
  // Whoever writes the stick at the practice reads it, whoever they are: it holds nothing that is secret.
  constexpr unsigned kForAll = 0644;
  (void)replace_small_file(copies / app::kReceiptsFolder / app::receipt_file_name(receipt.laptop),
                           app::format_receipt(receipt, key), kForAll)
      .ok();
}

}  // namespace viewer
