#include "viewer/records.h"

#include <algorithm>
#include <charconv>
#include <mutex>
#include <set>
#include <system_error>
#include <tuple>
#include <utility>

#include "app/record/document_list.h"
#include "app/snapshot/copy_parts.h"
#include "app/snapshot/print_at_battery.h"
#include "app/snapshot/search_reason.h"
#include "viewer/leave_receipt.h"
#include "viewer/outage_marks.h"
#include "viewer/upcoming.h"

namespace viewer {
namespace {

namespace fs = std::filesystem;

constexpr int kPrintAtUsually = 30;
constexpr std::size_t kDocumentBytesMost = 128u << 20;

class CopyRecords : public Records {
 public:
  CopyRecords(app::Opened opened, fs::path log_folder, ReceiptChoice receipts)
      : opened_(std::move(opened)), copy_(opened_.copy), log_folder_(std::move(log_folder)), receipts_(std::move(receipts)) {
    const auto officer = copy_.read_kept(app::kPrivacyOfficer);
    app::PublicKey key{};
    if (officer.ok() && app::parse_hex(officer.value(), key)) officer_ = key;
    const app::Manifest& manifest = copy_.info().manifest;
    context_.as_of = app::local_date(manifest.as_of, manifest.time_zone);
  }

  const app::CopyInfo& info() const override { return copy_.info(); }
  const std::string& keyholder() const override { return copy_.keyholder(); }
  const std::vector<app::Warning>& warnings() const override { return opened_.warnings; }
  bool is_verified() const override { return opened_.verified; }
  bool has_privacy_officer() const override { return officer_.has_value(); }
  int print_at_percent() const override {
    const auto kept = copy_.read_kept(app::kPrintAtBattery);
    int percent = kPrintAtUsually;
    if (kept.ok()) std::from_chars(kept.value().data(), kept.value().data() + kept.value().size(), percent);
    return percent;
  }
  std::optional<app::Instant> outage_mark() const override { return read_outage_mark(log_folder_, practice()); }
  void keep_outage_mark(std::optional<app::Instant> began) override {
    (void)viewer::keep_outage_mark(log_folder_, practice(), began).ok();  // else it lasts as long as the program
  }
  std::function<void()> receipt() const override {
    if (!receipts_.leave || !opened_.verified) return {};
    return [info = copy_.info(), key = read_receipt_key(copy_), laptop = receipts_.laptop] {
      leave_receipt(info, key, laptop, app::now());
    };
  }
  app::Result<app::Done> record(app::Look look) override {
    if (!officer_) return app::Done{};
    look.time = app::now();
    if (look.who.empty()) look.who = copy_.keyholder();
    look.practice = copy_.info().manifest.practice;
    look.sequence = copy_.info().manifest.sequence;
    return app::append_look(log_folder_, look, *officer_);
  }
  app::Hits find(std::string_view typed, std::size_t most, const app::Date& today) override {
    return copy_.search().find(typed, most, today);
  }
  std::vector<std::string> explain(const app::Hits& hits, std::string_view typed, const app::Date& today) override {
    const std::lock_guard lock(volumes_);
    return app::explain_hits(hits, copy_, typed, today);
  }
  std::optional<app::Appointment> next_appointment(app::ChartId chart, const app::Date& today) override {
    const std::lock_guard lock(volumes_);
    return upcoming_.next(copy_, chart, today);
  }
  std::vector<app::ChartId> find_mrn(std::string_view mrn) override { return copy_.search().find_mrn(mrn); }
  app::Result<app::Sheet> read_sheet(app::ChartId id) override {
    TRY_GET(app::Chart chart, read_chart(id));
    return app::make_sheet(chart, copy_.sheet_template(), context_);
  }
  app::Result<std::vector<app::ScheduleEntry>> read_schedule(const app::Date& day) override {
    return copy_.read_schedule(day);
  }
  app::Result<std::vector<app::Document>> read_documents(app::ChartId id) override {
    TRY_GET(app::Chart chart, read_chart(id));
    std::vector<app::Document> documents;
    for (const app::Document* document : app::documents_as_listed(chart)) documents.push_back(*document);
    return documents;
  }
  app::Result<std::vector<app::FormText>> read_forms() override {
    const auto kept = copy_.read_kept("forms");
    if (kept.ok()) return app::parse_form_texts(kept.value());
    if (kept.error().code != app::Code::not_found) return kept.error();
    return app::read_form_texts(app::find_own_forms());
  }
  app::Result<std::string> read_document(const app::DocumentContent& content) override {
    const std::lock_guard lock(volumes_);
    std::string bytes;
    TRY(copy_.read_document(content, [&bytes](std::string_view piece) -> app::Result<app::Done> {
      if (bytes.size() + piece.size() > kDocumentBytesMost)
        return app::Error{app::Code::no_room, "The document is too large to be shown.", "large"};
      bytes += piece;
      return app::Done{};
    }));
    return bytes;
  }

