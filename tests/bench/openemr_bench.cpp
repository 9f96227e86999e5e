// A whole night on a practice's OpenEMR (invented; about 280 rows a patient, filed in the order of time as in a
// real one) against what an administrator would do instead: dump, compress, encrypt; and the reading alone against
// the dump alone.
//
// Usage:   openemr_bench [PATIENTS]      (50000 unless named)
//          A server of its own is started on a socket in the temporary folder, and gone afterwards.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/bench/server_yardstick.h"
#include "tests/openemr_fixture.h"
#include "tests/temporary_folder.h"

namespace {

using bench::measure;
using bench::Measured;
using tests::ServerKind;
using tests::SqlServer;

constexpr int kRounds = 2;

// How often a patient is met in each table, and the rows: `seq` counts from 1, PATIENT is whom row `seq` is about.
struct Rows {
  int per_patient;
  const char* insert;
};

constexpr Rows kRows[] = {
    {1,
     "INSERT INTO patient_data (id, pid, pubpid, title, fname, mname, lname, DOB, sex, language, street, city, "
     "state, postal_code, phone_home, "
     "phone_cell, contact_relationship, phone_contact, providerID) SELECT seq, seq, CONCAT('P', 100000 + seq), "
     "'Ms.', CONCAT('Given', seq % 997), 'M.', "
     "CONCAT('Family', seq % 7919), '1940-01-01' + INTERVAL (seq * 7919 % 29000) DAY, IF(seq % 2, 'Female', "
     "'Male'), 'English', "
     "CONCAT(seq % 900 + 1, ' Elm Street'), 'Springfield', 'IL', '62701', CONCAT('555-', 1000000 + seq), "
     "CONCAT('556-', 1000000 + seq), "
     "CONCAT('Spouse of ', seq), CONCAT('557-', 1000000 + seq), 1 + seq % 20"},
    {14,
     "INSERT INTO lists (pid, date, type, title, begdate, enddate, activity, diagnosis, reaction, severity_al, "
     "user, comments) SELECT PATIENT, "
     "TIMES, ELT(1 + seq % 4, 'allergy', 'medical_problem', 'medication', 'medical_problem'), CONCAT('Issue number "
     "', seq % 500, ' of the usual kind'), "
     "TIMES, IF(seq % 3, NULL, TIMES + INTERVAL 90 DAY), 1, CONCAT('ICD10:E', 10 + seq % 80, '.', seq % 10), "
     "'hives', 'severe', 'staff1', ''"},
    {2,
     "INSERT INTO lists_touch (pid, type, date) SELECT PATIENT, ELT(1 + seq % 3, 'allergy', 'medication', "
     "'medical_problem'), TIMES"},
    {12,
     "INSERT INTO prescriptions (patient_id, drug, form, dosage, size, unit, `interval`, active, provider_id, "
     "start_date, quantity, refills, note, "
     "rxnorm_drugcode, route, date_added) SELECT PATIENT, CONCAT('drug ', seq % 800, ' tablets'), 2, '1', '20', 1, "
     "9, seq % 2, 1 + seq % 20, TIMES, '30', 3, "
     "'with food', 100000 + seq % 800, '1', TIMES"},
    {10,
     "INSERT INTO immunizations (patient_id, administered_date, cvx_code, completion_status, lot_number, "
     "administered_by_id, manufacturer) SELECT PATIENT, "
     "TIMES, CONCAT(1 + seq % 200), 'Completed', CONCAT('L', seq % 1000), 1 + seq % 20, 'MSD'"},
    {20,
     "INSERT INTO form_encounter (id, pid, encounter, date, reason, provider_id, facility_id, sensitivity) SELECT "
     "seq, PATIENT, seq, TIMES, 'Follow-up of blood "
     "pressure and medication', 1 + seq % 20, 3, 'normal'"},
    {20,
     "INSERT INTO forms (pid, encounter, formdir, form_name, form_id, date, user, deleted) SELECT PATIENT, seq, "
     "'newpatient', 'New Patient Encounter', seq, TIMES, "
     "'staff1', 0"},
    {15,
     "INSERT INTO forms (pid, encounter, formdir, form_name, form_id, date, user, deleted) SELECT PATIENT, seq, "
     "'vitals', 'Vitals', seq, TIMES, 'staff1', 0"},
    {15,
     "INSERT INTO form_vitals (id, pid, date, bps, bpd, weight, height, temperature, pulse, respiration, BMI, "
     "oxygen_saturation) SELECT seq, PATIENT, TIMES, "
     "110 + seq % 50, 60 + seq % 30, 150 + seq % 90, 68, 98.6, 60 + seq % 40, 16, 24.5, 98"},
    {8,
     "INSERT INTO forms (pid, encounter, formdir, form_name, form_id, date, user, deleted) SELECT PATIENT, seq, "
     "'soap', 'SOAP', seq, TIMES, 'staff1', 0"},
    {8,
     "INSERT INTO form_soap (id, pid, date, subjective, objective, assessment, plan) SELECT seq, PATIENT, TIMES, "
     "'Feels well today, no new complaints, sleeps well.', "
     "'Lungs clear, heart regular.', 'Hypertension, well controlled.', 'Continue, come again in three months.'"},
    {12,
     "INSERT INTO procedure_order (procedure_order_id, patient_id, date_ordered, order_status, provider_id) SELECT "
     "seq, PATIENT, TIMES, 'complete', 1 + seq % 20"},
    {12,
     "INSERT INTO procedure_order_code SELECT seq, 1, 'CMP', ELT(1 + seq % 3, 'Comprehensive metabolic panel', "
     "'Blood count', 'Lipid panel') FROM SEQUENCE"},
    {12,
     "INSERT INTO procedure_report (procedure_report_id, procedure_order_id, procedure_order_seq, date_collected, "
     "date_report, report_status) SELECT seq, seq, 1, "
     "TIMES, TIMES + INTERVAL 9 HOUR, 'final'"},
    {96,
     "INSERT INTO procedure_result (procedure_report_id, result_code, result_text, date, units, result, `range`, "
     "abnormal, result_status) SELECT 1 + (seq - 1) DIV 8, "
     "CONCAT(2000 + seq % 40, '-7'), ELT(1 + seq % 8, 'Glucose', 'Sodium', 'Potassium', 'Creatinine', 'Calcium', "
     "'Albumin', 'Bilirubin', 'Chloride'), TIMES, 'mg/dL', "
     "60 + seq % 100, '70-99', IF(seq % 6, 'no', 'high'), 'final'"},
    {16,
     "INSERT INTO openemr_postcalendar_events (pc_pid, pc_aid, pc_catid, pc_title, pc_eventDate, pc_startTime, "
     "pc_duration, pc_apptstatus, pc_facility) SELECT "
     "PATIENT, 1 + seq % 20, 5, 'Office Visit', TIMES, '09:15:00', 900, '>', 3"},
    {3,
     "INSERT INTO insurance_data (type, pid, provider, plan_name, policy_number, date) SELECT ELT(1 + (seq - 1) % "
     "3, 'primary', 'secondary', 'tertiary'), "
     "1 + (seq - 1) DIV 3, IF(seq % 3 = 1, '70', ''), IF(seq % 3 = 1, 'Gold', ''), CONCAT('M', seq), '2020-01-01'"},
    {1,
     "INSERT INTO history_data (pid, date, tobacco, alcohol, history_mother) SELECT seq, '2024-01-01', "
     "'|nevertobacco||4', '|neveralcohol|', 'Diabetes'"},
    {3,
     "INSERT INTO documents (id, url, mimetype, owner, foreign_id, docdate, name) SELECT seq, "
     "CONCAT('file:///x/documents/', PATIENT, '/', seq, '.pdf'), "
     "'application/pdf', 1 + seq % 20, PATIENT, TIMES, CONCAT('Letter ', seq)"},
};

constexpr const char* kStaff =
    "INSERT INTO users (id, username, fname, lname) SELECT seq, CONCAT('staff', seq), 'Ada', CONCAT('Green', seq) "
    "FROM seq_1_to_20; INSERT INTO facility VALUES (3, 'Main Street "
    "Clinic'); INSERT INTO openemr_postcalendar_categories VALUES (5, 'Office Visit'); INSERT INTO list_options "
    "(list_id, option_id, title) VALUES ('drug_form', '2', 'tablet'), "
    "('drug_units', '1', 'mg'), ('drug_interval', '9', 'Daily'), ('drug_route', '1', 'by mouth'), ('reaction', "
    "'hives', 'Hives'), ('apptstat', '>', '> Checked out'); INSERT INTO "
    "insurance_companies VALUES (70, 'Prairie Mutual'); INSERT INTO codes (code, code_type, code_text) SELECT seq, "
    "100, CONCAT('Vaccine ', seq) FROM seq_1_to_200;";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

std::uint64_t make_rows(SqlServer& server, const std::string& database, std::uint64_t patients) {
  server.run("SET GLOBAL innodb_buffer_pool_size = 2147483648; SET GLOBAL innodb_log_file_size = 536870912");
  server.run(tests::openemr_tables(tests::OpenEmrVersion::v8) + kStaff, database);
  std::uint64_t all = 0;
  for (const Rows& rows : kRows) {
    const std::uint64_t count = patients * static_cast<std::uint64_t>(rows.per_patient);
    const std::string sequence = "seq_1_to_" + std::to_string(count);
    std::string sql = rows.insert;
    sql = sql.find("FROM SEQUENCE") == std::string::npos ? sql + " FROM " + sequence
                                                         : replaced(sql, "SEQUENCE", sequence);
    sql = replaced(sql, "PATIENT", "(1 + CRC32(seq) % " + std::to_string(patients) + ")");
    sql = replaced(sql, "TIMES", "('2010-01-01' + INTERVAL (seq * 7884000 DIV " + std::to_string(count) + ") MINUTE)");
    server.run("SET sql_mode = ''; SET unique_checks = 0; " + sql, database);
    all += count;
  }
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t patients = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 50'000;
  const tests::TemporaryFolder folder;
  SqlServer& server = SqlServer::shared(ServerKind::mariadb);
  const std::string database = server.make_database();
  const auto start = std::chrono::steady_clock::now();
  const std::uint64_t rows = make_rows(server, database, patients);
  const std::chrono::duration<double> made = std::chrono::steady_clock::now() - start;
  std::printf("%lu patients, %lu rows (made in %.0f s)\n", static_cast<unsigned long>(patients),
              static_cast<unsigned long>(rows), made.count());

  const exporter::Options options = bench::make_practice_folder(folder.path(), "openemr", server.url(database));
  const exporter::SqlSourceOrder order{options.emr.pack, options.emr.url, folder.path(), folder.path()};
  const std::string dump_line = bench::dump_command(server, database);
  Measured dump, read, safe, whole;
  for (int round = 0; round < kRounds; ++round) {
    dump.take(measure(server, [&] { return bench::shell(dump_line + " > /dev/null"); }));
    safe.take(measure(server, [&] { return bench::shell(bench::safe_dump_command(dump_line, folder.path())); }));
    read.take(measure(server, [&] { return bench::read_charts(order, patients); }));
    whole.take(measure(server, [&] { return bench::run_night(options); }));
  }
  bench::tell(static_cast<double>(rows), dump, read, safe, whole);
  return 0;
}
