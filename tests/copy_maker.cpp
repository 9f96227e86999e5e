#include "tests/copy_maker.h"

#include "exporter/copy/publish.h"
#include "exporter/copy/sealing.h"
#include "exporter/copy/verify_copy.h"

namespace tests {

using app::Result;
namespace fs = std::filesystem;

namespace {

constexpr app::Instant kTaken{1'790'000'000};

app::Date day_after(int days) {
  return app::read_date("2026-09-" + std::to_string(21 + days) + "T09:30:00").value();
}

}  // namespace

app::Chart invented_chart(int number) {
  app::Chart chart;
  const std::string digits = std::to_string(number);
  chart.emr_key = "p" + digits;
  chart.mrn = std::to_string(10'000 + number);
  chart.identifiers = {{"MRN", "urn:practice", chart.mrn}};
  chart.names = {{"official", "Latn", "", "Quirin" + digits, kCanary, "", ""}};
  chart.birth_date = app::read_date("19" + std::to_string(10 + number % 90) + "-03-04");
  chart.telecom = {{"email", "", "q@example.org"}, {"phone", "home", "555-0" + digits}};
  chart.allergies.state = app::Presence::known_none;
  for (int i = 0; i < 5 + number % 7; ++i) {
    app::Observation result;
    result.text = "Haemoglobin " + std::to_string(i);
    result.date = app::read_date("2026-0" + std::to_string(1 + i % 9) + "-11");
    chart.results.add(result);
  }
  app::Appointment appointment;
  appointment.text = "Check-up";
  appointment.start = day_after(number % 3);
  chart.appointments.add(appointment);
  if (number % 4 == 0) chart.unreadable = {{"allergies", "", "\xEF\xBF\xBD", "no UTF-8"}};
  return chart;
}

std::vector<app::Chart> invented_charts(int count) {
  std::vector<app::Chart> charts;
  for (int number = 1; number <= count; ++number) charts.push_back(invented_chart(number));
  return charts;
}

Result<Practice> make_practice(const fs::path& folder) {
  TRY_GET(app::SigningKey key, exporter::make_signing_key(folder));
  TRY(exporter::add_keyholder(folder, "Anna", kPassphrase, app::kLockForTests));
  TRY_GET(std::vector<exporter::Keyholder> keyholders, exporter::read_keyholders(folder));
  return Practice{folder, folder / "copies", std::move(key), std::move(keyholders)};
}

Result<app::Manifest> seal_copy(const fs::path& staging, const Practice& practice, std::uint64_t sequence,
                                const exporter::SnapshotSummary& summary, const app::CopyKey& key) {
  app::Manifest plan;
  plan.practice = "Elm Street Family Practice";
  plan.time_zone = "America/New_York";
  plan.sequence = sequence;
  plan.as_of = plan.taken = kTaken;
  plan.counts = summary.counts.by_name();
  plan.unreadable = summary.counts.unreadable();
  return exporter::write_manifest(staging, std::move(plan), key, practice.keyholders, practice.signing_key);
}

Result<app::Manifest> write_copy(const fs::path& staging, const Practice& practice, std::uint64_t sequence,
                                 const std::vector<app::Chart>& charts) {
  const app::CopyKey key = app::CopyKey::make();
  TRY_GET(exporter::SnapshotWriter writer,
          exporter::SnapshotWriter::create(staging, {sequence, kTaken, app::default_sheet_template()}, key));
  for (const app::Chart& chart : charts) TRY(writer.add(chart));
  TRY(writer.keep("binder_password", "not a word"));
  TRY_GET(const exporter::SnapshotSummary summary, writer.finish(R"({"said":"report"})"));
  TRY_GET(app::Manifest manifest, seal_copy(staging, practice, sequence, summary, key));
  TRY(exporter::verify_copy(staging, manifest, key, summary));
  return manifest;
}

Result<fs::path> run_small_night(const Practice& practice, const std::vector<app::Chart>& charts) {
  TRY_GET(exporter::CopiesFolder copies, exporter::CopiesFolder::open(practice.copies, practice.folder));
  TRY_GET(const std::uint64_t sequence, copies.take_sequence({}));
  TRY_GET(const fs::path staging, copies.make_staging(app::format_copy_name(kTaken, sequence)));
  TRY(write_copy(staging, practice, sequence, charts));
  return copies.publish(staging);
}

}  // namespace tests
