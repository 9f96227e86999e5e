#include "exporter/nightly.h"

#include "app/paper/form_shelf.h"
#include "app/snapshot/access_log.h"
#include "app/snapshot/chart_codec.h"
#include "app/snapshot/print_at_battery.h"
#include "app/snapshot/receipt.h"
#include "exporter/binder/binder_night.h"
#include "exporter/change_mark.h"
#include "exporter/copy/document_night.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/privacy_officer.h"
#include "exporter/copy/publish.h"
#include "exporter/copy/sealing.h"
#include "exporter/copy/snapshot_writer.h"
#include "exporter/copy/verify_copy.h"
#include "exporter/emr/chart_size.h"
#include "exporter/emr/shard_source.h"
#include "exporter/open_emr.h"
#include "exporter/policy/apply_policy.h"
#include "exporter/policy/waiting_documents.h"
#include "exporter/process_rank_posix.h"
#include "exporter/report/guard_night.h"
#include "exporter/report/night_memory.h"
#include "exporter/report/receipts.h"
#include "exporter/standing_copy.h"
#include "exporter/stopwatch.h"
#include "exporter/time_limit.h"
#include "exporter/toml.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Done;
using app::Result;

using ProgressHearer = std::function<void(const std::string&)>;

constexpr std::uint64_t kProgressEvery = 500;

// What is settled before the first chart is read, so that a night that cannot end does not begin.
struct Preparation {
  app::SigningKey signing_key;
  std::vector<Keyholder> keyholders;
  app::SheetTemplate sheet_template;
  Policy policy;  // with its list of patients
};

Result<app::SheetTemplate> read_sheet_template(const fs::path& file) {
  if (file.empty()) return app::default_sheet_template();
  TRY_GET(const std::string json, read_toml_as_json(file));
  auto parsed = app::parse_sheet_template(json);
  if (parsed.ok()) return parsed;
  return app::Error{app::Code::bad_config, file.string() + ": " + parsed.error().what, parsed.error().detail};
}

Result<Preparation> prepare(const Options& options) {
  TRY_GET(app::SigningKey signing_key, read_signing_key(options.practice_folder()));
  TRY_GET(std::vector<Keyholder> keyholders, read_keyholders(options.practice_folder()));
  TRY_GET(app::SheetTemplate sheet_template, read_sheet_template(options.sheet_template));
  Policy policy = options.policy;
  if (!policy.list.empty()) {
    TRY_GET(policy.withheld, read_patient_list(policy.list));
  }
  return Preparation{std::move(signing_key), std::move(keyholders), std::move(sheet_template), std::move(policy)};
}

// What the EMR's data do not speak of is missing from every chart alike.
std::vector<std::string> sections_not_in_copy(const app::Chart& chart) {
  std::vector<std::string> missing;
  auto note = [&missing](std::string_view id, const auto& section) {
    if (section.state == app::Presence::not_in_copy) missing.emplace_back(id);
  };
  app::Chart::sections(chart, note);
  return missing;
}

// Every chart that the policy lets go goes into the snapshot; those of booked patients wait for the packet as well. Gives
// how much of charts that were too large had to be marked instead.
Result<std::uint64_t> keep_charts(ChartSource& source, PolicyRun& policy, WaitingDocuments& documents, SnapshotWriter& writer,
                                  BinderNight* binder, std::vector<std::string>& not_in_copy, const TimeLimit& limit, const ProgressHearer& progress) {
  std::uint64_t marked = 0, read = 0;
  for (app::ChartId kept = 0;; ++read) {
    TRY_GET(std::optional<app::Chart> chart, source.next());
    if (!chart) return marked;
    if (read == 0) not_in_copy = sections_not_in_copy(*chart);
    if (read % kProgressEvery == 0) progress("Reading and keeping: " + std::to_string(read) + " charts");
    TRY(limit.check());
    if (policy.apply(source.facts(), *chart) == Fate::absent) {
      documents.forget();
      continue;
    }
    const DocumentPages pages = documents.keep_documents_of(*chart);
    marked += fit_chart(*chart, app::kChartMost);
    ++kept;
    if (binder != nullptr) binder->consider(kept, *chart, pages);
    TRY(writer.add(std::move(*chart)));
  }
}

// A night without paper is better than a night without a copy, and paper without telephone numbers better than none.
BinderSettings settings_with_contacts(const BinderOptions& options, NightReport& report) {
  BinderSettings settings = options;
  if (options.contacts_file.empty()) return settings;
  const auto contacts = read_contacts(options.contacts_file);
  if (contacts.ok()) settings.contacts = contacts.value();
  else report.contacts_fault = contacts.error();
  return settings;
}

std::optional<BinderNight> open_binder(BinderNightPlan plan, NightReport& report) {
  auto opened = BinderNight::open(std::move(plan));
  if (opened.ok()) return std::move(opened).value();
  report.paper_fault = opened.error();
  return std::nullopt;
}

