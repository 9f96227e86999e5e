#include "exporter/copy/pull.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <utility>

#include "app/digest.h"
#include "app/record/json.h"
#include "app/snapshot/copy.h"
#include "app/snapshot/fingerprint.h"
#include "app/snapshot/volume_files.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/file_lock_posix.h"
#include "exporter/copy/volume_store.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr std::string_view kPulling = ".pulling-";
constexpr const char* kMemory = ".pulled.json";
constexpr const char* kLock = ".pulling.lock";
constexpr std::size_t kMemoryMost = 65'536;

// What this folder has pulled before.
struct PullMemory {
  std::optional<app::PublicKey> signer;
  std::uint64_t sequence = 0;
  std::map<app::PublicKey, std::uint64_t> others;  // whose copies came earlier, and how far
  std::optional<app::PublicKey> replaced;
};

Result<PullMemory> parse_memory(const fs::path& file, const std::string& text) {
  PullMemory memory;
  app::JsonDocument document;
  const auto json = document.parse(text);
  app::PublicKey signer{};
  if (!json.ok() || !app::parse_hex(json.value()["verifying_key"].text(), signer) || json.value()["sequence"].integer().value_or(-1) < 0) {
    return Error{Code::wrong_kind, file.string() + " does not say whose copies these are.", "remove it to begin anew, with --fingerprint"};
  }
  memory.signer = signer;
  memory.sequence = static_cast<std::uint64_t>(*json.value()["sequence"].integer());
  for (const auto& [key, sequence] : json.value()["others"].members()) {
    if (app::parse_hex(key, signer)) memory.others[signer] = static_cast<std::uint64_t>(std::max<std::int64_t>(0, sequence.integer().value_or(0)));
  }
  return memory;
}

// Of the signer whose fingerprint is given, if one is.
Result<PullMemory> read_memory(const fs::path& to, const std::string& fingerprint) {
  const auto is_named = [&](const app::PublicKey& signer) { return fingerprint.empty() || app::is_fingerprint_of(signer, fingerprint); };
  PullMemory memory;
  const auto text = read_file(to / kMemory, kMemoryMost);
  if (!text.ok() && text.error().code != Code::not_found) return text.error();
  if (text.ok()) {
    TRY_GET(memory, parse_memory(to / kMemory, text.value()));
    if (is_named(*memory.signer)) return memory;
    memory.others[*memory.signer] = memory.sequence;
    memory.replaced = std::exchange(memory.signer, std::nullopt);
    memory.sequence = 0;
    for (const auto& [signer, sequence] : memory.others) {
      if (is_named(signer)) memory.signer = signer, memory.sequence = sequence;
    }
  }
  // Copies that were brought here otherwise speak for their practice as well.
  for (const app::FoundCopy& copy : app::list_copies(to)) {
    if (copy.fault || !is_named(copy.signer)) continue;
    if (memory.signer && *memory.signer != copy.signer) return Error{Code::forged, "Copies of two practices lie in " + to.string() + ".", "name one with --fingerprint, or take a folder of its own"};
    memory.signer = copy.signer;
    memory.sequence = std::max(memory.sequence, copy.sequence);
  }
  return memory;
}

Result<Done> write_memory(const fs::path& to, const app::PublicKey& signer_now, std::uint64_t newest, const PullMemory& before) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("verifying_key", std::string_view(app::format_hex(signer_now)));
  json.member("sequence", static_cast<std::int64_t>(newest));
  json.key("others");
  json.open_object();
  for (const auto& [signer, sequence] : before.others) {
    if (signer != signer_now) json.member(app::format_hex(signer), static_cast<std::int64_t>(sequence));
  }
  json.close_object();
  json.close_object();
  return write_file(to / kMemory, text + "\n");
}

struct Candidate {
  std::string name;
  std::string text;  // of its manifest, byte for byte
  app::Manifest manifest;
};

