// A newcomer's first evening: `nightchart init` at a terminal, from nothing to a first verified night, and stopped at any question.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "app/snapshot/copy.h"
#include "app/sticks.h"
#include "exporter/emr/find_emr.h"
#include "exporter/options.h"
#include "exporter/practice/practice.h"
#include "tests/command.h"
#include "tests/night_faults.h"
#include "tests/terminal_session.h"

namespace {

namespace fs = std::filesystem;

const char kSqlConf[] =
    "<?php\n//  OpenEMR\n$host\t= 'localhost';\n$port\t= '3306';\n$login\t= 'openemr';\n$pass\t= 'their-own-secret';\n$dbase\t= 'openemr_db';\n"
    "$disable_utf8_flag = false;\n$sqlconf = array();\n?>\n";

// A computer's folders, as far as anybody looks at them.
class FindEmr : public testing::Test {
 protected:
  void put(const std::string& file, const std::string& text = "") {
    fs::create_directories((root_ / file).parent_path());
    tests::write(root_ / file, text);
  }
  const tests::TemporaryFolder temporary_;
  const fs::path root_ = temporary_.path();
};

TEST_F(FindEmr, FindsNothingWhereNothingIs) { EXPECT_TRUE(exporter::find_emr(root_).empty()); }

TEST_F(FindEmr, ReadsWhereOpenEmrsDatabaseIsAndNotItsPassword) {
  put("var/www/html/openemr/sites/default/sqlconf.php", kSqlConf);
  put("var/www/html/openemr/sites/north/sqlconf.php", "<?php $host = '10.0.0.7';\n$host = '10.0.0.7';\n  $port = \"3307\";\n $dbase = \"north\";\n");
  put("var/www/html/openemr/sites/broken/sqlconf.php", "<?php $dbase = '");
  fs::create_directories(root_ / "var/www/html/openemr/sites/default/documents");
  put("run/mysqld/mysqld.sock");
  const auto found = exporter::find_emr(root_);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].pack, "openemr");
  EXPECT_EQ(found[0].url, "mariadb://nightchart@localhost/openemr_db?socket=" + (root_ / "run/mysqld/mysqld.sock").string());
  EXPECT_EQ(found[0].documents, root_ / "var/www/html/openemr/sites/default/documents");
  EXPECT_EQ(found[1].url, "mariadb://nightchart@10.0.0.7:3307/north");
  EXPECT_NE(found[1].what.find("site north"), std::string::npos);
  EXPECT_EQ(exporter::format_grants(found[0], "secret"),
            "    CREATE USER 'nightchart'@'localhost' IDENTIFIED BY 'secret';\n    GRANT SELECT ON `openemr_db`.* TO 'nightchart'@'localhost';\n");
  EXPECT_EQ(exporter::format_grants(found[1], "secret"),
            "    CREATE USER 'nightchart'@'%' IDENTIFIED BY 'secret';\n    GRANT SELECT ON `north`.* TO 'nightchart'@'%';\n");
}

TEST_F(FindEmr, FindsServersAndFoldersOfBulkData) {
  put("var/lib/mysql/mysql.sock");
  put("run/postgresql/.s.PGSQL.5432");
  put("srv/fhir/Patient.000.ndjson");
  put("srv/fhir/Observation.000.ndjson.gz");
  put("srv/fhir/README");
  const auto found = exporter::find_emr(root_);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_FALSE(found[0].sql);
  EXPECT_EQ(found[0].path, root_ / "srv/fhir");
  EXPECT_NE(found[0].what.find("2 files"), std::string::npos) << found[0].what;
  EXPECT_NE(found[1].url.find("mariadb://nightchart@localhost/?socket="), std::string::npos);
  EXPECT_NE(found[2].url.find("postgresql://nightchart@localhost/?socket="), std::string::npos);
}

TEST(Sticks, AreWhatAPersonMounted) {
  const auto sticks = app::parse_mounts(
      "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/anna/BLUE\\040STICK vfat rw 0 0\nserver:/x /mnt/share nfs rw 0 0\n/dev/sdb1 /media/anna/BLUE\\040STICK vfat rw 0 0\n"
      "tmpfs /run tmpfs rw 0 0\n/dev/sdc1 /run/media/anna/X\\04 vfat rw 0 0\nshort\n");
  ASSERT_EQ(sticks.size(), 3u);
  EXPECT_EQ(sticks[0], "/media/anna/BLUE STICK");
  EXPECT_EQ(sticks[1], "/mnt/share");
}

// Of the newest copy there, every byte of which is as it was signed.
std::uint64_t patients_in(const fs::path& folder) {
  const auto info = app::read_copy(folder, app::Check::hashes);
  return info.ok() ? info.value().manifest.counts.at("patients") : 0;
}