// Draws, binds and encrypts the packet; its password is kept inside the encrypted charts.
Result<Done> print_packet(const Options& options, const app::Manifest& manifest, BinderNight& binder, const fs::path& folder,
                          SnapshotWriter& writer, const NightReport& report) {
  const app::PrintFrame frame{options.practice, app::format_as_of(manifest.as_of, options.time_zone),
                              app::format_copy_name(manifest.taken, manifest.sequence)};
  const std::vector<std::string> absent = sentences_of_absence(options.binder, report.not_in_copy, report.policy.words, report.documents.kept > 0);
  TRY_GET(const std::string password, binder.print(frame, absent, folder / "binder"));
  return writer.keep("binder_password", password);
}

// The forms that a laptop prints blank or for a patient. A mistake in one that the practice wrote costs that folder only.
std::vector<app::FormText> read_forms(const Options& options, NightReport& report) {
  auto forms = app::read_forms_of_practice(options.paper.forms);
  if (!forms.ok()) {
    report.forms_fault = forms.error();
    forms = app::read_forms_of_practice({});
  }
  return forms.ok() ? std::move(forms).value() : std::vector<app::FormText>();
}

// Where the first trouble was, for an error's detail.
std::string counted_faults(const ReadReport& read) {
  if (read.first_skipped.empty()) return "Nothing was skipped either: is it the right folder or database?";
  return std::to_string(read.skipped) + " lines or rows were skipped; the first: " + read.first_skipped[0].where + ": " +
         read.first_skipped[0].reason;
}

std::uint64_t bytes_of(const app::Manifest& manifest) {
  std::uint64_t bytes = 0;
  for (const app::ManifestFile& file : manifest.files) bytes += file.bytes;
  return bytes;
}

// Reads the EMR and writes the whole copy into `folder`, unsigned yet. The fields of `manifest` that
// the night knows are filled in.
Result<SnapshotSummary> keep_night(const Options& options, const Preparation& preparation, const fs::path& folder,
                                   const app::CopyKey& key, DocumentNight& documents, app::Manifest& manifest,
                                   NightReport& report, const TimeLimit& limit, const ProgressHearer& progress) {
  Stopwatch watch;
  progress("Opening the EMR");
  WaitingDocuments waiting(documents);
  TRY_GET(std::unique_ptr<ChartSource> whole, open_emr(options, folder, &waiting));
  const std::unique_ptr<ChartSource> source = take_shard(std::move(whole), options.run.shard);
  manifest.as_of = report.as_of = source->as_of();
  TRY_GET(SnapshotWriter writer, SnapshotWriter::create(folder, {manifest.sequence, manifest.as_of, preparation.sheet_template}, key));

  const BinderSettings binder_settings = settings_with_contacts(options.binder, report);
  TRY(writer.keep("binder", format_binder_settings(binder_settings)));
  TRY_GET(const auto officer, read_privacy_officer(options.practice_folder()));
  TRY(writer.keep(app::kPrintAtBattery, std::to_string(options.paper.at_battery_percent)));
  if (officer) TRY(writer.keep(app::kPrivacyOfficer, app::format_hex(officer->public_key)));
  const std::vector<app::FormText> forms = read_forms(options, report);
  const auto practice_key = preparation.signing_key.verifying_key();
  std::optional<BinderNight> binder;
  if (report.paper) {
    binder = open_binder({binder_settings, options.state_folder(), preparation.sheet_template, options.time_zone,
                          manifest.sequence, manifest.as_of, manifest.taken, forms,
                          std::string(practice_key.begin(), practice_key.end())}, report);
  }
  PolicyRun policy(preparation.policy, app::local_date(manifest.as_of, options.time_zone));
  TRY_GET(const std::uint64_t marked,
          keep_charts(*source, policy, waiting, writer, binder ? &*binder : nullptr, report.not_in_copy, limit, progress));
  report.policy = policy.report();
  report.read = source->report();
  report.read.entries = report.policy.kept;
  report.read.unreadable = report.policy.unreadable + marked;
  if (report.read.patients == 0 && !options.run.shard.is_whole()) {
    return app::Error{app::Code::bad_source, "This part has no patient: nothing was published.", "are there more parts than patients?"};
  }
  if (report.read.patients == 0) {
    return app::Error{app::Code::bad_source, "The EMR gave no patient at all: nothing was published.",
                      counted_faults(report.read)};
  }
  if (report.read.patients == report.policy.absent) {
    return app::Error{app::Code::bad_config, "The policy leaves out every patient: nothing was published.",
                      "[policy] of " + options.file.string()};
  }
  TRY_GET(report.accepted_shrink, guard_night(
      options, with_older({report.read.patients, report.read.entries, documents.report().kept}, report.policy.older)));
  documents.finish(manifest);
  report.documents = documents.report();
  report.read_s = watch.lap();
  if (binder) {
    progress("Printing the packet");
    const auto printed = print_packet(options, manifest, *binder, folder, writer, report);
    report.binder = binder->report();
    if (!printed.ok()) {
      report.paper_fault = printed.error();
      TRY(remove_folder(folder / "binder"));  // half a packet, or one whose password is nowhere
    }
    report.paper_s = watch.lap();
  }
  // Without it laptops can prove nothing of this copy; it opens all the same.
  if (const auto receipt_key = make_receipt_key(options.state_folder(), manifest.sequence); receipt_key.ok()) {
    TRY(writer.keep(app::kReceiptKeyName, receipt_key.value()));
  }
  progress("Finishing the copy");
  if (!forms.empty()) TRY(writer.keep("forms", app::format_form_texts(forms)));
  TRY_GET(SnapshotSummary summary, writer.finish(format_report_json(report)));
  report.read_s += watch.lap();
  manifest.counts = summary.counts.by_name();
  manifest.unreadable = summary.counts.unreadable();
  manifest.skipped = report.read.skipped;
  return summary;
}

