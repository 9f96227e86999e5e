#include "exporter/emr/fhir_source.h"

#include <string>
#include <utility>

#include "exporter/emr/fhir_chart.h"
#include "exporter/emr/fhir_intake.h"
#include "exporter/emr/fhir_types.h"
#include "exporter/emr/fhir_withheld.h"

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

class FhirBulk : public ChartSource {
 public:
  FhirBulk(NdjsonFolder lines, const std::filesystem::path& folder, const std::filesystem::path& staging,
           const FhirBulkLimits& limits, std::string time_zone, FhirSettings settings, Successors known)
      : attachments_(settings.keeper, settings.documents.empty() ? folder : settings.documents, staging),
        settings_(std::move(settings)),
        intake_(std::move(lines), staging, limits, report_, attachments_, settings_.withheld, FhirPart(settings_.shard, std::move(known))),
        time_zone_(std::move(time_zone)) {}

  // Brings everything into the staging.
  app::Result<app::Done> read_all() {
    TRY(intake_.take_all(settings_.server));
    if (must_read_again()) return app::Done{};
    today_ = app::local_date(intake_.as_of(), time_zone_);
    return step();
  }

  bool must_read_again() { return intake_.staging().part().let_go_too_much(); }
  Successors successors() { return intake_.staging().part().all_noted(); }

  app::Instant as_of() const override { return intake_.as_of(); }
  const ReadReport& report() const override { return report_; }
  const PatientFacts& facts() const override { return facts_; }

  app::Result<std::optional<app::Chart>> next() override {
    while (has_ahead_) {
      if (resource_types()[ahead_.type].name != "Patient") {
        // Patients come before what is theirs: this one has none.
        intake_.skip(ahead_.place, "names a patient that is not in the export");
        TRY(step());
        continue;
      }
      TRY_GET(app::Chart chart, read_patient_and_entries());
      count(chart);
      return std::optional<app::Chart>(std::move(chart));
    }
    const std::uint64_t superseded = intake_.staging().superseded();
    if (superseded > 0) report_.passed_by["(older version of a resource)"] = superseded;
    return std::optional<app::Chart>();
  }

 private:
  // To the next resource that belongs to this export and still is in the EMR.
  app::Result<app::Done> step() {
    for (;;) {
      TRY_GET(has_ahead_, intake_.staging().next(ahead_));
      if (!has_ahead_) return app::Done{};
      const std::string& server = intake_.staging().server(ahead_.place.server);
      if (!intake_.tables().servers().is_local(server)) {
        intake_.skip(ahead_.place, "names a patient of another server, " + server);
      } else if (intake_.is_deleted(ahead_)) {
        ++report_.passed_by["(deleted in the EMR)"];
      } else {
        return app::Done{};
      }
    }
  }

  // Requires: ahead_ is a Patient.
  app::Result<app::Chart> read_patient_and_entries() {
    PatientRecord record;
    record.today = today_;
    record.time_zone = time_zone_;
    record.mrn_system = settings_.mrn_system;
    record.attachments = &attachments_;
    record.id = ahead_.patient;
    const std::string patient = ahead_.patient;
    for (bool first = true; has_ahead_ && ahead_.patient == patient; first = false) {
      const auto parsed = document_.parse(ahead_.text);
      if (parsed.ok()) {
        if (ahead_.is_replaced_patient && !first) ++report_.passed_by["Patient (replaced by another)"];
        Reading reading(parsed.value(), intake_.tables(), record, report_);
        read_or_withhold(reading, resource_types()[ahead_.type]);
      }
      TRY(step());
    }
    facts_ = std::move(record.facts);
    return finish_chart(std::move(record), intake_.exported());
  }

  void read_or_withhold(Reading& reading, const ResourceType& type) {
    if (ahead_.is_withheld || belongs_to_withheld(reading)) return withhold(reading, type);
    const std::size_t unreadable_before = reading.chart().unreadable.size();
    mark_modifiers(reading, type);
    mark_rivals(reading, type);
    type.read(reading);
    if (type.name == "Patient") note_facts(reading);
    if (type.name == "Encounter") withhold_visit_by_place(reading, settings_.withheld, unreadable_before);
    if (type.name == "Condition") note_diagnosis(reading);
  }

  static std::string_view section_of(const ResourceType& type) {
    return type.name == "Patient" || type.sections[0].empty() ? "identity" : type.sections[0];
  }

  // FHIR: a modifier may turn an entry into its opposite, and none is known here.
  static void mark_modifiers(Reading& reading, const ResourceType& type) {
    const Json modifiers = reading["modifierExtension"];
    if (modifiers.exists()) {
      reading.mark_unreadable(section_of(type), "modifierExtension", modifiers.json(),
                              "the EMR attached a qualification to an entry that this copy cannot read");
    }
    const Json rules = reading["implicitRules"];
    if (rules.exists()) {
      reading.mark_unreadable(section_of(type), "implicitRules", rules.scalar(),
                              "the EMR says that an entry must be read by rules that this copy does not know");
    }
  }

  void mark_rivals(Reading& reading, const ResourceType& type) {
    for (const std::string& rival : ahead_.rivals) {
      reading.mark_unreadable(section_of(type), "", rival,
                              "the EMR gave one entry twice, differently, and does not say which is newer: the last is shown");
    }
  }

  void count(const app::Chart& chart) {
    ++report_.patients;
    CountEntries counter{report_.entries};
    app::Chart::sections(chart, counter);
    report_.unreadable += chart.unreadable.size();
  }

  ReadReport report_;
  FhirAttachments attachments_;
  FhirSettings settings_;
  FhirIntake intake_;
  std::string time_zone_;
  PatientFacts facts_;
  app::Date today_;
  app::JsonDocument document_;
  StagedResource ahead_;
  bool has_ahead_ = false;
};

}  // namespace

app::Result<std::unique_ptr<ChartSource>> open_fhir_bulk(const std::filesystem::path& folder,
                                                         const std::filesystem::path& staging, FhirBulkLimits limits,
                                                         std::string time_zone, FhirSettings settings) {
  std::unique_ptr<FhirBulk> source;
  for (Successors known;;) {
    TRY_GET(NdjsonFolder lines, NdjsonFolder::open(folder, limits.longest_line_bytes));
    source = std::make_unique<FhirBulk>(std::move(lines), folder, staging, limits, time_zone, settings, known);
    TRY(source->read_all());
    if (!source->must_read_again()) return std::unique_ptr<ChartSource>(std::move(source));
    if (!known.empty()) return app::Error{app::Code::bad_source, "The EMR's export names other replaced patients each time it is read.", folder.string()};
    known = source->successors();
  }
}

}  // namespace exporter
