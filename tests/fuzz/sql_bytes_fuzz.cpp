// What servers and the writers of packs give: a line of PostgreSQL's COPY, UTF-16 of an ODBC driver, a SELECT with choices,
// an EMR's url. The first byte says how many cells a line should have.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "exporter/emr/odbc_text.h"
#include "exporter/emr/postgresql_text.h"
#include "exporter/emr/sql_template.h"
#include "exporter/emr/sql_url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);

  std::string line = bytes;
  std::vector<exporter::PostgresqlForm> forms(data[0] % 8);
  for (std::size_t i = 0; i < forms.size(); ++i) forms[i] = static_cast<exporter::PostgresqlForm>(i % 3);
  std::vector<exporter::SqlValue> row;
  if (exporter::read_copy_line(line.data(), line.size(), forms, row)) {
    for (const exporter::SqlValue& value : row) {
      if (value.text.size() > line.size()) std::abort();
    }
  }

  std::vector<unsigned short> units(bytes.size() / 2);
  if (!units.empty()) std::memcpy(units.data(), bytes.data(), units.size() * 2);
  std::string utf8;
  exporter::append_utf8(units.data(), units.size(), utf8);
  (void)exporter::make_utf16(bytes);

  exporter::SqlSurroundings around{"mariadb", {}};
  around.catalogue.tables["lists"].columns = {"id"};
  (void)exporter::fill_sql(bytes, "allergies.sql", around);
  (void)exporter::read_sql_head(bytes);
  (void)exporter::parse_sql_url(bytes);
  return 0;
}
