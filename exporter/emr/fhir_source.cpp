#include "exporter/emr/fhir_source.h"

#include <set>
#include <string>
#include <utility>

#include "exporter/emr/fhir_chart.h"
#include "exporter/emr/fhir_lines.h"
#include "exporter/emr/fhir_staging.h"
#include "exporter/emr/fhir_types.h"

namespace exporter {
namespace {

using app::Json;

struct CountEntries {
  std::map<std::string, std::uint64_t>& counts;

  template <typename T>
  void operator()(std::string_view name, const app::Section<T>& section) const {
    if (!section.entries.empty()) counts[std::string(name)] += section.entries.size();
  }
};

bool is_type_name(std::string_view name) {
  if (name.empty() || name.size() > 64) return false;
  for (const char c : name) {
    if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) return false;
  }
  return true;
}

class FhirBulk : public ChartSource {
 public:
  FhirBulk(NdjsonFolder lines, const std::filesystem::path& staging, FhirBulkLimits limits, std::string time_zone)
      : lines_(std::move(lines)), staging_(staging, limits.memory_bytes), as_of_(lines_.oldest()),
        time_zone_(std::move(time_zone)), today_(app::local_date(as_of_, time_zone_)) {}

  // Brings everything into the staging.
  app::Result<app::Done> read_all() {
    for (const Skipped& file : lines_.skipped()) skip(file);
    for (NdjsonLine line;;) {
      TRY_GET(const bool more, lines_.next(line));
      if (!more) break;
      TRY(read_line(line));
    }
    TRY(staging_.sort([this](LinePlace place, const char* reason) { skip(place, reason); }));
    TRY_GET(has_ahead_, staging_.next(ahead_));
    return app::Done{};
  }

  app::Instant as_of() const override { return as_of_; }
  const ReadReport& report() const override { return report_; }

  app::Result<std::optional<app::Chart>> next() override {
    while (has_ahead_) {
      if (resource_types()[ahead_.type].name != "Patient") {
        // Patients come before what is theirs: this one has none.
        skip(ahead_.place, "names a patient that is not in the export");
        TRY_GET(has_ahead_, staging_.next(ahead_));
        continue;
      }
      TRY_GET(app::Chart chart, read_patient_and_entries());
      count(chart);
      return std::optional<app::Chart>(std::move(chart));
    }
    if (staging_.superseded() > 0) report_.passed_by["(older version of a resource)"] = staging_.superseded();
    return std::optional<app::Chart>();
  }

 private:
  void skip(Skipped what) {
    ++report_.skipped;
    if (report_.first_skipped.size() < kMostSkippedNamed) report_.first_skipped.push_back(std::move(what));
  }
  void skip(LinePlace place, const char* reason) {
    skip({lines_.file_name(place.file) + " line " + std::to_string(place.number), reason});
  }

  app::Result<app::Done> read_line(const NdjsonLine& line) {
    const LinePlace place{line.file, line.number};
    const auto skip_line = [&](const char* reason) {
      skip(place, reason);
      return app::Done{};
    };
    if (line.too_long) return skip_line("the line is longer than the limit");
    const auto parsed = document_.parse(line.text);
    if (!parsed.ok()) return skip_line("not readable JSON");
    const Json resource = parsed.value();
    if (!resource.is_object()) return skip_line("not a JSON object");
    const std::string_view name = resource["resourceType"].text();
    if (!is_type_name(name)) return skip_line("no resourceType");
    if (ReferenceTables::holds(name)) {
      tables_.add(name, resource);
      return app::Done{};
    }
    const auto type = find_resource_type(name);
    if (!type) {
      ++report_.passed_by[std::string(name)];
      return app::Done{};
    }
    note_exported(*type, resource);
    TRY_GET(const std::string reason, staging_.add(*type, resource, line.text, place));
    return reason.empty() ? app::Done{} : skip_line(reason.c_str());
  }

  void note_exported(std::uint16_t type, Json resource) {
    const ResourceType& known = resource_types()[type];
    if (known.name == "Patient" && resource["generalPractitioner"].exists()) exported_.insert("care_team");
    if (known.name == "Consent" && !is_directive(resource)) return;
    if (!std::exchange(is_noted_[type], true)) {
      for (const std::string_view section : known.sections) exported_.insert(std::string(section));
    }
  }

  // Requires: ahead_ is a Patient.
  app::Result<app::Chart> read_patient_and_entries() {
    PatientRecord record;
    record.today = today_;
    record.time_zone = time_zone_;
    record.id = ahead_.patient;
    const std::string patient = ahead_.patient;
    for (bool first = true; has_ahead_ && ahead_.patient == patient; first = false) {
      const auto parsed = document_.parse(ahead_.text);
      if (parsed.ok()) {
        if (ahead_.is_replaced_patient && !first) ++report_.passed_by["Patient (replaced by another)"];
        Reading reading(parsed.value(), tables_, record, report_);
        mark_modifiers(reading, resource_types()[ahead_.type]);
        resource_types()[ahead_.type].read(reading);
      }
      TRY_GET(has_ahead_, staging_.next(ahead_));
    }
    return finish_chart(std::move(record), exported_);
  }

  // FHIR: a modifier may turn an entry into its opposite, and none is known here.
  static void mark_modifiers(Reading& reading, const ResourceType& type) {
    const Json modifiers = reading["modifierExtension"];
    if (!modifiers.exists()) return;
    const std::string_view section = type.name == "Patient" || type.sections[0].empty() ? "identity" : type.sections[0];
    reading.mark_unreadable(section, "modifierExtension", modifiers.json(),
                            "the EMR attached a qualification to an entry that this copy cannot read");
  }

  void count(const app::Chart& chart) {
    ++report_.patients;
    CountEntries counter{report_.entries};
    app::Chart::sections(chart, counter);
    report_.unreadable += chart.unreadable.size();
  }

  NdjsonFolder lines_;
  FhirStaging staging_;
  app::Instant as_of_;
  std::string time_zone_;
  app::Date today_;
  ReferenceTables tables_;
  std::set<std::string> exported_;
  std::array<bool, 64> is_noted_{};
  app::JsonDocument document_;
  ReadReport report_;
  StagedResource ahead_;
  bool has_ahead_ = false;
};

}  // namespace

app::Result<std::unique_ptr<ChartSource>> open_fhir_bulk(const std::filesystem::path& folder,
                                                         const std::filesystem::path& staging, FhirBulkLimits limits,
                                                         std::string time_zone) {
  TRY_GET(NdjsonFolder lines, NdjsonFolder::open(folder, limits.longest_line_bytes));
  auto source = std::make_unique<FhirBulk>(std::move(lines), staging, limits, std::move(time_zone));
  TRY(source->read_all());
  return std::unique_ptr<ChartSource>(std::move(source));
}

}  // namespace exporter
