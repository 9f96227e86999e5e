#include "app/snapshot/copy.h"

#include <algorithm>
#include <cassert>
#include <future>
#include <optional>

#include "app/record/chart_json.h"
#include "app/record/text.h"
#include "app/snapshot/chart_codec.h"
#include "app/snapshot/copy_files.h"
#include "app/snapshot/copy_search.h"
#include "app/snapshot/counts.h"
#include "app/snapshot/database.h"
#include "app/snapshot/search_tables.h"

namespace app {
namespace {

constexpr ChartId kUnderstoodEvery = 100;
constexpr std::size_t kDigestPiece = 1u << 20;

Error disagrees(std::string detail) {
  return Error{Code::damaged, "This copy does not hold what its manifest says.", std::move(detail)};
}

// Puts `chart` before an Error that says only "a chart".
Error of_chart(Error error, std::int64_t chart) {
  error.detail = "chart number " + std::to_string(chart) + (error.detail.empty() ? "" : ": ") + error.detail;
  return error;
}

Result<std::string> read_value(const Database& database, std::string_view sql, std::string_view name) {
  TRY_GET(Query statement, database.prepare(sql));
  statement.bind(1, name);
  TRY_GET(const bool row, statement.step());
  if (!row) return Error{Code::not_found, "This copy holds nothing named " + std::string(name) + ".", ""};
  return std::string(statement.blob(0));
}

Result<std::string> read_meta(const Database& database, std::string_view name) {
  return read_value(database, "SELECT value FROM meta WHERE name = ?", name);
}

// What every copy holds: without it this one is not what was exported.
Result<std::string> read_needed(const Database& database, std::string_view sql, std::string_view name) {
  auto value = read_value(database, sql, name);
  if (!value.ok() && value.error().code == Code::not_found) {
    return disagrees("charts.db holds nothing named " + std::string(name));
  }
  return value;
}

Result<std::string> read_needed_meta(const Database& database, std::string_view name) {
  return read_needed(database, "SELECT value FROM meta WHERE name = ?", name);
}

// Takes the digest of text in a thread of its own: it costs as much as reading and unpacking the text.
class DigestAside {
 public:
  void add(std::string_view text) {
    gathered_ += text;
    if (gathered_.size() >= kDigestPiece) pass_on();
  }
  Digest finish() {
    pass_on();
    busy_.wait();
    return hasher_.finish();
  }

 private:
  void pass_on() {
    if (busy_.valid()) busy_.wait();
    hashed_.swap(gathered_);
    gathered_.clear();
    busy_ = std::async(std::launch::async, [this] { hasher_.add(hashed_); });
  }

