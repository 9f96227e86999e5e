// A few nights with real packets: what a person reads off the pages keeps the binder true.
#include "app/paper/protect.h"
#include "exporter/binder/binder_night.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "tests/command.h"

namespace {

namespace fs = std::filesystem;
using exporter::BinderMemory;
using exporter::BinderNight;
using exporter::BinderScope;

app::Chart chart_of(int patient, int version, bool booked) {
  app::Chart chart;
  chart.emr_key = "pid-" + std::to_string(patient);
  chart.mrn = std::to_string(5000 + patient);
  chart.names.push_back({"official", "Latn", "", "Ann", std::string(1, static_cast<char>('A' + patient)) + "BBOTT" + std::to_string(patient), "", ""});
  chart.birth_date = app::read_date("1970-01-02");
  app::Allergy allergy;
  allergy.text = "substance number " + std::to_string(version);
  chart.allergies.add(allergy);
  if (booked) {
    app::Appointment appointment;
    appointment.start = app::read_date("2026-11-22T09:00");
    appointment.clinician = "Dr Okafor";
    chart.appointments.add(appointment);
  }
  return chart;
}

// One practice's nights, and its shelf: (record number, sheet id) of each leaf in the binder.
class Nights {
 public:
  explicit Nights(BinderScope scope) { settings_.sheets = scope, settings_.active_years = 0; }

  // In which the record system gives the pages of documents, by their ids; it gives no others.
  std::map<std::string, std::string>& documents() { return documents_; }

  // Runs a night and keeps its packet's text, page by page.
  void run(const std::vector<app::Chart>& charts) {
    ++sequence_;
    const app::Instant taken{1795327200 + static_cast<std::int64_t>(sequence_) * 60};  // 22-Nov-2026
    auto night = BinderNight::open({settings_, folder_.path(), app::default_sheet_template(), "America/New_York", sequence_, taken, taken, forms_, "the practice's key"});
    ASSERT_TRUE(night.ok());
    app::ChartId id = 0;
    for (const app::Chart& chart : charts) night.value().consider(++id, chart, pages_of_documents());
    const fs::path packet = folder_.path() / ("packet" + std::to_string(sequence_));
    const auto password = night.value().print({"Elm Street", "Sun 22-Nov-2026 02:10", "c"}, {}, packet);
    ASSERT_TRUE(password.ok()) << app::format_error(password.error());
    report_ = night.value().report();
    const auto pdf = app::open_protected_pdf(tests::contents(packet / "packet.pdf"), password.value());
    ASSERT_TRUE(pdf.ok());
    tests::write(folder_.path() / "open.pdf", pdf.value());
    const auto text = tests::run("pdftotext -layout '" + (folder_.path() / "open.pdf").string() + "' -");
    pages_.assign(1, "");
    for (const char c : text.out) {
      if (c == '\f') pages_.emplace_back();
      else pages_.back() += c;
    }
  }

  // Does what the pages say.
  void put_in() {
    static const std::regex kId("[0-9A-Z]{4}-[0-9A-Z]{4}"), kFoot("MRN (\\d+) · sheet ([0-9A-Z]{4}-[0-9A-Z]{4})"),
        kFormFoot("· form ([0-9A-Z]{4}-[0-9A-Z]{4})");
    std::set<std::string> listed;
    std::set<std::pair<std::string, std::string>> sheets;
    for (const std::string& page : pages_) {
      if (page.find("Take ALL patient sheets and all forms out") != std::string::npos) shelf_.clear();
      if (page.find("Take ALL patient sheets out") != std::string::npos) std::erase_if(shelf_, [](const auto& leaf) { return !leaf.first.empty(); });
      std::smatch match;
      if (page.find("Ring binder, packet") != std::string::npos) {
        for (std::sregex_iterator it(page.begin(), page.end(), kId), end; it != end; ++it) listed.insert(it->str());
      } else if (std::regex_search(page, match, kFoot)) {
        sheets.emplace(match[1], match[2]);
      } else if (std::regex_search(page, match, kFormFoot)) {
        sheets.emplace("", match[1]);
      }
    }
    std::erase_if(shelf_, [&](const auto& leaf) { return listed.contains(leaf.second); });
    for (const auto& sheet : sheets) {
      EXPECT_TRUE(listed.contains(sheet.second)) << "a sheet that the list does not name";
      shelf_.insert(sheet);
    }
    put_in_ = sequence_;
  }

