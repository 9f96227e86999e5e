// [policy] of nightchart.toml.
//
// Shape:   see `nightchart init`. A key that is not there leaves the default.
// Errors:  Code::bad_config naming the file and the key; what read_patient_list() says.
#pragma once

#include <filesystem>
#include <string>

#include "app/error.h"
#include "app/record/json.h"
#include "exporter/policy/policy.h"

namespace exporter {

// `json` is the table, or absent. The list of patients is not read yet.
app::Result<Policy> read_policy(const std::filesystem::path& file, app::Json json);
// The same as text, every key with a comment.
std::string format_policy(const Policy& policy);

}  // namespace exporter
