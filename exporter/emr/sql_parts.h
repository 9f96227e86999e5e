// The parts of a chart that a mapping pack can give, one SQL file each: the patient's own particulars,
// what there may be several of, the sections, and the statements that a section is known to be empty.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/record/chart.h"
#include "exporter/emr/sql_columns.h"
#include "exporter/emr/sql_rows.h"

namespace exporter {

inline constexpr std::string_view kPatientColumn = "patient";
// In its order the rows of one patient in one file are told, where Nightchart sorts them.
inline constexpr std::string_view kPositionColumn = "position";
inline constexpr std::string_view kPatients = "patients";
inline constexpr std::string_view kStates = "states";

// "patients", "identifiers", "names", "telecom", "addresses", every section's id, "states".
const std::vector<std::string>& part_names();
bool is_section(std::string_view part);
// The columns of a part besides "patient"; empty for a part that does not exist.
std::vector<std::string> columns_of(std::string_view part);

// Puts the rows of one query into charts.
class PartReader {
 public:
  virtual ~PartReader() = default;
  // False when the row holds nothing but its patient.
  virtual bool add(const SqlValue* row, app::Chart& chart) const = 0;
};

// Where the EMR keeps a document.
struct DocumentPlace {
  std::string path;
  std::string facts;       // what of the row changes with its bytes
  std::string encryption;  // empty: none; "openemr": see openemr_drive.h
};

// Is handed every document with its place; fills in where its pages are.
using OfferDocument = std::function<void(const app::Chart& chart, app::Document& document, const DocumentPlace& place)>;

// Errors:  Code::bad_config naming `file` and the columns that no field is called, or that is missing.
app::Result<std::unique_ptr<PartReader>> make_part_reader(std::string_view part, const std::string& file,
                                                          const std::vector<std::string>& columns,
                                                          const SqlTimes& times = {},
                                                          const OfferDocument& offer = {});

}  // namespace exporter
