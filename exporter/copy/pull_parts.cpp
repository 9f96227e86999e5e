#include "exporter/copy/pull_parts.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "app/snapshot/copy_parts.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Error;
using app::Result;

using Progress = std::function<void(const std::string&)>;

// What lies at the source under one number of parts; 1: copies of the whole.
struct Offer {
  std::uint32_t of = 1;
  std::set<std::uint32_t> numbers;
  std::string newest;  // name of a copy, which begins with its time
};

// The newest first. What names say decides nothing but the order in which they are tried.
Result<std::vector<Offer>> list_offers(const PullSource& source) {
  TRY_GET(const auto copies, source.list_copies());
  std::map<std::uint32_t, Offer> by_number;
  for (const std::string& name : copies) by_number[1].newest = std::max(by_number[1].newest, name);
  TRY_GET(const auto parts, source.list_parts());
  for (const auto& [shard, newest] : parts) {
    Offer& offer = by_number[shard.of];
    offer.of = shard.of;
    offer.numbers.insert(shard.number);
    offer.newest = std::max(offer.newest, newest);
  }
  std::vector<Offer> offers;
  for (auto& [of, offer] : by_number) offers.push_back(std::move(offer));
  std::stable_sort(offers.begin(), offers.end(), [](const Offer& a, const Offer& b) { return a.newest > b.newest; });
  return offers;
}

// Whoever's copies the laptop has taken until now, in whatever number of parts. What was written down for all of them counts before
// what the folders of parts remember: those of an earlier number of parts hear of no new signer.
Result<std::optional<app::PublicKey>> known_signer(const fs::path& to) {
  TRY_GET(const bool is_remembered, is_signer_remembered(to));
  if (is_remembered) return signer_pulled_before(to);
  std::set<app::PublicKey> signers;
  std::vector<fs::path> folders = {to};
  std::error_code fault;
  for (fs::directory_iterator entry(to, fault), end; !fault && entry != end; entry.increment(fault)) {
    app::Shard shard;
    if (app::parse_part_folder(entry->path().filename().string(), shard)) folders.push_back(entry->path());
  }
  for (const fs::path& folder : folders) {
    TRY_GET(const auto signer, signer_pulled_before(folder));
    if (signer) signers.insert(*signer);
  }
  if (signers.size() > 1) {
    return Error{Code::forged, "Copies of more than one practice lie in " + to.string() + ".", "name yours with --fingerprint, as its sealed envelope shows it"};
  }
  return signers.empty() ? std::optional<app::PublicKey>() : *signers.begin();
}

std::string join_place(const std::string& from, const std::string& folder) {
  return from + (from.ends_with(":") || from.ends_with("/") ? "" : "/") + folder;
}

class PartsPull {
 public:
  PartsPull(const std::string& from, const fs::path& rclone_config, const PullOrder& order, app::Instant now, const Progress& progress)
      : from_(from), rclone_config_(rclone_config), order_(order), now_(now), progress_(progress) {}

  PulledParts pull(const Offer& offer) {
    PulledParts all;
    for (std::uint32_t number = 1; number <= offer.of; ++number) {
      PulledPart part{{number, offer.of}, std::nullopt, std::nullopt};
      auto pulled = pull_one(offer, part.shard);
      if (pulled.ok()) part.pulled = std::move(pulled).value();
      else part.fault = pulled.error();
      if (part.fault && !all.fault) all.fault = part.fault;
      // The next parts are this one's practice's.
      if (part.pulled && !signer_) signer_ = part.pulled->manifest.verifying_key;
      all.parts.push_back(std::move(part));
    }
    if (!all.fault && offer.of > 1) all.fault = app::judge_ages(app::find_parts(order_.to, app::Check::sizes, known()));
    return all;
  }
  void trust(const std::optional<app::PublicKey>& signer) { signer_ = signer; }

 private:
  std::vector<app::PublicKey> known() const { return signer_ ? std::vector{*signer_} : std::vector<app::PublicKey>{}; }

  Result<Pulled> pull_one(const Offer& offer, const app::Shard& shard) {
    PullOrder order = order_;
    order.signer = signer_;
    if (shard.is_whole()) return exporter::pull(*open_pull_source(from_, rclone_config_), order, now_, progress_);
    if (!offer.numbers.contains(shard.number)) {
      return Error{Code::not_found, app::name_of(shard) + " is not there: its patients are missing, or as old as what is here already.", from_};
    }
    const std::string name = app::format_part_folder(shard);
    order.to /= name;
    order.shard = shard;
    const Progress progress = [&](const std::string& text) { progress_(app::name_of(shard) + ": " + text); };
    return exporter::pull(*open_pull_source(join_place(from_, name), rclone_config_), order, now_, progress);
  }

  const std::string& from_;
  const fs::path& rclone_config_;
  const PullOrder& order_;
  app::Instant now_;
  const Progress& progress_;
  std::optional<app::PublicKey> signer_;
};

}  // namespace

Result<PulledParts> pull_parts(const std::string& from, const fs::path& rclone_config, const PullOrder& order, app::Instant now, const Progress& progress) {
  TRY_GET(std::vector<Offer> offers, list_offers(*open_pull_source(from, rclone_config)));
  // Then the pull itself says what it looked for.
  if (offers.empty()) offers.emplace_back();
  PartsPull pull(from, rclone_config, order, now, progress);
  if (order.fingerprint.empty()) {
    TRY_GET(const auto known, known_signer(order.to));
    pull.trust(known);
  }
  std::optional<PulledParts> first;
  std::vector<SetAside> passed_over;
  for (const Offer& offer : offers) {
    PulledParts pulled = pull.pull(offer);
    pulled.passed_over = passed_over;
    const auto came = std::ranges::find_if(pulled.parts, [](const PulledPart& part) { return part.pulled.has_value(); });
    if (came != pulled.parts.end()) {
      // A whole copy's pull has done so.
      const bool is_named = offer.of > 1 && !order.fingerprint.empty();
      if (is_named) TRY(remember_signer(order.to, came->pulled->manifest.verifying_key, order.fingerprint));
      return pulled;
    }
    passed_over.push_back({offer.of == 1 ? "the copy of the whole" : "all " + std::to_string(offer.of) + " parts", pulled.fault->what});
    if (!first) first = std::move(pulled);
  }
  return std::move(*first);
}

}  // namespace exporter
