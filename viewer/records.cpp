#include "viewer/records.h"

#include <algorithm>
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

// Every copy below the places, and the first place that holds a good one.
Found look_in(const fs::path& place) {
  Found found;
  auto copy = app::read_copy(place, app::Check::sizes);
  found.others = app::list_copies(place);
  if (copy.ok()) {
    found.copy = std::move(copy).value();
    std::erase_if(found.others,
                  [&](const app::FoundCopy& other) { return other.folder == found.copy->folder; });
  } else if (copy.error().code != app::Code::not_a_copy && copy.error().code != app::Code::not_found) {
    found.fault = copy.error();
  }
  return found;
}

}  // namespace

std::vector<fs::path> usual_places(const fs::path& program_folder) {
  std::vector<fs::path> places = {program_folder, program_folder.parent_path()};
  std::vector<fs::path> beside;
  for (const fs::path& around : {program_folder, program_folder.parent_path()}) {
    std::error_code ignored;
    for (const auto& entry :
         fs::directory_iterator(around, fs::directory_options::skip_permission_denied, ignored))
      if (entry.is_directory(ignored) && entry.path() != program_folder) beside.push_back(entry.path());
  }
  std::sort(beside.begin(), beside.end());
  places.insert(places.end(), beside.begin(), beside.end());
  return places;
}

Found find_copy(const std::vector<fs::path>& places) {
  Found best;
  for (const fs::path& place : places) {
    Found here = look_in(place);
    if (here.copy) {
      here.searched = places;
      return here;
    }
    if (here.fault && !best.fault) best = std::move(here);
  }
  best.searched = places;
  return best;
}

app::Result<std::unique_ptr<Records>> open_records(const app::CopyInfo& info, const std::string& passphrase) {
  TRY_GET(app::Copy copy, app::Copy::open(info, passphrase));
  return std::unique_ptr<Records>(std::make_unique<CopyRecords>(std::move(copy)));
}

}  // namespace viewer
