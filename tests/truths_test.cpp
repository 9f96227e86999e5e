// What an EMR says comes out the same whichever form it is read from, through the whole night and `show --json`.
#include "tests/truths.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "app/record/chart_json.h"
#include "tests/command.h"

namespace tests {

const std::vector<Truth>& truths() {
  static const std::vector<Truth> all = [] {
    std::vector<Truth> made = truths_of_people();
    for (Truth& truth : truths_of_medicine()) made.push_back(std::move(truth));
    // One of everything, so that every section was exported; see truths_fhir.cpp.
    made.push_back({.trap = "one of everything",
                    .allergies = {{"Dust"}}, .drugs = {{"Aspirin", "", "", "", "", "", "active", "2020-01-01", "", ""}}, .problems = {{"Asthma", "J45", "active", "", "", "", ""}},
                    .results = {{"Sodium", "2951-2", "140", "mmol/L", "", "", "2026-01-05", ""}}, .vitals = {{"Pulse", "8867-4", "60", "/min", "", "", "2026-01-05", ""}},
                    .habits = {{"Tobacco use", "72166-2", "never", "", "", "", "2026-01-05", ""}}, .vaccinations = {{"Measles", "completed", "1990", "", "", "", ""}},
                    .procedures = {{"Cast", "completed", "1990", "", "", "", ""}}, .visits = {{"Visit", "finished", "1990", "", "", "", ""}},
                    .appointments = {{"Visit", "booked", "2027-01-01T09:00:00", "", "", "", ""}}, .notes = {{"Note", "1990", "Body"}},
                    .alerts = {{"Deaf", "note", "1990", ""}}, .directives = {{"Living will", "Advance directive", "1990", ""}},
                    .relatives = {{"Asthma", "Father", "1990", "9"}}, .plans = {{"Walk daily", "Goal", "1990", ""}},
                    .must = {"Dust", "Walk daily"}});
    return made;
  }();
  return all;
}

namespace {

// The charts of one night by the patient's key, as `show --all --json` prints them.
std::map<std::string, std::string> shown(const fs::path& folder, const std::string& emr) {
  write(folder / "phrase", "lantern copper window seven\n");
  const Outcome night =
      run("set -e; cd '" + folder.string() + "'; $NIGHTCHART init practice --name Elm --time-zone America/New_York --keyholder desk --passphrase-file phrase " +
          emr + " --copies \"$PWD/copies\" >/dev/null; sed -i '/^\\[paper\\]/,/^enabled/s/^enabled = true/enabled = false/' practice/nightchart.toml; "
          "$NIGHTCHART night --config practice/nightchart.toml >/dev/null || [ $? = 3 ]; $NIGHTCHART show copies --all --json --passphrase-file phrase");
  EXPECT_EQ(night.exit_code, 0) << night.err;
  std::map<std::string, std::string> charts;
  std::istringstream lines(night.out);
  for (std::string line; std::getline(lines, line);) {
    const auto chart = app::parse_chart(line);
    EXPECT_TRUE(chart.ok()) << line;
    if (chart.ok()) charts[chart.value().emr_key] = line;
  }
  return charts;
}

class Truths : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const TemporaryFolder fhir, sql;
    fs::create_directory(fhir.path() / "export");
    write_fhir(truths(), fhir.path() / "export");
    write_sql(truths(), sql.path() / "emr.sqlite");
    from_fhir_ = new auto(shown(fhir.path(), "--emr-kind fhir-bulk --path \"$PWD/export\""));
    from_sql_ = new auto(shown(sql.path(), "--emr-kind sql --pack practice --url \"sqlite://$PWD/emr.sqlite\""));
  }
  static void TearDownTestSuite() { delete from_fhir_, delete from_sql_; }

  static std::map<std::string, std::string>*from_fhir_, *from_sql_;
};
std::map<std::string, std::string>* Truths::from_fhir_ = nullptr;
std::map<std::string, std::string>* Truths::from_sql_ = nullptr;

// Fields that one of the two forms has no place for, or has another word for: left out of the comparison.
struct Blank {
  void operator()(std::string_view, app::Section<app::Statement>& section) const {
    for (auto& entry : section.entries) entry.status.clear(), entry.codes.clear();
  }
  void operator()(std::string_view, app::Section<app::Visit>& section) const {
    for (auto& entry : section.entries) entry.key.clear();
  }
  // What stands in which order is each reader's own; the sheet sorts anew.
  template <typename T>
  void operator()(std::string_view, app::Section<T>&) const {}
};

std::vector<std::string> compared(const std::string& json) {
  auto parsed = app::parse_chart(json);
  if (!parsed.ok()) return {"unreadable"};
  app::Chart chart = std::move(parsed).value();
  Blank blank;
  app::Chart::sections(chart, blank);
  std::vector<std::string> lines;
  auto add = [&lines](std::string_view name, const auto& section) {
    for (const auto& entry : section.entries) {
      app::Chart one;
      auto put = [&](std::string_view other, auto& place) {
        if constexpr (std::is_same_v<std::decay_t<decltype(place)>, std::decay_t<decltype(section)>>) {
          if (other == name) place.add(entry);
        }
      };
      app::Chart::sections(one, put);
      std::string text;
      app::format_chart(one, text);
      lines.push_back(text);
    }
  };
  app::Chart::sections(chart, add);
  std::sort(lines.begin(), lines.end());
  auto clear = [](std::string_view, auto& section) {
    section.entries.clear();
    // Said below, entry by entry.
    if (section.state == app::Presence::not_in_copy) section.state = app::Presence::not_recorded;
  };
  app::Chart::sections(chart, clear);
  chart.unreadable.clear();
  if (chart.mrn == chart.emr_key) chart.mrn.clear();
  std::erase_if(chart.identifiers, [](const auto& one) { return one.label == "EMR's own number"; });
  std::string rest;
  app::format_chart(chart, rest);
  lines.push_back(rest);
  return lines;
}

void expect_pieces(const Truth& truth, const std::map<std::string, std::string>& charts, const std::string& key, const char* form) {
  const auto chart = charts.find(key);
  ASSERT_NE(chart, charts.end()) << form << ": " << truth.trap;
  for (const std::string& piece : truth.must) {
    EXPECT_NE(chart->second.find(piece), std::string::npos) << form << ": " << truth.trap << "\nlacks " << piece << "\n" << chart->second.substr(0, 6000);
  }
  for (const std::string& piece : truth.must_not) {
    EXPECT_EQ(chart->second.find(piece), std::string::npos) << form << ": " << truth.trap << "\nsays " << piece << "\n" << chart->second.substr(0, 6000);
  }
}

TEST_F(Truths, EveryTrapIsSaidAsItIsFromBothForms) {
  EXPECT_GE(truths().size(), 60U);
  for (std::size_t i = 0; i < truths().size(); ++i) {
    const Truth& truth = truths()[i];
    const std::string key = std::to_string(i + 1);
    if (truth.not_in_fhir.empty()) expect_pieces(truth, *from_fhir_, key, "FHIR");
    if (truth.not_in_sql.empty()) expect_pieces(truth, *from_sql_, key, "SQL");
  }
}

TEST_F(Truths, BothFormsGiveTheSameChart) {
  for (std::size_t i = 0; i < truths().size(); ++i) {
    const Truth& truth = truths()[i];
    if (!truth.not_in_fhir.empty() || !truth.not_in_sql.empty()) continue;
    const std::string key = std::to_string(i + 1);
    EXPECT_EQ(compared((*from_fhir_)[key]), compared((*from_sql_)[key])) << truth.trap;
  }
}

}  // namespace
}  // namespace tests
