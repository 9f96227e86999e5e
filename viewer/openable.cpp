#include "viewer/openable.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

namespace viewer {
namespace {

namespace fs = std::filesystem;

// Nights before the newest that may be opened instead.
constexpr std::size_t kEarlierNights = 3;

std::string words_of(const app::Error& fault) {
  switch (fault.code) {
    case app::Code::not_found:
    case app::Code::not_a_copy:
      return "MISSING";
    case app::Code::forged:
      return "NOT THIS PRACTICE'S";
    case app::Code::wrong_passphrase:
      return "CLOSED TO THIS PASSPHRASE";
    case app::Code::damaged:
      return "DAMAGED";
    default:
      return "UNREADABLE";
  }
}

// "2", "2 and 3", "1, 2 and 4".
std::string list_numbers(const std::vector<std::uint32_t>& numbers, const std::string& last) {
  std::string words;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    words += (i == 0 ? "" : i + 1 == numbers.size() ? last : ", ") + std::to_string(numbers[i]);
  }
  return words;
}

// The parts are about equally large.
std::string words_of_share(std::size_t missing, std::size_t of) {
  if (missing * 2 == of) return "about half of the patients";
  if (missing == 1 && of == 3) return "about a third of the patients";
  if (missing == 1 && of == 4) return "about a quarter of the patients";
  return "about " + std::to_string(missing) + " in " + std::to_string(of) + " patients";
}

// The copies of a part by one signer that are good, the newest first.
std::vector<fs::path> nights_of(const app::FoundPart& part) {
  std::vector<fs::path> nights;
  for (const app::FoundCopy& copy : app::list_copies(part.folder)) {
    if (!copy.fault && copy.signer == part.info->manifest.verifying_key && copy.shard == part.shard &&
        copy.sequence < part.info->manifest.sequence)
      nights.push_back(copy.folder);
  }
  return nights;
}

// Of parts that each have so many nights before their newest; the missing ones are missing there too.
std::vector<Openable> list_earlier(const fs::path& around, const std::vector<app::FoundPart>& newest) {
  std::vector<std::vector<fs::path>> nights;
  std::size_t fewest = kEarlierNights;
  for (const app::FoundPart& part : newest) {
    nights.push_back(part.info ? nights_of(part) : std::vector<fs::path>());
    if (part.info) fewest = std::min(fewest, nights.back().size());
  }
  std::vector<Openable> earlier;
  for (std::size_t night = 0; night < fewest; ++night) {
    std::vector<app::FoundPart> parts = newest;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (!parts[i].info) continue;
      auto info = app::read_copy(nights[i][night], app::Check::sizes);
      if (!info.ok()) return earlier;
      parts[i].info = std::move(info).value();
    }
    earlier.push_back(make_together(around, std::move(parts)));
  }
  return earlier;
}

}  // namespace

Openable make_together(const fs::path& around, std::vector<app::FoundPart> parts) {
  const app::FoundPart* oldest = nullptr;
  for (const app::FoundPart& part : parts) {
    if (part.info && (oldest == nullptr || part.info->manifest.as_of.s < oldest->info->manifest.as_of.s)) oldest = &part;
  }
  assert(oldest != nullptr);
  Openable whole(*oldest->info);
  app::Manifest& manifest = whole.manifest;
  whole.folder = around;
  whole.manifest_digest = {};
  whole.strangers.clear(), whole.passed_over.clear(), whole.volumes.clear();
  manifest.shard = {};
  manifest.files.clear(), manifest.volumes.clear(), manifest.counts.clear(), manifest.slots.clear();
  manifest.skipped = manifest.unreadable = 0;
  for (const app::FoundPart& part : parts) {
    if (!part.info) continue;
    const app::Manifest& one = part.info->manifest;
    for (const auto& [name, count] : one.counts) manifest.counts[name] += count;
    manifest.skipped += one.skipped, manifest.unreadable += one.unreadable;
    for (const app::KeySlot& slot : one.slots) {
      const auto same = [&slot](const app::KeySlot& known) { return known.keyholder == slot.keyholder; };
      if (std::none_of(manifest.slots.begin(), manifest.slots.end(), same)) manifest.slots.push_back(slot);
    }
  }
  whole.parts = std::move(parts);
  return whole;
}

std::string identity_of(const Openable& openable) {
  std::string identity = openable.folder.string();
  for (const app::FoundPart& part : openable.parts)
    if (part.info) identity += "\n" + part.info->folder.string();
  return identity;
}

