// The policy in a real night: nothing that is withheld stands in any word of the published copy, its papers or its report.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "app/record/json.h"
#include "app/snapshot/copy.h"
#include "tests/command.h"

namespace {

namespace fs = std::filesystem;
using tests::Outcome;

// Every text that is withheld holds it; no other does.
constexpr char kSecret[] = "zzsecret";
constexpr char kSecretBase64[] = "enpzZWNyZXQgcGFnZXM=";  // "zzsecret pages"

constexpr char kPolicy[] = R"(
[policy]
patients = "active"
withheld_patients = "list.txt"
withhold_codes = ["F11*"]
withhold_places = ["Hope House"]
[policy.since]
visits = "3 years"
results = "3 years"
documents = "3 years"
)";

constexpr char kFhir[] = R"n({'resourceType':'Patient','id':'a','identifier':[{'type':{'coding':[{'code':'MR'}]},'value':'4711'}],'name':[{'family':'Quill','given':['Ada']}]}
{'resourceType':'Patient','id':'b','identifier':[{'type':{'coding':[{'code':'MR'}]},'value':'4712'}],'name':[{'family':'Mayor','given':['Ben']},{'use':'old','family':'zzsecret'}],'telecom':[{'value':'zzsecret'}]}
{'resourceType':'Patient','id':'c','identifier':[{'type':{'coding':[{'code':'MR'}]},'value':'4713'}],'name':[{'family':'zzsecretlonggone'}]}
{'resourceType':'Encounter','id':'c1','subject':{'reference':'Patient/c'},'period':{'start':'2001-01-01'},'type':[{'text':'zzsecret'}]}
{'resourceType':'DocumentReference','id':'cd','subject':{'reference':'Patient/c'},'content':[{'attachment':{'contentType':'application/pdf','data':'enpzZWNyZXQgcGFnZXM='}}]}
{'resourceType':'Condition','id':'b1','subject':{'reference':'Patient/b'},'code':{'text':'zzsecret'}}
{'resourceType':'DocumentReference','id':'bd','subject':{'reference':'Patient/b'},'date':'2026-01-01','content':[{'attachment':{'contentType':'application/pdf','url':'Binary/s'}}]}
{'resourceType':'Binary','id':'s','contentType':'application/pdf','data':'enpzZWNyZXQgcGFnZXM='}
{'resourceType':'Binary','id':'k','contentType':'text/html','data':'a2VwdA=='}
{'resourceType':'DocumentReference','id':'ad','subject':{'reference':'Patient/a'},'date':'2026-01-01','type':{'text':'Kept letter'},'content':[{'attachment':{'contentType':'text/html','url':'Binary/k'}}]}
{'resourceType':'DocumentReference','id':'ae','subject':{'reference':'Patient/a'},'date':'2001-01-01','type':{'text':'zzsecret letter'},'content':[{'attachment':{'contentType':'application/pdf','data':'enpzZWNyZXQgcGFnZXM='}}]}
{'resourceType':'DocumentReference','id':'af','subject':{'reference':'Patient/a'},'date':'2026-01-01','type':{'text':'Psychotherapy zzsecret'},'content':[{'attachment':{'contentType':'application/pdf','data':'enpzZWNyZXQgcGFnZXM='}}]}
{'resourceType':'Encounter','id':'a1','meta':{'security':[{'code':'ETH'}]},'subject':{'reference':'Patient/a'},'period':{'start':'2026-01-01'},'type':[{'text':'zzsecret'}]}
{'resourceType':'Encounter','id':'a2','subject':{'reference':'Patient/a'},'period':{'start':'2026-01-02'},'type':[{'text':'Check-up'}],'reasonCode':[{'text':'About zzsecret dependence'}]}
{'resourceType':'Encounter','id':'a3','subject':{'reference':'Patient/a'},'period':{'start':'2001-01-02'},'type':[{'text':'zzsecret'}]}
{'resourceType':'Encounter','id':'a4','subject':{'reference':'Patient/a'},'period':{'start':'2026-01-03'},'location':[{'location':{'display':'Hope House'}}],'type':[{'text':'zzsecret'}]}
{'resourceType':'Observation','id':'o1','encounter':{'reference':'Encounter/a4'},'subject':{'reference':'Patient/a'},'code':{'text':'zzsecret'},'valueString':'positive','effectiveDateTime':'2026-01-03'}
{'resourceType':'Observation','id':'o2','subject':{'reference':'Patient/a'},'code':{'text':'Potassium'},'valueString':'4.1','effectiveDateTime':'2026-01-03'}
{'resourceType':'Observation','id':'o3','subject':{'reference':'Patient/a'},'code':{'text':'zzsecret'},'valueString':'4.1','effectiveDateTime':'2011-01-03'}
{'resourceType':'Condition','id':'d1','subject':{'reference':'Patient/a'},'code':{'text':'zzsecret dependence','coding':[{'system':'http://hl7.org/fhir/sid/icd-10-cm','code':'F11.20'}]}}
{'resourceType':'AllergyIntolerance','id':'l1','patient':{'reference':'Patient/a'},'code':{'text':'Penicillin'},'recordedDate':'1990-01-01'}
{'resourceType':'Appointment','id':'n1','status':'booked','start':'2026-11-23T15:00:00Z','participant':[{'actor':{'reference':'Patient/a'}}]}
{'resourceType':'Appointment','id':'n2','status':'booked','start':'2026-11-23T16:00:00Z','description':'zzsecret','participant':[{'actor':{'reference':'Patient/b'}}]}
)n";

