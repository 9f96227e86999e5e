#include "viewer/records.h"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

namespace viewer {
namespace {

namespace fs = std::filesystem;

class CopyRecords : public Records {
 public:
  explicit CopyRecords(app::Copy copy) : copy_(std::move(copy)) {
    const app::Manifest& manifest = copy_.info().manifest;
    context_.as_of = app::local_date(manifest.as_of, manifest.time_zone);
  }

  const app::CopyInfo& info() const override { return copy_.info(); }
  const std::string& keyholder() const override { return copy_.keyholder(); }
  app::Hits find(std::string_view typed, std::size_t most, const app::Date& today) override {
    return copy_.search().find(typed, most, today);
  }
  std::vector<app::ChartId> find_mrn(std::string_view mrn) override { return copy_.search().find_mrn(mrn); }
  app::Result<app::Sheet> read_sheet(app::ChartId id) override {
    TRY_GET(app::Chart chart, copy_.read_chart(id));
    return app::make_sheet(chart, copy_.sheet_template(), context_);
  }
  app::Result<std::vector<app::ScheduleEntry>> read_schedule(const app::Date& day) override {
    return copy_.read_schedule(day);
  }

 private:
  app::Copy copy_;
  app::SheetContext context_;
};

// The copies of a place, which may be one itself.
std::vector<app::FoundCopy> list_place(const fs::path& place) {
  std::error_code ignored;
  if (!fs::exists(place / app::kManifestName, ignored)) return app::list_copies(place);
  return {{place, 0, std::nullopt}};
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

bool is_newer(const app::CopyInfo& a, const app::CopyInfo& b) {
  return std::pair(a.manifest.as_of.s, a.manifest.sequence) >
         std::pair(b.manifest.as_of.s, b.manifest.sequence);
}

void keep_newest(Found& found) {
  std::stable_sort(found.spare.begin(), found.spare.end(), is_newer);
  std::stable_sort(
      found.others.begin(), found.others.end(),
      [](const app::FoundCopy& a, const app::FoundCopy& b) { return a.sequence > b.sequence; });
  if (!found.spare.empty()) {
    found.copy = std::move(found.spare.front());
    found.spare.erase(found.spare.begin());
  }
  for (; found.spare.size() > kSpareMost; found.spare.pop_back())
    found.others.push_back(
        {found.spare.back().folder, found.spare.back().manifest.sequence, std::nullopt});
  if (found.copy) return;
  for (const app::FoundCopy& other : found.others) {
    if (!other.fault || other.fault->code == app::Code::not_a_copy) continue;
    found.fault = other.fault;
    return;
  }
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

Found find_copy(const std::vector<fs::path>& places) {
  Found found;
  found.searched = places;
  std::set<std::string> seen;
  for (const fs::path& place : places) {
    std::size_t good = 0;
    for (app::FoundCopy& here : list_place(place)) {
      if (!seen.insert(identity_of(here.folder)).second) continue;
      if (!here.fault) ++good;
      sort_in(std::move(here), good, found);
    }
  }
  keep_newest(found);
  return found;
}

app::Result<std::unique_ptr<Records>> open_records(const app::CopyInfo& info, const std::string& passphrase) {
  TRY_GET(app::Copy copy, app::Copy::open(info, passphrase));
  return std::unique_ptr<Records>(std::make_unique<CopyRecords>(std::move(copy)));
}

}  // namespace viewer
