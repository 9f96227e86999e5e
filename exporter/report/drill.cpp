#include "exporter/report/drill.h"

#include <algorithm>

#include "app/digest.h"
#include "app/snapshot/copy.h"
#include "app/snapshot/copy_parts.h"
#include "app/snapshot/keys.h"
#include "app/snapshot/volume_files.h"
#include "exporter/child_process_posix.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/file_lock_posix.h"
#include "exporter/copy/practice_keys.h"
#include "exporter/copy/publish.h"
#include "exporter/copy/remote_copies.h"
#include "exporter/split.h"
#include "exporter/stopwatch.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr int kLaptopMost_s = 6 * 3600;
constexpr std::size_t kFindingsMost_bytes = 1u << 30;  // the sampled charts, in memory
constexpr std::uint64_t kVolumesMost_bytes = 2u << 30;  // of a remote's
constexpr std::size_t kTypedMost_bytes = 200;  // of what is looked up

// What a remote's copy is fetched into: encrypted as it is there, and gone afterwards.
class FetchedFolder {
 public:
  static Result<FetchedFolder> make(const fs::path& copies) {
    std::error_code fault;
    TRY_GET(FileLock lock, FileLock::take(copies / kDrillsLock, "a drill"));
    const fs::path folder = copies / (std::string(kFetchedForDrill) + std::to_string(app::now().s));
    if (!fs::create_directories(folder, fault)) return system_error("mkdir", folder, fault);
    return FetchedFolder(folder, std::move(lock));
  }
  ~FetchedFolder() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
  }
  FetchedFolder(FetchedFolder&& other) noexcept : folder_(std::exchange(other.folder_, {})), lock_(std::move(other.lock_)) {}
  FetchedFolder& operator=(FetchedFolder&&) = delete;
  const fs::path& path() const { return folder_; }

 private:
  FetchedFolder(fs::path folder, FileLock lock) : folder_(std::move(folder)), lock_(std::move(lock)) {}
  fs::path folder_;
  FileLock lock_;
};

// The newest good one. `passed_over` says which newer one there cannot be used.
Result<FetchedFolder> fetch_newest(const DestinationOptions& destination, const Options& options, const app::PublicKey& signer,
                                   std::string& passed_over) {
  const Rclone rclone(destination.remote, destination.rclone_config);
  const RemoteCopies there = read_remote_copies(rclone, signer);
  if (there.fault) return *there.fault;
  const GoodCopy* newest = nullptr;
  for (const auto& [copy, manifest] : there.good) {
    if (newest == nullptr || copy.sequence > newest->sequence) newest = &copy;
  }
  if (newest == nullptr) return Error{Code::not_a_copy, "There is no good copy on " + destination.remote + ".", ""};
  std::uint64_t broken = newest->sequence, sequence = 0;
  for (const SetAside& aside : there.left_alone) {
    if (!app::parse_copy_name(aside.name, sequence) || sequence <= broken) continue;
    broken = sequence;
    passed_over = aside.name + ": " + aside.reason;
  }
  TRY_GET(FetchedFolder folder, FetchedFolder::make(options.copies));
  TRY(rclone.fetch(newest->name, folder.path() / newest->name));
  return folder;
}

// Those of the named volumes that may be there at all: no more than so many bytes, the smallest first, but always one. Gives how
// many were fetched and are what the manifest says.
Result<std::size_t> fetch_volumes(const DestinationOptions& destination, const fs::path& to, const std::vector<std::string>& names) {
  TRY_GET(const app::CopyInfo info, app::read_copy(to, app::Check::sizes));
  std::vector<app::ManifestVolume> volumes = info.manifest.volumes;
  std::erase_if(volumes, [&](const app::ManifestVolume& volume) { return std::ranges::find(names, volume.name) == names.end(); });
  std::ranges::sort(volumes, {}, &app::ManifestVolume::bytes);
  const Rclone rclone(destination.remote, destination.rclone_config);
  std::uint64_t bytes = 0;
  std::size_t fetched = 0;
  for (const app::ManifestVolume& volume : volumes) {
    bytes += volume.bytes;
    if (fetched > 0 && bytes > kVolumesMost_bytes) break;
    const fs::path file = app::volume_file(volume.name);
    const auto came = rclone.fetch_file(file.generic_string(), to / file);
    if (!came.ok()) return Error{came.error().code, "The charts are there, but a volume of documents is not: " + came.error().what, came.error().detail};
    if (const auto whole = app::verify_volume_file(to / file, volume, true); !whole.ok()) return whole.error();
    ++fetched;
  }
  return fetched;
}

