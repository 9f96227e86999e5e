// The keyholder commands, as the person types them who looks after a practice's keys.
#include <gtest/gtest.h>

#include <sstream>

#include "app/snapshot/keys_envelope.h"
#include "exporter/commands/terminal.h"
#include "tests/command.h"
#include "tests/copy_maker.h"

namespace {

namespace fs = std::filesystem;
using tests::Outcome;

class Keyholders : public testing::Test {
 protected:
  void SetUp() override {
    tests::write(root() / "phrase", "lantern copper window seven\n");
    const Outcome made = in_root("$NIGHTCHART init practice --name 'Elm Street' --keyholder reception --passphrase-file phrase --copies copies");
    ASSERT_EQ(made.exit_code, 0) << made.err;
    EXPECT_NE(made.out.find("THERE IS NO SEALED ENVELOPE YET"), std::string::npos);
  }
  fs::path root() const { return folder_.path(); }
  Outcome in_root(const std::string& command) {
    return tests::run("cd '" + root().string() + "'; export NIGHTCHART_CONFIG=$PWD/practice/nightchart.toml; " + command);
  }
  std::string scan(const std::string& pdf) { return in_root("pdftoppm -r 100 -gray -png " + pdf + " scan && zbarimg -q --raw scan-1.png; rm -f scan-1.png").out; }

