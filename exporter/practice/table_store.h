// Where the rows of an invented practice go: an SQLite file, or a script that a server's own program loads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>

#include "app/error.h"
#include "exporter/practice/tables.h"

namespace exporter {

struct TableLayout {
  const char* name;
  bool of_patient;      // begins with patient_id and line, by which it is ordered
  const char* columns;  // "id INTEGER PRIMARY KEY, name TEXT"
};

// The first two cells of a row of a patient.
struct PatientLine {
  std::int64_t patient;
  std::int64_t line;
};

class TableStore {
 public:
  virtual ~TableStore() = default;
  // A failed append is remembered and told by close().
  virtual void append(std::size_t table, const std::optional<PatientLine>& of, std::initializer_list<Cell> cells) = 0;
  virtual app::Result<app::Done> close() = 0;
};

app::Result<std::unique_ptr<TableStore>> make_sqlite_store(const std::filesystem::path& file,
                                                           std::span<const TableLayout> layouts);
app::Result<std::unique_ptr<TableStore>> make_script_store(const std::filesystem::path& file, PracticeDialect dialect,
                                                           std::span<const TableLayout> layouts);

}  // namespace exporter
