#include "exporter/copy/publish.h"

#include <algorithm>
#include <cstdio>

#include "app/record/json.h"
#include "app/snapshot/copy.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/file_lock_posix.h"

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;
namespace fs = std::filesystem;

constexpr std::string_view kStaging = ".making-";
constexpr const char* kLock = ".nightchart.lock";
constexpr const char* kSequence = "sequence.json";
constexpr std::size_t kSequenceFileMost = 1024;
// A higher number was never given out by a night: somebody made it up.
constexpr std::uint64_t kSequenceMost = 999'999'999;

Result<Done> sweep(const fs::path& copies, std::string_view begin) {
  std::error_code failure;
  std::vector<fs::path> left;
  for (fs::directory_iterator entry(copies, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    if (entry->path().filename().string().starts_with(begin)) left.push_back(entry->path());
  }
  for (const fs::path& folder : left) {
    if (!failure) fs::remove_all(folder, failure);
  }
  if (failure) {
    return Error{Code::io, "What an earlier night or drill left in " + copies.string() + " cannot be removed.",
                 failure.message()};
  }
  return Done{};
}

// None when none was ever remembered.
Result<std::optional<std::uint64_t>> remembered_sequence(const fs::path& file) {
  const auto text = read_file(file, kSequenceFileMost);
  if (!text.ok() && text.error().code == Code::not_found) return std::optional<std::uint64_t>();
  if (!text.ok()) return text.error();
  app::JsonDocument document;
  const auto parsed = document.parse(text.value());
  const auto number = parsed.ok() ? parsed.value()["sequence"].integer() : std::nullopt;
  if (!number || *number < 0) {
    return Error{Code::wrong_kind, file.string() + " does not hold the last copy's number.",
                 "expected {\"sequence\":123}"};
  }
  return std::optional(static_cast<std::uint64_t>(*number));
}

std::uint64_t highest_of(const fs::path& folder, std::uint64_t highest, const app::PublicKey* signer) {
  for (const app::FoundCopy& copy : app::list_copies(folder)) {
    if (signer != nullptr && (copy.fault || copy.signer != *signer)) continue;
    if (copy.sequence <= kSequenceMost) highest = std::max(highest, copy.sequence);
  }
  return highest;
}

bool has_one_named(const fs::path& copies, std::string_view prefix) {
  std::error_code failure;
  fs::directory_iterator entry(copies, failure);
  for (const fs::directory_iterator end; !failure && entry != end; entry.increment(failure)) {
    if (entry->path().filename().string().starts_with(prefix)) return true;
  }
  return false;
}

}  // namespace

Result<Done> sweep_drills(const fs::path& copies) {
  if (!has_one_named(copies, kFetchedForDrill)) return Done{};
  const auto lock = FileLock::take(copies / kDrillsLock, "a night");
  if (!lock.ok() && lock.error().code == Code::busy) return Done{};
  if (!lock.ok()) return lock.error();
  return sweep(copies, kFetchedForDrill);
}

bool was_cut_short(const fs::path& copies) {
  return has_one_named(copies, kStaging) && !FileLock::is_signed_by_the_living(copies / kLock);
}

struct CopiesFolder::State {
  ~State() {
    if (lock) (void)sweep(copies, kStaging).ok();  // of a night that failed; one that was killed is swept by the next
  }
  fs::path copies;
  fs::path practice;
  std::optional<app::Error> left_behind;
  std::optional<FileLock> lock;
  std::optional<FileLock> practice_lock;  // the sequence number is the practice's, whatever folder its copies go to
};

CopiesFolder::CopiesFolder(std::unique_ptr<State> state) : state_(std::move(state)) {}
CopiesFolder::~CopiesFolder() = default;
CopiesFolder::CopiesFolder(CopiesFolder&&) noexcept = default;
CopiesFolder& CopiesFolder::operator=(CopiesFolder&&) noexcept = default;

Result<CopiesFolder> CopiesFolder::open(const fs::path& copies, const fs::path& practice, const std::string& work) {
  std::error_code failure;
  fs::create_directories(copies, failure);
  if (failure) return system_error("mkdir", copies, failure);
  auto state = std::make_unique<State>();
  state->copies = copies;
  state->practice = practice;
  TRY_GET(state->lock, FileLock::take(copies / kLock, work));
  if (!fs::equivalent(copies, practice, failure)) {
    TRY_GET(state->practice_lock, FileLock::take(practice / kLock, work));
  }
  for (const auto& swept : {sweep(copies, kStaging), sweep_drills(copies)}) {
    if (!swept.ok()) state->left_behind = swept.error();
  }
  return CopiesFolder(std::move(state));
}

const std::optional<Error>& CopiesFolder::left_behind() const { return state_->left_behind; }

Result<std::uint64_t> CopiesFolder::take_sequence(const Elsewhere& elsewhere) {
  const fs::path file = state_->practice / kSequence;
  TRY_GET(const std::optional<std::uint64_t> remembered, remembered_sequence(file));
  std::uint64_t highest = highest_of(state_->copies, remembered.value_or(0), nullptr);
  if (!remembered) {
    for (const fs::path& folder : elsewhere.folders) highest = highest_of(folder, highest, &elsewhere.signer);
  }
  const std::string text = "{\"sequence\":" + std::to_string(highest + 1) + "}\n";
  TRY(write_file(file, text));
  return highest + 1;
}

Result<fs::path> CopiesFolder::make_staging(const std::string& name) {
  const fs::path staging = state_->copies / (std::string(kStaging) + name);
  std::error_code failure;
  if (!fs::create_directory(staging, failure)) return system_error("mkdir", staging, failure);
  return staging;
}

fs::path CopiesFolder::place_of(const fs::path& staging) const {
  return state_->copies / staging.filename().string().substr(kStaging.size());
}

Result<fs::path> CopiesFolder::publish(const fs::path& staging) {
  TRY(sync_tree(staging));
  const fs::path final_place = place_of(staging);
  if (std::error_code ignored; fs::exists(fs::symlink_status(final_place, ignored))) {
    return Error{Code::io, "There is a copy named " + final_place.filename().string() + " already.", state_->copies.string()};
  }
  if (std::rename(staging.c_str(), final_place.c_str()) != 0) return system_error("rename", final_place);
  TRY(sync_folder(state_->copies));
  return final_place;
}

}  // namespace exporter
