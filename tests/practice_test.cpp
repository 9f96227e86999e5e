#include "exporter/practice/practice.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "app/record/chart_json.h"
#include "exporter/practice/medicine.h"
#include "tests/house_places.h"
#include "tests/sql_fixture.h"

namespace {

namespace fs = std::filesystem;
using test::read_all;
using test::SqlFolder;

constexpr const char* kToday = "2026-11-22";

exporter::SqlSourceOrder pack_order(const SqlFolder& folder) {
  auto order = folder.order();
  order.pack = std::string(tests::kHouseRoot) + "/templates/emr/practice";
  return order;
}

test::AllCharts practice(std::int64_t patients, std::uint64_t seed) {
  SqlFolder folder;
  const auto made = exporter::make_practice({patients, seed, folder.path() / "emr.db", kToday});
  EXPECT_TRUE(made.ok()) << made.error().detail;
  auto all = read_all(pack_order(folder));
  EXPECT_TRUE(all.ok) << all.error.what << all.error.detail;
  return all;
}

// One practice for all the tests that only look at it.
const test::AllCharts& thousand() {
  static const test::AllCharts all = practice(1500, 7);
  return all;
}

std::string json_of(const test::AllCharts& all) {
  std::string json;
  for (const auto& chart : all.charts) app::format_chart(chart, json), json += '\n';
  return json;
}

int age_of(const app::Chart& chart) {
  const auto today = app::read_date(kToday);
  if (!chart.birth_date.is_known()) return -1;
  return app::years_between(chart.birth_date.value(), today.value());
}

const exporter::Drug* drug_called(const std::string& text) {
  for (const auto& drug : exporter::drugs()) {
    if (text == drug.text) return &drug;
  }
  return nullptr;
}

TEST(Practice, TheSameSeedGivesTheSameChartsAndAnotherGivesOthers) {
  const std::string once = json_of(practice(120, 3));
  EXPECT_EQ(once, json_of(practice(120, 3)));
  EXPECT_NE(once, json_of(practice(120, 4)));
}

TEST(Practice, AllThatWasMadeIsReadAndNothingIsUnreadable) {
  const auto& all = thousand();
  EXPECT_EQ(all.charts.size(), 1500u);
  EXPECT_EQ(all.report.skipped, 0u);
  EXPECT_EQ(all.report.unreadable, 0u);
  double rows = 0;
  for (const auto& [section, count] : all.report.entries) rows += static_cast<double>(count);
  EXPECT_GT(rows / 1500, 42);
  EXPECT_LT(rows / 1500, 75);
}

TEST(Practice, EverySectionStandsInSomeChart) {
  for (const app::SectionInfo& section : app::kSections) {
    EXPECT_GT(thousand().report.entries.count(std::string(section.id)), 0u) << section.id;
  }
}

TEST(Practice, EveryScriptStandsInSomeNameBesideOneInLatinLetters) {
  std::set<std::string> scripts;
  for (const auto& chart : thousand().charts) {
    ASSERT_FALSE(chart.names.empty());
    EXPECT_EQ(chart.names[0].script, "Latn");
    for (const auto& name : chart.names) scripts.insert(name.script);
  }
  for (const char* script : {"Latn", "Cyrl", "Grek", "Arab", "Hebr", "Hani", "Kana", "Hang", "Deva", "Beng", "Taml", "Thai",
                             "Ethi", "Geor", "Armn"}) {
    EXPECT_TRUE(scripts.contains(script)) << script;
  }
}

TEST(Practice, NobodyIsPregnantWhoCannotBe) {
  int pregnant = 0;
  for (const auto& chart : thousand().charts) {
    for (const auto& entry : chart.pregnancy.entries) {
      EXPECT_EQ(chart.sex, "Female") << chart.mrn;
      if (entry.value != "Pregnant") continue;
      ++pregnant;
      EXPECT_NE(chart.deceased, true) << chart.mrn;
      const int age = age_of(chart);
      EXPECT_TRUE(age == -1 || (age >= 17 && age <= 44)) << chart.mrn << " is " << age;
      for (const auto& done : chart.procedures.entries) EXPECT_NE(done.text, "Hysterectomy") << chart.mrn;
      for (const auto& medication : chart.medications.entries) {
        const auto* drug = drug_called(medication.text);
        ASSERT_NE(drug, nullptr);
        EXPECT_FALSE(drug->never_in_pregnancy) << chart.mrn << " " << medication.text;
      }
    }
  }
  EXPECT_GT(pregnant, 0);
}

TEST(Practice, NobodyIsGivenWhatTheyAreAllergicTo) {
  std::map<std::string, std::string> family_of;
  for (const auto& allergen : exporter::allergens()) family_of[allergen.text] = allergen.family;
  int both = 0;
  for (const auto& chart : thousand().charts) {
    for (const auto& allergy : chart.allergies.entries) {
      ASSERT_TRUE(family_of.contains(allergy.text)) << allergy.text;
      const std::string family = family_of.at(allergy.text);
      if (family.empty()) continue;
      for (const auto& medication : chart.medications.entries) {
        ++both;
        EXPECT_NE(drug_called(medication.text)->family, family) << chart.mrn << " " << medication.text;
      }
    }
  }
  EXPECT_GT(both, 0);
}

TEST(Practice, AppointmentsLieAroundToday) {
  int today = 0, later = 0, earlier = 0;
  for (const auto& chart : thousand().charts) {
    for (const auto& appointment : chart.appointments.entries) {
      const std::string day = appointment.start.value().iso.substr(0, 10);
      (day == kToday ? today : day > kToday ? later : earlier) += 1;
      EXPECT_FALSE(day >= kToday && chart.deceased == true) << chart.mrn;
      EXPECT_LT(day, "2027-06-01");
    }
  }
  EXPECT_GT(today, 5);
  EXPECT_GT(later, 100);
  EXPECT_GT(earlier, 100);
}

TEST(Practice, NothingHappensBeforeBirthOrAfterDeath) {
  for (const auto& chart : thousand().charts) {
    const std::string born = chart.birth_date.is_known() ? chart.birth_date.value().iso : "";
    const std::string last = chart.deceased_date.is_known() ? chart.deceased_date.value().iso : kToday;
    const auto check = [&](const app::Known<app::Date>& date, const char* what) {
      if (!date.is_known()) return;
      const std::string& iso = date.value().iso;
      const std::size_t known = std::min({iso.size(), born.size(), std::size_t{10}});
      EXPECT_GE(iso.substr(0, known), born.substr(0, known)) << chart.mrn << " " << what;
      const std::size_t lasting = std::min(iso.size(), std::size_t{10});
      EXPECT_LE(iso.substr(0, lasting), last.substr(0, lasting)) << chart.mrn << " " << what;
    };
    for (const auto& e : chart.visits.entries) check(e.start, "visit");
    for (const auto& e : chart.problems.entries) check(e.onset, "problem");
    for (const auto& e : chart.medications.entries) check(e.start, "medication");
    for (const auto& e : chart.immunizations.entries) check(e.date, "immunization");
    for (const auto& e : chart.results.entries) check(e.date, "result");
    for (const auto& e : chart.procedures.entries) check(e.date, "procedure");
  }
}

TEST(Practice, DiabetesShowsInTheLaboratory) {
  int checked = 0;
  for (const auto& chart : thousand().charts) {
    const bool diabetic = std::any_of(chart.problems.entries.begin(), chart.problems.entries.end(), [](const auto& p) { return p.text == "Type 2 diabetes mellitus"; });
    if (diabetic) continue;
    for (const auto& result : chart.results.entries) {
      if (result.text != "Hemoglobin A1c" || result.value.find('.') == std::string::npos) continue;
      ++checked;
      const bool other = std::any_of(chart.problems.entries.begin(), chart.problems.entries.end(), [](const auto& p) { return p.text == "Type 1 diabetes mellitus"; });
      EXPECT_TRUE(other || std::stod(result.value) < 6.3) << chart.mrn;
    }
  }
  EXPECT_GT(checked, 10);
}

TEST(Practice, AllergiesAreKnownToBeNoneOrNotRecordedInSomeCharts) {
  std::map<app::Presence, int> states;
  for (const auto& chart : thousand().charts) ++states[chart.allergies.state];
  EXPECT_GT(states[app::Presence::known], 100);
  EXPECT_GT(states[app::Presence::known_none], 100);
  EXPECT_GT(states[app::Presence::not_recorded], 100);
  EXPECT_EQ(states[app::Presence::not_in_copy], 0);
}

TEST(Practice, FamiliesTwinsAndPeopleOfTheSameNameAreThere) {
  std::map<std::string, std::set<std::string>> born_by_name;
  std::map<std::string, int> twins;
  for (const auto& chart : thousand().charts) {
    if (!chart.birth_date.is_known() || chart.addresses.empty()) continue;
    born_by_name[chart.names[0].family + "," + chart.names[0].given].insert(chart.birth_date.value().iso);
    ++twins[chart.addresses[0].line + chart.names[0].family + chart.birth_date.value().iso];
  }
  EXPECT_TRUE(std::any_of(born_by_name.begin(), born_by_name.end(), [](const auto& n) { return n.second.size() > 1; }));
  EXPECT_TRUE(std::any_of(twins.begin(), twins.end(), [](const auto& t) { return t.second > 1; }));
}

TEST(Practice, AFileThatExistsIsNotOverwritten) {
  SqlFolder folder;
  std::ofstream(folder.path() / "emr.db") << "mine";
  const auto made = exporter::make_practice({5, 1, folder.path() / "emr.db", kToday});
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, app::Code::bad_config);
  EXPECT_EQ(fs::file_size(folder.path() / "emr.db"), 4u);
}

TEST(Practice, AnOrderThatMakesNoSenseLeavesNothingBehind) {
  SqlFolder folder;
  EXPECT_FALSE(exporter::make_practice({0, 1, folder.path() / "emr.db", kToday}).ok());
  EXPECT_FALSE(exporter::make_practice({5, 1, folder.path() / "emr.db", "22/11/2026"}).ok());
  EXPECT_FALSE(exporter::make_practice({5, 1, folder.path() / "none" / "emr.db", kToday}).ok());
  EXPECT_FALSE(fs::exists(folder.path() / "emr.db"));
}

}  // namespace