class InitAtATerminal : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(exporter::make_practice({12, 3, root_ / "emr.sqlite", ""}).ok()); }
  std::string command(const std::string& more = "") const {
    return "export XDG_STATE_HOME='" + (root_ / "state").string() + "'; exec $NIGHTCHART init " + practice_.string() + " --look-below " + (root_ / "nowhere").string() + " " + more;
  }
  const tests::TemporaryFolder temporary_;
  const fs::path root_ = temporary_.path();
  const fs::path practice_ = root_ / "practice";
};

TEST_F(InitAtATerminal, TakesAPracticeFromNothingToAFirstVerifiedNight) {
  tests::TerminalSession person(command());
  ASSERT_TRUE(person.hears_and_answers("The practice's name:", "Elm Street")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("Its time zone:", "Mars/Olympus")) << person.said();
  ASSERT_TRUE(person.hears("no time zone's name")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("Its time zone:", "America/Chicago")) << person.said();
  ASSERT_TRUE(person.hears("No record system was found in the usual places")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("A folder of FHIR bulk data", "reception")) << person.said();
  ASSERT_TRUE(person.hears("There is no folder")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("A folder of FHIR bulk data", "sqlite://" + (root_ / "emr.sqlite").string())) << person.said();
  ASSERT_TRUE(person.hears_and_answers("Where the copies are made", "y")) << person.said();
  ASSERT_TRUE(person.hears("Give the whole path")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("Where the copies are made", (root_ / "copies").string())) << person.said();
  ASSERT_TRUE(person.hears("A copy on this computer alone is lost with it")) << person.said();
  // Of sticks that this computer may have.
  while (person.hears_either("Another folder elsewhere", "too? [Y/n]") == 2) person.answers("n");
  fs::create_directories(root_ / "share");
  person.answers((root_ / "share").string());
  ASSERT_TRUE(person.hears_and_answers("The first keyholder", "")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("A passphrase for reception", "")) << person.said();
  ASSERT_TRUE(person.hears("Where to write it, a PDF")) << person.said();
  EXPECT_FALSE(fs::exists(practice_)) << "something was written before the last answer";
  person.answers((root_ / "envelope.pdf").string());
  ASSERT_TRUE(person.hears_and_answers("Look whether the EMR can be read now? [Y/n]", "")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("Run the first night now, to see that it works? [Y/n]", "y")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("every night at 02:00? [Y/n]", "n")) << person.said();
  EXPECT_EQ(person.ends(), 0) << person.said();
  EXPECT_NE(person.said().find("What is left to do"), std::string::npos);
  EXPECT_NE(person.said().find("share: copied and checked there"), std::string::npos) << person.said();
  EXPECT_TRUE(fs::exists(root_ / "envelope.pdf"));
  EXPECT_EQ(patients_in(root_ / "copies"), 12u);
  EXPECT_EQ(patients_in(root_ / "share"), 12u);
  const auto options = exporter::read_options(practice_ / "nightchart.toml");
  ASSERT_TRUE(options.ok()) << options.error().what;
  EXPECT_EQ(options.value().time_zone, "America/Chicago");
}

TEST_F(InitAtATerminal, OffersWhatItFoundAndMakesAUserWhoMayOnlyRead) {
  const fs::path site = root_ / "nowhere/var/www/openemr/sites/default";
  fs::create_directories(site / "documents");
  tests::write(site / "sqlconf.php", kSqlConf);
  tests::TerminalSession person(command("--name Elm --time-zone Europe/Berlin --copies " + (root_ / "copies").string() + " --destination " + (root_ / "share").string()));
  ASSERT_TRUE(person.hears("  1  OpenEMR, in ")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("Which?", "7")) << person.said();
  ASSERT_TRUE(person.hears("no such number")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("Which?", "1")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("The first keyholder", "desk")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("A passphrase for desk", "")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("Where to write it, a PDF", "")) << person.said();
  ASSERT_TRUE(person.hears("GRANT SELECT ON `openemr_db`.* TO 'nightchart'@'localhost'")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("Done that?", "n")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("Run the first night now", "n")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("every night at 02:00?", "n")) << person.said();
  EXPECT_EQ(person.ends(), 0) << person.said();
  EXPECT_NE(person.said().find("THERE IS NO SEALED ENVELOPE YET"), std::string::npos);
  const auto options = exporter::read_options(practice_ / "nightchart.toml");
  ASSERT_TRUE(options.ok()) << options.error().what;
  EXPECT_EQ(options.value().emr.url, "mariadb://nightchart@localhost/openemr_db");
  EXPECT_EQ(options.value().emr.documents, site / "documents");
  std::string password = tests::contents(options.value().emr.password_file);
  ASSERT_GT(password.size(), 20u);
  password.pop_back();
  EXPECT_NE(person.said().find("IDENTIFIED BY '" + password + "'"), std::string::npos);
  EXPECT_EQ(person.said().find("their-own-secret"), std::string::npos);
  EXPECT_EQ(fs::status(options.value().emr.password_file).permissions() & (fs::perms::group_all | fs::perms::others_all), fs::perms::none);
  ASSERT_EQ(options.value().destinations.size(), 1u);
  EXPECT_EQ(options.value().destinations[0].name, "share");
}

