// A PostgreSQL server, read by COPY over one connection.
#pragma once

#include <memory>
#include <string>

#include "app/error.h"
#include "exporter/emr/sql_rows.h"
#include "exporter/emr/sql_url.h"

namespace exporter {

app::Result<std::unique_ptr<SqlDatabase>> open_postgresql(const SqlUrl& url, const SqlLogin& login, const std::string& password);

}  // namespace exporter
