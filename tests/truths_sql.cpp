// The truths as rows of the invented practice's database.
#include <gtest/gtest.h>

#include <map>

#include "exporter/practice/tables.h"
#include "tests/truths.h"

namespace tests {
namespace {

using exporter::Cell;
using exporter::Table;

class SqlWriter {
 public:
  explicit SqlWriter(const std::filesystem::path& file) : tables_(open(file)) {}

  void write(const Truth& truth, std::int64_t id) {
    id_ = id;
    const Cell dead = truth.dead ? Cell(1) : Cell("");
    tables_.append(Table::patients, {id, truth.mrn, truth.sex, "", truth.born, dead, truth.died, truth.language, "", ""});
    for (const NameFact& name : truth.names) {
      row(Table::names, {name.use, "", name.prefix, name.given, name.family, name.suffix, name.whole});
    }
    for (const std::string& phone : truth.phones) row(Table::phones, {"phone", "", phone});
    for (const AllergyFact& one : truth.allergies) {
      row(Table::allergies, {one.agent, "", "", one.category, one.criticality, one.reaction, one.severity, one.status,
                             one.verification, one.onset, one.recorded, "", one.note});
    }
    for (const std::string& section : truth.none_known) row(Table::none_known, {section, "2026-01-05"});
    for (const DrugFact& one : truth.drugs) drug(one);
    for (const ProblemFact& one : truth.problems) {
      const int diagnosis = number_of(Table::diagnoses, one.name + one.icd10, {one.name, one.icd10, ""});
      row(Table::problems, {diagnosis, "", one.status, one.verification, one.onset, one.resolved, "", "", one.note});
    }
    for (const FindingFact& one : truth.results) result(one);
    for (const FindingFact& one : truth.vitals) {
      row(Table::vitals, {number_of(Table::vital_kinds, one.name + one.unit, {one.name, one.loinc, one.unit}), one.value, one.when});
    }
    for (const FindingFact& one : truth.habits) row(Table::social, {one.name, one.loinc, one.value, one.when});
    for (const FindingFact& one : truth.pregnancy) row(Table::pregnancies, {one.name, one.loinc, one.value, one.when});
    events(truth);
    for (const NoteFact& one : truth.notes) row(Table::notes, {"", one.title, "current", one.written, "", one.body});
    for (const WordFact& one : truth.alerts) row(Table::flags, {one.text, one.category, one.active ? 1 : 0, one.since, "", one.note});
    for (const WordFact& one : truth.directives) row(Table::directives, {one.text, one.category, one.active ? 1 : 0, one.since, "", one.note});
    for (const WordFact& one : truth.relatives) row(Table::family, {one.category, one.text, one.note, one.since});
    for (const WordFact& one : truth.plans) row(Table::plans, {one.category, one.text, one.active ? 1 : 0, one.since, "", one.note});
  }

  void close() { EXPECT_TRUE(tables_.close().ok()); }

 private:
  static exporter::Tables open(const std::filesystem::path& file) {
    auto tables = exporter::Tables::create(file, exporter::PracticeDialect::sqlite);
    if (!tables.ok()) std::abort();
    return std::move(tables).value();
  }

  void row(Table table, std::initializer_list<Cell> cells) { tables_.append(table, id_, cells); }

  // The number of a row that patients share; made when it is first asked for.
  int number_of(Table table, const std::string& key, std::vector<Cell> cells) {
    if (key.empty()) return 0;
    auto& numbers = numbers_[table];
    const auto [known, is_new] = numbers.emplace(key, static_cast<int>(numbers.size()) + 1);
    const Cell number = known->second;
    if (!is_new) return known->second;
    if (cells.size() == 1) tables_.append(table, {number, cells[0], "", "", ""});
    if (cells.size() == 3) tables_.append(table, {number, cells[0], cells[1], cells[2]});
    if (cells.size() == 4) tables_.append(table, {number, cells[0], cells[1], cells[2], cells[3]});
    if (cells.size() == 7) tables_.append(table, {number, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]});
    return known->second;
  }
  Cell staff(const std::string& name) { return name.empty() ? Cell("") : Cell(number_of(Table::staff, name, {name})); }

  void drug(const DrugFact& one) {
    const int number = number_of(Table::drugs, one.name + one.rxnorm + one.route, {one.name, one.rxnorm, "", "", "", "", one.route});
    row(Table::prescriptions, {number, one.dose, one.frequency, one.instructions, one.as_needed ? Cell(1) : Cell(""), "", "", one.reason,
                               one.status, one.started, "", "", one.note});
  }
  void result(const FindingFact& one) {
    const int test = number_of(Table::tests, one.name + one.unit, {"", one.name, one.loinc, one.unit});
    row(Table::lab_results, {test, one.value, one.range, one.flag, "final", one.when, "", "", one.note});
  }
  void events(const Truth& truth) {
    for (const EventFact& one : truth.vaccinations) {
      row(Table::immunizations, {number_of(Table::vaccines, one.what, {one.what, "999", ""}), one.start, one.status, one.reason, "", "",
                                 one.place, "", staff(one.who), ""});
    }
    for (const EventFact& one : truth.procedures) {
      row(Table::procedures, {one.what, "", one.status, one.start, one.place, one.reason, one.who, one.note});
    }
    for (const EventFact& one : truth.visits) {
      row(Table::visits, {one.what, one.status, one.start, "", one.reason, staff(one.who), one.place});
    }
    for (const EventFact& one : truth.appointments) {
      row(Table::appointments, {one.what, one.status, one.start, "", staff(one.who), one.place, one.reason, one.note});
    }
  }

  exporter::Tables tables_;
  std::int64_t id_ = 0;
  std::map<Table, std::map<std::string, int>> numbers_;
};

}  // namespace

void write_sql(const std::vector<Truth>& all, const std::filesystem::path& database) {
  SqlWriter writer(database);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].not_in_sql.empty()) writer.write(all[i], static_cast<std::int64_t>(i + 1));
  }
  writer.close();
}

}  // namespace tests
