// A real print queue of CUPS: what reaches it, what it refuses, and what it keeps.
#include "app/paper/print_spool.h"

#include <gtest/gtest.h>

#include "app/paper/printer_posix.h"
#include "tests/print_queue.h"

namespace {

const std::string kPage = "%PDF-1.7\n% the only page of SMITH, Anna\n%%EOF\n";

TEST(PrintQueue, GetsEveryByteAndIsNamedFirstOfAll) {
  const tests::PrintQueue queue;
  EXPECT_EQ(queue.in_queue("lpadmin -p aside -E -v file:/dev/null -m raw").exit_code, 0);
  EXPECT_EQ(app::list_printers(), (std::vector<std::string>{"front", "aside"}));
  ASSERT_TRUE(app::send_to_printer("front", "Nightchart: patient sheet", kPage).ok());
  EXPECT_EQ(queue.printed(), kPage);
  ASSERT_TRUE(app::send_to_printer("", "Nightchart", kPage).ok()) << "the usual one";
}

TEST(PrintQueue, ThatIsUnknownOrTakesNothingIsAFaultThatNamesIt) {
  const tests::PrintQueue queue;
  const auto unknown = app::send_to_printer("nosuch", "Nightchart", kPage);
  ASSERT_FALSE(unknown.ok());
  EXPECT_NE(unknown.error().what.find("nosuch did not take"), std::string::npos) << unknown.error().what;
  EXPECT_EQ(queue.in_queue("cupsreject front").exit_code, 0);
  const auto refused = app::send_to_printer("front", "Nightchart", kPage);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().what.find("front did not take"), std::string::npos) << refused.error().what;
}

TEST(PrintQueue, KeepsWhatWasPrintedUnlessItsSettingsSayOtherwise) {
  for (const bool keeps : {true, false}) {
    const std::string settings = keeps ? "" : "PreserveJobFiles No";
    const tests::PrintQueue queue(settings);
    ASSERT_TRUE(app::send_to_printer("front", "Nightchart", kPage).ok());
    EXPECT_EQ(queue.printed(), kPage);
    EXPECT_EQ(queue.kept().find("SMITH") != std::string::npos, keeps);
    EXPECT_EQ(app::parse_spool_keeps_s(settings) != 0, keeps);
    // What whoever prints the sealed envelope is told to do.
    EXPECT_EQ(queue.in_queue("cancel -a -x front").exit_code, 0);
    EXPECT_EQ(queue.kept(), "");
  }
}

TEST(PrintSpool, KeepsForADayWhereItsSettingsSayNothing) {
  EXPECT_EQ(app::parse_spool_keeps_s(""), 86'400);
  EXPECT_EQ(app::parse_spool_keeps_s("# PreserveJobFiles No\nLogLevel warn\n"), 86'400);
  EXPECT_EQ(app::parse_spool_keeps_s("PreserveJobFiles No\n"), 0);
  EXPECT_EQ(app::parse_spool_keeps_s("  preservejobfiles off\r\n"), 0);
  EXPECT_EQ(app::parse_spool_keeps_s("PreserveJobFiles Yes"), app::kKeptForEver);
  EXPECT_EQ(app::parse_spool_keeps_s("PreserveJobFiles 2h"), 7200);
  EXPECT_EQ(app::parse_spool_keeps_s("PreserveJobFiles 1w\nPreserveJobHistory 3d"), 3 * 86'400);
  EXPECT_EQ(app::parse_spool_keeps_s("PreserveJobHistory No"), 0) << "a job that is forgotten leaves no files";
  EXPECT_EQ(app::parse_spool_keeps_s("PreserveJobFiles\nPreserveJobFiles what"), 86'400);
  EXPECT_EQ(app::parse_spool_keeps_s("PreserveJobFiles 99999999999999"), app::kKeptForEver);
}

}  // namespace
