// Scans behind the sheets of the ring binder, with the real programs: of every kind, hostile ones, and ones that change.
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

#include "app/paper/protect.h"
#include "exporter/binder/scan_choice.h"
#include "exporter/binder/scan_placing.h"
#include "tests/command.h"

namespace {

namespace fs = std::filesystem;
using tests::Outcome;
using tests::TemporaryFolder;

std::string stream_of(const std::string& text) { return "<< /Length " + std::to_string(text.size()) + " >>\nstream\n" + text + "\nendstream"; }

// One page, as a program writes it by hand; readers mend the missing table of places.
std::string pdf_with(const std::string& words, const std::string& box = "0 0 595 842", const std::string& more = "") {
  return "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + more + " >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
         "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [" + box + "] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>\nendobj\n"
         "4 0 obj\n" + stream_of("BT /F 24 Tf 72 300 Td (" + words + ") Tj ET") + "\nendobj\n"
         "5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\ntrailer\n<< /Size 6 /Root 1 0 R >>\n";
}

app::Document document_of(const std::string& text, const std::string& day, const std::string& id) {
  app::Document document;
  document.text = text;
  document.date = app::read_date(day);
  document.content.state = app::Presence::known;
  document.content.id = id;
  return document;
}

TEST(ScanChoice, IsTheNewestOfTheChosenCategoriesOfThoseWhoAreBooked) {
  app::Chart chart;
  chart.documents.add(document_of("ECG: at rest", "2026-03-01", "a"));
  chart.documents.add(document_of("Lab, ecg: stress", "2026-05-01", "b"));
  chart.documents.add(document_of("Letter: about an ECG", "2026-06-01", "c"));
  chart.documents.add(document_of("ECG: by mistake", "2026-07-01", "d"));
  chart.documents.entries.back().status = "entered-in-error";
  chart.documents.add(document_of("ECG: elsewhere", "2026-08-01", "e"));
  chart.documents.entries.back().content.state = app::Presence::not_in_copy;
  chart.documents.add(document_of("Strip", "2025-01-01", "f"));
  chart.documents.entries.back().codes.push_back({"http://loinc.org", "11524-6", "EKG study"});
  const auto ids = [&](const exporter::BinderSettings& settings, bool booked) {
    std::string all;
    for (const app::Document& scan : exporter::choose_scans(chart, settings, booked, true)) all += scan.content.id;
    return all;
  };
  exporter::BinderSettings settings;
  EXPECT_EQ(ids(settings, true), "") << "none, unless the practice wants them";
  settings.scans = exporter::ScanScope::booked;
  settings.scan_newest = 10;
  EXPECT_EQ(ids(settings, true), "cbaf");
  EXPECT_EQ(ids(settings, false), "");
  settings.scan_categories = {"ECG", "11524-6"};
  EXPECT_EQ(ids(settings, true), "baf");
  settings.scan_newest = 1;
  settings.scans = exporter::ScanScope::active;
  EXPECT_EQ(ids(settings, false), "b");
}

TEST(ScanChoice, OtherScansGiveTheSheetAnotherId) {
  const auto id = [](const std::string& title, const std::string& content) { return exporter::scans_id({document_of(title, "2026-03-01", content)}); };
  EXPECT_EQ(exporter::scans_id({}), "");
  EXPECT_EQ(id("ECG", "a").size(), 5u);
  EXPECT_EQ(id("ECG", "a"), id("ECG", "a"));
  EXPECT_NE(id("ECG", "a"), id("ECG", "b"));
  EXPECT_NE(id("ECG", "a"), id("Letter", "a"));
}

TEST(ScanPlacing, WhatIsNoPageIsAReasonAndNotACrash) {
  EXPECT_TRUE(exporter::check_placing(pdf_with("letter")).ok());
  EXPECT_FALSE(exporter::check_placing("no PDF").ok());
  EXPECT_FALSE(exporter::check_placing(pdf_with("letter", "0 0 0 0")).ok());
  EXPECT_FALSE(exporter::check_placing(pdf_with("letter", "0 0 99999999 842")).ok());
  const auto scan = std::make_shared<const std::string>(pdf_with("letter"));
  EXPECT_FALSE(exporter::place_scans("no PDF", {{0, scan, 0, 36, 90, 520, 690}}).ok());
  EXPECT_FALSE(exporter::place_scans(*scan, {{7, scan, 0, 36, 90, 520, 690}}).ok());
  EXPECT_FALSE(exporter::place_scans(*scan, {{0, scan, 7, 36, 90, 520, 690}}).ok());
}

class BinderScans : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    tests::write(folder_->path() / "phrase", "lantern copper window seven\n");
    made_ = in_folder("set -e; $NIGHTCHART practice --patients 80 --seed 3 --out emr.sqlite --documents scans; "
                      "$NIGHTCHART init practice --name 'Elm Street' --time-zone America/New_York --keyholder reception --passphrase-file phrase "
                      "--emr-kind sql --pack practice --url \"sqlite://$PWD/emr.sqlite\" --documents scans --copies \"$PWD/copies\"; "
                      "sed -i 's|^sheets = .*|sheets = \"active\"|; s|^active_years.*|active_years = 0|; s|^scans = .*|scans = \"active\"|' practice/nightchart.toml");
    spoil();
    if (made_.exit_code == 0) made_ = in_folder(kNight);
    packet_ = print("copies/*-000001 packet --out packet.pdf");
  }
  static void TearDownTestSuite() { delete folder_; }
  void SetUp() override {
    ASSERT_TRUE(made_.exit_code == 0 || made_.exit_code == 3) << made_.out << made_.err;
    ASSERT_EQ(packet_.exit_code, 0) << packet_.err;
    ASSERT_GT(scans().size(), kSpoilt + 2);
  }

  static std::vector<fs::path> scans() {
    std::set<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder_->path() / "scans")) {
      if (entry.is_regular_file()) files.insert(entry.path());
    }
    return {files.begin(), files.end()};
  }
  // In the place of some of the practice's scans.
  static void spoil() {
    const auto files = scans();
    if (files.size() <= kSpoilt) return;
    std::string deep = "%PDF-1.4\n1 0 obj\n";
    for (int i = 0; i < 200'000; ++i) deep += "<</A ";
    tests::write(files[0], "just text, as a fax server writes it");
    tests::write(files[1], deep);
    tests::write(files[2], pdf_with("a wide tracing", "0 0 842 595"));
    tests::write(files[3], pdf_with("scripted letter", "0 0 595 842", "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"));
    tests::write(files[4], "\xFF\xD8\xFF\xE0 cut");
    tests::write(files[5], pdf_with("page of no size", "0 0 0 0"));
    tests::write(folder_->path() / "open.pdf", pdf_with("secret words"));
    in_folder("qpdf --encrypt secret owner 256 -- open.pdf '" + files[6].string() + "'");
  }

  static Outcome in_folder(const std::string& command) {
    return tests::run("cd '" + folder_->path().string() + "'; export NIGHTCHART_CONFIG=practice/nightchart.toml; " + command);
  }
  static Outcome print(const std::string& what) { return in_folder("$NIGHTCHART print " + what + " --passphrase-file phrase"); }
  static std::string text_of(const std::string& pdf) { return in_folder("pdftotext -layout " + pdf + " -").out; }
  static std::set<std::string> found(const std::string& text, const std::string& pattern) {
    const std::regex regex(pattern);
    std::set<std::string> all;
    for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it) all.insert(it->str());
    return all;
  }

  static constexpr std::size_t kSpoilt = 7;
  static constexpr char kNight[] = "$NIGHTCHART night";
  static TemporaryFolder* folder_;
  static Outcome made_;
  static Outcome packet_;
};
TemporaryFolder* BinderScans::folder_ = nullptr;
Outcome BinderScans::made_;
Outcome BinderScans::packet_;

