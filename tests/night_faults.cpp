#include "tests/night_faults.h"

#include <gtest/gtest.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "app/snapshot/copy.h"
#include "app/snapshot/manifest_volumes.h"
#include "exporter/copy/durable_file.h"
#include "exporter/options.h"
#include "exporter/practice/practice.h"

namespace tests {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kRoom_bytes = 48u << 20;

// Where a file costs no disk: a kill test is not a test of the disk, and syncs are slow.
fs::path fast_folder() {
  struct statvfs room {};
  const bool has_memory = ::statvfs("/dev/shm", &room) == 0 && ::access("/dev/shm", W_OK) == 0 &&
                          std::uint64_t{room.f_bavail} * room.f_bsize > kRoom_bytes;
  return has_memory ? fs::path("/dev/shm") : fs::temp_directory_path();
}

void write_fhir_export(const fs::path& folder) {
  fs::create_directories(folder);
  std::ofstream patients(folder / "Patient.ndjson"), allergies(folder / "AllergyIntolerance.ndjson"),
      documents(folder / "DocumentReference.ndjson"), results(folder / "Observation.ndjson"), appointments(folder / "Appointment.ndjson");
  const std::string today = app::format_utc(app::now()).substr(0, 10);
  for (const std::string id : {"1", "2", "3"}) {
    const std::string patient = R"("reference":"Patient/p)" + id + R"("})";
    patients << R"({"resourceType":"Patient","id":"p)" << id << R"(","identifier":[{"type":{"coding":[{"code":"MR"}]},"value":"66140)"
             << id << R"("}],"name":[{"family":")" << kCanary << id << R"(","given":["Quirin"]}],"birthDate":"1951-03-0)" << id << "\"}\n";
    allergies << R"({"resourceType":"AllergyIntolerance","id":"a)" << id << R"(","code":{"text":"Zephyrocillin"},"patient":{)"
              << patient << "}\n";
    for (int i = 0; i < 5; ++i) {
      results << R"({"resourceType":"Observation","id":"o)" << id << i << R"(","status":"final","code":{"text":"Haemoglobin"},"subject":{)"
              << patient << R"(,"effectiveDateTime":"2026-03-1)" << i << R"(","valueQuantity":{"value":1)" << i << R"(,"unit":"g/dL"}})" << "\n";
    }
    documents << R"({"resourceType":"DocumentReference","id":"d)" << id << R"(","status":"current","type":{"text":"Letter"},"subject":{)"
              << patient << R"(,"content":[{"attachment":{"contentType":"application/pdf","data":"JVBERi0xLjQgTGV0dGVy)" << id << R"(AA="}}]})" << "\n";
    appointments << R"({"resourceType":"Appointment","id":"b)" << id << R"(","status":"booked","start":")" << today
                 << R"(T15:30:00Z","participant":[{"actor":{)" << patient << "}]}\n";
  }
}

// Documents that the charts name and whose pages are there; none when any volume is not as it was written.
std::uint64_t pages_in(const app::CopyInfo& info) {
  const auto copy = app::Copy::open(info, kPassphrase);
  if (!copy.ok() || !copy.value().verify_documents().faults.empty()) return 0;
  std::uint64_t pages = 0;
  for (app::ChartId id = 1; id <= copy.value().charts(); ++id) {
    const auto chart = copy.value().read_chart(id);
    if (!chart.ok()) continue;
    for (const app::Document& document : chart.value().documents.entries) pages += document.content.state == app::Presence::known;
  }
  return pages;
}

std::string newest_whole(const fs::path& folder, std::optional<app::Depth> depth) {
  for (const app::FoundCopy& found : app::list_copies(folder)) {
    EXPECT_FALSE(found.fault) << found.folder << ": " << app::format_error(*found.fault);
  }
  if (app::list_copies(folder).empty()) return "";
  const auto info = app::read_copy(folder, app::Check::hashes);
  if (!info.ok()) {
    ADD_FAILURE() << folder << ": " << app::format_error(info.error());
    return "";
  }
  const auto copy = app::Copy::open(info.value(), kPassphrase);
  if (!copy.ok()) {
    ADD_FAILURE() << info.value().folder << ": " << app::format_error(copy.error());
    return "";
  }
  EXPECT_TRUE(info.value().strangers.empty()) << info.value().folder << ": " << info.value().strangers.front();
  if (depth) {
    const auto whole = copy.value().verify(*depth);
    EXPECT_TRUE(whole.ok()) << info.value().folder << ": " << app::format_error(whole.error());
  }
  return info.value().folder.filename().string();
}