void add_files_of(const fs::path& folder, std::vector<fs::path>& files) {
  std::error_code fault;
  for (fs::directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault)) files.push_back(entry->path());
}

// Whatever opens a copy or signs one, and whatever opens the EMR.
std::vector<fs::path> secrets_of(const Options& options, const DrillOrder& order) {
  std::vector<fs::path> secrets = order.secrets;
  add_files_of(options.practice_folder() / "keys", secrets);
  if (!options.state.empty()) add_files_of(options.state / "keys", secrets);
  secrets.push_back(options.file);
  if (!options.emr.password_file.empty()) secrets.push_back(options.emr.password_file);
  return secrets;
}

Result<LaptopFindings> ask_laptop(const LaptopOrder& order) {
  std::error_code fault;
  const fs::path program = fs::read_symlink("/proc/self/exe", fault);
  if (fault) return Error{Code::io, "Where this program lies could not be found out.", fault.message()};
  TRY_GET(const ChildOutcome outcome, run_child({.command = {program.string(), kDrillLaptop},
                                                 .clean_environment = true,
                                                 .input = format_order(order),
                                                 .most_s = kLaptopMost_s,
                                                 .most_bytes = kFindingsMost_bytes}));
  if (outcome.out.empty()) {
    return Error{Code::damaged, "The process that opened the copy ended badly.", "it ended with " + std::to_string(outcome.exit_code)};
  }
  return parse_findings(outcome.out);
}

// At all places of a practice, or of one part of it.
class Holder {
 public:
  Holder(const Options& options, const DrillOrder& order, const app::PublicKey& signer, Result<EmrSample> sample, std::vector<NightRecord> nights)
      : options_(options), sample_(std::move(sample)), nights_(std::move(nights)), signer_(signer) {
    laptop_.signer = app::format_hex(signer);
    laptop_.keyholder = order.keyholder;
    laptop_.passphrase = order.passphrase;
    laptop_.secrets = secrets_of(options, order);
    laptop_.draw = static_cast<std::size_t>(options.drill.sample);
    if (!sample_.ok()) return;
    for (const SampledChart& chart : sample_.value().charts) {
      laptop_.patients.push_back(chart.patient);
      if (laptop_.patients.back().typed.size() > kTypedMost_bytes) laptop_.patients.back().typed.clear();
    }
  }

  DrillPlace hold(const std::string& name, const DestinationOptions* destination) {
    DrillPlace place;
    place.name = name;
    const Stopwatch watch;
    const auto held = open_and_judge(destination, place);
    if (!held.ok()) place.fault = held.error();
    place.took_s = watch.seconds();
    return place;
  }

 private:
  Result<Done> open_and_judge(const DestinationOptions* destination, DrillPlace& place) {
    std::optional<FetchedFolder> fetched;
    std::string passed_over;
    laptop_.some_volumes_only = destination != nullptr && destination->kind == DestinationKind::rclone;
    laptop_.place = destination == nullptr ? options_.copies : destination->path;
    if (destination != nullptr && destination->kind == DestinationKind::rclone) {
      TRY_GET(FetchedFolder folder, fetch_newest(*destination, options_, signer_, passed_over));
      fetched.emplace(std::move(folder));
      laptop_.place = fetched->path();
    } else if (destination != nullptr && destination->must_be_mounted && lie_on_one_disk(options_.copies, destination->path)) {
      return Error{Code::not_found, "Nothing is mounted on " + destination->path.string() + ".", "is the stick or laptop plugged in? (must_be_mounted)"};
    }
    if (fetched) TRY(bring_volumes(*destination, place));
    TRY_GET(LaptopFindings findings, ask_laptop(laptop_));
    if (!passed_over.empty()) findings.passed_over = passed_over;
    if (sample_.ok()) judge_drill(findings, sample_.value(), nights_, options_.time_zone, place);
    else judge_without_emr(findings, sample_.error(), nights_, place);
    return Done{};
  }