Result<Candidate> read_candidate(const PullSource& from, const std::string& name) {
  Candidate candidate{name, "", {}};
  TRY(from.read(name + "/" + std::string(app::kManifestName), 0, app::kManifestMost + 1, [&](std::string_view piece) { candidate.text += piece; }));
  TRY_GET(candidate.manifest, app::parse_manifest(candidate.text));
  // By what is signed, not by what a folder is called.
  if (app::format_copy_name(candidate.manifest.taken, candidate.manifest.sequence) != name) {
    return Error{Code::forged, "Its folder bears another copy's name.", name};
  }
  return candidate;
}

class Pull {
 public:
  Pull(const PullSource& from, const PullOrder& order, const std::function<void(const std::string&)>& progress)
      : from_(from), order_(order), progress_(progress) {}

  // What may be fetched, newest first. Nothing is written.
  Result<std::vector<Candidate>> look() {
    pulled_ = {};
    TRY_GET(memory_, read_memory(order_.to, order_.fingerprint));
    if (order_.fingerprint.empty() && order_.signer) trust(*order_.signer);
    return find_candidates();
  }

  Result<Pulled> run(app::Instant now) {
    TRY_GET(const std::vector<Candidate> candidates, look());
    std::optional<Error> fault;
    for (const Candidate& candidate : candidates) {
      if (candidate.manifest.sequence < memory_.sequence) break;
      source_failed_ = false;
      const auto brought = bring(candidate);
      if (brought.ok()) return finish(candidate, now);
      const Code code = brought.error().code;
      if (!source_failed_ && code != Code::damaged && code != Code::not_found && code != Code::forged) return brought.error();
      pulled_.passed_over.push_back({candidate.name, brought.error().what});
      if (!fault) fault = brought.error();
    }
    if (fault) return *fault;
    return Error{Code::forged, "The newest copy there is older than one that was here before.",
                 "there: no. " + std::to_string(candidates.front().manifest.sequence) + ", here: no. " + std::to_string(memory_.sequence) + ". Was the place rolled back, or emptied?"};
  }

 private:
  // Whoever counts on this laptop now counts here too, whoever's copies came here until now.
  void trust(const app::PublicKey& signer) {
    if (memory_.signer == signer) return;
    if (memory_.signer) memory_.others[*memory_.signer] = memory_.sequence;
    const auto earlier = memory_.others.find(signer);
    memory_.signer = signer;
    memory_.sequence = earlier == memory_.others.end() ? 0 : earlier->second;
  }

  bool is_ours(const app::PublicKey& signer) const {
    if (!order_.fingerprint.empty()) return app::is_fingerprint_of(signer, order_.fingerprint);
    return !memory_.signer || *memory_.signer == signer;
  }

