#include "app/snapshot/copy_parts.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <system_error>
#include <tuple>

#include "app/record/sheet_words.h"

namespace app {
namespace {

namespace fs = std::filesystem;

using Folders = std::map<std::uint32_t, fs::path>;  // by the part's number

// By how many parts there are.
std::map<std::uint32_t, Folders> list_part_folders(const fs::path& folder) {
  std::map<std::uint32_t, Folders> splits;
  std::error_code fault;
  for (fs::directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault)) {
    Shard shard;
    std::error_code ignored;
    if (parse_part_folder(entry->path().filename().string(), shard) && !shard.is_whole() && entry->is_directory(ignored)) {
      splits[shard.of][shard.number] = entry->path();
    }
  }
  return splits;
}

// Whoever signed a copy in these folders.
std::set<PublicKey> signers_in(const Folders& folders) {
  std::set<PublicKey> signers;
  for (const auto& [number, folder] : folders) {
    for (const FoundCopy& copy : list_copies(folder)) {
      if (!copy.fault) signers.insert(copy.signer);
    }
    if (const auto newest = read_copy(folder, Check::sizes); newest.ok()) signers.insert(newest.value().manifest.verifying_key);
  }
  return signers;
}

FoundPart read_part(const fs::path& around, const Shard& shard, Check check, const PublicKey& signer) {
  FoundPart part{shard, around / format_part_folder(shard), std::nullopt, std::nullopt};
  std::error_code ignored;
  if (!fs::is_directory(part.folder, ignored)) {
    part.fault = Error{Code::not_found, name_of(shard) + " of this practice is not here: its patients are missing.", part.folder.string()};
    return part;
  }
  auto info = read_copy(part.folder, check, {signer});
  if (!info.ok()) {
    part.fault = info.error();
  } else if (info.value().manifest.verifying_key != signer) {
    part.fault = Error{Code::forged, name_of(shard) + " is another practice's: it was not signed with the same key.", part.folder.string()};
  } else if (info.value().manifest.shard != shard) {
    part.fault = Error{Code::damaged, "The copy in " + part.folder.string() + " is not of this part.", name_of(info.value().manifest.shard)};
  } else {
    part.info = std::move(info).value();
  }
  return part;
}

std::vector<FoundPart> read_parts(const fs::path& around, std::uint32_t of, Check check, const PublicKey& signer) {
  std::vector<FoundPart> parts;
  for (std::uint32_t number = 1; number <= of; ++number) parts.push_back(read_part(around, {number, of}, check, signer));
  return parts;
}

bool has_one(const std::vector<PublicKey>& known, const PublicKey& signer) {
  return std::find(known.begin(), known.end(), signer) != known.end();
}

struct Split {
  std::vector<FoundPart> parts;
  std::optional<PublicKey> signer;  // none: not one part can be read
  bool is_known = false;
  bool is_of_most = false;
  std::int64_t newest = 0;

