// The ring binder at the terminal: a night's packet printed, put in, confirmed; the whole binder on demand.
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "tests/command.h"

namespace {

namespace fs = std::filesystem;
using tests::contents;
using tests::Outcome;
using tests::run;
using tests::TemporaryFolder;

class BinderCommand : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    tests::write(folder_->path() / "phrase", "lantern copper window seven\n");
    tests::write(folder_->path() / "contacts.toml", "checked = 2020-10-01\n[[contact]]\nwhat = \"EMR support\"\nname = \"Elm Hosting\"\nphone = \"(555) 010-0199\"\n");
    made_ = in_folder("set -e; $NIGHTCHART practice --patients 60 --seed 3 --out emr.sqlite; "
                      "$NIGHTCHART init practice --name 'Elm Street' --time-zone America/New_York --keyholder reception --passphrase-file phrase "
                      "--emr-kind sql --pack practice --url \"sqlite://$PWD/emr.sqlite\" --copies \"$PWD/copies\"; "
                      "sed -i 's|^sheets = .*|sheets = \"active\"|; s|^active_years.*|active_years = 0|; s|^# contacts = .*|contacts = \"../contacts.toml\"|' practice/nightchart.toml; "
                      "$NIGHTCHART night --config practice/nightchart.toml");
  }
  static void TearDownTestSuite() { delete folder_; }
  void SetUp() override { ASSERT_TRUE(made_.exit_code == 0 || made_.exit_code == 3) << made_.out << made_.err; }

  static Outcome in_folder(const std::string& command) {
    return run("cd '" + folder_->path().string() + "'; export NIGHTCHART_CONFIG=practice/nightchart.toml; " + command);
  }
  static Outcome print(const std::string& what) {
    return in_folder("$NIGHTCHART print copies " + what + " --passphrase-file phrase");
  }
  static std::string text_of(const std::string& pdf) { return in_folder("pdftotext -layout " + pdf + " -").out; }

  static TemporaryFolder* folder_;
  static Outcome made_;
};
TemporaryFolder* BinderCommand::folder_ = nullptr;
Outcome BinderCommand::made_;

TEST_F(BinderCommand, AConfirmedPacketIsWhatTheNextOneBuildsOn) {
  EXPECT_NE(made_.out.find("empty it and put in"), std::string::npos) << made_.out;
  const Outcome before = in_folder("$NIGHTCHART binder status");
  EXPECT_EQ(before.exit_code, 0) << before.err;
  EXPECT_NE(before.out.find("No packet was ever confirmed"), std::string::npos) << before.out;
  EXPECT_NE(before.out.find("1 packet waits"), std::string::npos) << before.out;

  EXPECT_NE(in_folder("$NIGHTCHART binder confirm 99").exit_code, 0);
  EXPECT_NE(in_folder("$NIGHTCHART binder confirm nonsense").exit_code, 0);
  const Outcome confirmed = in_folder("$NIGHTCHART binder confirm copies/*-000001/binder/packet.pdf");
  EXPECT_EQ(confirmed.exit_code, 0) << confirmed.err;
  EXPECT_NE(confirmed.out.find("Packet 1 is confirmed"), std::string::npos) << confirmed.out;
  EXPECT_TRUE(std::regex_search(confirmed.out, std::regex("holds [0-9]+ sheets and [0-9]+ blank forms"))) << confirmed.out;
  EXPECT_NE(in_folder("$NIGHTCHART binder confirm 000001").out.find("already"), std::string::npos);

  const Outcome second = in_folder("$NIGHTCHART night");
  EXPECT_NE(second.out.find("put in 0 sheets"), std::string::npos) << second.out;
  const Outcome packet = print("packet --out second.pdf");
  EXPECT_EQ(packet.exit_code, 0) << packet.err;
  EXPECT_NE(text_of("second.pdf").find("Nothing changed"), std::string::npos);
  const Outcome status = in_folder("$NIGHTCHART binder status --json");
  EXPECT_NE(status.out.find("\"confirmed\":1"), std::string::npos) << status.out;
  EXPECT_NE(status.out.find("\"unconfirmed\":[2]"), std::string::npos) << status.out;
  EXPECT_EQ(in_folder("qpdf --check second.pdf").exit_code, 0);
}