  // Newest first, all of one practice.
  Result<std::vector<Candidate>> find_candidates() {
    TRY_GET(const std::vector<std::string> names, from_.list_copies());
    std::vector<Candidate> candidates;
    std::set<app::PublicKey> signers;
    std::vector<SetAside> unusable, foreign;
    for (const std::string& name : names) {
      auto candidate = read_candidate(from_, name);
      if (!candidate.ok()) {
        unusable.push_back({name, candidate.error().what});
        continue;
      }
      if (order_.shard && candidate.value().manifest.shard != *order_.shard) {
        unusable.push_back({name, "It is not of this part of the practice."});
        continue;
      }
      const app::PublicKey& signer = candidate.value().manifest.verifying_key;
      if (!is_ours(signer)) {
        foreign.push_back({name, "It is signed with another key than this practice's: " + app::format_fingerprint(signer)});
        continue;
      }
      signers.insert(signer);
      candidates.push_back(std::move(candidate).value());
    }
    if (candidates.empty()) {
      if (unusable.empty() && foreign.empty()) return Error{Code::not_found, "There is no copy there.", ""};
      const SetAside& first = foreign.empty() ? unusable.front() : foreign.front();
      return Error{Code::forged, "There is no copy there that this practice signed.",
                   first.name + ": " + first.reason + (foreign.empty() ? "" : ". Was the exporter replaced? Then name its fingerprint, as the new sealed envelope shows it: --fingerprint")};
    }
    // Whoever says whose copies to take does not wait for those of others.
    if (order_.fingerprint.empty()) unusable.insert(unusable.end(), foreign.begin(), foreign.end());
    if (signers.size() > 1) {
      return Error{Code::forged, "Copies of more than one practice lie there.", "name yours with --fingerprint, as its sealed envelope shows it"};
    }
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.manifest.sequence > b.manifest.sequence; });
    for (SetAside& aside : unusable) {
      std::uint64_t sequence = 0;
      if (app::parse_copy_name(aside.name, sequence) && sequence > candidates.front().manifest.sequence) pulled_.passed_over.push_back(std::move(aside));
    }
    pulled_.replaced = memory_.replaced;
    pulled_.first_time = !memory_.signer && order_.fingerprint.empty();
    return candidates;
  }

  // What cannot be read there and what cannot be written here are two things.
  Result<Done> fetch_rest(const std::string& source, const fs::path& target, std::uint64_t have, std::uint64_t bytes) {
    std::ofstream out(target, std::ios::binary | std::ios::app);
    std::optional<Error> write_fault;
    const auto note = [&] {
      if (!out && !write_fault) write_fault = system_error("write", target);
    };
    note();
    const auto read = from_.read(source, have, bytes - have, [&](std::string_view piece) {
      if (write_fault) return;
      out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
      note();
      pulled_.fetched_bytes += piece.size();
    });
    out.close();
    note();
    if (write_fault) return *write_fault;
    source_failed_ = !read.ok();
    return read;
  }

  // One file, going on where an earlier pull stopped. It is read again before it counts.
  Result<Done> fetch(const std::string& source, const fs::path& target, std::uint64_t bytes, const app::Digest& digest) {
    std::error_code fault;
    fs::create_directories(target.parent_path(), fault);
    if (fault) return system_error("mkdir", target.parent_path(), fault);
    for (const bool anew : {false, true}) {
      std::uint64_t have = fs::exists(target, fault) ? static_cast<std::uint64_t>(fs::file_size(target, fault)) : 0;
      if (anew && have == 0) break;
      if (anew || have > bytes) fs::remove(target, fault), have = 0;
      if (have < bytes || bytes == 0) {
        TRY(fetch_rest(source, target, have, bytes));
      }
      TRY(sync_file(target));
      drop_cached(target);
      app::Hasher hasher;
      std::uint64_t there = 0;
      std::ifstream in(target, std::ios::binary);
      for (std::string piece(1u << 20, '\0'); in;) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        hasher.add(std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount())));
        there += static_cast<std::uint64_t>(in.gcount());
      }
      if (there == bytes && hasher.finish() == digest) {
        pulled_.resumed_bytes += have;
        return Done{};
      }
    }
    fs::remove(target, fault);
    return Error{Code::damaged, "What that place gives is not what the practice signed.", source};
  }

  Result<Done> bring(const Candidate& candidate) {
    pulled_.name = candidate.name;
    pulled_.manifest = candidate.manifest;
    const fs::path there = order_.to / candidate.name;
    std::error_code fault;
    pulled_.is_new = true;
    if (fs::exists(there, fault)) {
      const auto here = app::read_copy(there, app::Check::files);
      if (here.ok() && app::format_manifest(here.value().manifest) != app::format_manifest(candidate.manifest)) {
        return Error{Code::forged, "There and here are two copies of one number.", candidate.name};
      }
      pulled_.is_new = !here.ok();
    }
    const fs::path incoming = order_.to / (std::string(kPulling) + candidate.name);
    if (pulled_.is_new) {
      for (const app::ManifestFile& file : candidate.manifest.files) {
        progress_("Fetching " + candidate.name + ": " + file.name);
        TRY(fetch(candidate.name + "/" + file.name, incoming / file.name, file.bytes, file.digest));
      }
      TRY(write_file(incoming / app::kManifestName, candidate.text));
      TRY(sync_tree(incoming));
      drop_cached(incoming / app::kManifestName);
      TRY_GET(const app::CopyInfo info, app::read_copy(incoming, app::Check::files));
      if (app::format_manifest(info.manifest) != app::format_manifest(candidate.manifest)) return Error{Code::damaged, "The copy did not arrive as it was.", candidate.name};
    }
    bring_volumes(candidate.manifest);
    if (!pulled_.is_new) return Done{};
    if (fs::exists(there, fault)) TRY(remove_folder(there));  // damaged, as was just seen
    fs::rename(incoming, there, fault);
    if (fault) return system_error("rename", there, fault);
    return sync_folder(order_.to);
  }

  // Charts come before pages: a volume that cannot be had costs its own pages only.
  void bring_volumes(const app::Manifest& manifest) {
    for (const app::ManifestVolume& volume : manifest.volumes) {
      const fs::path there = order_.to / app::volume_file(volume.name);
      if (app::verify_volume_file(there, volume, false).ok()) continue;
      const fs::path incoming = there.parent_path() / (std::string(kPulling) + there.filename().string());
      progress_("Fetching documents: " + there.filename().string());
      const auto fetched = fetch(app::volume_file(volume.name).generic_string(), incoming, volume.bytes, volume.digest);
      if (!fetched.ok()) {
        if (!pulled_.volumes_fault) pulled_.volumes_fault = fetched.error();
        continue;
      }
      if (std::rename(incoming.c_str(), there.c_str()) != 0) pulled_.volumes_fault = system_error("rename", there);
      else ++pulled_.new_volumes;
    }
    std::error_code ignored;
    if (fs::is_directory(order_.to / app::kVolumesFolder, ignored)) (void)sync_folder(order_.to / app::kVolumesFolder).ok();
  }

  Result<Pulled> finish(const Candidate& candidate, app::Instant now) {
    TRY(write_memory(order_.to, candidate.manifest.verifying_key, candidate.manifest.sequence, memory_));
    std::error_code fault;
    std::vector<fs::path> left;
    for (fs::directory_iterator entry(order_.to, fault), end; !fault && entry != end; entry.increment(fault)) {
      const std::string name = entry->path().filename().string();
      if (name.starts_with(kPulling) && name != kLock) left.push_back(entry->path());
    }
    for (const fs::path& half : left) TRY(remove_folder(half));  // of a copy that a newer one overtook
    const KeepPolicy keep{order_.keep, 0, 0, 0, order_.keep};
    pulled_.rotation = rotate(RotationPlace{order_.to.string(), order_.to, keep},
                              RotationRules{candidate.manifest.verifying_key, candidate.manifest.time_zone, order_.to}, candidate.name, now);
    return std::move(pulled_);
  }

  const PullSource& from_;
  const PullOrder& order_;
  const std::function<void(const std::string&)>& progress_;
  PullMemory memory_;
  Pulled pulled_;
  bool source_failed_ = false;  // a file there cannot be read: those of an older copy may well be
};

}  // namespace

