// What the commands do with a practice that is made in parts: all parts, or one that was named, and never an empty whole.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "app/snapshot/copy.h"
#include "app/snapshot/copy_parts.h"
#include "app/snapshot/fingerprint.h"
#include "tests/split_maker.h"
#include "tests/split_practice.h"

namespace {

namespace fs = std::filesystem;

constexpr char kPartOnly[] = "PART 2 OF 3 ONLY: the patients of the other parts are not here.";

class SplitCopies : public testing::Test {
 protected:
  void SetUp() override {
    practice_.emplace(tests::make_practice(root_.path() / "practice").value());
    tests::write(root_.path() / "passphrase", std::string(tests::kPassphrase) + "\n");
  }
  void publish(const app::Shard& shard, std::int64_t later_s = 0) {
    const auto copy = tests::publish_part(*practice_, copies(), shard, ++sequence_, {tests::kSplitTaken.s + later_s}, tests::invented_charts(12));
    ASSERT_TRUE(copy.ok()) << copy.error().detail;
  }
  fs::path copies() const { return root_.path() / "copies"; }
  std::string key() const { return " --passphrase-file " + (root_.path() / "passphrase").string(); }

  const tests::TemporaryFolder root_;
  std::optional<tests::Practice> practice_;
  std::uint64_t sequence_ = 0;
};

TEST_F(SplitCopies, ThatAreNotOfOneNightDoNotPassAsVerified) {
  publish({1, 3}), publish({2, 3}, -20 * 3600), publish({3, 3});
  const auto near = tests::run("$NIGHTCHART verify " + copies().string() + key());
  EXPECT_EQ(near.exit_code, 0) << near.out << near.err;
  publish({1, 3}, 3 * 86'400), publish({3, 3}, 3 * 86'400);
  const auto apart = tests::run("$NIGHTCHART verify " + copies().string() + key());
  EXPECT_EQ(apart.exit_code, static_cast<int>(app::Code::not_found)) << apart.out;
  EXPECT_NE(apart.err.find("THE PARTS ARE NOT OF ONE NIGHT. Part 2 of 3 is 4 days older"), std::string::npos) << apart.err;
}

TEST_F(SplitCopies, SayWhatLiesBesideThemAndIsNotRead) {
  publish({}), publish({1, 2}, 3600), publish({2, 2}, 3600);
  const auto said = [&](const std::string& words) { return tests::run("$NIGHTCHART " + words + key()); };
  for (const std::string& command : {"find " + copies().string() + " a", "show " + copies().string() + " --all", "verify " + copies().string()}) {
    const auto outcome = said(command);
    EXPECT_NE(outcome.err.find("Beside the parts lies a copy of the whole practice"), std::string::npos) << command << outcome.err;
  }
  publish({}, 86'400);
  for (const std::string& command : {"find " + copies().string() + " a", "print " + copies().string() + " index --out " + (root_.path() / "x.pdf").string(),
                                     "verify " + copies().string()}) {
    const auto outcome = said(command);
    EXPECT_NE(outcome.err.find("lie parts of a practice that was split into 2"), std::string::npos) << command << outcome.err;
    EXPECT_EQ(outcome.err.find("lie parts"), outcome.err.rfind("lie parts")) << "once is enough";
  }
}

TEST_F(SplitCopies, AreThoseOfThePracticeThatThisComputerKnows) {
  publish({1, 2}), publish({2, 2});
  const std::string memory = " --memory " + (root_.path() / "memory").string();
  ASSERT_EQ(tests::run("$NIGHTCHART show " + copies().string() + " --all" + key() + memory).exit_code, 0);
  // A stranger's whole copy, and a stranger's more parts, are newer.
  const auto own = std::exchange(practice_, tests::make_practice(root_.path() / "stranger").value());
  publish({}, 86'400);
  for (const std::uint32_t number : {1u, 2u, 3u}) publish({number, 3}, 86'400);
  for (const std::string& command : {"verify " + copies().string(), "show " + copies().string() + " --all"}) {
    const auto outcome = tests::run("$NIGHTCHART " + command + key() + memory);
    EXPECT_EQ(outcome.exit_code, 0) << command << outcome.out << outcome.err;
  }
}

class SplitPull : public SplitCopies {
 protected:
  fs::path laptop() const { return root_.path() / "laptop"; }
  tests::Outcome pull(const std::string& more = "") const { return tests::run("$NIGHTCHART pull " + copies().string() + " " + laptop().string() + " " + more); }
  int opens() const { return tests::run("$NIGHTCHART show " + laptop().string() + " --all" + key()).exit_code; }
};

TEST_F(SplitPull, BringsAllPartsAndSaysSoOnce) {
  publish({1, 2}), publish({2, 2});
  const auto first = pull();
  EXPECT_EQ(first.exit_code, 0) << first.out << first.err;
  EXPECT_NE(first.out.find("2 of 2 parts are here"), std::string::npos) << first.out;
  EXPECT_EQ(first.out.find("THE FIRST TIME"), first.out.rfind("THE FIRST TIME")) << "the second part is the first one's practice's";
  EXPECT_EQ(opens(), 0);
  const auto again = pull("--json");
  EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
  EXPECT_NE(again.out.find("\"complete\":true"), std::string::npos) << again.out;
  EXPECT_NE(again.out.find("\"part\":\"shard-2-of-2\""), std::string::npos) << again.out;
}

TEST_F(SplitPull, SaysWhichPartIsMissingAndBringsTheOthers) {
  publish({1, 3}), publish({3, 3});
  const auto some = pull();
  EXPECT_EQ(some.exit_code, static_cast<int>(app::Code::not_found)) << some.out;
  EXPECT_NE(some.err.find("Part 2 of 3 WAS NOT PULLED"), std::string::npos) << some.err;
  EXPECT_TRUE(fs::exists(laptop() / "shard-1-of-3"));
  EXPECT_TRUE(fs::exists(laptop() / "shard-3-of-3"));
  // The first part once more, under the second's name.
  fs::copy(copies() / "shard-1-of-3", copies() / "shard-2-of-3", fs::copy_options::recursive);
  const auto twice = pull();
  EXPECT_NE(twice.exit_code, 0) << twice.out;
  EXPECT_NE(twice.err.find("Part 2 of 3 WAS NOT PULLED"), std::string::npos) << twice.err;
  EXPECT_NE(twice.err.find("not of this part"), std::string::npos) << twice.err;
}

TEST_F(SplitPull, CountsThePartsThatLieHereAndNamesThoseThatWereNotRenewed) {
  publish({1, 3}), publish({2, 3}), publish({3, 3});
  ASSERT_EQ(pull().exit_code, 0);
  fs::remove_all(copies() / "shard-2-of-3");
  publish({1, 3}, 3600), publish({3, 3}, 3600);
  const auto some = pull();
  EXPECT_EQ(some.exit_code, static_cast<int>(app::Code::not_found)) << some.out;
  EXPECT_NE(some.out.find("3 of 3 parts are here; part 2 was not renewed."), std::string::npos) << some.out;
  EXPECT_NE(some.err.find("Part 2 of 3 WAS NOT PULLED"), std::string::npos) << some.err;
  EXPECT_EQ(some.err.find("NOT OF ONE NIGHT"), std::string::npos) << some.err;
  const auto json = pull("--json");
  EXPECT_NE(json.out.find("\"parts_here\":3"), std::string::npos) << json.out;
  EXPECT_NE(json.out.find("\"here_from_before\":true"), std::string::npos) << json.out;
  publish({1, 3}, 3 * 86'400), publish({3, 3}, 3 * 86'400);
  EXPECT_NE(pull().err.find("NOT OF ONE NIGHT. Part 2 of 3 is 3 days older"), std::string::npos) << "the old one of those that are here";
  fs::remove_all(laptop() / "shard-2-of-3");
  const auto fewer = pull();
  EXPECT_NE(fewer.out.find("2 of 3 parts are here. "), std::string::npos) << fewer.out;
}

TEST_F(SplitPull, OfOnePartsOwnFolderSaysThatTheOtherPatientsAreNotThere) {
  publish({1, 3}), publish({2, 3}), publish({3, 3});
  const std::string from = (copies() / "shard-2-of-3").string(), to = (root_.path() / "alone").string();
  const auto one = tests::run("$NIGHTCHART pull " + from + " " + to);
  EXPECT_EQ(one.exit_code, 0) << one.err;
  EXPECT_NE(one.out.find(kPartOnly), std::string::npos) << one.out;
  EXPECT_NE(tests::run("$NIGHTCHART pull --json " + from + " " + to).out.find("\"part\":\"shard-2-of-3\""), std::string::npos);
  EXPECT_EQ(pull().out.find("ONLY"), std::string::npos) << "all three came";
}

TEST_F(SplitCopies, OfWhichOneAloneIsOpenedAreSaidToBeMissingEvenWhereNobodyIsFound) {
  publish({1, 3}), publish({2, 3}), publish({3, 3});
  const std::string part = (copies() / "shard-2-of-3").string() + key();
  const auto verified = tests::run("$NIGHTCHART verify " + part);
  EXPECT_EQ(verified.exit_code, 0) << verified.err;
  EXPECT_NE(verified.out.find(kPartOnly), std::string::npos) << verified.out;
  const std::vector<std::pair<std::string, std::string>> looks = {
      {"find", "a"}, {"find", "zzzzqqqq"}, {"show", "--all"}, {"show", "nobody"}, {"show", "--all --json"}};
  for (const auto& [name, words] : looks) {
    const auto said = tests::run("$NIGHTCHART " + name + " " + part + " " + words);
    EXPECT_NE(said.err.find(kPartOnly), std::string::npos) << name << " " << words << said.out << said.err;
  }
  const auto nobody = tests::run("$NIGHTCHART find " + part + " zzzzqqqq");
  EXPECT_NE(nobody.out.find("it is a part only: they may be in another."), std::string::npos) << nobody.out;
  EXPECT_NE(tests::run("$NIGHTCHART show " + part + " nobody").err.find("It is Part 2 of 3 only"), std::string::npos);
  for (const char* words : {"verify ", "find --json ", "verify --json "}) {
    const auto all = tests::run("$NIGHTCHART " + std::string(words) + copies().string() + key() + (words[0] == 'f' ? " a" : ""));
    EXPECT_EQ((all.out + all.err).find("ONLY"), std::string::npos) << words << all.out << all.err;
  }
  for (const char* words : {"find --json ", "verify --json "}) {
    const auto json = tests::run("$NIGHTCHART " + std::string(words) + part + (words[0] == 'f' ? " zzzzqqqq" : ""));
    EXPECT_NE(json.out.find("\"part\":2,\"parts\":3"), std::string::npos) << words << json.out;
  }
}

TEST_F(SplitPull, TakesNoPartOfAnotherPracticeWhateverItsNumber) {
  publish({1, 2}), publish({2, 2});
  ASSERT_EQ(pull().exit_code, 0);
  const auto own = std::exchange(practice_, tests::make_practice(root_.path() / "stranger").value());
  publish({1, 3}, 86'400), publish({2, 3}, 86'400), publish({3, 3}, 86'400);
  const auto forged = pull();
  EXPECT_NE(forged.exit_code, 0) << forged.out;
  EXPECT_FALSE(fs::exists(laptop() / "shard-1-of-3" / "charts.db"));
  for (const char* part : {"shard-1-of-3", "shard-2-of-3", "shard-3-of-3"}) EXPECT_TRUE(app::list_copies(laptop() / part).empty()) << part;
  EXPECT_NE(forged.err.find("NOT the newest: of all 3 parts"), std::string::npos) << forged.err;
  EXPECT_NE(forged.out.find("2 of 2 parts are here"), std::string::npos) << forged.out;
}

TEST_F(SplitPull, SaysThatPartsAreNotOfOneNight) {
  publish({1, 2}), publish({2, 2});
  publish({1, 2}, 3 * 86'400);
  const auto apart = pull();
  EXPECT_EQ(apart.exit_code, static_cast<int>(app::Code::not_found)) << apart.out;
  EXPECT_NE(apart.err.find("NOT OF ONE NIGHT"), std::string::npos) << apart.err;
}

TEST_F(SplitPull, GoesWithTheWholeCopyWhenThatIsTheNewer) {
  publish({1, 2}), publish({2, 2});
  ASSERT_EQ(pull().exit_code, 0);
  publish({}, 86'400);
  const auto whole = pull();
  EXPECT_EQ(whole.exit_code, 0) << whole.out << whole.err;
  EXPECT_EQ(app::list_copies(laptop()).size(), 1u) << whole.out;
  EXPECT_EQ(whole.out.find("THE FIRST TIME"), std::string::npos) << "it is the parts' practice's";
}

// An exporter that was replaced, and makes another number of parts: told once, the laptop goes on with the new one, and takes no more
// of the old one's, however many parts those have and whatever their time.
TEST_F(SplitPull, FollowsAReplacedExporterIntoAnotherNumberOfPartsAndStaysThere) {
  const auto publish_all = [&](std::uint32_t of, std::int64_t later_s) {
    if (of == 1) return publish({}, later_s);
    for (std::uint32_t number = 1; number <= of; ++number) publish({number, of}, later_s);
  };
  for (const auto& [before, after] : {std::pair(1u, 3u), std::pair(3u, 1u), std::pair(2u, 3u)}) {
    SCOPED_TRACE(std::to_string(before) + " to " + std::to_string(after));
    const std::string name = std::to_string(before) + "-" + std::to_string(after);
    fs::remove_all(copies()), fs::remove_all(laptop());
    practice_.emplace(tests::make_practice(root_.path() / (name + "-old")).value());
    publish_all(before, 0);
    ASSERT_EQ(pull().exit_code, 0);
    auto old = std::exchange(practice_, tests::make_practice(root_.path() / (name + "-new")).value());
    publish_all(after, 86'400);
    const fs::path newest = after == 1 ? copies() : copies() / app::format_part_folder({1, after});
    const app::PublicKey signer = app::list_copies(newest).front().signer;
    const auto told = pull("--fingerprint '" + app::format_fingerprint(signer) + "'");
    ASSERT_EQ(told.exit_code, 0) << told.out << told.err;
    const auto plain = pull();
    EXPECT_EQ(plain.exit_code, 0) << plain.out << plain.err;
    publish_all(after, 2 * 86'400);
    const auto next = pull();
    EXPECT_EQ(next.exit_code, 0) << next.out << next.err;
    EXPECT_NE(next.out.find("Pulled "), std::string::npos) << next.out;
    // The old exporter's key wakes up.
    practice_ = std::move(old);
    publish_all(before, 9 * 86'400);
    const auto back = pull();
    EXPECT_EQ(back.out.find("Pulled "), std::string::npos) << back.out;
  }
}

TEST_F(SplitPull, NamesInItsDocumentWhatItPassedOver) {
  publish({});
  ASSERT_EQ(pull().exit_code, 0);
  const auto own = std::exchange(practice_, tests::make_practice(root_.path() / "stranger").value());
  publish({1, 3}, 86'400);
  const auto whole = pull("--json");
  EXPECT_EQ(whole.exit_code, static_cast<int>(app::Code::damaged)) << whole.out;
  EXPECT_NE(whole.out.find("\"passed_over\":[\"all 3 parts\"]"), std::string::npos) << whole.out;
}

TEST_F(SplitPull, MakesNoFolderForAPartThatItDoesNotTake) {
  publish({1, 2}), publish({2, 2});
  ASSERT_EQ(pull().exit_code, 0);
  practice_.emplace(tests::make_practice(root_.path() / "stranger").value());
  publish({1, 3}, 86'400), publish({2, 3}, 86'400), publish({3, 3}, 86'400);
  pull();
  for (const char* part : {"shard-1-of-3", "shard-2-of-3", "shard-3-of-3"}) EXPECT_FALSE(fs::exists(laptop() / part)) << part;
}

using SplitKept = tests::SplitPractice;

TEST_F(SplitKept, ANightOfTheWholeSaysThatThePartsCountNoLonger) {
  make("1/2"), make("2/2");
  std::this_thread::sleep_for(std::chrono::seconds(1));
  const auto whole = command("night");
  EXPECT_EQ(whole.exit_code, 0) << whole.out << whole.err;
  EXPECT_NE(whole.err.find("was made in 2 parts until now"), std::string::npos) << whole.err;
  std::this_thread::sleep_for(std::chrono::seconds(1));
  EXPECT_EQ(command("night").err.find("in 2 parts"), std::string::npos) << "it is whole again";
}

TEST_F(SplitKept, RotatingAPartThatWasNeverMadeBeginsNothing) {
  const auto rotated = command("rotate", "--shard 1/9");
  EXPECT_EQ(rotated.exit_code, static_cast<int>(app::Code::not_found)) << rotated.out << rotated.err;
  EXPECT_NE(rotated.err.find("Part 1 of 9 of this practice was never made here."), std::string::npos) << rotated.err;
  EXPECT_FALSE(fs::exists(copies() / "shard-1-of-9"));
  EXPECT_FALSE(fs::exists(folder() / "shards"));
}

TEST_F(SplitKept, NoCommandTakesAnEmptyWholeForThePractice) {
  make("1/2"), make("2/2"), make("1/2");
  const auto plan = command("rotate", "--dry-run");
  EXPECT_EQ(plan.exit_code, 0) << plan.err;
  for (const char* words : {"the folder of copies, Part 1 of 2: 2 copies", "stick, Part 2 of 2: 1 copy"}) EXPECT_NE(plan.out.find(words), std::string::npos) << words << "\n" << plan.out;
  const auto one = command("rotate", "--dry-run --shard 2/2");
  EXPECT_EQ(one.out.find("Part 1 of 2"), std::string::npos) << one.out;
  EXPECT_EQ(command("rotate").exit_code, 0);
  EXPECT_FALSE(fs::exists(copies() / ".nightchart.lock")) << "nothing is begun for the whole";

  const auto confirm = command("binder confirm", "1");
  EXPECT_EQ(confirm.exit_code, static_cast<int>(app::Code::bad_config)) << confirm.out;
  EXPECT_NE(confirm.err.find("nightchart binder confirm 1 --shard 1/2"), std::string::npos) << confirm.err;
  const auto status = command("binder status");
  EXPECT_EQ(status.exit_code, 0) << status.err;
  EXPECT_NE(status.out.find("Part 2 of 2: No packet was ever confirmed"), std::string::npos) << status.out;

  const auto print = tests::run("$NIGHTCHART print " + copies().string() + " index --out " + (root_.path() / "index.pdf").string() + key());
  EXPECT_EQ(print.exit_code, static_cast<int>(app::Code::not_a_copy)) << print.err;
  EXPECT_NE(print.err.find("shard-1-of-2, to shard-2-of-2"), std::string::npos) << print.err;
  const auto schedule = command("schedule", "--cron");
  EXPECT_EQ(schedule.exit_code, static_cast<int>(app::Code::bad_config)) << schedule.out;
  EXPECT_NE(schedule.err.find("nightchart night --shard 1/2"), std::string::npos) << schedule.err;
}

TEST_F(SplitKept, ADismissedKeyholderOpensNoPartsDocumentsFromTheNextNightOn) {
  tests::write(root_.path() / "bobs", "another long passphrase 4712\n");
  ASSERT_EQ(command("keyholder add Bob", "--passphrase-file " + (root_.path() / "bobs").string()).exit_code, 0);
  make("1/2"), make("2/2");
  const auto manifest_of = [&](const char* part) { return tests::contents(app::list_copies(copies() / part).front().folder / "manifest.json"); };
  ASSERT_NE(manifest_of("shard-2-of-2").find("Bob"), std::string::npos);
  ASSERT_EQ(command("keyholder remove Bob").exit_code, 0);
  make("1/2"), make("2/2");
  for (const char* part : {"shard-1-of-2", "shard-2-of-2"}) EXPECT_EQ(manifest_of(part).find("Bob"), std::string::npos) << part;
}

}  // namespace