// Deletes all but the newest copy, everywhere.
void prune(const SmallPractice& practice) {
  for (const fs::path& home : practice.homes_of_copies()) {
    const auto copies = app::list_copies(home);
    for (std::size_t i = 1; i < copies.size(); ++i) fs::remove_all(copies[i].folder);
  }
}

}  // namespace

SmallPractice::SmallPractice(SmallPracticeOrder order) : order_(order) {
  std::string name = (fast_folder() / "nightchart-fault-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) std::abort();
  whole_ = name;
  root_ = whole_ / "root";
  beside_ = whole_ / "beside";
  for (const char* folder : {"root/practice", "root/copies", "root/home", "root/tmp", "root/here", "beside"}) {
    fs::create_directories(whole_ / folder);
  }
  for (const fs::path& destination : destinations()) fs::create_directories(destination);
  EXPECT_TRUE(make_practice(root_ / "practice").ok());
  if (order_.emr == SmallEmr::server) {
    // Its own place has the data.
  } else if (order_.emr == SmallEmr::fhir) {
    write_fhir_export(emr());
  } else {
    EXPECT_TRUE(exporter::make_practice({3, 3, emr(), ""}).ok());
  }
  write_config();
  EXPECT_EQ(run_night(*this).exit_code, 0);
  counts_ = counts_of_newest(copies());
  EXPECT_EQ(counts_["patients"], 3u);
}

SmallPractice::~SmallPractice() {
  std::error_code ignored;
  fs::remove_all(whole_, ignored);
}

void SmallPractice::scan_something() const {
  if (order_.emr != SmallEmr::fhir) return;
  const std::string number = std::to_string(10'000'000 + ++scans_);  // eight digits are base64 of six bytes
  std::ofstream(emr() / "DocumentReference.1.ndjson", std::ios::trunc)
      << R"({"resourceType":"DocumentReference","id":"scan","status":"current","type":{"text":"Scan"},"subject":{"reference":"Patient/p1"},)"
      << R"("content":[{"attachment":{"contentType":"application/pdf","data":"JVBERi0x)" << number << "\"}}]}\n";
}

std::vector<fs::path> SmallPractice::destinations() const {
  std::vector<fs::path> all{root_ / "stick", root_ / "laptop"};
  all.resize(static_cast<std::size_t>(order_.destinations));
  return all;
}

std::vector<fs::path> SmallPractice::homes_of_copies() const {
  std::vector<fs::path> all = destinations();
  all.insert(all.begin(), copies());
  return all;
}

void SmallPractice::write_config() const {
  exporter::Options options;
  options.practice = "Elm Street";
  options.time_zone = "America/New_York";
  options.emr.kind = order_.emr == SmallEmr::fhir ? exporter::EmrKind::fhir_bulk : exporter::EmrKind::sql;
  options.emr.path = emr();
  options.emr.pack = "practice";
  options.emr.url = order_.url.empty() ? "sqlite://" + emr().string() : order_.url;
  options.copies = copies();
  options.paper.enabled = order_.paper;
  if (order_.keeps_every_copy) options.keep.floor = 3660;
  for (const fs::path& path : destinations()) options.destinations.push_back({path.filename().string(), path});
  std::string text = exporter::format_options(options);
  const std::string_view patience = "# read_timeout_s = 300";
  if (const auto at = text.find(patience); order_.emr == SmallEmr::server && at != std::string::npos) text.replace(at, patience.size(), "read_timeout_s = 3");
  EXPECT_TRUE(exporter::write_file(config(), text).ok());
}

std::string newest_whole_copy(const fs::path& folder) { return newest_whole(folder, std::nullopt); }
std::string newest_copy_to_the_last_chart(const fs::path& folder) {
  return newest_whole(folder, app::Depth::everything);
}