  // Which of them are needed only a keyholder can tell; the charts of the sample name them.
  Result<Done> bring_volumes(const DestinationOptions& destination, DrillPlace& place) {
    LaptopOrder asking = laptop_;
    asking.names_volumes_only = true;
    TRY_GET(const LaptopFindings findings, ask_laptop(asking));
    TRY_GET(place.volumes, fetch_volumes(destination, laptop_.place, findings.volumes));
    return Done{};
  }

  const Options& options_;
  Result<EmrSample> sample_;
  std::vector<NightRecord> nights_;
  app::PublicKey signer_;
  LaptopOrder laptop_;
};

// Of a part that was never made there are none, and nothing is begun.
Result<std::vector<NightRecord>> nights_of(const Options& options) {
  std::error_code ignored;
  if (!fs::is_directory(options.state_folder(), ignored)) return std::vector<NightRecord>{};
  TRY_GET(const NightMemory memory, NightMemory::open(options.state_folder()));
  return memory.nights();
}

}  // namespace

Result<Drill> hold_drill(const Options& options, const DrillOrder& order, app::Instant now, const std::function<void(const std::string&)>& progress) {
  const Stopwatch whole;
  Drill drill;
  drill.began = now;
  bool known = order.destination.empty() || order.destination == kFolderOfCopies;
  for (const DestinationOptions& destination : options.destinations) known = known || destination.name == order.destination;
  if (!known) return Error{Code::not_found, "There is no destination named " + order.destination + ".", options.file.string()};
  TRY_GET(const app::SigningKey key, read_signing_key(options.practice_folder()));
  std::vector<Options> parts = find_split(options);
  const bool is_split = !parts.empty();
  if (!is_split) parts.push_back(options);
  const Stopwatch reading;
  const auto samples = sample_parts(options, static_cast<std::uint32_t>(parts.size()), static_cast<std::size_t>(options.drill.sample), progress);
  drill.emr_s = reading.seconds();
  std::vector<Holder> holders;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    (void)sweep_drills(parts[i].copies).ok();  // what cannot be removed costs room, not the drill
    TRY_GET(const auto nights, nights_of(parts[i]));
    const auto sample = samples.ok() ? Result<EmrSample>(samples.value()[i]) : Result<EmrSample>(samples.error());
    if (sample.ok()) drill.emr_as_of = sample.value().as_of, drill.emr_patients += sample.value().patients;
    holders.emplace_back(parts[i], order, key.verifying_key(), sample, nights);
  }
  // The number of a destination, or past the last: the folder of copies.
  const auto hold = [&](const std::string& name, std::size_t number) {
    if (!order.destination.empty() && order.destination != name) return;
    std::vector<std::pair<app::Shard, DrillPlace>> held;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      progress("Opening the newest copy of " + name + " as a laptop would" + (is_split ? ": " + app::name_of(parts[i].run.shard) : ""));
      const auto& destinations = parts[i].destinations;
      held.emplace_back(parts[i].run.shard, holders[i].hold(name, number < destinations.size() ? &destinations[number] : nullptr));
    }
    drill.places.push_back(is_split ? join_parts(name, std::move(held)) : std::move(held.front().second));
  };
  hold(kFolderOfCopies, options.destinations.size());
  for (std::size_t i = 0; i < options.destinations.size(); ++i) hold(options.destinations[i].name, i);
  drill.took_s = whole.seconds();
  return drill;
}

}  // namespace exporter
