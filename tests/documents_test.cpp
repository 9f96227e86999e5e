// What the texts for people say of the program is so: a promise is worth the test that it names.
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/command.h"
#include "tests/house_places.h"

namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kTexts = {"README.md", "app/snapshot/FORMAT.md", "app/snapshot/THREATS.md"};

// Every "Suite.Name" of the tests' sources; and "Suite.*" for each suite.
std::set<std::string> tests_that_exist() {
  std::set<std::string> names;
  const std::regex test(R"(\n(?:TEST|TEST_F|TEST_P)\(\s*(\w+),\s*(\w+)\))");
  for (const auto& entry : fs::directory_iterator(fs::path(tests::kHouseRoot) / "tests")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = "\n" + tests::contents(entry.path());
    for (std::sregex_iterator at(text.begin(), text.end(), test), end; at != end; ++at) {
      names.insert((*at)[1].str() + "." + (*at)[2].str());
      names.insert((*at)[1].str() + ".*");
    }
  }
  return names;
}

TEST(Documents, NameOnlyTestsThatExist) {
  const std::set<std::string> exist = tests_that_exist();
  const std::regex named(R"(`([A-Z]\w+\.(?:[A-Z]\w+|\*))`)");
  std::size_t count = 0;
  for (const std::string& file : kTexts) {
    const std::string text = tests::contents(fs::path(tests::kHouseRoot) / file);
    for (std::sregex_iterator at(text.begin(), text.end(), named), end; at != end; ++at, ++count) {
      EXPECT_TRUE(exist.contains((*at)[1].str())) << file << " names " << (*at)[1].str();
    }
  }
  EXPECT_GT(count, 20u);
}

TEST(Documents, NameOnlyCommandsThatExist) {
  const std::regex named(R"((?:^|[^/\w])nightchart ((?:(?:keyholder|binder|emr|form|log) )?[a-z]+)[ `])");
  std::set<std::string> commands;
  for (const std::string& file : kTexts) {
    const std::string text = tests::contents(fs::path(tests::kHouseRoot) / file);
    for (std::sregex_iterator at(text.begin(), text.end(), named), end; at != end; ++at) commands.insert((*at)[1].str());
  }
  EXPECT_GT(commands.size(), 5u);
  for (const std::string& command : commands) {
    const std::string help = tests::run("\"$NIGHTCHART\" " + command + " --help").out;
    EXPECT_NE(help.find("Usage: nightchart " + command + " "), std::string::npos) << "nightchart " << command;
  }
}

}  // namespace