  void confirm() {
    auto memory = BinderMemory::open(folder_.path());
    ASSERT_TRUE(memory.ok());
    ASSERT_TRUE(memory.value().book().confirm(put_in_, 1).ok());
    ASSERT_TRUE(memory.value().save().ok());
    std::set<std::pair<std::string, std::string>> confirmed;
    for (const auto& [key, sheet] : memory.value().book().confirmed()) confirmed.emplace(sheet.mrn, sheet.id);
    EXPECT_EQ(shelf_, confirmed);
  }

  const exporter::BinderReport& report() const { return report_; }
  const std::set<std::pair<std::string, std::string>>& shelf() const { return shelf_; }
  const std::vector<std::string>& pages() const { return pages_; }
  exporter::BinderSettings& settings() { return settings_; }
  std::vector<app::FormText>& forms() { return forms_; }
  fs::path folder() const { return folder_.path(); }

 private:
  struct Bytes : exporter::DocumentBytes {
    explicit Bytes(std::string given) : bytes(std::move(given)) {}
    app::Result<std::size_t> read(char* to, std::size_t most) override {
      const std::size_t got = bytes.copy(to, most);
      bytes.erase(0, got);
      return got;
    }
    std::string bytes;
  };
  exporter::DocumentPages pages_of_documents() const {
    exporter::DocumentPages pages;
    for (const auto& [id, bytes] : documents_) {
      pages[id] = [given = bytes]() -> app::Result<std::unique_ptr<exporter::DocumentBytes>> {
        return std::unique_ptr<exporter::DocumentBytes>(std::make_unique<Bytes>(given));
      };
    }
    return pages;
  }