TEST_F(InitAtATerminal, WritesAPasswordThatWasTypedWithTheAddressIntoItsOwnFileOnly) {
  tests::write(root_ / "phrase", "correct horse battery staple\n");
  tests::TerminalSession person(command("--name Elm --time-zone Europe/Berlin --copies " + (root_ / "copies").string() + " --destination " + (root_ / "share").string() +
                                        " --passphrase-file " + (root_ / "phrase").string() + " --envelope " + (root_ / "e.pdf").string()));
  ASSERT_TRUE(person.hears_and_answers("A folder of FHIR bulk data", "mariadb://reader:Tr0ub4dor@localhost:1/emr")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("Its mapping pack", "openemr")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("The first keyholder", "desk")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("Look whether the EMR can be read now?", "n")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("Run the first night now", "n")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("every night at 02:00?", "n")) << person.said();
  EXPECT_EQ(person.ends(), 0) << person.said();
  EXPECT_EQ(person.said().find("CREATE USER"), std::string::npos) << "there is one already";
  const auto options = exporter::read_options(practice_ / "nightchart.toml");
  ASSERT_TRUE(options.ok()) << options.error().what;
  EXPECT_EQ(options.value().emr.url, "mariadb://reader@localhost:1/emr");
  const fs::path file = options.value().emr.password_file;
  EXPECT_EQ(tests::contents(file), "Tr0ub4dor\n");
  EXPECT_EQ(fs::status(file).permissions() & (fs::perms::group_all | fs::perms::others_all), fs::perms::none);
  for (const auto& entry : fs::recursive_directory_iterator(practice_)) {
    if (!entry.is_regular_file() || entry.path() == file) continue;
    EXPECT_EQ(tests::contents(entry.path()).find("Tr0ub4dor"), std::string::npos) << entry.path();
  }
}

TEST(Init, TakesNoPasswordWhereEverybodyCouldReadIt) {
  const tests::TemporaryFolder folder;
  const std::string init = "cd " + folder.path().string() + " && $NIGHTCHART init p --name Elm --keyholder r --generate --emr-kind sql --url ";
  const auto refused = tests::run(init + "postgresql://reader:secret@localhost/emr");
  EXPECT_EQ(refused.exit_code, 18) << refused.out << refused.err;
  EXPECT_NE(refused.err.find("--emr-password-file"), std::string::npos) << refused.err;
  EXPECT_EQ((refused.out + refused.err).find("secret"), std::string::npos);
  EXPECT_FALSE(fs::exists(folder.path() / "p"));
  ASSERT_EQ(tests::run(init + "postgresql://reader@localhost/emr --emr-password-file word").exit_code, 0);
  EXPECT_EQ(exporter::read_options(folder.path() / "p/nightchart.toml").value().emr.password_file, folder.path() / "word");
}

TEST_F(InitAtATerminal, SaysWhatTheDatabaseMustBeToldAlthoughTheEnvelopeCannotBeWritten) {
  tests::write((fs::create_directories(root_ / "nowhere/var/www/openemr/sites/default"), root_ / "nowhere/var/www/openemr/sites/default/sqlconf.php"), kSqlConf);
  tests::write(root_ / "phrase", "correct horse battery staple\n");
  tests::TerminalSession person(command("--name Elm --time-zone Europe/Berlin --copies " + (root_ / "copies").string() + " --destination " + (root_ / "share").string() +
                                        " --passphrase-file " + (root_ / "phrase").string() + " --envelope " + (root_ / "no/such/e.pdf").string()));
  ASSERT_TRUE(person.hears_and_answers("Which?", "1")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("The first keyholder", "desk")) << person.said();
  ASSERT_TRUE(person.hears("GRANT SELECT ON `openemr_db`.* TO 'nightchart'@'localhost'")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("Done that?", "n")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("Run the first night now", "n")) << person.said();
  ASSERT_TRUE(person.hears_and_answers("every night at 02:00?", "n")) << person.said();
  EXPECT_NE(person.ends(), 0) << person.said();
  EXPECT_NE(person.said().find("without a sealed envelope"), std::string::npos) << person.said();
}

