// The invented EMR's database: its tables, and rows appended to them patient by patient.
//
// Errors:  create: Code::io, Code::bad_config when the file exists; close: Code::io, Code::no_room. A failed
//          append is remembered and told by close().
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "app/error.h"

namespace exporter {

enum class Table {
  staff, payers, drugs, diagnoses, tests, vital_kinds, vaccines,  // what the rows of patients refer to
  patients, names, phones, addresses, numbers, related, policies, team, flags, directives, allergies, none_known,
  prescriptions, problems, immunizations, lab_results, vitals, procedures, devices, social, pregnancies, family, plans, visits,
  notes, appointments, documents,
};

// Whose database: an SQLite file, or a script of SQL that `mariadb` or `psql` loads.
enum class PracticeDialect { sqlite, mariadb, postgresql };

// A number, a text or nothing; empty text is nothing.
struct Cell {
  bool is_text = true;
  std::int64_t number = 0;
  std::string_view text;

  Cell(int value) : is_text(false), number(value) {}
  Cell(std::int64_t value) : is_text(false), number(value) {}
  Cell(std::string_view value) : text(value) {}
  Cell(const char* value) : text(value != nullptr ? value : "") {}
  Cell(const std::string& value) : text(value) {}
};

class Tables {
 public:
  static app::Result<Tables> create(const std::filesystem::path& file, PracticeDialect dialect);
  ~Tables();
  Tables(Tables&&) noexcept;
  Tables& operator=(Tables&&) noexcept;

  // A row of a table that all patients share, or of `patients`.
  void append(Table table, std::initializer_list<Cell> cells);
  // A row of one patient; the rows of a patient in a table are numbered by themselves.
  void append(Table table, std::int64_t patient, std::initializer_list<Cell> cells);
  app::Result<app::Done> close();

 private:
  struct State;
  explicit Tables(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace exporter
