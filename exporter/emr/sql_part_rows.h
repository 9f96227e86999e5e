// Rows on their way, without those of other parts' patients: they are let go before anything is made of them.
//
// A row that names no patient stays, in every part: whose it was nobody knows.
#pragma once

#include <cstdint>
#include <memory>

#include "exporter/emr/part_keys.h"
#include "exporter/emr/sql_rows.h"

namespace exporter {

// The rows themselves when all patients are read. `left_out` counts those that were let go; it and `keys` outlive the rows.
std::unique_ptr<SqlRows> without_other_parts(std::unique_ptr<SqlRows> rows, PartKeys& keys, std::uint64_t& left_out);

}  // namespace exporter
