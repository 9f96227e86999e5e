// What is said of a practice's policy to whoever holds the paper.
#include <gtest/gtest.h>

#include "exporter/policy/apply_policy.h"
#include "tests/invented_charts.h"

namespace {

using exporter::Policy;

const app::Date kToday = tests::day("2026-11-22");

TEST(PolicyWords, SayWhatIsNotInTheCopyAndNoKind) {
  Policy policy;
  policy.only_active = true;
  policy.months = {{"results", 36}};
  policy.entries.codes = {"F11*"};
  const std::string words = exporter::describe_policy(policy, kToday);
  EXPECT_NE(words.find("seen since 01-Jan-2023"), std::string::npos) << words;
  EXPECT_NE(words.find("results before 01-Jan-2023"), std::string::npos) << words;
  for (const char* kind : {"substance", "F11", "psych", "hiv"}) EXPECT_EQ(words.find(kind), std::string::npos) << words;
  policy = {};
  policy.entries = {};
  EXPECT_EQ(exporter::describe_policy(policy, kToday), "");
}

}  // namespace
