// A line of PostgreSQL's COPY, taken apart where it lies.
//
// Source:  postgresql.org: COPY, "Text Format".
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "exporter/emr/sql_rows.h"

namespace exporter {

// padded: character(n), whose blanks at the end mean nothing.
enum class PostgresqlForm : std::uint8_t { text, integer, padded };

// False when the line has more or fewer cells than `forms`. The bytes are changed; the row points into them.
bool read_copy_line(char* bytes, std::size_t size, const std::vector<PostgresqlForm>& forms, std::vector<SqlValue>& row);

}  // namespace exporter