TEST_F(InitAtATerminal, StoppedAtAnyQuestionLeavesNothingAndCanBeBegunAgain) {
  const std::vector<std::pair<std::string, std::string>> answers{
      {"The practice's name:", "Elm Street"}, {"Its time zone:", ""}, {"A folder of FHIR bulk data", "sqlite://" + (root_ / "emr.sqlite").string()},
      {"Where the copies are made", (root_ / "copies").string()}, {"The first keyholder", ""}, {"A passphrase for reception", ""}, {"Where to write it, a PDF", ""}};
  for (std::size_t stop = 0; stop < answers.size(); ++stop) {
    for (const std::string& how : {std::string("\x03"), std::string("\x04")}) {
      tests::TerminalSession person(command("--destination " + (root_ / "share").string()));
      for (std::size_t i = 0; i < stop; ++i) ASSERT_TRUE(person.hears_and_answers(answers[i].first, answers[i].second)) << person.said();
      ASSERT_TRUE(person.hears(answers[stop].first)) << person.said();
      ::usleep(20'000);  // it has asked; now it reads
      person.types(how);
      EXPECT_EQ(person.ends(), 13) << person.said();
      EXPECT_NE(person.said().find("Stopped at a question"), std::string::npos) << person.said();
      std::vector<std::string> left;
      for (const auto& entry : fs::directory_iterator(root_)) left.push_back(entry.path().filename().string());
      EXPECT_EQ(left, std::vector<std::string>{"emr.sqlite"}) << answers[stop].first;
    }
  }
}

TEST(Init, KilledWhileItWritesLeavesNoHalfAPractice) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "phrase", "correct horse battery staple\n");
  // The envelope's page cannot be made there; the practice is whole all the same, and says so.
  const auto made = tests::run("$NIGHTCHART init " + (folder.path() / "p").string() + " --name Elm --keyholder r --passphrase-file " + (folder.path() / "phrase").string() +
                               " --copies " + (folder.path() / "copies").string() + " --envelope " + (folder.path() / "no/such/folder/e.pdf").string());
  EXPECT_NE(made.exit_code, 0);
  EXPECT_NE(made.err.find("The practice is made, but without a sealed envelope"), std::string::npos) << made.err;
  EXPECT_TRUE(exporter::read_options(folder.path() / "p/nightchart.toml").ok());
  // What an earlier run left half-made is swept.
  fs::create_directories(folder.path() / ".q.making/keys");
  const auto again = tests::run("$NIGHTCHART init " + (folder.path() / "q").string() + " --name Elm --keyholder r --passphrase-file " + (folder.path() / "phrase").string());
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_FALSE(fs::exists(folder.path() / ".q.making"));
}

// Made by an administrator for whom the parent is not, a mount point, or a link to where there is room.
TEST(Init, FillsAnEmptyFolderWhereItIs) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "phrase", "correct horse battery staple\n");
  const auto init = [&](const std::string& name) {
    return tests::run("$NIGHTCHART init " + (folder.path() / name).string() + " --name Elm --keyholder r --passphrase-file " + (folder.path() / "phrase").string());
  };
  const auto number_of = [](const fs::path& path) {
    struct stat status {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
    return std::pair(status.st_ino, status.st_mode);
  };
  fs::create_directories(folder.path() / "p");
  fs::permissions(folder.path() / "p", fs::perms::owner_all | fs::perms::group_read);
  fs::create_directory_symlink("p", folder.path() / "link");
  const auto before = number_of(folder.path() / "p");
  const auto made = init("link");
  EXPECT_EQ(made.exit_code, 0) << made.err;
  EXPECT_TRUE(fs::is_symlink(folder.path() / "link"));
  EXPECT_TRUE(exporter::read_options(folder.path() / "p/nightchart.toml").ok());
  EXPECT_EQ(number_of(folder.path() / "p"), before) << "it is another folder now, or has other rights";
  // One that cannot be made leaves no key behind.
  fs::create_symlink(folder.path() / "nowhere", folder.path() / "q");
  EXPECT_NE(init("q").exit_code, 0);
  EXPECT_FALSE(fs::exists(folder.path() / ".q.making"));
}

TEST(Init, WithAllOptionsAsksNothingAndRunsTheFirstNight) {
  const tests::TemporaryFolder folder;
  ASSERT_TRUE(exporter::make_practice({5, 3, folder.path() / "emr.sqlite", ""}).ok());
  fs::create_directories(folder.path() / "stick");
  const auto made = tests::run("cd " + folder.path().string() + " && $NIGHTCHART init practice --name Elm --keyholder r --generate --emr-kind sql --url sqlite://" +
                               (folder.path() / "emr.sqlite").string() + " --copies copies --destination stick --first-night --schedule");
  EXPECT_EQ(made.exit_code, 0) << made.out << made.err;
  EXPECT_NE(made.out.find("stick: copied and checked there"), std::string::npos) << made.out;
  EXPECT_EQ(patients_in(folder.path() / "stick"), 5u);
  EXPECT_EQ(made.out.find("the first one by hand"), std::string::npos) << "it has run: " << made.out;
}

}  // namespace
