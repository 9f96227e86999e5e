#include "exporter/report/receipts.h"

#include <map>
#include <sstream>

#include "app/snapshot/receipt.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/host_key.h"
#include "exporter/copy/rclone.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Result;

constexpr const char* kKey = "receipts";
constexpr int kRemoteMost_s = 60;
constexpr std::size_t kReceiptsMost = 1000;  // of one place: anybody may have filled it

std::string key_of(const app::CopyKey& host, std::uint64_t sequence) {
  app::Hasher hasher(host.bytes().view());
  hasher.add("receipt of copy ");
  hasher.add(std::to_string(sequence));
  return app::format_hex(hasher.finish());
}

void take(const std::string& place, const std::string& text, const app::CopyKey& host, std::map<std::string, LaptopFact>& newest) {
  const auto receipt = app::parse_receipt(text, [&](std::uint64_t sequence) { return std::optional(key_of(host, sequence)); });
  if (!receipt.ok()) return;
  const app::Receipt& found = receipt.value();
  LaptopFact& fact = newest[found.laptop];
  if (fact.seen.s < found.opened.s) fact = {found.laptop, found.sequence, found.opened, place};
}

void read_place(const std::string& place, const fs::path& folder, const app::CopyKey& host, std::map<std::string, LaptopFact>& newest) {
  std::error_code fault;
  std::size_t seen = 0;
  for (fs::directory_iterator entry(folder / app::kReceiptsFolder, fault), end; !fault && entry != end && seen < kReceiptsMost; entry.increment(fault), ++seen) {
    const auto text = read_file(entry->path(), app::kReceiptMost);
    if (text.ok()) take(place, text.value(), host, newest);
  }
}

// In one call: receipts are small, and a remote that is away must not make anybody wait twice. Each is one line.
// False when it could not be asked; that no laptop ever left anything there is an answer.
bool read_remote(const DestinationOptions& destination, const app::CopyKey& host, std::map<std::string, LaptopFact>& newest) {
  const auto text = Rclone(destination.remote, destination.rclone_config, kRemoteMost_s).read_folder(std::string(app::kReceiptsFolder), kReceiptsMost * app::kReceiptMost);
  if (!text.ok()) return text.error().code == app::Code::not_found;
  std::istringstream lines(text.value());
  std::size_t seen = 0;
  for (std::string line; seen < kReceiptsMost && std::getline(lines, line); ++seen) take(destination.name, line + "\n", host, newest);
  return true;
}

}  // namespace

Result<std::string> make_receipt_key(const fs::path& practice, std::uint64_t sequence) {
  TRY_GET(const HostKey host, open_host_key(practice, kKey, {}));
  return key_of(host.key, sequence);
}

std::vector<LaptopFact> read_receipts(const Options& options, std::vector<std::string>& unread) {
  const auto host = open_host_key(options.state_folder(), kKey, {});
  if (!host.ok()) return {};
  std::map<std::string, LaptopFact> newest;
  read_place("the folder of copies", options.copies, host.value().key, newest);
  for (const DestinationOptions& destination : options.destinations) {
    if (destination.kind == DestinationKind::folder) read_place(destination.name, destination.path, host.value().key, newest);
    // On battery nobody waits for a network that may be gone.
    else if (options.run.occasion != app::Occasion::battery && !read_remote(destination, host.value().key, newest)) unread.push_back(destination.name);
  }
  std::vector<LaptopFact> facts;
  for (auto& [laptop, fact] : newest) facts.push_back(std::move(fact));
  return facts;
}

}  // namespace exporter
