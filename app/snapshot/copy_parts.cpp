#include "app/snapshot/copy_parts.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <system_error>

namespace app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBegin = "shard-";
constexpr std::string_view kBetween = "-of-";

bool parse_number(std::string_view digits, std::uint32_t& number) {
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return fault == std::errc() && end == digits.data() + digits.size() && !digits.empty() && digits[0] != '0';
}

// By how many parts there are, then by number.
std::map<std::uint32_t, std::map<std::uint32_t, fs::path>> list_splits(const fs::path& folder) {
  std::map<std::uint32_t, std::map<std::uint32_t, fs::path>> splits;
  std::error_code fault;
  for (fs::directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault)) {
    Shard shard;
    std::error_code ignored;
    if (parse_part_folder(entry->path().filename().string(), shard) && entry->is_directory(ignored)) splits[shard.of][shard.number] = entry->path();
  }
  return splits;
}

std::int64_t newest_of(const std::map<std::uint32_t, fs::path>& parts) {
  std::int64_t newest = 0;
  for (const auto& [number, folder] : parts) {
    const auto info = read_copy(folder, Check::sizes);
    if (info.ok()) newest = std::max(newest, info.value().manifest.as_of.s);
  }
  return newest;
}

}  // namespace

std::string name_of(const Shard& shard) { return "Part " + std::to_string(shard.number) + " of " + std::to_string(shard.of); }

std::string format_part_folder(const Shard& shard) {
  return std::string(kBegin) + std::to_string(shard.number) + std::string(kBetween) + std::to_string(shard.of);
}

bool parse_part_folder(std::string_view name, Shard& shard) {
  if (!name.starts_with(kBegin)) return false;
  name.remove_prefix(kBegin.size());
  const auto at = name.find(kBetween);
  return at != std::string_view::npos && parse_number(name.substr(0, at), shard.number) && parse_number(name.substr(at + kBetween.size()), shard.of) &&
         shard.number <= shard.of && shard.of <= kShardsMost;
}

bool holds_parts(const fs::path& folder) {
  std::error_code ignored;
  return !fs::exists(folder / kManifestName, ignored) && !list_splits(folder).empty() && list_copies(folder).empty();
}

std::vector<FoundPart> find_parts(const fs::path& folder, Check check, const std::vector<PublicKey>& known) {
  const auto splits = list_splits(folder);
  std::vector<FoundPart> parts;
  if (splits.empty()) return parts;
  auto chosen = splits.begin();
  for (auto split = std::next(splits.begin()); split != splits.end(); ++split) {
    if (newest_of(split->second) > newest_of(chosen->second)) chosen = split;
  }
  std::optional<PublicKey> signer;
  for (std::uint32_t number = 1; number <= chosen->first; ++number) {
    const Shard shard{number, chosen->first};
    const auto there = chosen->second.find(number);
    FoundPart part{shard, folder / format_part_folder(shard), std::nullopt, std::nullopt};
    if (there == chosen->second.end()) {
      part.fault = Error{Code::not_found, name_of(shard) + " of this practice is not here: its patients are missing.", part.folder.string()};
    } else {
      auto info = read_copy(part.folder, check, known);
      if (!info.ok()) part.fault = info.error();
      else if (info.value().manifest.shard != shard) part.fault = Error{Code::damaged, "The copy in " + part.folder.string() + " is not of this part.", name_of(info.value().manifest.shard)};
      else if (signer && *signer != info.value().manifest.verifying_key) part.fault = Error{Code::forged, name_of(shard) + " is another practice's: it was not signed with the same key.", part.folder.string()};
      else signer = info.value().manifest.verifying_key, part.info = std::move(info).value();
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace app