Result<std::optional<app::PublicKey>> signer_pulled_before(const fs::path& to) {
  TRY_GET(const PullMemory memory, read_memory(to, ""));
  return memory.signer;
}

Result<bool> is_signer_remembered(const fs::path& to) {
  std::error_code fault;
  const bool there = fs::exists(to / kMemory, fault);
  if (fault) return system_error("stat", to / kMemory, fault);
  return there;
}

Result<Done> remember_signer(const fs::path& to, const app::PublicKey& signer, const std::string& fingerprint) {
  TRY_GET(const FileLock lock, FileLock::take(to / kLock, "a pull"));
  TRY_GET(const PullMemory memory, read_memory(to, fingerprint));
  return write_memory(to, signer, memory.signer == signer ? memory.sequence : 0, memory);
}

Result<Pulled> pull(const PullSource& from, const PullOrder& order, app::Instant now, const std::function<void(const std::string&)>& progress) {
  std::error_code fault;
  Pull pull(from, order, progress);
  // No folder is made for what is not there.
  if (!fs::exists(order.to, fault)) TRY(pull.look());
  fs::create_directories(order.to, fault);
  if (fault) return system_error("mkdir", order.to, fault);
  TRY_GET(const FileLock lock, FileLock::take(order.to / kLock, "a pull"));
  return pull.run(now);
}

}  // namespace exporter