  tests::TemporaryFolder folder_;
  std::map<std::string, std::string> documents_;
  exporter::BinderSettings settings_;
  std::vector<app::FormText> forms_;
  std::uint64_t sequence_ = 0;
  std::uint64_t put_in_ = 0;
  exporter::BinderReport report_;
  std::vector<std::string> pages_;
  std::set<std::pair<std::string, std::string>> shelf_;
};

TEST(BinderNight, WhatThePagesSayKeepsTheBinderTrueFromNightToNight) {
  Nights nights(BinderScope::active);
  std::vector<app::Chart> charts;
  for (int patient = 0; patient < 12; ++patient) charts.push_back(chart_of(patient, 1, patient == 3));
  nights.run(charts);
  EXPECT_TRUE(nights.report().start_over);
  EXPECT_EQ(nights.report().counts.sheets, 12u);
  nights.put_in();
  nights.confirm();
  EXPECT_EQ(nights.shelf().size(), 12u);

  nights.run(charts);
  EXPECT_EQ(nights.report().counts.sheets, 0u) << "nothing changed";
  EXPECT_EQ(nights.report().kept, 12u);

  charts[5] = chart_of(5, 2, false);  // this packet is never put in
  nights.run(charts);
  EXPECT_EQ(nights.report().counts.sheets, 1u);

  charts[6] = chart_of(6, 2, false);
  charts[7].deceased = true;
  charts.push_back(chart_of(13, 1, false));
  charts.erase(charts.begin());  // merged into another chart
  nights.run(charts);
  EXPECT_EQ(nights.report().counts.sheets, 3u);
  EXPECT_EQ(nights.report().taken_out, 4u);
  EXPECT_EQ(nights.report().unconfirmed, 2u);
  nights.put_in();
  nights.confirm();
  EXPECT_EQ(nights.shelf().size(), 11u);

  charts[4] = chart_of(5, 1, false);  // as it was two packets ago
  nights.run(charts);
  nights.put_in();
  charts[4] = chart_of(5, 2, false);
  nights.run(charts);  // nobody confirmed the one before
  nights.put_in();
  nights.confirm();
}

TEST(BinderNight, AScanThatCouldNotBeHadTonightComesWithTheNextPacketEvenWhenNobodyChangedAnything) {
  Nights nights(BinderScope::active);
  nights.settings().scans = exporter::ScanScope::active;
  std::vector<app::Chart> charts;
  for (int patient = 0; patient < 6; ++patient) charts.push_back(chart_of(patient, 1, false));
  app::Document letter;
  letter.text = "Letter";
  letter.content.state = app::Presence::known;
  letter.content.id = "a letter";
  charts[2].documents.add(letter);
  const auto confirm = [&nights] {
    auto memory = BinderMemory::open(nights.folder());
    ASSERT_TRUE(memory.value().book().confirm(memory.value().book().pending().back().sequence, 1).ok());
    ASSERT_TRUE(memory.value().save().ok());
  };
  nights.run(charts);
  EXPECT_EQ(nights.report().counts.scans.not_there, 1u);
  confirm();
  nights.run(charts);
  EXPECT_EQ(nights.report().counts.sheets, 1u) << "and again, as long as it is not there";
  confirm();
  nights.documents()["a letter"] = "just text, which is never printed";
  nights.run(charts);
  EXPECT_EQ(nights.report().counts.sheets, 1u);
  EXPECT_EQ(nights.report().counts.scans.of_other_kind, 1u);
  std::string words;
  for (const std::string& page : nights.pages()) words += page;
  EXPECT_NE(std::regex_replace(words, std::regex("\\s+"), " ").find("scans missing"), std::string::npos) << words;
  confirm();
  nights.run(charts);
  EXPECT_EQ(nights.report().counts.sheets, 0u) << "what is the document's own fault is not tried again";
}

TEST(BinderNight, TheListNamesEveryTabUnderWhichASheetToTakeOutMayBe) {
  Nights nights(BinderScope::active);
  std::vector<app::Chart> charts;
  for (int patient = 0; patient < 12; ++patient) charts.push_back(chart_of(patient, 1, false));
  nights.run(charts);
  nights.put_in();
  nights.confirm();
  charts[7].mrn = "987001";
  for (const std::size_t renamed : {4u, 5u}) charts[renamed].names[0].family = "ZIMMER" + std::to_string(renamed);
  nights.run(charts);  // put in or not: nobody says
  charts[5].names[0].family = "QUINCY";
  charts.erase(charts.begin() + 4);
  nights.run(charts);
  std::string list;
  for (const std::string& page : nights.pages()) {
    if (page.find("Ring binder, packet") != std::string::npos || page.find("Take out and shred") != std::string::npos) list += page;
  }
  // Wide and narrow columns break lines elsewhere.
  const std::string words = std::regex_replace(list, std::regex("\\s+"), " ");
  EXPECT_NE(words.find("EBBOTT4"), std::string::npos) << list;
  for (const char* word : {"ZIMMER4", "ZIMMER5", "FBBOTT5", "QUINCY", "until now", "tab Z", "tab F", "MRN 987001", "(MRN 5007)"}) {
    EXPECT_NE(words.find(word), std::string::npos) << word << list;
  }
}

TEST(BinderNight, TheIndexNamesEverybodyWithTheSheetAndTheDaySinceWhichItIsTheSame) {
  Nights nights(BinderScope::booked);
  std::vector<app::Chart> charts = {chart_of(1, 1, true), chart_of(0, 1, false)};
  charts[1].deceased_date = app::read_date("2021-03-03");
  charts[1].deceased = true;
  nights.run(charts);
  EXPECT_EQ(nights.report().indexed, 2u);
  EXPECT_EQ(nights.report().counts.sheets, 1u) << "only who is booked";
  std::string index;
  for (const std::string& page : nights.pages()) {
    if (page.find("Index of 2 patients") != std::string::npos) index = page;
  }
  EXPECT_LT(index.find("ABBOTT0"), index.find("BBBOTT1"));
  for (const char* word : {"02-Jan-1970", "5001", "Died 03-Mar-2021", "22-Nov-2026"}) EXPECT_NE(index.find(word), std::string::npos) << word << index;
  EXPECT_TRUE(std::regex_search(index, std::regex("[0-9A-Z]{4}-[0-9A-Z]{4}")));
}

TEST(BinderNight, BlankFormsArePutInOnceAndWhenTheyChangeAndNoNumberOfTheirsTwice) {
  Nights nights(BinderScope::booked);
  nights.forms() = {{"arrivals", "title Arrival log\nrows 9: Number {temporary number} | Name *3\n"}, {"note", "title Progress note\nwrite Notes: rest\n"}};
  std::set<std::string> numbers;
  const auto count_numbers = [&] {
    static const std::regex kNumber("T-[0-9A-Z]{3}-\\d+-[0-9A-Z]{6}-\\d+-[0-9A-Z]");
    std::size_t count = 0;
    for (const std::string& page : nights.pages()) {
      for (std::sregex_iterator it(page.begin(), page.end(), kNumber), end; it != end; ++it, ++count) numbers.insert(it->str());
    }
    return count;
  };
  std::vector<app::Chart> charts;
  for (int patient = 0; patient < 5; ++patient) charts.push_back(chart_of(patient, 1, true));
  nights.run(charts);
  EXPECT_EQ(nights.report().forms, 2u);
  EXPECT_EQ(count_numbers(), 9u);
  nights.put_in();
  nights.confirm();
  EXPECT_EQ(nights.shelf().size(), 7u);

  for (int patient = 0; patient < 5; ++patient) charts[static_cast<std::size_t>(patient)] = chart_of(patient, 2, true);
  nights.run(charts);  // all sheets are new: they are all taken out, and the forms stay
  EXPECT_TRUE(nights.report().start_over);
  EXPECT_EQ(nights.report().forms, 0u);
  EXPECT_EQ(count_numbers(), 0u);
  nights.put_in();
  nights.confirm();
  EXPECT_EQ(nights.shelf().size(), 7u);

  nights.forms()[0].text += "sign\n";
  nights.forms().pop_back();  // the practice does without it
  nights.run(charts);
  EXPECT_EQ(nights.report().forms, 1u);
  EXPECT_EQ(nights.report().put_in, 0u) << "sheets";
  EXPECT_EQ(count_numbers(), 9u);
  EXPECT_EQ(numbers.size(), 18u) << "a number stands on two leaves";
  nights.put_in();
  nights.confirm();
  EXPECT_EQ(nights.shelf().size(), 6u);

  nights.settings().forms = {"arrivals", "consent"};
  nights.run(charts);
  EXPECT_NE(nights.pages().front().find("The form consent"), std::string::npos) << nights.pages().front();
  EXPECT_EQ(nights.report().forms, 0u);
}

TEST(BinderNight, TooManySheetsForAPacketAreLeftToThePrintingOfTheWholeBinder) {
  Nights nights(BinderScope::active);
  nights.settings().packet_sheets = 5;
  std::vector<app::Chart> charts;
  for (int patient = 0; patient < 12; ++patient) charts.push_back(chart_of(patient, 1, patient == 3));
  nights.run(charts);
  EXPECT_TRUE(nights.report().sheets_elsewhere);
  EXPECT_EQ(nights.report().counts.sheets, 1u) << "who is booked is there until the binder is printed";
  std::string all;
  for (const std::string& page : nights.pages()) all += page;
  EXPECT_NE(all.find("nightchart print COPY binder"), std::string::npos);
}

TEST(BinderNight, WithoutItsMemoryItBeginsAnewAndSaysWhy) {
  Nights nights(BinderScope::active);
  std::vector<app::Chart> charts;
  for (int patient = 0; patient < 12; ++patient) charts.push_back(chart_of(patient, 1, false));
  nights.run(charts);
  nights.put_in();
  nights.confirm();
  fs::remove(nights.folder() / "keys" / "binder.key");
  nights.run(charts);
  EXPECT_TRUE(nights.report().lost.has_value());
  EXPECT_TRUE(nights.report().start_over);
  EXPECT_EQ(nights.report().counts.sheets, 12u);
}

}  // namespace
