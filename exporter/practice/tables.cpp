#include "exporter/practice/tables.h"

#include <array>
#include <system_error>

#include "exporter/practice/table_store.h"

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

// In the order of Table.
constexpr TableLayout kLayouts[] = {
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
    {"family_history", true, "relative TEXT, illness TEXT, age TEXT, noted TEXT"},
    {"plans", true, "kind TEXT, title TEXT, active INTEGER, begun TEXT, staff_id INTEGER, note TEXT"},
    {"visits", true,
     "kind TEXT, status TEXT, started TEXT, ended TEXT, reason TEXT, staff_id INTEGER, room TEXT"},
    {"notes", true, "visit_line INTEGER, title TEXT, status TEXT, written TEXT, staff_id INTEGER, body TEXT"},
    {"appointments", true,
     "kind TEXT, status TEXT, starts TEXT, minutes INTEGER, staff_id INTEGER, room TEXT, reason TEXT, note TEXT"},
    {"documents", true, "title TEXT, status TEXT, filed TEXT, staff_id INTEGER, media_type TEXT, note TEXT, file TEXT"},
};
static_assert(std::size(kLayouts) == static_cast<std::size_t>(Table::documents) + 1);

}  // namespace

struct Tables::State {
  std::unique_ptr<TableStore> store;
  std::array<PatientLine, std::size(kLayouts)> last{};
};

Tables::Tables(std::unique_ptr<State> state) : state_(std::move(state)) {}
Tables::~Tables() = default;
Tables::Tables(Tables&&) noexcept = default;
Tables& Tables::operator=(Tables&&) noexcept = default;

Result<Tables> Tables::create(const std::filesystem::path& file, PracticeDialect dialect) {
  std::error_code none;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, none))) {
    return Error{Code::bad_config, file.string() + " exists already; it is not overwritten.", ""};
  }
  auto state = std::make_unique<State>();
  if (dialect == PracticeDialect::sqlite) {
    TRY_GET(state->store, make_sqlite_store(file, kLayouts));
  } else {
    TRY_GET(state->store, make_script_store(file, dialect, kLayouts));
  }
  return Tables(std::move(state));
}

void Tables::append(Table table, std::initializer_list<Cell> cells) {
  state_->store->append(static_cast<std::size_t>(table), std::nullopt, cells);
}

void Tables::append(Table table, std::int64_t patient, std::initializer_list<Cell> cells) {
  const auto at = static_cast<std::size_t>(table);
  PatientLine& last = state_->last[at];
  last = {patient, last.patient == patient ? last.line + 1 : 1};
  state_->store->append(at, last, cells);
}

Result<Done> Tables::close() { return state_->store->close(); }

}  // namespace exporter