TEST_F(BinderScans, AreBehindTheirSheetsEachPageSayingWhoseItIsAndThatItIsACopy) {
  const std::string text = text_of("packet.pdf");
  for (const char* said : {"Copy of a scan:", "a wide tracing", "scripted letter", "could not be printed", "neither PDF nor a picture", "scans behind sheet "}) {
    EXPECT_NE(text.find(said), std::string::npos) << said;
  }
  EXPECT_EQ(text.find("secret words"), std::string::npos);
  EXPECT_NE(text.find("locked with a password"), std::string::npos);
  EXPECT_EQ(in_folder("qpdf --check packet.pdf").exit_code, 0);
  EXPECT_EQ(in_folder("qpdf --qdf packet.pdf q.pdf; grep -c -a JavaScript q.pdf").out, "0\n");
  // Each leaf of a scan is named for the sheet in front of it, which is in the binder too, and begins on a right-hand page.
  std::size_t page = 0, leaves = 0;
  std::string sheet;
  std::istringstream pages(text);
  for (std::string one; std::getline(pages, one, '\f'); ++page) {
    std::smatch match;
    static const std::regex kSheet("MRN \\S+ · sheet (\\S+)"), kScan("MRN \\S+ · scans behind sheet (\\S+)");
    if (std::regex_search(one, match, kSheet)) sheet = match[1];
    if (!std::regex_search(one, match, kScan)) continue;
    ++leaves;
    EXPECT_EQ(match[1], sheet);
    EXPECT_NE(sheet.find('+'), std::string::npos) << sheet;
    EXPECT_NE(one.find("Data as of"), std::string::npos);
    if (one.find("page 1 of") != std::string::npos) {
      EXPECT_EQ(page % 2, 0u) << one;
    }
  }
  EXPECT_GT(leaves, 8u);
}

