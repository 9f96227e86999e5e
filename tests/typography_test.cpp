// The rules by which a dose is written so that a tired reader can't mistake it, one test each.
//
// Source: ISMP's list of error-prone abbreviations, NHS CUI medication line and dates.
#include <gtest/gtest.h>

#include "app/record/calendar.h"
#include "app/record/clinical_numbers.h"
#include "app/record/medication_line.h"
#include "app/record/sheet.h"

namespace {

using app::format_amount;
using app::format_frequency;
using app::format_route;

TEST(SafeWriting, NoZeroTrailsAWholeNumber) { EXPECT_EQ(format_amount("1.0 mg"), "1 mg"); }
TEST(SafeWriting, AZeroLeadsADecimalPoint) { EXPECT_EQ(format_amount(".5 mg"), "0.5 mg"); }
TEST(SafeWriting, ThousandsHaveCommas) { EXPECT_EQ(format_amount("100000 units"), "100,000 units"); }
TEST(SafeWriting, ABlankStandsBeforeTheUnit) { EXPECT_EQ(format_amount("10mg"), "10 mg"); }
TEST(SafeWriting, MicrogramsAreMcgAndNeverTheMicroSign) {
  EXPECT_EQ(format_amount("50 µg"), "50 mcg");
  EXPECT_EQ(format_amount("50 μg"), "50 mcg");
}
TEST(SafeWriting, UnitsAreAWord) {
  EXPECT_EQ(format_amount("10 U"), "10 units");
  EXPECT_EQ(format_amount("400 IU"), "400 units");
}
TEST(SafeWriting, MillilitresAreNeverCc) { EXPECT_EQ(format_amount("5 cc"), "5 mL"); }
TEST(SafeWriting, ASlashBetweenAmountsIsPer) { EXPECT_EQ(format_amount("250 mg/5 mL"), "250 mg per 5 mL"); }
TEST(SafeWriting, DailyIsAWord) {
  EXPECT_EQ(format_frequency("QD"), "once daily");
  EXPECT_EQ(format_frequency("q.o.d."), "every other day");
}
TEST(SafeWriting, RoutesAreWords) {
  EXPECT_EQ(format_route("SC"), "subcutaneous");
  EXPECT_EQ(format_route("SL"), "under the tongue");
}
TEST(SafeWriting, AMonthIsNeverANumber) {
  EXPECT_EQ(app::format_known_date(app::read_date("2026-03-04")), "04-Mar-2026");
}
TEST(SafeWriting, TheClockHasTwentyFourHours) {
  EXPECT_EQ(app::format_time_of_day(app::read_date("2026-03-04T00:30").value()), "00:30");
}
TEST(SafeWriting, LookAlikeNamesHaveTallLetters) {
  EXPECT_EQ(app::tall_man("hydralazine"), "hydrALAZINE");
  EXPECT_EQ(app::tall_man("hydroxyzine"), "hydrOXYzine");
}
TEST(SafeWriting, AnUnknownAbbreviationStaysAsRecorded) { EXPECT_EQ(format_frequency("q3-4x"), "q3-4x"); }

}  // namespace