  tests::TemporaryFolder folder_;
};

TEST_F(Keyholders, AreAddedListedAndRemovedInWordsThatSayWhatItDoesNotProtect) {
  const Outcome drawn = in_root("$NIGHTCHART keyholder add doctor --generate --json");
  ASSERT_EQ(drawn.exit_code, 0) << drawn.err;
  const std::size_t from = drawn.out.find("\"passphrase\":\"") + 14;
  std::istringstream words(drawn.out.substr(from, drawn.out.find('"', from) - from));
  EXPECT_EQ(std::distance(std::istream_iterator<std::string>(words), {}), 6) << drawn.out;

  const std::string list = in_root("$NIGHTCHART keyholder list --json").out;
  EXPECT_NE(list.find(R"({"keyholder":"doctor","opens_with":"passphrase","since":"20)"), std::string::npos) << list;
  const Outcome removed = in_root("$NIGHTCHART keyholder remove doctor");
  EXPECT_EQ(removed.exit_code, 0) << removed.err;
  EXPECT_NE(removed.out.find("made before still opens"), std::string::npos);
  EXPECT_EQ(in_root("$NIGHTCHART keyholder remove doctor").exit_code, 13);
  const Outcome last = in_root("$NIGHTCHART keyholder remove reception --json");
  EXPECT_EQ(last.exit_code, 18) << "nobody could open a copy";
  EXPECT_NE(last.out.find("last keyholder"), std::string::npos);
  EXPECT_NE(in_root("$NIGHTCHART keyholder list").out.find("reception"), std::string::npos);
}

class KeyholdersWithDocuments : public Keyholders {
 protected:
  void SetUp() override {
    Keyholders::SetUp();
    const Outcome night = in_root(
        "rm -r practice; $NIGHTCHART practice --patients 10 --seed 5 --out emr.db --documents scans && "
        "$NIGHTCHART init practice --name 'Elm Street' --keyholder reception --passphrase-file phrase --copies copies --emr-kind sql "
        "--url sqlite://$PWD/emr.db --documents scans && $NIGHTCHART night");
    ASSERT_EQ(night.exit_code, 0) << night.err;
    ASSERT_EQ(night.out.find("read tonight: 0"), std::string::npos) << night.out;
    tests::write(root() / "second", "granite violin harbor pencil\n");
  }
  // How many documents of the newest copy can be read with that passphrase.
  std::string readable(const std::string& phrase) { return in_root("$NIGHTCHART verify copies --passphrase-file " + phrase).out; }
};

TEST_F(KeyholdersWithDocuments, WhoAreAddedWithAnExistingPassphraseOpenTheDocumentsThatAreKeptAlready) {
  tests::write(root() / "wrong", "nobody knows this phrase\n");
  EXPECT_EQ(in_root("$NIGHTCHART keyholder add doctor --passphrase-file second --documents-passphrase-file wrong").exit_code, 10);
  EXPECT_EQ(in_root("$NIGHTCHART keyholder list").out.find("doctor"), std::string::npos) << "nothing was changed";
  const Outcome added = in_root("$NIGHTCHART keyholder add doctor --passphrase-file second --documents-passphrase-file phrase");
  ASSERT_EQ(added.exit_code, 0) << added.err;
  EXPECT_NE(added.out.find("kept already open for them too"), std::string::npos) << added.out;
  EXPECT_NE(in_root("$NIGHTCHART night").out.find("read tonight: 0"), std::string::npos);
  EXPECT_EQ(readable("second").find("PAGES LOST"), std::string::npos) << readable("second");
}

TEST_F(KeyholdersWithDocuments, WhoAreAddedWithoutOrRemovedHaveAllDocumentsWrittenAnew) {
  const Outcome added = in_root("$NIGHTCHART keyholder add doctor --passphrase-file second");
  EXPECT_NE(added.out.find("writes all scanned documents anew"), std::string::npos) << added.out;
  EXPECT_EQ(in_root("$NIGHTCHART night").out.find("read tonight: 0"), std::string::npos);
  EXPECT_NE(in_root("$NIGHTCHART night").out.find("read tonight: 0"), std::string::npos) << "once is enough";
  EXPECT_EQ(in_root("$NIGHTCHART keyholder remove doctor").exit_code, 0);
  EXPECT_EQ(in_root("$NIGHTCHART night").out.find("read tonight: 0"), std::string::npos);
  EXPECT_EQ(readable("phrase").find("PAGES LOST"), std::string::npos);
}

TEST_F(Keyholders, AreNotMadeWithAPassphraseThatAThiefGuesses) {
  tests::write(root() / "weak", "Smith1978\n");
  const Outcome added = in_root("$NIGHTCHART keyholder add doctor --passphrase-file weak");
  EXPECT_EQ(added.exit_code, 22) << added.err;
  EXPECT_NE(added.err.find("year"), std::string::npos);
  EXPECT_EQ(added.err.find("Smith1978"), std::string::npos);
  EXPECT_EQ(in_root("$NIGHTCHART keyholder passphrase reception --passphrase-file weak").exit_code, 22);
  EXPECT_EQ(in_root("$NIGHTCHART init other --name X --keyholder me --passphrase-file weak").exit_code, 22);
  EXPECT_FALSE(fs::exists(root() / "other"));
  EXPECT_FALSE(fs::exists(root() / "practice/keyholders/doctor.json"));
}

TEST_F(Keyholders, GetNewKeysWithANewPassphrase) {
  const std::string before = tests::contents(root() / "practice/keyholders/reception.json");
  const std::string public_key = before.substr(before.find("\"public_key\""), 80);
  tests::write(root() / "new", "seven windows copper lantern river\n");
  const Outcome changed = in_root("$NIGHTCHART keyholder passphrase reception --passphrase-file new");
  ASSERT_EQ(changed.exit_code, 0) << changed.err;
  EXPECT_EQ(tests::contents(root() / "practice/keyholders/reception.json").find(public_key), std::string::npos)
      << "else an old copy and the old passphrase would open the new copies";
  EXPECT_NE(changed.out.find("still open with the old one"), std::string::npos);
  EXPECT_EQ(in_root("$NIGHTCHART keyholder passphrase nobody --passphrase-file new").exit_code, 13);
}

TEST_F(Keyholders, EnvelopeLeavesOnlyItsPublicKeyHereAndIsReplacedByTheNext) {
  ASSERT_EQ(in_root("$NIGHTCHART keyholder envelope --out one.pdf").exit_code, 0);
  const std::string first = scan("one.pdf");
  EXPECT_EQ(fs::status(root() / "one.pdf").permissions() & (fs::perms::group_all | fs::perms::others_all), fs::perms::none);
  const std::string kept = tests::contents(root() / "practice/keyholders/ENVELOPE.json");
  EXPECT_EQ(kept.find("locked"), std::string::npos);
  EXPECT_EQ(in_root("$NIGHTCHART keyholder envelope --out one.pdf").exit_code, 22) << "nothing is overwritten";
  EXPECT_EQ(tests::contents(root() / "practice/keyholders/ENVELOPE.json"), kept);

  tests::write(root() / "lines", first);
  const Outcome checked = in_root("$NIGHTCHART keyholder envelope --check --passphrase-file lines");
  EXPECT_EQ(checked.exit_code, 0) << checked.err;
  const Outcome second = in_root("$NIGHTCHART keyholder envelope --out two.pdf");
  EXPECT_EQ(second.exit_code, 0);
  EXPECT_NE(second.out.find("takes the place of Sealed envelope"), std::string::npos);
  EXPECT_EQ(in_root("$NIGHTCHART keyholder envelope --check --passphrase-file lines").exit_code, 22);
  EXPECT_NE(first, scan("two.pdf"));
  EXPECT_EQ(in_root("$NIGHTCHART keyholder envelope").exit_code, 2) << "where to must be said";
  EXPECT_EQ(in_root("$NIGHTCHART keyholder add envelope --passphrase-file phrase").exit_code, 18);
}

TEST_F(Keyholders, EnvelopeGoesToThePrinterThroughAPipe) {
  fs::create_directories(root() / "bin");
  tests::write(root() / "bin/lp", "#!/bin/sh\necho \"$@\" >arguments\ncat >printed.pdf\n");
  fs::permissions(root() / "bin/lp", fs::perms::owner_all);
  const Outcome printed = in_root("PATH=$PWD/bin:$PATH $NIGHTCHART keyholder envelope --printer office");
  EXPECT_EQ(printed.exit_code, 0) << printed.err;
  EXPECT_EQ(tests::contents(root() / "arguments"), "-t Sealed envelope -d office --\n");
  EXPECT_EQ(scan("printed.pdf").size(), 65u);

  const std::string kept = tests::contents(root() / "practice/keyholders/ENVELOPE.json");
  tests::write(root() / "bin/lp", "#!/bin/sh\nexit 1\n");
  EXPECT_EQ(in_root("PATH=$PWD/bin:$PATH $NIGHTCHART keyholder envelope --printer nosuch").exit_code, 16);
  EXPECT_EQ(tests::contents(root() / "practice/keyholders/ENVELOPE.json"), kept) << "the old one stays in force";
}

TEST(Names, OfAForeignCopyReachNoTerminalAsTheyStand) {
  EXPECT_EQ(exporter::plain("Elm\x1b[2J \xE2\x80\xAEteertS\xE2\x80\x8F \xC2\x9B M\xC3\xBCller"), "Elm[2J teertS?  M\xC3\xBCller");
  EXPECT_EQ(exporter::plain("E\xE2\x80\x8Blm\xC2\xAD"), "E?lm?");
  const tests::TemporaryFolder folder;
  tests::Practice practice = tests::make_practice(folder.path()).value();
  practice.keyholders.push_back({"Evil\xE2\x80\x8F", app::make_key_pair().public_key, ""});
  ASSERT_TRUE(tests::run_small_night(practice, tests::invented_charts(1)).ok());
  const app::Recovery other = app::make_recovery(practice.signing_key.verifying_key());
  tests::write(folder.path() / "lines", std::string(app::format_recovery_letters(other).view()));
  const Outcome refused = tests::run("cd '" + folder.path().string() + "'; $NIGHTCHART find copies smith --passphrase-file lines");
  EXPECT_EQ(refused.exit_code, 22) << refused.err;
  EXPECT_NE(refused.err.find("Evil"), std::string::npos) << refused.err;
  EXPECT_EQ(refused.err.find('\x1b'), std::string::npos);
  EXPECT_EQ(refused.err.find("\xE2\x80\x8F"), std::string::npos);
}

}  // namespace
