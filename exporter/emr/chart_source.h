// Where charts come from: one EMR, read once from start to end, one chart at a time.
//
// Errors:  open and next: Code::bad_source, Code::bad_config, Code::io. A broken line or row is no error:
//          it is counted, reported with its place, and costs nothing but itself.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/record/chart.h"
#include "exporter/policy/patient_facts.h"

namespace exporter {

// A line, row or resource that could not be read into any chart. No clinical content.
struct Skipped {
  std::string where;   // "Observation.000.ndjson line 12", "allergies, row 7"
  std::string reason;  // "not readable JSON", "names a patient that is not in the export"
};

struct ReadReport {
  std::uint64_t patients = 0;
  std::map<std::string, std::uint64_t> entries;    // by section id
  std::map<std::string, std::uint64_t> passed_by;  // what is known not to belong in a chart: "CarePlan"
  std::uint64_t skipped = 0;
  std::vector<Skipped> first_skipped;  // at most kMostSkippedNamed
  std::vector<std::string> cautions;  // what whoever looks after the exporter should know; costs no entry
  std::uint64_t unreadable = 0;        // entries marked unreadable in their charts
};

inline constexpr std::size_t kMostSkippedNamed = 200;

class ChartSource {
 public:
  virtual ~ChartSource() = default;
  // The moment of which the data speak.
  virtual app::Instant as_of() const = 0;
  // The next chart, or nothing at the end. Charts come in any order; each patient once.
  virtual app::Result<std::optional<app::Chart>> next() = 0;
  // What a policy must know besides of the patient whose chart next() gave last.
  virtual const PatientFacts& facts() const { return no_facts_; }
  // Whole after next() has returned nothing.
  virtual const ReadReport& report() const = 0;

 private:
  PatientFacts no_facts_;
};

}  // namespace exporter