constexpr char kSql[] = R"n(
CREATE TABLE t (part, p, text, day, how, code, place, visit);
INSERT INTO t VALUES
 ('patient', 'a', 'Quill', '', '', '4711', '', ''), ('patient', 'b', 'Mayor', '', '', '4712', '', ''), ('patient', 'c', 'zzsecretlonggone', '', '', '4713', '', ''),
 ('visit', 'a', 'Check-up', '2026-01-02', 'normal', '', '', 'v2'), ('visit', 'a', 'zzsecret', '2026-01-01', 'high', '', '', 'v1'),
 ('visit', 'a', 'zzsecret', '2001-01-01', '', '', '', 'v3'), ('visit', 'a', 'zzsecret', '2026-01-03', '', '', 'Hope House', 'v4'),
 ('visit', 'c', 'zzsecret', '2001-01-01', '', '', '', 'v9'), ('visit', 'b', 'zzsecret', '2026-01-01', '', '', '', 'v8'),
 ('note', 'a', 'zzsecret', '2026-01-01', '', '', '', 'v1'), ('note', 'a', 'zzsecret', '2026-01-03', '', '', '', 'v4'), ('note', 'a', 'A note', '2026-01-02', '', '', '', 'v2'),
 ('problem', 'a', 'zzsecret dependence', '', '', 'F11.20', '', ''), ('problem', 'a', 'Asthma', '', '', 'J45', '', ''),
 ('result', 'a', 'Potassium', '2026-01-03', '', '', '', ''), ('result', 'a', 'zzsecret', '2011-01-01', '', '', '', ''), ('result', 'a', 'zzsecret', '2026-01-01', 'HIV', '', '', ''),
 ('document', 'a', 'Kept letter', '2026-01-01', '', 'kept.html', '', ''), ('document', 'a', 'zzsecret', '2001-01-01', '', 'secret1.pdf', '', ''),
 ('document', 'a', 'Psychotherapy zzsecret', '2026-01-01', '', 'secret2.pdf', '', ''), ('document', 'b', 'zzsecret', '2026-01-01', '', 'secret3.pdf', '', '');
)n";

class PolicyNight : public testing::TestWithParam<bool> {
 protected:
  fs::path at(const std::string& name) const { return folder_.path() / name; }
  Outcome in_folder(const std::string& command) const { return tests::run("cd '" + folder_.path().string() + "'; " + command); }

  void write_fhir() {
    std::string lines = kFhir;
    for (char& c : lines) c = c == '\'' ? '"' : c;
    fs::create_directories(at("emr"));
    tests::write(at("emr/all.ndjson"), lines);
  }

