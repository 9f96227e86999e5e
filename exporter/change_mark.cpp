#include "exporter/change_mark.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <vector>

#include "app/digest.h"
#include "exporter/copy/durable_file.h"
#include "exporter/file_facts_posix.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSettingsMost = 16u << 20;
constexpr std::string_view kSqlite = "sqlite://";

// Two writes so close to one another may leave the same times behind, on the coarsest file systems.
constexpr std::int64_t kYoung_ns = 2'000'000'000;

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
    std::vector<fs::path> files;
    std::error_code fault;
    for (fs::recursive_directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault)) files.push_back(entry->path());
    whole_ = whole_ && !fault;
    std::ranges::sort(files);
    for (const fs::path& file : files) add_file(file);
  }

  void add_bytes(const fs::path& file) {
    if (file.empty()) return;
    const auto bytes = read_file(file, kSettingsMost);
    whole_ = whole_ && bytes.ok();
    if (bytes.ok()) add(bytes.value());
  }

  std::string text() { return whole_ ? app::format_hex(hasher_.finish()) : ""; }

 private:
  const std::int64_t young_ns_;
  app::Hasher hasher_;
  bool whole_ = true;
};

}  // namespace

std::string read_change_mark(const Options& options, app::Instant now) {
  const EmrOptions& emr = options.emr;
  const bool is_sqlite = emr.kind == EmrKind::sql && emr.url.starts_with(kSqlite);
  if (emr.kind != EmrKind::fhir_bulk && !is_sqlite) return "";
  Mark mark(now);
  // By a new day more is old, and other appointments are past.
  mark.add(app::format_date(app::local_date(now, options.time_zone)));
  mark.add_bytes(options.file);
  mark.add_bytes(options.policy.list);
  mark.add_bytes(options.sheet_template);
  if (emr.kind == EmrKind::fhir_bulk) mark.add_folder(emr.path);
  if (is_sqlite) {
    const fs::path place = emr.url.substr(kSqlite.size());
    std::error_code fault;
    // SQLite follows a link, and its journal lies beside what the link names.
    const std::string file = fs::canonical(place.is_absolute() ? place : options.practice_folder() / place, fault).string();
    if (fault) return "";
    for (const char* ending : {"", "-wal", "-journal"}) mark.add_file(file + ending);
    mark.add_folder(emr.pack);
  }
  return mark.text();
}

}  // namespace exporter