 private:
  std::string practice() const { return app::format_hex(copy_.info().manifest.verifying_key); }

  // Reading a chart also asks which volumes of documents are there.
  app::Result<app::Chart> read_chart(app::ChartId id) {
    const std::lock_guard lock(volumes_);
    return copy_.read_chart(id);
  }

  std::mutex volumes_;
  app::Opened opened_;
  app::Copy& copy_;
  app::SheetContext context_;
  fs::path log_folder_;  // "" where there is no home
  ReceiptChoice receipts_;
  std::optional<app::PublicKey> officer_;
  Upcoming upcoming_;
};

bool is_copy(const fs::path& place) {
  std::error_code ignored;
  return fs::exists(place / app::kManifestName, ignored);
}

// The copies of a place, which may be one itself.
std::vector<app::FoundCopy> list_place(const fs::path& place) {
  if (!is_copy(place)) return app::list_copies(place);
  return {{place, 0, std::nullopt}};
}

// The folder of copies in which this one lies.
fs::path folder_around(const fs::path& copy) {
  std::error_code failure;
  const fs::path whole = fs::absolute(copy, failure).lexically_normal();
  return (whole.has_filename() ? whole : whole.parent_path()).parent_path();
}

// Two places may show the same folder: one as the place itself, one as what lies in it.
std::string identity_of(const fs::path& folder) {
  std::error_code failure;
  const fs::path real = fs::canonical(folder, failure);
  return (failure ? folder.lexically_normal() : real).string();
}

// A copy that is good may be read further; one that is not keeps its fault.
void sort_in(app::FoundCopy here, std::size_t good_of_this_place, Found& found) {
  if (!here.fault && good_of_this_place <= kSpareMost) {
    auto info = app::read_copy(here.folder, app::Check::sizes);
    if (info.ok()) {
      found.spare.push_back(std::move(info).value());
      return;
    }
    here.fault = info.error();
  }
  found.others.push_back(std::move(here));
}

// Whoever can write the stick can put any date on a copy, but not a known practice's signature.
auto rank_of(const app::CopyInfo& info, const app::Pairings& known) {
  return std::tuple(known.find(info.manifest.verifying_key) != nullptr, info.manifest.as_of.s, info.manifest.sequence);
}

void sort_newest_first(Found& found) {
  std::stable_sort(found.spare.begin(), found.spare.end(), [&](const app::CopyInfo& a, const app::CopyInfo& b) {
    return rank_of(a, found.known) > rank_of(b, found.known);
  });
  std::stable_sort(
      found.others.begin(), found.others.end(),
      [](const app::FoundCopy& a, const app::FoundCopy& b) { return a.sequence > b.sequence; });
}

// No more than there are keys to choose them by; the rest is named only.
void trim_spare(Found& found) {
  for (; found.spare.size() > kSpareMost; found.spare.pop_back())
    found.others.push_back(
        {found.spare.back().folder, found.spare.back().manifest.sequence, std::nullopt});
}

void choose_first(Found& found) {
  if (!found.spare.empty()) {
    found.copy = std::move(found.spare.front());
    found.spare.erase(found.spare.begin());
  }
  trim_spare(found);
  if (found.copy) return;
  for (const app::FoundCopy& other : found.others) {
    if (!other.fault || other.fault->code == app::Code::not_a_copy) continue;
    found.fault = other.fault;
    return;
  }
}

// The copy that was asked for, and nothing in its place; its neighbours wait for whoever chooses one.
void choose_asked(const fs::path& asked, Found& found) {
  const auto is_asked = [identity = identity_of(asked)](const auto& copy) { return identity_of(copy.folder) == identity; };
  const auto good = std::find_if(found.spare.begin(), found.spare.end(), is_asked);
  if (good != found.spare.end()) {
    std::rotate(found.spare.begin(), good, good + 1);
    return choose_first(found);
  }
  const auto bad = std::find_if(found.others.begin(), found.others.end(), is_asked);
  if (bad != found.others.end()) found.fault = bad->fault;
  trim_spare(found);
}

}  // namespace

std::vector<fs::path> usual_places(const fs::path& program_folder) {
  std::vector<fs::path> places = {program_folder, program_folder.parent_path()};
  std::vector<fs::path> beside;
  for (const fs::path& around : {program_folder, program_folder.parent_path()}) {
    std::error_code failure;
    fs::directory_iterator entry(around, fs::directory_options::skip_permission_denied, failure);
    for (const fs::directory_iterator end; !failure && entry != end; entry.increment(failure)) {
      std::error_code unreadable;
      if (entry->is_directory(unreadable) && entry->path() != program_folder)
        beside.push_back(entry->path());
    }
  }
  std::sort(beside.begin(), beside.end());
  places.insert(places.end(), beside.begin(), beside.end());
  return places;
}

Found find_copy(const std::vector<fs::path>& asked, const app::LaptopMemory& memory) {
  Found found;
  const bool is_one = asked.size() == 1 && is_copy(asked.front());
  std::vector<fs::path> places = asked;
  if (is_one) places.push_back(folder_around(asked.front()));
  found.known = memory.pairings();
  found.memory_trouble = memory.trouble();
  found.searched = asked;
  // The parts of a practice that is split: each is a copy of its own, to be chosen like one.
  std::vector<fs::path> with_parts;
  for (const fs::path& place : places) {
    with_parts.push_back(place);
    if (!app::holds_parts(place)) continue;
    for (const app::FoundPart& part : app::find_parts(place, app::Check::sizes)) with_parts.push_back(part.folder);
  }
  std::set<std::string> seen;
  for (const fs::path& place : with_parts) {
    std::size_t good = 0;
    for (app::FoundCopy& here : list_place(place)) {
      if (!seen.insert(identity_of(here.folder)).second) continue;
      if (!here.fault) ++good;
      sort_in(std::move(here), good, found);
    }
  }
  sort_newest_first(found);
  is_one ? choose_asked(asked.front(), found) : choose_first(found);
  return found;
}

OpenRecords make_opener(fs::path memory_folder, std::string pair_anew, ReceiptChoice receipts) {
  return [folder = std::move(memory_folder), anew = std::move(pair_anew), receipts = std::move(receipts)](
             const app::CopyInfo& info, app::Request request) -> app::Result<std::unique_ptr<Records>> {
    request.pair_anew = anew;
    app::LaptopMemory memory = app::LaptopMemory::read(folder);
    TRY_GET(app::Opened opened, app::open_trusted(info, request, memory, app::now()));
    return std::unique_ptr<Records>(std::make_unique<CopyRecords>(std::move(opened), memory.folder(), receipts));
  };
}

}  // namespace viewer