  void write_sql() {
    fs::create_directories(at("pack")), fs::create_directories(at("emr"));
    const auto part = [this](const std::string& name, const std::string& row, const std::string& columns) {
      tests::write(at("pack/" + name), "SELECT p AS patient, " + columns + " FROM t WHERE part = '" + row + "' ORDER BY p");
    };
    tests::write(at("pack/pack.toml"), "name = \"test\"\nordered = \"everything\"\n");
    part("patients.sql", "patient", "code AS mrn, text AS \"names.family\"");
    part("visits.sql", "visit", "visit AS \"key\", text, day AS start, place, how AS sensitivity");
    part("notes.sql", "note", "visit, text, day AS date, text AS body");
    part("problems.sql", "problem", "text, code AS \"codes.code\"");
    part("results.sql", "result", "text, day AS date, how AS sensitivity");
    part("documents.sql", "document", "text, day AS date, code AS path");
    for (const char* name : {"secret1.pdf", "secret2.pdf", "secret3.pdf"}) tests::write(at(std::string("emr/") + name), "zzsecret pages");
    tests::write(at("emr/kept.html"), "kept");
    tests::write(at("emr.sql"), kSql);
    ASSERT_EQ(in_folder("sqlcipher emr.sqlite < emr.sql").exit_code, 0);
  }

  void SetUp() override {
    GetParam() ? write_fhir() : write_sql();
    tests::write(at("phrase"), "lantern copper window seven\n");
    const std::string emr = GetParam() ? "kind = \"fhir-bulk\"\npath = \"../emr\"\n"
                                       : "kind = \"sql\"\npack = \"../pack\"\nurl = \"sqlite://" + at("emr.sqlite").string() + "\"\ndocuments = \"../emr\"\n";
    const Outcome made = in_folder("$NIGHTCHART init practice --name Elm --keyholder reception --passphrase-file phrase --path emr --copies copies");
    ASSERT_EQ(made.exit_code, 0) << made.err;
    tests::write(at("practice/list.txt"), "4712  # the mayor\n9999\n");
    tests::write(at("practice/nightchart.toml"), "[practice]\nname = \"Elm\"\ntime_zone = \"UTC\"\n[emr]\n" + emr + "[copy]\nfolder = \"../copies\"\n" + kPolicy);
    night_ = in_folder("$NIGHTCHART night --json --config practice/nightchart.toml");
    ASSERT_TRUE(night_.exit_code == 0 || night_.exit_code == 3) << night_.err << night_.out;
    shown_ = in_folder("$NIGHTCHART show copies --all --json --passphrase-file phrase");
    ASSERT_EQ(shown_.exit_code, 0) << shown_.err;
  }

  static std::string on_one_line(const std::string& text) {
    std::istringstream words(text);
    std::string line, word;
    while (words >> word) line += (line.empty() ? "" : " ") + word;
    return line;
  }

  std::string packet_password() const {
    const auto info = app::read_copy(at("copies"), app::Check::sizes);
    EXPECT_TRUE(info.ok());
    const auto copy = app::Copy::open(info.value(), "lantern copper window seven");
    EXPECT_TRUE(copy.ok());
    return copy.value().read_kept("binder_password").value();
  }

  tests::TemporaryFolder folder_;
  Outcome night_, shown_;
};

TEST_P(PolicyNight, NothingThatIsWithheldStandsInTheCopyItsPapersOrItsReport) {
  const std::string with = " --passphrase-file phrase";
  EXPECT_NE(shown_.out.find("Quill"), std::string::npos);
  EXPECT_NE(shown_.out.find("Kept letter"), std::string::npos) << shown_.out;
  const Outcome packet = in_folder("pdftotext -layout -upw '" + packet_password() + "' copies/*/binder/packet.pdf -");
  EXPECT_EQ(packet.exit_code, 0) << packet.err;
  EXPECT_NE(packet.out.find("QUILL"), std::string::npos) << packet.out;
  const Outcome schedule = in_folder("$NIGHTCHART print copies schedule --out schedule.pdf" + with + " && pdftotext -layout schedule.pdf -");
  const Outcome sheet = in_folder("$NIGHTCHART show copies 4711" + with);
  const Outcome found = in_folder("$NIGHTCHART find copies zzsecret --json" + with);
  for (const Outcome* one : std::vector<const Outcome*>{&night_, &shown_, &packet, &schedule, &sheet, &found}) {
    EXPECT_EQ(one->out.find(kSecret), std::string::npos) << one->out;
    EXPECT_EQ(one->err.find(kSecret), std::string::npos) << one->err;
  }
  for (const auto& entry : fs::recursive_directory_iterator(at("copies"))) {
    if (!entry.is_regular_file()) continue;
    const std::string bytes = tests::contents(entry.path());
    EXPECT_EQ(bytes.find(kSecret), std::string::npos) << entry.path();
    EXPECT_EQ(bytes.find(kSecretBase64), std::string::npos) << entry.path();
  }
  // The pages of the one document that is kept, and of no other, are in the volumes.
  EXPECT_NE(night_.out.find("\"kept\":1,"), std::string::npos) << night_.out;
  EXPECT_NE(night_.out.find("\"read_tonight\":1,"), std::string::npos) << night_.out;
}