std::vector<std::string> litter(const SmallPractice& practice) {
  std::vector<std::string> left;
  const auto note = [&left](const fs::path& folder, const auto& belongs) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (!belongs(entry.path().filename().string())) left.push_back(entry.path().string());
    }
  };
  std::uint64_t sequence = 0;
  const auto is_copy = [&sequence](const std::string& name) {
    return name == ".nightchart.lock" || name == app::kVolumesFolder || app::parse_copy_name(name, sequence);
  };
  for (const fs::path& home : practice.homes_of_copies()) {
    note(home, is_copy);
    const fs::path volumes = home / app::kVolumesFolder;
    if (fs::exists(volumes)) note(volumes, [](const std::string& name) { return app::is_volume_name(name.substr(0, name.find('.'))); });
  }
  note(practice.root() / "practice", [](const std::string& name) {
    static const std::vector<std::string> kBelongs{".nightchart.lock", "keyholders", "keys", "nightchart.toml", "sequence.json", "documents.state", "binder.state",
                                                   "removals.log", "nights.state", ".nights.lock", ".night.lock", "reports", "shards"};
    return std::find(kBelongs.begin(), kBelongs.end(), name) != kBelongs.end();
  });
  for (const char* empty : {"home", "tmp", "here"}) {
    note(practice.root() / empty, [](const std::string&) { return false; });
  }
  return left;
}

std::string expect_a_good_night(const SmallPractice& practice, const std::string& before) {
  const NightOutcome night = run_night(practice);
  EXPECT_EQ(night.exit_code, 0) << night.out << night.err;
  const std::string newest = newest_whole_copy(practice.copies());
  std::uint64_t number = 0, last = 0;
  EXPECT_TRUE(app::parse_copy_name(newest, number));
  EXPECT_TRUE(before.empty() || (app::parse_copy_name(before, last) && number > last)) << newest << " after " << before;
  for (const fs::path& home : practice.destinations()) EXPECT_EQ(newest_whole_copy(home), newest) << home;
  for (const fs::path& home : practice.homes_of_copies()) EXPECT_EQ(counts_of_newest(home), practice.counts()) << home;
  const auto left = litter(practice);
  EXPECT_TRUE(left.empty()) << left.front();
  prune(practice);
  return newest;
}

std::string expect_survival(const SmallPractice& practice, const std::string& before, bool to_the_last_chart) {
  std::string newest = before;
  for (const fs::path& home : practice.homes_of_copies()) {
    const std::string found = to_the_last_chart ? newest_copy_to_the_last_chart(home) : newest_whole_copy(home);
    EXPECT_GE(found, before) << home;
    newest = std::max(newest, found);
  }
  return expect_a_good_night(practice, newest);
}

std::string fault(const std::string& action, std::size_t number, const std::string& how_long, const std::string& sorts,
                  const fs::path& folder) {
  return action + ":" + std::to_string(number) + ":" + how_long + ":" + sorts + ":" + folder.string();
}

std::size_t count_calls(const NightOutcome& night, const std::string& sorts, const fs::path& folder) {
  return static_cast<std::size_t>(std::count_if(night.calls.begin(), night.calls.end(), [&](const FileCall& call) {
    const auto is_below = [&folder](const std::string& path) {
      return folder.empty() || path == folder.string() || path.starts_with(folder.string() + "/");
    };
    const bool of_sort = sorts.empty() || sorts.find(call.sort()) != std::string::npos;
    return of_sort && (is_below(call.path) || is_below(call.new_path));
  }));
}

std::map<std::string, std::uint64_t> counts_of_newest(const fs::path& folder) {
  const auto info = app::read_copy(folder, app::Check::hashes);
  if (!info.ok()) return {};
  std::map<std::string, std::uint64_t> counts = info.value().manifest.counts;
  counts["pages"] = pages_in(info.value());
  return counts;
}

int how_many(int usual, int all) {
  const char* asked = std::getenv("NIGHTCHART_FAULTS");
  return asked != nullptr && std::string(asked) == "all" ? all : usual;
}

unsigned seed() {
  const char* given = std::getenv("NIGHTCHART_SEED");
  return given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : 1;
}

}  // namespace tests
