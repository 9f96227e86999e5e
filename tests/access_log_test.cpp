// The record of looks: kept for one reader, and whole or known not to be.
#include "app/snapshot/access_log.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/temporary_folder.h"

namespace {

namespace fs = std::filesystem;

app::Look look_at(const std::string& name) {
  app::Look look;
  look.time = {1'760'447'400};
  look.kind = "viewed";
  look.who = "reception";
  look.practice = "Elm Street";
  look.sequence = 123;
  look.mrn = "100001";
  look.name = name;
  return look;
}

class AccessLog : public testing::Test {
 protected:
  void add(const std::string& name) { ASSERT_TRUE(app::append_look(folder(), look_at(name), officer_.public_key).ok()); }
  fs::path folder() const { return folder_.path() / "state"; }
  std::string text() const {
    std::ifstream in(folder() / "access.log", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }
  app::AccessLog read(const std::string& text, const std::string& expected = "") { return app::read_access_log(text, officer_, expected); }
  std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    std::istringstream in(text());
    for (std::string line; std::getline(in, line);) lines.push_back(line + "\n");
    return lines;
  }

  tests::TemporaryFolder folder_;
  app::KeyPair officer_ = app::make_key_pair();
};

TEST_F(AccessLog, IsReadByTheOfficerInTheOrderInWhichPeopleLooked) {
  for (const char* name : {"SMITH, Anna", "GARC\u00CDA, Ana", "LEE, Bo"}) add(name);
  const app::AccessLog log = read(text());
  EXPECT_TRUE(log.faults.empty()) << log.faults.front();
  ASSERT_EQ(log.looks.size(), 3u);
  EXPECT_EQ(log.looks[1].number, 2u);
  EXPECT_EQ(log.looks[1].look.name, "GARC\u00CDA, Ana");
  EXPECT_EQ(log.looks[1].look.mrn, "100001");
  EXPECT_EQ(log.looks[1].look.who, "reception");
  EXPECT_EQ(log.looks[1].look.time.s, 1'760'447'400);
}

TEST_F(AccessLog, TellsNobodyElseMoreThanHowManyLooksThereWere) {
  add("Xylocanary, Anna");
  add("Lee, Bo");
  EXPECT_EQ(text().find("Xylocanary"), std::string::npos);
  EXPECT_EQ(text().find("reception"), std::string::npos);
  EXPECT_EQ(lines()[0].size(), lines()[1].size()) << "not even how long a name is";
  const app::KeyPair somebody = app::make_key_pair();
  const app::AccessLog log = app::read_access_log(text(), somebody, "");
  ASSERT_EQ(log.looks.size(), 2u);
  EXPECT_FALSE(log.looks[0].readable);
  EXPECT_TRUE(log.looks[0].look.name.empty());
  EXPECT_TRUE(log.faults.empty()) << "the chain is checked without the key";
}

TEST_F(AccessLog, SaysWhereALineWasChangedTakenOutSwappedOrPutInBetween) {
  for (int i = 0; i < 4; ++i) add("SMITH, Anna");
  const auto line = lines();
  std::string changed = line[1];
  char& digit = changed[changed.find("sealed") + 20];
  digit = digit == '0' ? '1' : '0';
  for (const std::string& broken : {line[0] + changed + line[2] + line[3], line[0] + line[2] + line[3], line[1] + line[2] + line[3],
                                    line[0] + line[2] + line[1] + line[3], line[0] + line[0] + line[1] + line[2] + line[3],
                                    line[0] + line[1].substr(0, 40) + "\n" + line[2] + line[3]})
    EXPECT_FALSE(read(broken).faults.empty());
  EXPECT_TRUE(read(line[0] + line[1] + line[2] + line[3]).faults.empty());
}

TEST_F(AccessLog, NobodyElseCanTakeALineOutAndNumberTheOthersAnew) {
  for (const char* name : {"SMITH, Anna", "LEE, Bo", "IBARRA, Jo"}) add(name);
  // As somebody would who knows the format: the third line takes the second's number and follows the first.
  std::string third = lines()[2];
  const std::string first = lines()[0], head = app::format_hex(app::digest_of(std::string_view(first).substr(0, first.size() - 1)));
  third.replace(third.find("\"number\":3"), 10, "\"number\":2");
  third.replace(third.find("\"previous\":\"") + 12, head.size(), head);
  const app::AccessLog log = read(first + third);
  ASSERT_EQ(log.faults.size(), 1u);
  EXPECT_NE(log.faults[0].find("line 2 was made for another place"), std::string::npos) << log.faults[0];
}

TEST_F(AccessLog, LinesCutOffAtTheEndAreNoticedByWhoeverKnowsTheLastOne) {
  for (int i = 0; i < 3; ++i) add("SMITH, Anna");
  const std::string seen = app::format_hex(read(text()).head);
  const auto line = lines();
  EXPECT_TRUE(read(line[0] + line[1]).faults.empty()) << "by itself it cannot be told";
  EXPECT_FALSE(read(line[0] + line[1], seen).faults.empty());
  add("LEE, Bo");
  EXPECT_TRUE(read(text(), seen).faults.empty());
}

TEST_F(AccessLog, AfterAPowerCutInTheMiddleOfALineTheNextLookIsRecordedAllTheSame) {
  add("SMITH, Anna");
  std::ofstream(folder() / "access.log", std::ios::app | std::ios::binary) << "{\"nightchart\":\"lo";
  add("LEE, Bo");
  add("LEE, Bao");
  const app::AccessLog log = read(text());
  ASSERT_EQ(log.looks.size(), 3u);
  EXPECT_EQ(log.looks[2].look.name, "LEE, Bao");
  ASSERT_EQ(log.faults.size(), 1u) << "and the half line is said";
  EXPECT_NE(log.faults[0].find("line 2"), std::string::npos);
}

TEST_F(AccessLog, SaysThatItCannotBeKeptWhereNothingCanBeWritten) {
  const auto nowhere = app::append_look({}, look_at("SMITH, Anna"), officer_.public_key);
  ASSERT_FALSE(nowhere.ok());
  EXPECT_EQ(nowhere.error().what.find("SMITH"), std::string::npos);
  std::ofstream(folder_.path() / "file") << "x";
  EXPECT_FALSE(app::append_look(folder_.path() / "file" / "state", look_at("A"), officer_.public_key).ok());
  fs::create_directories(folder());
  fs::create_symlink(folder_.path() / "elsewhere", folder() / "access.log");
  EXPECT_FALSE(app::append_look(folder(), look_at("A"), officer_.public_key).ok());
  EXPECT_FALSE(fs::exists(folder_.path() / "elsewhere")) << "a link leads nowhere else";
}

}  // namespace
