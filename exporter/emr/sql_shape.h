// Rows of a pack's SELECT brought into the shape of entries: keys looked up, texts put together, one row made into several
// entries, an appointment that repeats into its days, and what the practice withholds left out and counted.
//
// Shape:   columns are named as sql_alias.h says. PART.entries.toml beside PART.sql lists [[entry]] tables: each row gives one
//          entry for each of them. A text may hold columns, "{pulse}"; one with an empty column is no text, and an
//          entry whose texts all are none is no entry. Columns that no text holds are the same for all entries of a row.
//          Column "withheld": yes keeps the row out of the chart; column "sensitivity": the EMR's own word, of which the
//          practice's policy decides (entry_rule.h). Columns "site", "provider", "last_active" and "sensitivity" of patients
//          are for the policy alone (patient_facts.h). Columns "repeats.kind", "repeats.rule", "repeats.until"
//          of appointments: see postcalendar.h.
// Errors:  Code::bad_config naming the file and what is wrong in it; Code::io.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/error.h"
#include "exporter/emr/sql_lookup.h"
#include "exporter/emr/sql_parts.h"
#include "exporter/policy/patient_facts.h"

namespace exporter {

// A field and its text, for one entry of each row.
struct SqlEntryTemplate {
  std::vector<std::pair<std::string, std::string>> fields;
};

app::Result<std::vector<SqlEntryTemplate>> read_entry_templates(const std::filesystem::path& file);

struct SqlShape {
  const SqlLookups* lookups = nullptr;
  std::vector<SqlEntryTemplate> entries;  // empty: a row is one entry
  app::Date today;                        // the day the data speak of, around which appointments repeat
  const EntryRule* withheld = nullptr;    // null: no sensitivity keeps a row out
  PatientFacts* facts = nullptr;          // of the patient whose rows are read
};

// Makes the reader of the columns that are left once the row has its shape.
using MakeInnerReader = std::function<app::Result<std::unique_ptr<PartReader>>(const std::vector<std::string>& columns)>;

// How far from today the days of a repeating appointment are told.
inline constexpr int kRepeatsBefore_d = 30;
inline constexpr int kRepeatsAfter_d = 366;

// Whether any column or text is more than a field's own cell.
bool needs_shape(std::string_view part, const std::vector<std::string>& columns, const std::vector<SqlEntryTemplate>& entries);

app::Result<std::unique_ptr<PartReader>> make_shaped_reader(std::string_view part, const std::string& file,
                                                            const std::vector<std::string>& columns, const SqlShape& shape,
                                                            const MakeInnerReader& make_inner);

}  // namespace exporter
