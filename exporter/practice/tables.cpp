#include "exporter/practice/tables.h"

#include <sqlcipher/sqlite3.h>

#include <array>
#include <system_error>

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

struct Layout {
  const char* name;
  bool of_patient;  // begins with patient_id and line, by which it is ordered
  const char* columns;
};

// In the order of Table.
constexpr Layout kLayouts[] = {
    {"staff", false, "id INTEGER PRIMARY KEY, name TEXT, role TEXT, organization TEXT, phone TEXT"},
    {"payers", false, "id INTEGER PRIMARY KEY, name TEXT, phone TEXT"},
    {"drugs", false,
     "id INTEGER PRIMARY KEY, name TEXT, rxnorm TEXT, generic TEXT, brand TEXT, strength TEXT, form TEXT, route TEXT"},
    {"diagnoses", false, "id INTEGER PRIMARY KEY, name TEXT, icd10 TEXT, snomed TEXT"},
    {"tests", false, "id INTEGER PRIMARY KEY, panel TEXT, name TEXT, loinc TEXT, unit TEXT"},
    {"vital_kinds", false, "id INTEGER PRIMARY KEY, name TEXT, loinc TEXT, unit TEXT"},
    {"vaccines", false, "id INTEGER PRIMARY KEY, name TEXT, cvx TEXT, manufacturer TEXT"},
    {"patients", false,
     "id INTEGER PRIMARY KEY, mrn TEXT, sex TEXT, gender TEXT, born TEXT, deceased INTEGER, died TEXT, language TEXT, "
     "interpreter INTEGER, interpreter_note TEXT"},
    {"patient_names", true, "kind TEXT, script TEXT, prefix TEXT, given TEXT, family TEXT, suffix TEXT, whole TEXT"},
    {"phones", true, "kind TEXT, place TEXT, number TEXT"},
    {"addresses", true, "kind TEXT, street TEXT, city TEXT, state TEXT, zip TEXT, country TEXT"},
    {"patient_numbers", true, "label TEXT, issuer TEXT, number TEXT"},
    {"related_people", true,
     "name TEXT, relationship TEXT, emergency INTEGER, guardian INTEGER, phone TEXT, address TEXT, note TEXT"},
    {"policies", true,
     "payer_id INTEGER, rank TEXT, plan TEXT, member TEXT, group_no TEXT, holder TEXT, holder_is TEXT, copay TEXT, "
     "active INTEGER, valid_from TEXT, valid_to TEXT"},
    {"care_teams", true, "staff_id INTEGER, role TEXT, active INTEGER"},
    {"flags", true, "flag TEXT, kind TEXT, active INTEGER, set_on TEXT, staff_id INTEGER, note TEXT"},
    {"directives", true, "directive TEXT, kind TEXT, active INTEGER, signed_on TEXT, staff_id INTEGER, note TEXT"},
    {"allergies", true,
     "agent TEXT, rxnorm TEXT, kind TEXT, category TEXT, criticality TEXT, reaction TEXT, severity TEXT, status TEXT, "
     "verification TEXT, onset TEXT, recorded TEXT, staff_id INTEGER, note TEXT"},
    {"nothing_known", true, "chapter TEXT, asked TEXT"},
    {"prescriptions", true,
     "drug_id INTEGER, dose TEXT, frequency TEXT, instructions TEXT, as_needed INTEGER, quantity TEXT, refills INTEGER, "
     "reason TEXT, status TEXT, started TEXT, ended TEXT, staff_id INTEGER, note TEXT"},
    {"problems", true,
     "diagnosis_id INTEGER, severity TEXT, status TEXT, verification TEXT, onset TEXT, resolved TEXT, recorded TEXT, "
     "staff_id INTEGER, note TEXT"},
    {"immunizations", true,
     "vaccine_id INTEGER, given TEXT, status TEXT, reason TEXT, dose TEXT, lot TEXT, site TEXT, route TEXT, "
     "staff_id INTEGER, told INTEGER"},
    {"lab_results", true,
     "test_id INTEGER, value TEXT, reference TEXT, flag TEXT, status TEXT, taken TEXT, reported TEXT, staff_id INTEGER, "
     "comment TEXT"},
    {"vitals", true, "kind_id INTEGER, value TEXT, taken TEXT"},
    {"procedures", true,
     "name TEXT, snomed TEXT, status TEXT, done TEXT, site TEXT, reason TEXT, surgeon TEXT, note TEXT"},
    {"devices", true, "name TEXT, udi TEXT, status TEXT, implanted TEXT, removed TEXT, note TEXT"},
    {"social_history", true, "topic TEXT, loinc TEXT, answer TEXT, asked TEXT"},
    {"pregnancies", true, "topic TEXT, loinc TEXT, answer TEXT, noted TEXT"},
    {"visits", true,
     "kind TEXT, status TEXT, started TEXT, ended TEXT, reason TEXT, staff_id INTEGER, room TEXT"},
    {"notes", true, "visit_line INTEGER, title TEXT, status TEXT, written TEXT, staff_id INTEGER, body TEXT"},
    {"appointments", true,
     "kind TEXT, status TEXT, starts TEXT, minutes INTEGER, staff_id INTEGER, room TEXT, reason TEXT, note TEXT"},
    {"documents", true, "title TEXT, status TEXT, filed TEXT, staff_id INTEGER, media_type TEXT, note TEXT"},
};
constexpr std::size_t kTables = std::size(kLayouts);
static_assert(kTables == static_cast<std::size_t>(Table::documents) + 1);