TEST_P(PolicyNight, WhatIsWithheldIsSaidToBe) {
  const Outcome sheet = in_folder("$NIGHTCHART show copies 4711 --passphrase-file phrase");
  EXPECT_NE(sheet.out.find("3 visits are not in this copy: older than 01-Jan-"), std::string::npos) << sheet.out;
  EXPECT_NE(sheet.out.find("1 problem withheld by the practice's policy"), std::string::npos) << sheet.out;
  const Outcome mayor = in_folder("$NIGHTCHART show copies 4712 --passphrase-file phrase");
  EXPECT_NE(mayor.out.find("Allergies WITHHELD by the practice's policy"), std::string::npos) << mayor.out;
  const Outcome gone = in_folder("$NIGHTCHART show copies 4713 --passphrase-file phrase");
  EXPECT_NE(gone.exit_code, 0);
}

TEST_P(PolicyNight, TheCoverOfThePacketAndOfTheBinderSaysWhatThePolicyLeavesOut) {
  const std::string with = " --passphrase-file phrase";
  const Outcome packet = in_folder("pdftotext -layout -l 1 -upw '" + packet_password() + "' copies/*/binder/packet.pdf -");
  const Outcome binder = in_folder("$NIGHTCHART print copies binder --out binder.pdf" + with + " && pdftotext -layout -l 1 binder.pdf -");
  for (const Outcome* cover : {&packet, &binder}) {
    ASSERT_EQ(cover->exit_code, 0) << cover->err;
    const std::string words = on_one_line(cover->out.substr(std::min(cover->out.find("What is NOT in it"), cover->out.size())));
    for (const char* said : {"Only patients seen since 01-Jan-", "documents before 01-Jan-", "visits before 01-Jan-",
                             "What the practice's policy withholds is not in it"}) {
      EXPECT_NE(words.find(said), std::string::npos) << said << " in " << words;
    }
  }
}

TEST_P(PolicyNight, WhatIsRememberedOfTheNightCountsAllThatWasWithheld) {
  app::JsonDocument document;
  const auto report = document.parse(tests::contents(at("practice/reports/report.json")));
  ASSERT_TRUE(report.ok());
  // Two patients, and of Ada Quill's entries eight, beside which the SQL database has two notes of withheld visits.
  EXPECT_EQ(report.value()["tonight"]["withheld"].integer(), GetParam() ? 10 : 12);
}

TEST_P(PolicyNight, ItsReportCountsPatientsAndEntriesAndNamesNobody) {
  for (const char* said : {"\"patients_by_name_alone\":1", "\"patients_not_in_copy\":1", "\"numbers_of_nobody\":1"}) {
    EXPECT_NE(night_.out.find(said), std::string::npos) << said << night_.out;
  }
  for (const char* never : {"4712", "9999", "Mayor", "F11", "Hope House"}) EXPECT_EQ(night_.out.find(never), std::string::npos) << never;
}

INSTANTIATE_TEST_SUITE_P(OfFhirAndOfSql, PolicyNight, testing::Bool(), [](const auto& of) { return of.param ? "Fhir" : "Sql"; });

TEST(PolicyNightFaults, AListThatCannotBeReadEndsTheNightBeforeItBegins) {
  const tests::TemporaryFolder folder;
  fs::create_directories(folder.path() / "emr");
  tests::write(folder.path() / "emr/p.ndjson", "{\"resourceType\":\"Patient\",\"id\":\"a\"}\n");
  tests::write(folder.path() / "phrase", "lantern copper window seven\n");
  const Outcome outcome = tests::run("cd '" + folder.path().string() +
                                     "'; $NIGHTCHART init practice --name Elm --keyholder r --passphrase-file phrase --path emr --copies copies && "
                                     "sed -i 's/^# withheld_patients.*/withheld_patients = \"none.txt\"/' practice/nightchart.toml && "
                                     "$NIGHTCHART night --config practice/nightchart.toml; echo code $?; ls copies");
  EXPECT_NE(outcome.out.find("code 13"), std::string::npos) << outcome.out << outcome.err;
  EXPECT_NE(outcome.err.find("list of withheld patients"), std::string::npos) << outcome.err;
}

}  // namespace
