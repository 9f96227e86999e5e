// Makes the copies under tests/vectors, each with one thing right or wrong. It was run once; what it made stays as it is.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/record/chart.h"
#include "app/snapshot/keys.h"
#include "tests/copy_maker.h"

namespace vectors {

// What a reader must say; README.md beside this file explains each member.
struct Verdict {
  std::string about;
  std::string stage = "good";
  std::string code{};
  std::string says{};
  std::vector<std::string> warnings{};
  std::string passphrase = tests::kPassphrase;
  std::string now = "2026-09-26T06:00:00Z";
  std::string keyholder{};
  std::vector<std::string> volumes{};  // "good" or "damaged", one for each that the manifest names
};

using Edit = std::function<void(std::string& text)>;
using EditFolder = std::function<void(const std::filesystem::path& folder)>;

// What is done to a copy on its way. The order is that of the members.
struct Changes {
  std::string sql{};           // run on charts.db, one statement a line
  EditFolder before_signing{};  // files are added or changed, and the manifest then names them so
  Edit manifest{};             // the manifest's text, signed afterwards
  Edit signed_manifest{};      // manifest.json as it is
  EditFolder after_signing{};
};

// The number of most copies. One snapshot serves all of a run that hold the same: it lies in the first of them.
inline constexpr std::uint64_t kNumber = 5;

// One folder under tests/vectors.
class Vector {
 public:
  Vector(const std::filesystem::path& root, const std::string& name);

  // Returns the copy's folder.
  std::filesystem::path add_copy(const tests::Practice& practice, const std::vector<app::Chart>& charts,
                                 const Changes& changes = {}, std::uint64_t sequence = kNumber);
  // Of the small chart alone.
  std::filesystem::path add_copy(const tests::Practice& practice, const Changes& changes = {});
  // A copy that fails before any of its files is looked at: only manifest.json is kept.
  std::filesystem::path add_manifest(const tests::Practice& practice, const Changes& changes);
  void write_verdict(const std::filesystem::path& copy, const Verdict& verdict) const;
  // What the computer remembers that is to open it.
  void write_memory(const std::string& pairings) const;

 private:
  std::filesystem::path finish_copy(const std::filesystem::path& copy, const tests::Practice& practice, std::uint64_t sequence,
                                    const exporter::SnapshotSummary& summary, const app::CopyKey& key, const Changes& changes);

  std::filesystem::path root_;
  std::filesystem::path folder_;
};

// Any fault ends the program: nothing half-made is kept.
[[noreturn]] void give_up(const std::string& words);
std::string read(const std::filesystem::path& file);
void write(const std::filesystem::path& file, const std::string& bytes);
// The words must be there, once or more; the first are replaced.
void replace(std::string& text, const std::string& old_words, const std::string& new_words);

app::Chart small_chart();

// The practice, and somebody else with the same name on their copies.
struct Cast {
  std::filesystem::path root;
  const tests::Practice& practice;
  const tests::Practice& other;
};

void make_good(const Cast& cast);
void make_manifests(const Cast& cast);
void make_files(const Cast& cast);
void make_keys(const Cast& cast);
void make_charts(const Cast& cast);
void make_remembered(const Cast& cast);
void make_volumes(const Cast& cast);

}  // namespace vectors
