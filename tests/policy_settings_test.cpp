// [policy] of the settings, and the list of withheld patients.
#include "exporter/policy/policy_settings.h"

#include <gtest/gtest.h>

#include "exporter/options.h"
#include "tests/command.h"

namespace {

namespace fs = std::filesystem;

app::Result<exporter::Options> read(const fs::path& folder, const std::string& policy) {
  tests::write(folder / "nightchart.toml",
               "[practice]\nname = \"Elm\"\ntime_zone = \"UTC\"\n[emr]\nkind = \"fhir-bulk\"\npath = \"x\"\n[copy]\nfolder = \"c\"\n" + policy);
  return exporter::read_options(folder / "nightchart.toml");
}

TEST(PolicySettings, WithoutATableAllPatientsLeaveAndWhatTheEmrMarksAsSensitiveDoesNot) {
  const tests::TemporaryFolder folder;
  const auto options = read(folder.path(), "");
  ASSERT_TRUE(options.ok()) << app::format_error(options.error());
  EXPECT_FALSE(options.value().policy.only_active);
  EXPECT_TRUE(options.value().policy.months.empty());
  EXPECT_EQ(options.value().policy.entries, exporter::EntryRule::safe_default());
  EXPECT_EQ(options.value().policy.withheld_as, exporter::Listing::named);
}

TEST(PolicySettings, EveryKeyIsReadBackAsItWasWritten) {
  const tests::TemporaryFolder folder;
  exporter::Policy policy;
  policy.only_active = true, policy.active_months = 18, policy.sites = {"Elm \"Old\" Street"}, policy.with_provider = true;
  policy.left_out = exporter::Listing::named, policy.withheld_as = exporter::Listing::absent;
  policy.list = folder.path() / "list.txt";
  policy.months = {{"visits", 36}, {"results", 18}};
  policy.entries = {{"hiv", "Chefsache"}, {"F11*"}, {"therapy"}, {"Hope House"}};
  for (const exporter::Policy& written : {policy, exporter::Policy()}) {
    const auto back = read(folder.path(), exporter::format_policy(written));
    ASSERT_TRUE(back.ok()) << app::format_error(back.error()) << exporter::format_policy(written);
    EXPECT_EQ(exporter::format_policy(back.value().policy), exporter::format_policy(written));
    EXPECT_EQ(back.value().policy.months, written.months);
    EXPECT_EQ(back.value().policy.entries, written.entries);
    EXPECT_EQ(back.value().policy.list, written.list);
  }
}

TEST(PolicySettings, NamesTheKeyOfEveryImpossibleValue) {
  const tests::TemporaryFolder folder;
  const struct {
    const char* text;
    const char* named;
  } wrong[] = {{"[policy]\npatients = \"some\"\n", "[policy] patients"},
               {"[policy]\nactive_months = 0\n", "[policy] active_months"},
               {"[policy]\nsites = \"Elm\"\n", "[policy] sites"},
               {"[policy]\nwithhold = [3]\n", "[policy] withhold"},
               {"[policy]\nwithhold_codes = [\"*\"]\n", "[policy] withhold_codes"},
               {"[policy]\nwithheld_as = \"hidden\"\n", "[policy] withheld_as"},
               {"[policy.since]\nvisits = \"3 weeks\"\n", "[policy.since] visits"},
               {"[policy.since]\nvisits = \"0 years\"\n", "[policy.since] visits"},
               {"[policy.since]\nallergies = \"3 years\"\n", "[policy.since] allergies"},
               {"[policy]\nwithold = []\n", "[policy] withold"}};
  for (const auto& one : wrong) {
    const auto options = read(folder.path(), one.text);
    ASSERT_FALSE(options.ok()) << one.text;
    EXPECT_NE(options.error().what.find(one.named), std::string::npos) << options.error().what;
  }
}

TEST(PatientList, HoldsOneNumberALineWhateverTheEditorDidAroundIt) {
  const auto list = exporter::parse_patient_list("\xEF\xBB\xBF# staff\r\n4711\r\n  4712 \t# the mayor\n\n\n00 13\n");
  ASSERT_TRUE(list.ok());
  EXPECT_EQ(list.value(), (exporter::PatientList{"4711", "4712", "00 13"}));
}

TEST(PatientList, ALineThatIsNoNumberEndsTheNightAndIsNotRepeated) {
  for (const std::string& line : {std::string("47\xFF" "11"), std::string("47\0" "11", 5), std::string(300, '7'), std::string("4711\t4712")}) {
    const auto list = exporter::parse_patient_list("1\n" + line + "\n");
    ASSERT_FALSE(list.ok()) << line;
    EXPECT_EQ(list.error().code, app::Code::bad_config);
    EXPECT_NE(list.error().what.find("Line 2"), std::string::npos);
    EXPECT_EQ(app::format_error(list.error()).find("47"), std::string::npos);
  }
}

TEST(PatientList, OneThatIsNotThereIsNoEmptyOne) {
  const tests::TemporaryFolder folder;
  EXPECT_FALSE(exporter::read_patient_list(folder.path() / "none.txt").ok());
}

}  // namespace
