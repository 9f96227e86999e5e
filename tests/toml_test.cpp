#include "exporter/toml.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/record/json.h"

namespace {

using exporter::parse_toml_as_json;
using exporter::read_toml_as_json;

TEST(Toml, EveryKindOfValueBecomesItsJson) {
  const auto json = parse_toml_as_json(
      "text = \"a \\\"b\\\" ü\"\nn = -3\nhalf = 0.5\nyes = true\nday = 2026-11-22\nat = 02:00:00\n"
      "both = 2026-11-22T02:00:04Z\nfar = inf\n[t.u]\nlist = [1, \"x\", [false]]\n[[d]]\na = 1\n[[d]]\na = 2\n",
      "x.toml");
  ASSERT_TRUE(json.ok()) << json.error().detail;
  app::JsonDocument document;
  const auto root = document.parse(json.value());
  ASSERT_TRUE(root.ok()) << json.value();
  EXPECT_EQ(root.value()["text"].text(), "a \"b\" ü");
  EXPECT_EQ(root.value()["n"].integer(), -3);
  EXPECT_EQ(root.value()["half"].scalar(), "0.5");
  EXPECT_EQ(root.value()["yes"].boolean(), true);
  EXPECT_EQ(root.value()["day"].text(), "2026-11-22");
  EXPECT_EQ(root.value()["at"].text(), "02:00:00");
  EXPECT_EQ(root.value()["both"].text(), "2026-11-22T02:00:04Z");
  EXPECT_EQ(root.value()["far"].text(), "inf");
  EXPECT_EQ(root.value()["t"]["u"]["list"].json(), "[1,\"x\",[false]]");
  ASSERT_EQ(root.value()["d"].items().size(), 2u);
  EXPECT_EQ(root.value()["d"].items()[1]["a"].integer(), 2);
}

TEST(Toml, NothingIsAnEmptyObject) { EXPECT_EQ(parse_toml_as_json("", "x.toml").value(), "{}"); }

TEST(Toml, AnErrorNamesFileLineAndColumn) {
  const auto json = parse_toml_as_json("[copy]\nfolder = \"/srv\nkey = 1\n", "night.toml");
  ASSERT_FALSE(json.ok());
  EXPECT_EQ(json.error().code, app::Code::bad_config);
  EXPECT_NE(json.error().what.find("night.toml, line 2, column "), std::string::npos) << json.error().what;
  EXPECT_FALSE(json.error().detail.empty());
}

TEST(Toml, AKeyGivenTwiceIsNoGuess) {
  const auto json = parse_toml_as_json("a = 1\na = 2\n", "x.toml");
  ASSERT_FALSE(json.ok());
  EXPECT_NE(json.error().what.find("line 2"), std::string::npos) << json.error().what;
}

TEST(Toml, BytesThatAreNoUtf8AreAnError) {
  EXPECT_FALSE(parse_toml_as_json("name = \"\xff\xfe\"\n", "x.toml").ok());
}

TEST(Toml, LettersBeyondAsciiStandInQuotesAndCommentsOnly) {
  const auto good = parse_toml_as_json(
      "\xEF\xBB\xBF# Zürich\n\"schlüssel\" = 'Käthe \\'\nb = \"\\\"ü\"\nc = \"\"\"ü \"x\" ü\n'ü\"\"\"\nd = '''\n\"ü'''\n", "x.toml");
  EXPECT_TRUE(good.ok()) << good.error().what;
  for (const char* text : {"a = 1\nb = 1٣\n", "a = 1\nschlüssel = 1\n", "a = '''x'''\n[ä]\n", "a = \"x\"\nb = 0xé\n", "a = 1\nb = +.ʹ\n"}) {
    const auto json = parse_toml_as_json(text, "night.toml");
    ASSERT_FALSE(json.ok()) << text;
    EXPECT_EQ(json.error().code, app::Code::bad_config) << text;
    EXPECT_NE(json.error().what.find("night.toml"), std::string::npos) << json.error().what;
  }
}

TEST(Toml, ABrokenHeaderIsAnErrorAndNoCrash) {
  for (const char* text : {"[,]", "[[,]]", "[", "[]", "a.,b = 1", "a = {,}"}) {
    const auto json = parse_toml_as_json(text, "x.toml");
    ASSERT_FALSE(json.ok()) << text;
    EXPECT_EQ(json.error().code, app::Code::bad_config) << text;
  }
}

TEST(Toml, DeepNestingIsAnErrorAndNoCrash) {
  const auto json = parse_toml_as_json("a = " + std::string(100'000, '['), "x.toml");
  ASSERT_FALSE(json.ok());
  EXPECT_EQ(json.error().code, app::Code::bad_config);
}

TEST(Toml, AMissingFileAndAFolderSaySo) {
  std::string pattern = (std::filesystem::temp_directory_path() / "nightchart-toml-XXXXXX").string();
  ASSERT_NE(mkdtemp(pattern.data()), nullptr);
  const std::filesystem::path folder = pattern;
  const auto missing = read_toml_as_json(folder / "none.toml");
  const auto directory = read_toml_as_json(folder);
  std::ofstream(folder / "a.toml") << "a = 1\n";
  const auto good = read_toml_as_json(folder / "a.toml");
  std::filesystem::remove_all(folder);

  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, app::Code::not_found);
  EXPECT_NE(missing.error().what.find("none.toml"), std::string::npos);
  ASSERT_FALSE(directory.ok());
  EXPECT_EQ(directory.error().code, app::Code::io);
  ASSERT_TRUE(good.ok());
  EXPECT_EQ(good.value(), "{\"a\":1}");
}

}  // namespace