// Counts the nights, whatever comes between them.
std::uint64_t turn_of(app::Instant now) { return static_cast<std::uint64_t>(now.s / (24 * 3600)); }

NightReport say_unchanged(NightReport report, const StandingCopy& newest, Stopwatch& whole) {
  report.unchanged = true;
  report.sequence = newest.record.sequence;
  report.as_of = newest.record.as_of;
  report.away = newest.away;
  report.total_s = whole.lap();
  return report;
}

}  // namespace

Result<NightReport> run_night(const Options& options, app::Instant now, const NightHearers& hear) {
  const ProgressHearer& progress = hear.progress;
  Stopwatch whole, watch;
  const TimeLimit limit(options.run.within_s);
  const std::string carried = read_carried_mark(options);
  TRY_GET(const Preparation preparation, prepare(options));
  const bool is_night = options.run.occasion == app::Occasion::night;
  TRY_GET(CopiesFolder copies, CopiesFolder::open(options.copies, options.state_folder(), is_night ? "a night" : "a copy between two nights"));

  NightReport report;
  report.left_behind = copies.left_behind();
  app::Manifest manifest;
  manifest.practice = report.practice = options.practice;
  manifest.time_zone = report.time_zone = options.time_zone;
  manifest.taken = report.taken = now;
  manifest.occasion = report.occasion = options.run.occasion;
  manifest.shard = report.shard = options.run.shard;
  report.paper = options.paper.enabled && is_night;
  report.days = options.paper.days;
  for (const Keyholder& keyholder : preparation.keyholders) report.keyholders.push_back(keyholder.name);
  report.source = read_change_mark(options, now);
  report.carried = carried;
  const RotationRules rules{preparation.signing_key.verifying_key(), options.time_zone, options.state_folder()};
  std::optional<StandingCopy> newest;
  if (options.run.occasion == app::Occasion::day) newest = find_standing_copy(options, rules);
  if (newest && newest->record.carried != carried) newest.reset();
  if (newest && !report.source.empty() && newest->record.source == report.source) {
    report.source_unread = true;
    return say_unchanged(std::move(report), *newest, whole);
  }
  TRY_GET(manifest.sequence, copies.take_sequence({folders_of(options.destinations), preparation.signing_key.verifying_key()}));
  report.sequence = manifest.sequence;

  const app::CopyKey key = app::CopyKey::make();
  TRY_GET(const fs::path staging, copies.make_staging(app::format_copy_name(now, manifest.sequence)));
  progress("Checking the documents that were kept before");
  DocumentNight documents({options.copies, options.state_folder(), manifest.sequence, options.documents, !is_night, turn_of(now)},
                          preparation.keyholders);
  TRY_GET(const SnapshotSummary summary,
          keep_night(options, preparation, staging, key, documents, manifest, report, limit, progress));
  report.charts_digest = summary.charts_digest;
  if (newest && newest->record.charts_digest == report.charts_digest) return say_unchanged(std::move(report), *newest, whole);
  TRY(limit.check());
  TRY_GET(manifest, write_manifest(staging, manifest, key, preparation.keyholders, preparation.signing_key));
  report.bytes = bytes_of(manifest);

  give_back_memory();  // what making the copy took: opening it takes about as much
  progress("Opening the copy again and comparing");
  watch.lap();
  TRY(verify_copy(staging, manifest, key, summary));
  report.verify_s = watch.lap();
  TRY(limit.check());
  report.copy = copies.place_of(staging);
  if (hear.so_far) hear.so_far(report);
  TRY(copies.publish(staging));
  documents.tidy(manifest);
  report.documents = documents.report();
  if (hear.so_far) hear.so_far(report);

  const KnownCopy tonight{report.copy, manifest, key, summary, options.documents.check_nights, turn_of(now)};
  deliver_everywhere(tonight, options, rules, limit, hear, report);
  report.total_s = whole.lap();
  return report;
}

}  // namespace exporter
