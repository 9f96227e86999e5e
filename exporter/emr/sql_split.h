// Rows that give several entries each, as of an EMR that keeps all of a patient's vital signs of a day in one row.
//
// Shape:   a column "1.value" is the value of the first entry of the row, "2.value" that of the second; columns without a
//          number belong to all. An entry of which every numbered column is empty is none.
#pragma once

#include <memory>

#include "exporter/emr/sql_rows.h"

namespace exporter {

// The rows themselves when no column has a number.
std::unique_ptr<SqlRows> with_entries_apart(std::unique_ptr<SqlRows> rows);

}  // namespace exporter