app::Instant newest_as_of(const Openable& openable) {
  app::Instant newest = openable.manifest.as_of;
  for (const app::FoundPart& part : openable.parts) {
    if (part.info) newest.s = std::max(newest.s, part.info->manifest.as_of.s);
  }
  return newest;
}

std::vector<MissingPart> missing_of(const std::vector<app::FoundPart>& parts) {
  std::vector<MissingPart> missing;
  for (const app::FoundPart& part : parts) {
    if (part.fault) missing.push_back({part.shard, *part.fault});
  }
  return missing;
}

std::vector<Openable> list_together(const fs::path& around, const std::vector<app::PublicKey>& known) {
  std::vector<Openable> all;
  for (std::vector<app::FoundPart>& parts : app::list_splits(around, known)) {
    if (std::none_of(parts.begin(), parts.end(), [](const app::FoundPart& part) { return part.info.has_value(); })) continue;
    std::vector<Openable> nights = list_earlier(around, parts);
    nights.insert(nights.begin(), make_together(around, std::move(parts)));
    const auto has_more = [&nights](const Openable& other) {
      return other.parts.size() == nights.front().parts.size() && missing_of(other.parts).size() < missing_of(nights.front().parts).size();
    };
    const bool is_outnumbered = std::any_of(all.begin(), all.end(), has_more);
    for (Openable& night : nights) {
      night.is_outnumbered = is_outnumbered;
      all.push_back(std::move(night));
    }
  }
  return all;
}

void add_warning(app::Warning warning, const app::Shard& of, std::vector<app::Warning>& all) {
  using Kind = app::Warning::Kind;
  const bool is_of_one = warning.kind == Kind::older || warning.kind == Kind::same_number || warning.kind == Kind::renamed;
  if (is_of_one) warning.what = app::name_of(of) + ": " + warning.what;
  const auto same = [&warning](const app::Warning& said) { return said.what == warning.what; };
  if (std::none_of(all.begin(), all.end(), same)) all.push_back(std::move(warning));
}

std::vector<app::Warning> warn_of_parts(const Openable& together, const app::Pairings& known, app::Instant now) {
  std::vector<app::Warning> all;
  for (const app::FoundPart& part : together.parts) {
    if (!part.info) continue;
    for (app::Warning& warning : app::make_warnings(*part.info, known, now)) add_warning(std::move(warning), part.shard, all);
  }
  return all;
}

std::string describe_missing(const std::vector<MissingPart>& missing) {
  if (missing.empty()) return "";
  const std::size_t of = missing.front().shard.of;
  std::vector<std::pair<std::string, std::vector<std::uint32_t>>> by_fault;
  for (const MissingPart& part : missing) {
    const std::string words = words_of(part.fault);
    const auto known = std::find_if(by_fault.begin(), by_fault.end(), [&](const auto& one) { return one.first == words; });
    if (known != by_fault.end()) known->second.push_back(part.shard.number);
    else by_fault.push_back({words, {part.shard.number}});
  }
  std::string said;
  for (const auto& [words, numbers] : by_fault) {
    const bool is_one = numbers.size() == 1;
    said += (said.empty() ? "" : ", ") + std::string(is_one ? "PART " : "PARTS ") + list_numbers(numbers, " AND ") + " OF " + std::to_string(of) +
            (is_one ? " IS " : " ARE ") + words;
  }
  return said + ": " + words_of_share(missing.size(), of) + " cannot be found here.";
}

std::string describe_gaps(const std::vector<MissingPart>& missing, const std::vector<MissingPart>& without_schedule) {
  std::vector<std::uint32_t> numbers;
  for (const MissingPart& part : missing) numbers.push_back(part.shard.number);
  for (const MissingPart& part : without_schedule) numbers.push_back(part.shard.number);
  if (numbers.empty()) return "";
  std::sort(numbers.begin(), numbers.end());
  const std::uint32_t of = missing.empty() ? without_schedule.front().shard.of : missing.front().shard.of;
  return "INCOMPLETE: the appointments of " + words_of_share(numbers.size(), of) + " are not on this list, because " +
         (numbers.size() == 1 ? "part " : "parts ") + list_numbers(numbers, " and ") + " of " + std::to_string(of) + " cannot be read here.";
}

std::string describe_lagging(const std::vector<app::LatePart>& late) {
  if (late.empty()) return "";
  return app::describe_late(late) + ": for " + words_of_share(late.size(), late.front().shard.of) +
         ", what changed since then is missing.";
}

}  // namespace viewer
