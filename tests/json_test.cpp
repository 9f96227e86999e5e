#include "app/record/json.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using app::Json;
using app::JsonDocument;

std::string scalar_of(std::string_view text, std::string_view member) {
  JsonDocument document;
  const auto root = document.parse(text);
  EXPECT_TRUE(root.ok()) << text;
  return root.ok() ? root.value()[member].scalar() : "";
}

TEST(Json, KeepsTheDigitsOfANumberAsTheyWereWritten) {
  for (const char* digits : {"5.40", "0.10", "-0.0", "1e2", "1.50E-3", "100", "18446744073709551615", "-7"}) {
    EXPECT_EQ(scalar_of("{\"value\":" + std::string(digits) + "}", "value"), digits);
    EXPECT_EQ(scalar_of("[{\"value\": " + std::string(digits) + " }]", "value"), "") << "an array has no member";
  }
}

TEST(Json, FindsANumbersDigitsAmongTextThatLooksLikeNumbers) {
  const std::string_view text =
      R"({"a":"1.0 \" 2.0 \\","b":[3.0,{"c":4.00,"5":6.0}],"d":true,"e":null,"f":7.000,"8.0":"9"})";
  EXPECT_EQ(scalar_of(text, "f"), "7.000");
  EXPECT_EQ(scalar_of(text, "d"), "true");
  EXPECT_EQ(scalar_of(text, "e"), "");
  JsonDocument document;
  const auto root = document.parse(text);
  ASSERT_TRUE(root.ok());
  EXPECT_EQ(root.value()["b"].items()[0].scalar(), "3.0");
  EXPECT_EQ(root.value()["b"].items()[1]["c"].scalar(), "4.00");
  EXPECT_EQ(root.value()["b"].items()[1]["5"].scalar(), "6.0");
}

TEST(Json, ALoneNumberIsADocumentToo) {
  JsonDocument document;
  const auto root = document.parse(" 2.50 ");
  ASSERT_TRUE(root.ok());
  EXPECT_EQ(root.value().scalar(), "2.50");
}

TEST(Json, ForgetsTheNumbersOfTheDocumentBefore) {
  JsonDocument document;
  EXPECT_EQ(document.parse(R"({"a":1.10})").value()["a"].scalar(), "1.10");
  EXPECT_EQ(document.parse(R"({"a":2.2,"b":3.30})").value()["b"].scalar(), "3.30");
}

TEST(Json, WritesAValueBackDigitForDigit) {
  const std::string text = R"({"a":[1.50,-0.0,true,null,"x\"\\y"],"b":{"c":{}},"d":[]})";
  JsonDocument document;
  EXPECT_EQ(document.parse(text).value().json(), text);
}

}  // namespace
