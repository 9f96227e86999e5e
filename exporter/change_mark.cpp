#include "exporter/change_mark.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "app/digest.h"
#include "app/paper/form_shelf.h"
#include "app/snapshot/copy_parts.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/practice_keys.h"
#include "exporter/copy/privacy_officer.h"
#include "exporter/file_facts_posix.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCarriedMost = 16u << 20;  // of one file
constexpr std::string_view kSqlite = "sqlite://";

// Two writes so close to one another may leave the same times behind, on the coarsest file systems.
constexpr std::int64_t kYoung_ns = 2'000'000'000;

// In their order; nothing when the folder cannot be looked through.
std::optional<std::vector<fs::path>> list_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code fault;
  for (fs::recursive_directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault)) files.push_back(entry->path());
  if (fault) return std::nullopt;
  std::ranges::sort(files);
  return files;
}

class Mark {
 public:
  explicit Mark(app::Instant now) : young_ns_(now.s * 1'000'000'000 - kYoung_ns) {}

  void add(const std::string& text) { hasher_.add(text + '\0'); }

  // A file that is not there is a fact too.
  void add_file(const fs::path& file) {
    const auto facts = read_file_facts(file);
    if (!facts.ok() && facts.error().code == app::Code::not_found) return add(file.string() + " -");
    if (!facts.ok()) return void(whole_ = false);
    const FileFacts& found = facts.value();
    // Of what was written just now nobody can see whether it is written to again.
    whole_ = whole_ && found.written_ns < young_ns_ && found.changed_ns < young_ns_;
    add(file.string());
    for (const std::int64_t fact : {static_cast<std::int64_t>(found.bytes), static_cast<std::int64_t>(found.inode), found.written_ns, found.changed_ns}) add(std::to_string(fact));
  }

  void add_folder(const fs::path& folder) {
    const auto files = list_files(folder);
    whole_ = whole_ && files.has_value();
    for (const fs::path& file : files.value_or(std::vector<fs::path>())) add_file(file);
  }

  std::string text() { return whole_ ? app::format_hex(hasher_.finish()) : ""; }

 private:
  const std::int64_t young_ns_;
  app::Hasher hasher_;
  bool whole_ = true;
};

// What cannot be read is a fact of its own: a copy is made without it, and again as soon as it can be.
class Content {
 public:
  // With its length: so that no two lists of texts look alike.
  void add(std::string_view text) { hasher_.add(std::to_string(text.size()) + ':'), hasher_.add(text); }

  void add_file(const fs::path& file) {
    if (file.empty()) return add("");
    const auto bytes = read_file(file, kCarriedMost);
    add(bytes.ok() ? bytes.value() : words_of(bytes.error()));
  }

  void add_folder(const fs::path& folder) {
    const auto files = list_files(folder);
    if (!files) return add("not read");
    std::error_code ignored;
    for (const fs::path& file : *files) {
      if (!fs::is_regular_file(file, ignored)) continue;
      add(file.lexically_relative(folder).string());
      add_file(file);
    }
  }

  void add_forms(const fs::path& folder) {
    const auto forms = app::read_form_texts(folder);
    add(forms.ok() ? app::format_form_texts(forms.value()) : words_of(forms.error()));
  }

  // Who opens the copy, who reads its record of looks, and who signs it.
  void add_keys(const fs::path& practice) {
    if (const auto signer = read_signing_key(practice); signer.ok()) add_key(signer.value().verifying_key());
    if (const auto officer = read_privacy_officer(practice); officer.ok() && officer.value()) add_key(officer.value()->public_key);
    const auto keyholders = read_keyholders(practice);
    if (!keyholders.ok()) return add(words_of(keyholders.error()));
    for (const Keyholder& keyholder : keyholders.value()) {
      add(keyholder.name);
      add_key(keyholder.public_key);
      add(keyholder.locked_key);
    }
  }

  std::string text() { return app::format_hex(hasher_.finish()); }

 private:
  static std::string words_of(const app::Error& error) { return "not read: " + error.what + error.detail; }
  void add_key(const app::PublicKey& key) { add(app::format_hex(key)); }

  app::Hasher hasher_;
};

}  // namespace

std::string read_change_mark(const Options& options, app::Instant now) {
  const EmrOptions& emr = options.emr;
  const bool is_sqlite = emr.kind == EmrKind::sql && emr.url.starts_with(kSqlite);
  if (emr.kind != EmrKind::fhir_bulk && !is_sqlite) return "";
  Mark mark(now);
  // By a new day more is old, and other appointments are past.
  mark.add(app::format_date(app::local_date(now, options.time_zone)));
  if (emr.kind == EmrKind::fhir_bulk) mark.add_folder(emr.path);
  if (is_sqlite) {
    const fs::path place = emr.url.substr(kSqlite.size());
    std::error_code fault;
    // SQLite follows a link, and its journal lies beside what the link names.
    const std::string file = fs::canonical(place.is_absolute() ? place : options.practice_folder() / place, fault).string();
    if (fault) return "";
    for (const char* ending : {"", "-wal", "-journal"}) mark.add_file(file + ending);
  }
  return mark.text();
}

std::string read_carried_mark(const Options& options) {
  Content content;
  content.add(options.run.shard.is_whole() ? "" : app::name_of(options.run.shard));
  for (const fs::path& file : {options.file, options.sheet_template, options.policy.list, options.binder.contacts_file}) content.add_file(file);
  if (!options.emr.pack.empty()) content.add_folder(options.emr.pack);
  content.add_forms(app::find_own_forms());
  if (!options.paper.forms.empty()) content.add_forms(options.paper.forms);
  content.add_keys(options.practice_folder());
  return content.text();
}

}  // namespace exporter