TEST_F(BinderCommand, TheWholeBinderOutOfACopyHoldsTheSheetsThatThePacketHas) {
  const Outcome packet = in_folder("$NIGHTCHART print copies/*-000001 packet --out packet.pdf --passphrase-file phrase");
  const Outcome binder = in_folder("$NIGHTCHART print copies/*-000001 binder --out binder.pdf --passphrase-file phrase");
  ASSERT_EQ(packet.exit_code, 0) << packet.err;
  ASSERT_EQ(binder.exit_code, 0) << binder.err;
  const auto sheets_of = [](const std::string& pdf) {
    return in_folder("pdftotext -layout " + pdf + " - | grep -o 'MRN [0-9A-Za-z-]* · sheet ....-....' | sort -u").out;
  };
  EXPECT_GT(sheets_of("packet.pdf").size(), 500u);
  EXPECT_EQ(sheets_of("packet.pdf"), sheets_of("binder.pdf"));
  const std::string text = text_of("binder.pdf");
  for (const char* word : {"EMR support", "THAT IS LONG AGO", "Index of 60 patients", "binder confirm 1", "What is NOT in it", "Telephone message"}) {
    EXPECT_NE(text.find(word), std::string::npos) << word;
  }
  EXPECT_EQ(in_folder("qpdf --check binder.pdf && qpdf --check packet.pdf").exit_code, 0);
}

TEST_F(BinderCommand, OfOtherSheetsThanTheSettingsSayIsALooseSetThatNobodyConfirms) {
  for (const char* sheets : {"booked", "all"}) {
    const Outcome loose = in_folder(std::string("$NIGHTCHART print copies/*-000001 binder --sheets ") + sheets + " --out loose.pdf --passphrase-file phrase");
    ASSERT_EQ(loose.exit_code, 0) << loose.err;
    const std::string text = text_of("loose.pdf");
    // The practice of these tests has sheets of all, so that only `booked` is another scope.
    const bool is_other = std::string(sheets) == "booked";
    EXPECT_EQ(text.find("binder confirm") == std::string::npos, is_other) << sheets;
    EXPECT_EQ(text.find("Empty the ring binder") == std::string::npos, is_other) << sheets;
    EXPECT_EQ(text.find("Do NOT put it into the kept ring binder") != std::string::npos, is_other) << sheets;
    EXPECT_EQ(text.find("a loose set of sheets") != std::string::npos, is_other) << sheets;
  }
}

TEST_F(BinderCommand, ItsPagesAreCountedBeforeAnybodyPrintsThem) {
  const Outcome words = print("binder --estimate");
  EXPECT_EQ(words.exit_code, 0) << words.err;
  EXPECT_NE(words.out.find("leaves printed on both sides"), std::string::npos) << words.out;
  const Outcome refused = print("binder --printer office --up-to 3");
  EXPECT_EQ(refused.exit_code, 15) << refused.err;
  EXPECT_NE(refused.err.find("--up-to"), std::string::npos) << refused.err;
}

TEST_F(BinderCommand, APrinterGetsItThroughAPipeAndNoDiskDoes) {
  fs::create_directories(folder_->path() / "bin");
  // In the printer's place, a program that notes what it was called with and how much it was given.
  tests::write(folder_->path() / "bin" / "lp", "#!/bin/sh\necho \"$@\" >>called; wc -c >>called\n");
  fs::permissions(folder_->path() / "bin" / "lp", fs::perms::owner_all);
  const auto files = [] {
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder_->path())) names.insert(entry.path().string());
    return names;
  };
  tests::write(folder_->path() / "called", "");
  const auto before = files();
  const Outcome sent = in_folder("mkdir -p tmp; export TMPDIR=$PWD/tmp PATH=$PWD/bin:$PATH; $NIGHTCHART print copies packet --printer office --passphrase-file phrase; ls -A tmp; rmdir tmp");
  EXPECT_EQ(sent.exit_code, 0) << sent.err;
  EXPECT_NE(sent.out.find("Sent to the printer office"), std::string::npos) << sent.out;
  EXPECT_EQ(files(), before);
  const std::string called = contents(folder_->path() / "called");
  EXPECT_NE(called.find("-t Nightchart -d office --"), std::string::npos) << called;
  tests::write(folder_->path() / "bin" / "lp", "#!/bin/sh\ncat >/dev/null; exit 1\n");
  const Outcome unknown = in_folder("export PATH=$PWD/bin:$PATH; $NIGHTCHART print copies packet --printer nosuch --passphrase-file phrase");
  EXPECT_NE(unknown.exit_code, 0);
  EXPECT_NE(unknown.err.find("`lpstat -e` lists"), std::string::npos) << unknown.err;
  EXPECT_NE(print("packet").exit_code, 0) << "neither a file nor a printer";
  EXPECT_NE(print("packet --out a.pdf --printer b").exit_code, 0);
}

TEST_F(BinderCommand, TheIndexIsPrintedByItself) {
  const Outcome printed = print("index --out index.pdf --letter");
  EXPECT_EQ(printed.exit_code, 0) << printed.err;
  EXPECT_NE(text_of("index.pdf").find("Index of 60 patients"), std::string::npos);
}

}  // namespace
