#include "app/snapshot/typed_date.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using Ranges = std::vector<app::DayRange>;

Ranges read(const std::string& typed) {
  return app::parse_typed_date(typed, app::read_date("2026-11-22").value());
}

app::DayRange day(std::uint32_t number) { return {number, number + 1}; }

bool holds(const std::string& typed, std::uint32_t number) {
  const Ranges ranges = read(typed);
  return std::any_of(ranges.begin(), ranges.end(),
                     [number](app::DayRange range) { return range.begin <= number && number < range.end; });
}

TEST(TypedDate, IsoIsReadOneWay) {
  EXPECT_EQ(read("1975-03-04"), Ranges{day(19750304)});
  EXPECT_EQ(read("1975/3/4"), Ranges{day(19750304)});
  EXPECT_EQ(read("1975-03-04T23:59:00"), Ranges{day(19750304)});
}

TEST(TypedDate, DayAndMonthAreReadBothWaysWhenBothArePossible) {
  EXPECT_EQ(read("03/04/1975"), (Ranges{day(19750304), day(19750403)}));
  EXPECT_EQ(read("3.4.1975"), (Ranges{day(19750304), day(19750403)}));
  EXPECT_EQ(read("3 4 1975"), (Ranges{day(19750304), day(19750403)}));
  EXPECT_EQ(read("13/02/1980"), Ranges{day(19800213)});
  EXPECT_EQ(read("4/4/1975"), Ranges{day(19750404)});
}

TEST(TypedDate, TwoDigitYearsAreOfBothCenturiesButNeverInTheFuture) {
  EXPECT_EQ(read("25.12.75"), Ranges{day(19751225)});
  EXPECT_EQ(read("25.12.14"), (Ranges{day(19141225), day(20141225)}));
  EXPECT_EQ(read("75-03-04"), Ranges{day(19750304)});
  EXPECT_EQ(read("25.12.26"), Ranges{day(19261225)});
}

TEST(TypedDate, DigitsWithoutSeparatorsAreReadInEveryUsualOrder) {
  EXPECT_EQ(read("19750304"), Ranges{day(19750304)});
  EXPECT_EQ(read("04031975"), (Ranges{day(19750304), day(19750403)}));
  EXPECT_EQ(read("25121975"), Ranges{day(19751225)});
  EXPECT_TRUE(holds("040375", 19750304));
  EXPECT_TRUE(holds("040375", 19750403));
  EXPECT_TRUE(holds("750304", 19750304));
  EXPECT_TRUE(holds("197503", 19750304));
  EXPECT_TRUE(holds("4031975", 19750304));
}

TEST(TypedDate, MonthsMayBeNames) {
  for (const std::string typed : {"4 Mar 1975", "March 4, 1975", "4 mars 1975", "04-Mar-1975", "4th of March 1975", "4 de marzo de 1975", "4. März 1975", "4mar1975", "1975 mar 4"}) {
    EXPECT_EQ(read(typed), Ranges{day(19750304)}) << typed;
  }
  EXPECT_EQ(read("04-Mar-75"), Ranges{day(19750304)});
  EXPECT_EQ(read("1 août 1980"), Ranges{day(19800801)});
  EXPECT_EQ(read("3 Dez. 1990"), Ranges{day(19901203)});
}

TEST(TypedDate, YearOrMonthAloneIsARange) {
  EXPECT_EQ(read("1975"), (Ranges{{19750000, 19760000}}));
  EXPECT_EQ(read("75"), (Ranges{{19750000, 19760000}}));
  EXPECT_EQ(read("mar 1975"), (Ranges{{19750300, 19750400}}));
  EXPECT_EQ(read("1975-03"), (Ranges{{19750300, 19750400}}));
  EXPECT_EQ(read("3/1975"), (Ranges{{19750300, 19750400}}));
}

TEST(TypedDate, OtherDigitsAndCalendarsAreKnown) {
  EXPECT_EQ(read("٠٤/٠٣/١٩٧٥"), (Ranges{day(19750304), day(19750403)}));
  EXPECT_EQ(read("1975年3月4日"), Ranges{day(19750304)});
  EXPECT_EQ(read("1975년 3월 4일"), Ranges{day(19750304)});
  EXPECT_EQ(read("25/3/2518"), Ranges{day(19750325)});
}

TEST(TypedDate, UnfinishedDatesKeepWhatTheyMayBecome) {
  EXPECT_TRUE(holds("4/3", 19750304));
  EXPECT_TRUE(holds("4/3", 19750403));
  EXPECT_TRUE(holds("4/3/", 19750304));
  EXPECT_TRUE(holds("4/3/1", 19750304));
  EXPECT_TRUE(holds("4/3/19", 19750304));
  EXPECT_TRUE(holds("4/3/7", 19750304));
  EXPECT_TRUE(holds("4/3/197", 19750304));
  EXPECT_FALSE(holds("4/3/197", 19850304));
  EXPECT_TRUE(holds("4 mar", 19750304));
  EXPECT_TRUE(holds("197", 19750304));
}

TEST(TypedDate, OnlyDatesThatMayBeMeantAsTheyStandAreFinished) {
  for (const app::DayRange range : read("25.12.19")) {
    EXPECT_EQ(range.finished, range.begin == 19191225 || range.begin == 20191225) << range.begin;
  }
  for (const app::DayRange range : read("25.12")) EXPECT_FALSE(range.finished);
  for (const app::DayRange range : read("25.12.197")) EXPECT_FALSE(range.finished);
  EXPECT_TRUE(read("25.12.1975").at(0).finished);
}

TEST(TypedDate, ImpossibleDatesAreNone) {
  for (const std::string typed : {"31/02/1975", "32/1/1975", "0/0/1975", "29.2.1975", "1/1/2031", "1/1/1600", "99999999", "00000000", "123456789", "1/2/3/4", "1 2"}) {
    EXPECT_EQ(read(typed), Ranges{}) << typed;
  }
  EXPECT_EQ(read("29.2.1976"), Ranges{day(19760229)});
}

TEST(TypedDate, OtherWordsAreNoDates) {
  for (const std::string typed : {"", "smith", "4 smith 75", "may", "mar", "marcus 4 75", "12:30", "5 & 6", "a1975", "\xFF 4/3/75", "4 mar apr 75"}) {
    EXPECT_EQ(read(typed), Ranges{}) << typed;
  }
}

TEST(TypedDate, MonthWordsAreRecognised) {
  EXPECT_TRUE(app::is_month_word("Mar"));
  EXPECT_TRUE(app::is_month_word("août"));
  EXPECT_FALSE(app::is_month_word("Marcus"));
  EXPECT_FALSE(app::is_month_word("ma"));
}

}  // namespace
