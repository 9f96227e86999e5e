// The list of patients whose records are withheld: a text file with one record number a line.
//
// Shape:   UTF-8. Blank lines and what follows a '#' are passed by; blanks around a number do not count.
// Errors:  Code::bad_config naming the line, never what stands in it; Code::not_found, Code::io for the file.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>

#include "app/error.h"

namespace exporter {

using PatientList = std::set<std::string, std::less<>>;

app::Result<PatientList> parse_patient_list(std::string_view text);
app::Result<PatientList> read_patient_list(const std::filesystem::path& file);

}  // namespace exporter