  Hasher hasher_;
  std::string gathered_, hashed_;
  std::future<void> busy_;  // the last member: it is waited for before the others go
};

}  // namespace

struct Copy::State {
  CopyInfo info;
  std::string keyholder;
  bool vouched_for = false;
  Database database;
  ChartDecoder decoder;
  Query chart_by_id;
  std::uint32_t charts = 0;
  std::string digest;
  SheetTemplate sheet_template;
  std::optional<SearchIndex> search;  // none if it was opened only to be verified
  CopyDocuments documents;
};

Copy::Copy(std::unique_ptr<State> state) : state_(std::move(state)) {}
Copy::~Copy() = default;
Copy::Copy(Copy&&) noexcept = default;
Copy& Copy::operator=(Copy&&) noexcept = default;

Result<Copy> Copy::open(const CopyInfo& info, const std::string& passphrase, const std::string& keyholder,
                        Vouching vouching, const OnTry& on_try, TriedKeys* tried) {
  auto unlocked = unlock_copy(info.manifest, passphrase, vouching, keyholder, on_try, tried);
  if (!unlocked.ok()) {
    Error error = unlocked.error();
    error.detail += (error.detail.empty() ? "copy " : "; copy ") + info.folder.string();
    return error;
  }
  TRY_GET(Copy copy, open_with_key(info, unlocked.value().key));
  copy.state_->keyholder = unlocked.value().keyholder;
  copy.state_->vouched_for = unlocked.value().vouched_for;
  copy.state_->documents.unlock(unlocked.value().pair);
  return copy;
}

Result<Copy> Copy::open_with_key(const CopyInfo& info, const CopyKey& key) {
  auto copy = open_charts(info, key, SearchUse::held);
  if (!copy.ok()) return explain_damage(info, copy.error());
  return copy;
}

Result<Copy> Copy::open_to_verify(const CopyInfo& info, const CopyKey& key) {
  auto copy = open_charts(info, key, SearchUse::checked);
  if (!copy.ok()) return explain_damage(info, copy.error());
  return copy;
}

Result<Copy> Copy::open_charts(const CopyInfo& info, const CopyKey& key, SearchUse use) {
  TRY_GET(Database database, Database::open(info.folder / kChartsName, key));
  TRY_GET(const std::string sequence, read_needed_meta(database, "sequence"));
  if (sequence != std::to_string(info.manifest.sequence)) {
    return disagrees("charts.db belongs to the copy number " + sequence);
  }
  TRY_GET(const std::string dictionary, read_needed_meta(database, "dictionary"));
  TRY_GET(std::string digest, read_needed_meta(database, "charts_digest"));
  TRY_GET(ChartDecoder decoder, ChartDecoder::make(dictionary));

  TRY_GET(Query count, database.prepare("SELECT ifnull(max(chart_id), 0) FROM chart"));
  TRY_GET(const bool counted, count.step());
  const auto patients = info.manifest.counts.find("patients");
  const std::int64_t charts = counted ? count.integer(0) : 0;
  if (patients == info.manifest.counts.end() || static_cast<std::uint64_t>(charts) != patients->second) {
    return disagrees("charts.db holds " + std::to_string(charts) + " charts");
  }
  TRY_GET(Query by_id, database.prepare("SELECT z FROM chart WHERE chart_id = ?"));
  TRY_GET(const std::string template_json, read_needed_meta(database, "sheet_template"));
  auto sheet_template = parse_sheet_template(template_json);
  if (!sheet_template.ok()) return disagrees("sheet_template: " + sheet_template.error().detail);
  std::optional<SearchIndex> search;
  CopySearchParts parts(database);
  if (use == SearchUse::held) {
    TRY_GET(search, SearchIndex::load([&parts](std::string_view part) { return parts.read_whole(part); }));
  } else {
    TRY(check_search_parts(parts));
  }
  TRY_GET(const std::uint64_t charts_bytes, parts.size(search_part::kCharts));
  const std::uint64_t listed = charts_bytes / item_bytes_of_search_part(search_part::kCharts);
  if (listed != static_cast<std::uint64_t>(charts)) {
    return disagrees("the search index speaks of " + std::to_string(listed) + " charts");
  }
  return Copy(std::make_unique<State>(State{
      info, "", false, std::move(database), std::move(decoder), std::move(by_id),
      static_cast<std::uint32_t>(charts), std::move(digest), std::move(sheet_template).value(),
      std::move(search), CopyDocuments(info.manifest, info.volumes)}));
}

const CopyInfo& Copy::info() const { return state_->info; }
const std::string& Copy::keyholder() const { return state_->keyholder; }
bool Copy::is_vouched_for() const { return state_->vouched_for; }
const SheetTemplate& Copy::sheet_template() const { return state_->sheet_template; }
SearchIndex& Copy::search() {
  assert(state_->search);
  return *state_->search;
}
Result<std::map<std::string, Digest>> Copy::search_digests() const {
  CopySearchParts parts(state_->database);
  std::map<std::string, Digest> digests;
  for (const std::string_view part : kSearchParts) {
    TRY_GET(digests[std::string(part)], parts.digest(part));
  }
  return digests;
}
std::uint32_t Copy::charts() const { return state_->charts; }
const std::string& Copy::charts_digest() const { return state_->digest; }

Result<std::string> Copy::read_chart_json(ChartId chart) const {
  Query& by_id = state_->chart_by_id;
  by_id.bind(1, std::int64_t{chart});
  const auto row = by_id.step();
  if (!row.ok()) return of_chart(row.error(), chart);
  if (!row.value()) {
    return Error{Code::not_found, "This copy has no chart number " + std::to_string(chart) + ".", ""};
  }
  std::string json;
  const auto decoded = state_->decoder.decode(by_id.blob(0), json);
  by_id.reset();
  if (!decoded.ok()) return of_chart(decoded.error(), chart);
  return json;
}

Result<Chart> Copy::read_chart(ChartId chart) const {
  TRY_GET(const std::string json, read_chart_json(chart));
  auto parsed = parse_chart(json, state_->info.manifest.time_zone);
  if (!parsed.ok()) return of_chart(parsed.error(), chart);
  state_->documents.mark(parsed.value());
  return parsed;
}

Result<Done> Copy::read_document(const DocumentContent& content, const PieceHearer& hear) const {
  return state_->documents.read(content, hear);
}
DocumentCheck Copy::verify_documents() const { return state_->documents.verify(); }

Result<std::vector<ScheduleEntry>> Copy::read_schedule(const Date& day) const {
  TRY_GET(Query rows, state_->database.prepare("SELECT chart_id, entry FROM schedule WHERE day = ?"));
  rows.bind(1, std::int64_t{format_day_number(day)});
  std::vector<ScheduleEntry> schedule;
  for (;;) {
    TRY_GET(const bool row, rows.step());
    if (!row) break;
    const auto id = static_cast<ChartId>(rows.integer(0));
    const auto at = static_cast<std::size_t>(rows.integer(1));
    TRY_GET(const Chart chart, read_chart(id));
    if (at >= chart.appointments.entries.size()) return disagrees("the schedule names no appointment");
    schedule.push_back(make_schedule_entry(id, chart, chart.appointments.entries[at]));
  }
  sort_schedule(schedule);
  return schedule;
}

Result<std::string> Copy::read_report() const { return read_kept("report"); }
Result<std::string> Copy::read_kept(std::string_view name) const {
  return read_meta(state_->database, name);
}

Result<Done> Copy::verify(Depth depth) const {
  if (depth == Depth::everything) TRY(state_->database.verify_pages());
  TRY_GET(Query rows, state_->database.prepare("SELECT chart_id, z FROM chart ORDER BY chart_id"));
  DigestAside digest;
  ChartCounts counts;
  std::string json;
  std::int64_t last = 0;
  for (;;) {
    TRY_GET(const bool row, rows.step());
    if (!row) break;
    if (rows.integer(0) != last + 1) return disagrees("chart " + std::to_string(last + 1) + " is missing");
    last = rows.integer(0);
    const auto decoded = state_->decoder.decode(rows.blob(1), json);
    if (!decoded.ok()) return of_chart(decoded.error(), last);
    json += '\n';
    digest.add(json);
    if (depth == Depth::bytes && last % kUnderstoodEvery != 1) continue;
    const auto chart = parse_chart(json, state_->info.manifest.time_zone);
    if (!chart.ok()) return of_chart(chart.error(), last);
    counts.add(chart.value());
  }
  if (last != state_->charts) return disagrees("charts.db holds " + std::to_string(last) + " charts");
  if (format_hex(digest.finish()) != state_->digest) return disagrees("the digest over all charts differs");
  if (depth == Depth::bytes) return Done{};
  for (const auto& [name, count] : counts.by_name()) {
    const auto said = state_->info.manifest.counts.find(name);
    // A copy that is older than a section does not count it, and has none.
    if ((said == state_->info.manifest.counts.end() ? 0 : said->second) != count) {
      return disagrees(std::to_string(count) + " entries in " + name);
    }
  }
  if (counts.unreadable() != state_->info.manifest.unreadable) return disagrees("unreadable entries differ");
  return Done{};
}

}  // namespace app