std::string create_statement(const Layout& layout) {
  const std::string head = std::string("CREATE TABLE ") + layout.name + "(";
  if (!layout.of_patient) return head + layout.columns + ")";
  return head + "patient_id INTEGER NOT NULL, line INTEGER NOT NULL, " + layout.columns +
         ", PRIMARY KEY (patient_id, line)) WITHOUT ROWID";
}

}  // namespace

struct Tables::State {
  std::filesystem::path file;
  sqlite3* handle = nullptr;
  std::array<sqlite3_stmt*, kTables> insert{};
  std::array<std::int64_t, kTables> last_patient{};
  std::array<std::int64_t, kTables> line{};
  int trouble = SQLITE_OK;
  bool finished = false;

  ~State() {
    end();
    std::error_code none;
    if (!finished && !file.empty()) std::filesystem::remove(file, none);
  }
  void end() {
    for (sqlite3_stmt*& statement : insert) sqlite3_finalize(statement), statement = nullptr;
    sqlite3_close(handle);
    handle = nullptr;
  }
  void note(int rc) {
    if (trouble == SQLITE_OK && rc != SQLITE_OK && rc != SQLITE_DONE) trouble = rc;
  }
  void run(const std::string& sql) { note(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr)); }
  Error failure() const {
    const bool full = (trouble & 0xff) == SQLITE_FULL;
    return {full ? Code::no_room : Code::io, "The practice cannot be written to " + file.string() + ".",
            sqlite3_errstr(trouble)};
  }

  void prepare(std::size_t table) {
    const Layout& layout = kLayouts[table];
    run(create_statement(layout));
    const std::string_view columns = layout.columns;
    std::string sql = std::string("INSERT INTO ") + layout.name + " VALUES(?";
    if (layout.of_patient) sql += ",?,?";
    for (const char c : columns) {
      if (c == ',') sql += ",?";
    }
    note(sqlite3_prepare_v2(handle, (sql + ")").c_str(), -1, &insert[table], nullptr));
  }
  void append(std::size_t table, int at, std::initializer_list<Cell> cells) {
    sqlite3_stmt* statement = insert[table];
    for (const Cell& cell : cells) {
      if (!cell.is_text) {
        sqlite3_bind_int64(statement, at, cell.number);
      } else if (cell.text.empty()) {
        sqlite3_bind_null(statement, at);
      } else {
        sqlite3_bind_text(statement, at, cell.text.data(), static_cast<int>(cell.text.size()), SQLITE_STATIC);
      }
      ++at;
    }
    // A row that does not fit its table is a slip in this folder.
    if (at != sqlite3_bind_parameter_count(statement) + 1) note(SQLITE_RANGE);
    note(sqlite3_step(statement));
    note(sqlite3_reset(statement));
  }
};

Tables::Tables(std::unique_ptr<State> state) : state_(std::move(state)) {}
Tables::~Tables() = default;
Tables::Tables(Tables&&) noexcept = default;
Tables& Tables::operator=(Tables&&) noexcept = default;

Result<Tables> Tables::create(const std::filesystem::path& file) {
  std::error_code none;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, none))) {
    return Error{Code::bad_config, file.string() + " exists already; it is not overwritten.", ""};
  }
  auto state = std::make_unique<State>();
  const int way = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  state->trouble = sqlite3_open_v2(file.c_str(), &state->handle, way, nullptr);
  state->file = file;
  if (state->trouble != SQLITE_OK) return state->failure();
  // Nobody reads it before it is whole, and it can always be made anew.
  state->run("PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;"
             "PRAGMA locking_mode=EXCLUSIVE; BEGIN");
  for (std::size_t table = 0; table < kTables; ++table) state->prepare(table);
  if (state->trouble != SQLITE_OK) return state->failure();
  return Tables(std::move(state));
}

void Tables::append(Table table, std::initializer_list<Cell> cells) {
  state_->append(static_cast<std::size_t>(table), 1, cells);
}

void Tables::append(Table table, std::int64_t patient, std::initializer_list<Cell> cells) {
  const auto at = static_cast<std::size_t>(table);
  std::int64_t& line = state_->line[at];
  line = state_->last_patient[at] == patient ? line + 1 : 1;
  state_->last_patient[at] = patient;
  sqlite3_bind_int64(state_->insert[at], 1, patient);
  sqlite3_bind_int64(state_->insert[at], 2, line);
  state_->append(at, 3, cells);
}

Result<Done> Tables::close() {
  state_->run("COMMIT");
  if (state_->trouble != SQLITE_OK) return state_->failure();
  state_->end();
  state_->finished = true;
  return Done{};
}

}  // namespace exporter
