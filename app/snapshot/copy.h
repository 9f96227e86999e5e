// A copy, opened for reading: first what anyone may know of it, then, with a passphrase, its charts.
//
// Order of checks, each with its own error: manifest readable (not_a_copy, damaged) → version known
// (newer_format) → signature (forged) → sizes and hashes (damaged) → keyholder and passphrase
// (wrong_passphrase) → the passphrase vouches for the signer (forged) → database opens → counts agree (damaged).
// A person's copy is opened by open_trusted (trust.h), which also knows what this computer remembers.
// Nothing here writes: not to the copy, not beside it, not to a temporary folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/digest.h"
#include "app/error.h"
#include "app/record/chart.h"
#include "app/record/sheet.h"
#include "app/snapshot/copy_documents.h"
#include "app/snapshot/keys.h"
#include "app/snapshot/manifest.h"
#include "app/snapshot/schedule.h"
#include "app/snapshot/search.h"
#include "app/snapshot/unlock.h"

namespace app {

// A copy that was found, whether good or not.
struct FoundCopy {
  std::filesystem::path folder;
  std::uint64_t sequence = 0;  // as the manifest says or, if it can't be read, the folder's name; or 0
  std::optional<Error> fault;
  PublicKey signer{};  // of a copy without fault
  Occasion occasion = Occasion::night;
  Shard shard = {};
};

// What is known without any key.
struct CopyInfo {
  std::filesystem::path folder;
  Manifest manifest;
  Digest manifest_digest{};  // BLAKE2b-256 of manifest.json, which tells two copies of one number apart
  // Names of what lies in the folder and is not the copy's (a desktop's litter). It is never read.
  std::vector<std::string> strangers{};
  // The newer copies in the same folder that cannot be used; empty when the copy itself was asked for.
  std::vector<FoundCopy> passed_over{};
  // Of documents, one for each that the manifest names. A fault there is none of the copy's own: it costs
  // the documents in that volume.
  std::vector<FoundVolume> volumes{};
};

// How much of the bytes to read before saying that they are those that were exported. The names, sizes
// and signature are always checked.
enum class Check : std::uint8_t {
  sizes,   // at once; every page of the charts is still authenticated as it is read
  files,   // every byte of the copy's own files; of volumes that other copies share, the sizes
  hashes,  // every byte of every file
};

// `folder` is a copy, or a folder of copies: then its newest copy that passes the check. If any copy there is signed by
// one of `known`, only those count: a stranger's copy with a high number is passed over.
Result<CopyInfo> read_copy(const std::filesystem::path& folder, Check check, const std::vector<PublicKey>& known = {});

// The copies in a folder of copies, newest first, whether good or not.
std::vector<FoundCopy> list_copies(const std::filesystem::path& folder);

// How thoroughly an open copy is read through. Each reads every chart's page and compares the digest
// over all charts' bytes.
enum class Depth : std::uint8_t {
  bytes,       // and understands every hundredth chart
  everything,  // and understands every chart, counts every entry, and checks every page
};

// An open copy. Not for two threads at once.
class Copy {
 public:
  // What was typed is a passphrase, tried on every slot (or on the named keyholder's), or the sealed envelope's lines;
  // then opens and counts.
  static Result<Copy> open(const CopyInfo& info, const std::string& passphrase,
                           const std::string& keyholder = "", Vouching vouching = Vouching::needed,
                           const OnTry& on_try = {}, TriedKeys* tried = nullptr);
  // For the night itself, which still holds the key that it made.
  static Result<Copy> open_with_key(const CopyInfo& info, const CopyKey& key);
  // The same with every check, but so that the search index is never in memory whole: nothing can be searched.
  static Result<Copy> open_to_verify(const CopyInfo& info, const CopyKey& key);
  ~Copy();
  Copy(Copy&&) noexcept;
  Copy& operator=(Copy&&) noexcept;

  const CopyInfo& info() const;
  // Who opened it.
  const std::string& keyholder() const;
  // Whether the keyholder's key was made for the practice that signed the copy.
  bool is_vouched_for() const;
  const SheetTemplate& sheet_template() const;
  SearchIndex& search();
  // BLAKE2b-256 of each part of the search index as it lies on the disk, by name.
  Result<std::map<std::string, Digest>> search_digests() const;

  std::uint32_t charts() const;
  Result<std::string> read_chart_json(ChartId chart) const;
  // Documents whose pages cannot be read here say so in their entries.
  Result<Chart> read_chart(ChartId chart) const;
  // The bytes of a document, piece by piece; see Volume::read().
  Result<Done> read_document(const DocumentContent& content, const PieceHearer& hear) const;
  // By time, then name. `day` is known to the day.
  Result<std::vector<ScheduleEntry>> read_schedule(const Date& day) const;
  // What the night reported, as JSON.
  Result<std::string> read_report() const;
  // What the exporter kept under this name ("binder_password"); not_found if it did not.
  Result<std::string> read_kept(std::string_view name) const;

  // BLAKE2b-256 of all charts' JSON, each followed by an end of line, in order, as the night kept it.
  const std::string& charts_digest() const;
  // As slow as the copy is large.
  Result<Done> verify(Depth depth = Depth::everything) const;
  // Every document of every volume, each compared with its id. Its faults are no faults of the charts.
  DocumentCheck verify_documents() const;

 private:
  struct State;
  explicit Copy(std::unique_ptr<State> state);
  enum class SearchUse : std::uint8_t { held, checked };
  static Result<Copy> open_charts(const CopyInfo& info, const CopyKey& key, SearchUse use);
  std::unique_ptr<State> state_;
};

}  // namespace app
