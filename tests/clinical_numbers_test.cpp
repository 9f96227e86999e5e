#include "app/record/clinical_numbers.h"

#include <gtest/gtest.h>

#include <random>

namespace {

using app::format_amount;

TEST(ClinicalNumbers, NoDoseCanBeReadTenTimesTooLargeOrSmall) {
  EXPECT_EQ(format_amount("1.0 mg"), "1 mg");
  EXPECT_EQ(format_amount("5.50 mg"), "5.5 mg");
  EXPECT_EQ(format_amount(".5 mg"), "0.5 mg");
  EXPECT_EQ(format_amount("0.50"), "0.5");
  EXPECT_EQ(format_amount("100000 units"), "100,000 units");
  EXPECT_EQ(format_amount("1000 mg"), "1,000 mg");
  EXPECT_EQ(format_amount("2.0-4.0 mg"), "2-4 mg");
  EXPECT_EQ(format_amount("10"), "10");
  EXPECT_EQ(format_amount("100"), "100");
}

TEST(ClinicalNumbers, UnitsAreWrittenSoThatNobodyMistakesThem) {
  EXPECT_EQ(format_amount("50µg"), "50 mcg");
  EXPECT_EQ(format_amount("50 ug"), "50 mcg");
  EXPECT_EQ(format_amount("10U"), "10 units");
  EXPECT_EQ(format_amount("10 IU"), "10 units");
  EXPECT_EQ(format_amount("1 U"), "1 unit");
  EXPECT_EQ(format_amount("21 U"), "21 units");
  EXPECT_EQ(format_amount("5cc"), "5 mL");
  EXPECT_EQ(format_amount("500MG"), "500 mg");
  EXPECT_EQ(format_amount("250 mg/5ml"), "250 mg per 5 mL");
  EXPECT_EQ(format_amount("5 mcg/kg/min"), "5 mcg per kg per minute");
  EXPECT_EQ(format_amount("2 L/min"), "2 L per minute");
}

TEST(ClinicalNumbers, WhatIsNotSurelyUnderstoodStaysAsRecorded) {
  for (const char* text : {"5.000 units", "1:1000", "70/30", "1/2 tablet", "2,5 mg", "1,000 mg", "0.9 %", "B12", "1.2.3",
                           "005 mg", "5.", ".", "", "two puffs", "one U tube", "1.5e6 cells", "10x", "5 mg.", "1-2 tablets",
                           "half a µ", "apply thinly", "٥ mg"}) {
    EXPECT_EQ(format_amount(text), text);
  }
}

// Whatever is recorded, the number said is the number recorded.
TEST(ClinicalNumbers, SayingANumberNeverChangesItsValue) {
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string digits = random() % 8 == 0 ? "" : std::to_string(random() % 1'000'000);
    if (digits.empty() || random() % 2 == 0) {
      digits += '.';
      for (auto n = 1 + random() % 3; n > 0; --n) digits += static_cast<char>('0' + random() % 3);
    }
    const std::string said = format_amount(digits + " mg");
    ASSERT_TRUE(said.ends_with(" mg")) << digits;
    std::string number = said.substr(0, said.size() - 3);
    std::erase(number, ',');
    ASSERT_DOUBLE_EQ(std::stod(number), std::stod(digits)) << said;
    ASSERT_NE(number.front(), '.') << said;
    const bool ambiguous = digits.ends_with(".000");
    const bool trails = number.find('.') != std::string::npos && number.back() == '0';
    ASSERT_FALSE(trails && !ambiguous) << digits << " as " << said;
    ASSERT_EQ(format_amount(said), said) << "said twice it must stay";
  }
}

// Random bytes of what doses are made of: digits are never invented, lost or reordered but for zeros.
TEST(ClinicalNumbers, NoDigitButZeroEverComesOrGoes) {
  static constexpr std::string_view kLetters = "0123456789..,,/- mgUcµlhx:%";
  std::mt19937 random(11);
  const auto digits_of = [](std::string_view text) {
    std::string digits;
    for (const char c : text) {
      if (c >= '1' && c <= '9') digits += c;
    }
    return digits;
  };
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (auto n = random() % 12; n > 0; --n) text += kLetters[random() % kLetters.size()];
    ASSERT_EQ(digits_of(format_amount(text)), digits_of(text)) << text;
  }
}

TEST(ClinicalNumbers, RoutesAndFrequenciesAreWordsOnlyWhereTheWholeFieldIsAnAbbreviation) {
  EXPECT_EQ(app::format_route("PO"), "by mouth");
  EXPECT_EQ(app::format_route("subQ"), "subcutaneous");
  EXPECT_EQ(app::format_route("OD"), "OD") << "right eye, or once daily: not ours to guess";
  EXPECT_EQ(app::format_route("po or pr"), "po or pr");
  EXPECT_EQ(app::format_frequency("QD"), "once daily");
  EXPECT_EQ(app::format_frequency("b.i.d."), "twice daily");
  EXPECT_EQ(app::format_frequency("q6h"), "every 6 hours");
  EXPECT_EQ(app::format_frequency("Q4-6H PRN"), "every 4 to 6 hours as needed");
  EXPECT_EQ(app::format_frequency("q1h"), "every 1 hour");
  for (const char* text : {"HS", "BIW", "QD with food", "qxh", "qh", "q-6h", "q4-6-8h", "", "every day"}) {
    EXPECT_EQ(app::format_frequency(text), text);
  }
}

TEST(ClinicalNumbers, UnitsOfResultsAreReadableAndOtherwiseAsRecorded) {
  EXPECT_EQ(app::format_unit("mm[Hg]"), "mmHg");
  EXPECT_EQ(app::format_unit("[degF]"), "degrees F");
  EXPECT_EQ(app::format_unit("mg/dL"), "mg/dL");
  EXPECT_EQ(app::format_unit("10*3/uL"), "10*3/uL");
}

TEST(ClinicalNumbers, OnlyDigitsThatAComputerMadeUpAreRounded) {
  EXPECT_EQ(app::format_measured("13.375975734575224"), "13.38");
  EXPECT_EQ(app::format_measured("159.24960916925542/115.99417576404517"), "159.25/115.99");
  EXPECT_EQ(app::format_measured("-0.00012345678"), "-0.000123");
  for (const char* kept : {"5.40", "1.23456", "<0.001", "5.", ".5", "1.2.3", "1.1234567.8", "1.2345678e5", "12345678",
                           "2001:db8::1", "positive", ""}) {
    EXPECT_EQ(app::format_measured(kept), kept);
  }
}

}  // namespace
