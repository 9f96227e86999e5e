// How parts are named, and what is said of parts that are not of one night.
#include <algorithm>
#include <charconv>

#include "app/snapshot/copy_parts.h"

namespace app {
namespace {

constexpr std::string_view kBegin = "shard-";
constexpr std::string_view kBetween = "-of-";

bool parse_number(std::string_view digits, std::uint32_t& number) {
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return fault == std::errc() && end == digits.data() + digits.size() && !digits.empty() && digits[0] != '0';
}

// "30 hours", "2 days".
std::string words_of(std::int64_t seconds) {
  const std::int64_t hours = (seconds + 1800) / 3600;
  return hours < 36 ? std::to_string(hours) + " hours" : std::to_string(std::max<std::int64_t>((hours + 12) / 24, 2)) + " days";
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
  return at != std::string_view::npos && parse_number(name.substr(0, at), shard.number) &&
         parse_number(name.substr(at + kBetween.size()), shard.of) && shard.number <= shard.of && shard.of <= kShardsMost;
}

std::vector<LatePart> find_late_parts(const std::vector<FoundPart>& parts) {
  std::optional<std::int64_t> newest;
  for (const FoundPart& part : parts) {
    if (part.info) newest = std::max(newest.value_or(part.info->manifest.as_of.s), part.info->manifest.as_of.s);
  }
  std::vector<LatePart> late;
  for (const FoundPart& part : parts) {
    if (!part.info) continue;
    const std::int64_t behind = *newest - part.info->manifest.as_of.s;
    if (behind > kPartsApartMost_s) late.push_back({part.shard, behind});
  }
  return late;
}

std::string describe_late(const std::vector<LatePart>& late) {
  std::string words;
  for (const LatePart& part : late) {
    words += (words.empty() ? "" : ", ") + name_of(part.shard) + " is " + words_of(part.behind_s) + " older than the newest part";
  }
  return words;
}

std::optional<Error> judge_ages(const std::vector<FoundPart>& parts) {
  const std::vector<LatePart> late = find_late_parts(parts);
  if (late.empty()) return std::nullopt;
  return Error{Code::not_found, describe_late(late) + ": what changed since then is missing for the patients in it.", "its newer copy did not arrive here"};
}

}  // namespace app
