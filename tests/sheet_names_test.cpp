#include <gtest/gtest.h>

#include "app/record/sheet.h"
#include "tests/invented_charts.h"

namespace {

app::HumanName name(std::string given, std::string family, std::string prefix = "", std::string text = "") {
  app::HumanName made;
  made.given = std::move(given), made.family = std::move(family);
  made.prefix = std::move(prefix), made.text = std::move(text);
  return made;
}

TEST(Names, FamilyNameFirstAndInCapitals) {
  EXPECT_EQ(app::format_name(name("John", "Smith", "Mr")), "SMITH, John (Mr)");
  EXPECT_EQ(app::format_name(name("María José", "García-Møller")), "GARCÍA-MØLLER, María José");
  EXPECT_EQ(app::format_name(name("Анна", "Иванова")), "ИВАНОВА, Анна");
  EXPECT_EQ(app::format_name(name("Siân", "O'Brien")), "O'BRIEN, Siân");
  app::HumanName junior = name("Martin", "Lee", "Dr");
  junior.suffix = "Jr";
  EXPECT_EQ(app::format_name(junior), "LEE, Martin Jr (Dr)");
}

TEST(Names, AnybodyWithOneNameKeepsIt) {
  EXPECT_EQ(app::format_name(name("Sukarno", "")), "Sukarno");
  EXPECT_EQ(app::format_name(name("", "Teller")), "TELLER");
  EXPECT_EQ(app::format_name(name("", "", "", "Baby of Ana Ruiz")), "Baby of Ana Ruiz");
  EXPECT_EQ(app::format_name({}), "");
}

TEST(Names, LettersWithoutCapitalsStayInTheirOwnOrder) {
  EXPECT_EQ(app::format_name(name("小明", "王")), "王小明");
  EXPECT_EQ(app::format_name(name("민수", "김")), "김민수");
  EXPECT_EQ(app::format_name(name("محمد", "الفاسي")), "محمد الفاسي");
  EXPECT_EQ(app::format_name(name("小明", "王", "", "王 小明")), "王 小明");
}

TEST(Names, NoLengthIsEverShortened) {
  const std::string given(35, 'g'), family(35, 'f');
  EXPECT_EQ(app::format_name(name(given, family)), std::string(35, 'F') + ", " + given);
}

app::Banner banner_of(const app::Chart& chart) {
  return app::make_sheet(chart, app::default_sheet_template(), {tests::day("2026-11-22")}).banner;
}

TEST(Banner, OtherNamesSayWhatTheyAre) {
  app::Chart chart;
  chart.names = {name("Mary", "Jones"), name("Mary", "Ruiz"), name("小明", "王"), name("Maria", "Old"), name("Molly", "")};
  chart.names[1].use = "maiden", chart.names[3].use = "old", chart.names[4].use = "nickname";
  EXPECT_EQ(banner_of(chart).other_names, "also: 王小明; called Molly; formerly: maiden name RUIZ, Mary; OLD, Maria");
}

TEST(Banner, SexIsAWordAndGenderStandsBesideItWhereItDiffers) {
  app::Chart chart;
  EXPECT_EQ(banner_of(chart).sex, "Sex not recorded");
  chart.sex = "F";
  EXPECT_EQ(banner_of(chart).sex, "Female");
  chart.gender = "female";
  EXPECT_EQ(banner_of(chart).sex, "Female");
  chart.gender = "non-binary";
  EXPECT_EQ(banner_of(chart).sex, "Female (gender: Non binary)");
  chart.sex = "X";
  chart.gender = "";
  EXPECT_EQ(banner_of(chart).sex, "recorded as \"X\"");
  chart.sex = "UNK";
  EXPECT_EQ(banner_of(chart).sex, "Not known");
}

TEST(Banner, EveryStateOfABirthDateIsSaidAndDifferent) {
  app::Chart chart;
  EXPECT_EQ(banner_of(chart).born, "not recorded");
  chart.birth_date = app::read_date("1945-07-14");
  EXPECT_EQ(banner_of(chart).born, "14-Jul-1945 (81y)");
  chart.birth_date = app::read_date("2031-01-01");
  EXPECT_EQ(banner_of(chart).born, "01-Jan-2031 (in the future: check)");
  chart.birth_date = app::read_date("1975-02-31");
  EXPECT_EQ(banner_of(chart).born, "unreadable (1975-02-31)");
  chart.birth_date = app::Known<app::Date>::without_value(app::Presence::withheld);
  EXPECT_EQ(banner_of(chart).born, "withheld");
}

TEST(Banner, TheDeceasedHaveTheAgeTheyDiedAtAndContradictionsAreSaid) {
  app::Chart chart;
  chart.birth_date = app::read_date("1945-07-14");
  chart.deceased_date = app::read_date("2021-03-03");
  EXPECT_EQ(banner_of(chart).deceased, "Died 03-Mar-2021");
  EXPECT_EQ(banner_of(chart).born, "14-Jul-1945 (died aged 75y)");
  chart.deceased = false;
  EXPECT_EQ(banner_of(chart).deceased, "Recorded as living, with a date of death (03-Mar-2021): check");
  EXPECT_EQ(banner_of(chart).born, "14-Jul-1945 (81y)");
  chart.deceased = true;
  chart.deceased_date = {};
  EXPECT_EQ(banner_of(chart).deceased, "Died, date not recorded");
  EXPECT_EQ(banner_of(chart).born, "14-Jul-1945");
  EXPECT_EQ(banner_of({}).deceased, "");
}

TEST(Banner, TheFirstPhoneIsLabelledAndNeverAnOldOne) {
  app::Chart chart;
  EXPECT_EQ(banner_of(chart).phone, "no phone recorded");
  chart.telecom = {{"phone", "old", "555-0001"}, {"email", "", "a@example.org"}, {"phone", "home", "555-0002"}, {"phone", "work", "555-0003"}};
  EXPECT_EQ(banner_of(chart).phone, "555-0002 (home phone)");
}

TEST(Banner, SaysLanguageAlertsAndAMissingName) {
  const app::Banner banner = banner_of(tests::plausible_chart());
  EXPECT_EQ(banner.language, "Spanish, interpreter needed");
  EXPECT_EQ(banner.alerts, "Fall risk; Advance directive: Do not resuscitate");
  EXPECT_EQ(banner_of({}).name, "NAME NOT RECORDED");
  app::Chart chart;
  chart.unreadable = {{"identity", "names", "\xEF\xBF\xBD", "no UTF-8"}};
  EXPECT_EQ(banner_of(chart).name, "NAME UNREADABLE");
  chart.alerts.state = app::Presence::not_in_copy;
  EXPECT_EQ(banner_of(chart).alerts, "Alerts NOT IN THIS COPY");
}

}  // namespace