TEST_F(BinderScans, AreCountedByWhatBecameOfThemAndNobodyIsNamed) {
  EXPECT_TRUE(std::regex_search(made_.out, std::regex("Scans +\\d+ scans behind the sheets, \\d+ pages"))) << made_.out;
  EXPECT_NE(made_.out.find("1 scan not printed, and a page says so: neither PDF nor a picture"), std::string::npos) << made_.out;
  EXPECT_TRUE(std::regex_search(made_.out, std::regex("[234] scans not printed, and a page says so: damaged, or locked"))) << made_.out;
}

TEST_F(BinderScans, OfTheWholeBinderOutOfTheCopyAreThoseOfThePacket) {
  const Outcome binder = print("copies/*-000001 binder --out binder.pdf");
  ASSERT_EQ(binder.exit_code, 0) << binder.err;
  const auto leaves = [](const std::string& pdf) { return found(text_of(pdf), "MRN \\S+ · (scans behind )?sheet \\S+"); };
  EXPECT_GT(leaves("packet.pdf").size(), 40u);
  EXPECT_EQ(leaves("packet.pdf"), leaves("binder.pdf"));
  const Outcome estimate = print("copies/*-000001 binder --estimate --json");
  const auto pages = in_folder("qpdf --show-npages binder.pdf").out;
  EXPECT_NE(estimate.out.find(pages.substr(0, pages.size() - 1)), std::string::npos) << estimate.out << pages;
}

TEST_F(BinderScans, ThatChangeAreANewSheetOnTheNextList) {
  const auto confirmed = in_folder("$NIGHTCHART binder confirm 1");
  ASSERT_EQ(confirmed.exit_code, 0) << confirmed.err << confirmed.out;
  const Outcome same = in_folder(kNight);
  EXPECT_NE(same.out.find("put in 0 sheets"), std::string::npos) << same.out;
  tests::write(scans()[2], pdf_with("another wide tracing", "0 0 842 595"));
  fs::last_write_time(scans()[2], fs::last_write_time(scans()[2]) + std::chrono::seconds(5));
  const Outcome changed = in_folder(kNight);
  EXPECT_NE(changed.out.find("put in 1 sheet, take out those of 1 patient"), std::string::npos) << changed.out;
  ASSERT_EQ(print("copies packet --out changed.pdf").exit_code, 0);
  const std::string text = text_of("changed.pdf");
  EXPECT_NE(text.find("another wide tracing"), std::string::npos);
  EXPECT_TRUE(std::regex_search(text, std::regex("[0-9A-Z]{4}-[0-9A-Z]{4}\\+[0-9A-Z]{4} +[0-9A-Z]{4}-[0-9A-Z]{4}\\+[0-9A-Z]{4}"))) << text.substr(0, 3000);
}

}  // namespace