  auto rank() const { return std::tuple(is_known, is_of_most, newest); }
};

std::ptrdiff_t count_readable(const std::vector<FoundPart>& parts) {
  return std::count_if(parts.begin(), parts.end(), [](const FoundPart& part) { return part.info.has_value(); });
}

// Those of one number of parts, one for each signer.
void add_splits(const fs::path& around, std::uint32_t of, const Folders& folders, const std::vector<PublicKey>& known, std::vector<Split>& splits) {
  const std::size_t before = splits.size();
  std::ptrdiff_t most = 0;
  for (const PublicKey& signer : signers_in(folders)) {
    Split split{read_parts(around, of, Check::sizes, signer), signer, has_one(known, signer), false, 0};
    if (count_readable(split.parts) == 0) continue;
    for (const FoundPart& part : split.parts) {
      if (part.info) split.newest = std::max(split.newest, part.info->manifest.as_of.s);
    }
    most = std::max(most, count_readable(split.parts));
    splits.push_back(std::move(split));
  }
  for (std::size_t i = before; i < splits.size(); ++i) splits[i].is_of_most = count_readable(splits[i].parts) == most;
  if (splits.size() == before) splits.push_back({read_parts(around, of, Check::sizes, {}), std::nullopt, false, false, 0});
}

std::vector<Split> rank_splits(const fs::path& folder, const std::vector<PublicKey>& known) {
  std::vector<Split> splits;
  for (const auto& [of, folders] : list_part_folders(folder)) add_splits(folder, of, folders, known, splits);
  std::stable_sort(splits.begin(), splits.end(), [](const Split& a, const Split& b) { return a.rank() > b.rank(); });
  return splits;
}

// The parts and the whole copy that lie in one folder, where there are both.
struct Rivals {
  std::optional<Split> parts;
  std::vector<Split> other_parts;  // of another number, or signer
  std::optional<CopyInfo> whole;
  bool are_parts_first = false;
};

std::string describe(const Split& split) {
  std::string text = "a practice that was split into " + std::to_string(split.parts.front().shard.of);
  const auto read = std::find_if(split.parts.begin(), split.parts.end(), [](const FoundPart& part) { return part.info.has_value(); });
  if (read != split.parts.end()) text += ", of " + format_as_of({split.newest}, read->info->manifest.time_zone) + " at the latest";
  return text + ", which are not read.";
}

Rivals find_rivals(const fs::path& folder, const std::vector<PublicKey>& known) {
  Rivals rivals;
  std::error_code ignored;
  if (fs::exists(folder / kManifestName, ignored)) return rivals;
  std::vector<Split> splits = rank_splits(folder, known);
  if (splits.empty()) return rivals;
  rivals.parts = std::move(splits.front());
  rivals.other_parts.assign(std::move_iterator(splits.begin() + 1), std::move_iterator(splits.end()));
  // Copies that are all ruined hide no parts.
  if (auto whole = read_copy(folder, Check::sizes, known); whole.ok()) rivals.whole = std::move(whole).value();
  rivals.are_parts_first =
      !rivals.whole || std::tuple(rivals.parts->is_known, rivals.parts->newest) >
                           std::tuple(has_one(known, rivals.whole->manifest.verifying_key), rivals.whole->manifest.as_of.s);
  return rivals;
}

}  // namespace

std::vector<std::vector<FoundPart>> list_splits(const fs::path& folder, const std::vector<PublicKey>& known) {
  std::vector<std::vector<FoundPart>> listed;
  for (Split& split : rank_splits(folder, known)) listed.push_back(std::move(split.parts));
  return listed;
}

std::vector<FoundPart> find_parts(const fs::path& folder, Check check, const std::vector<PublicKey>& known) {
  std::vector<Split> splits = rank_splits(folder, known);
  if (splits.empty()) return {};
  Split& first = splits.front();
  if (check == Check::sizes || !first.signer) return std::move(first.parts);
  return read_parts(folder, first.parts.front().shard.of, check, *first.signer);
}

bool holds_parts(const fs::path& folder, const std::vector<PublicKey>& known) { return find_rivals(folder, known).are_parts_first; }

std::string describe_passed_over(const fs::path& folder, const std::vector<PublicKey>& known) {
  const Rivals rivals = find_rivals(folder, known);
  if (!rivals.parts) return "";
  if (!rivals.are_parts_first) return rivals.parts->signer ? "Beside this copy of the whole practice lie parts of " + describe(*rivals.parts) : "";
  std::vector<std::string> sentences;
  if (rivals.whole) {
    const Manifest& whole = rivals.whole->manifest;
    sentences.push_back("Beside the parts lies a copy of the whole practice, of " + format_as_of(whole.as_of, whole.time_zone) + ", which is not read: " +
                        rivals.whole->folder.filename().string() + ".");
  }
  for (const Split& other : rivals.other_parts) {
    if (other.signer) sentences.push_back("Beside these parts lie others, of " + describe(other));
  }
  return join(sentences, " ");
}

}  // namespace app
