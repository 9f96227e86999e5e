#include "exporter/binder/packet.h"

#include <gtest/gtest.h>
#define POINTERHOLDER_TRANSITION 4  // qpdf 11 asks which of its pointers is meant
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/paper/schedule_layout.h"
#include "exporter/binder/assembly.h"
#include "exporter/binder/protect.h"
#include "tests/sample_sheets.h"

namespace {

namespace fs = std::filesystem;

const app::FontSet& fonts() {
  static const auto set = app::FontSet::open(app::find_fonts());
  EXPECT_TRUE(set.ok());
  return set.value();
}

app::ScheduleEntry entry_of(app::ChartId chart, const std::string& name, const std::string& start) {
  app::ScheduleEntry entry;
  entry.chart = chart;
  entry.name = name;
  entry.mrn = "0000" + std::to_string(chart);
  entry.born = app::read_date("1945-07-14");
  entry.phone = "(555) 010-0104";
  entry.appointment = {"Follow-up", "booked", app::read_date(start), "20", "Dr Okafor", "Room 2", "blood pressure", ""};
  return entry;
}

exporter::PacketOrder order() {
  exporter::PacketOrder made{sample::frame(), app::kA4, {}};
  const app::Date today = app::read_date("2026-11-23").value();
  made.days.push_back({today, {entry_of(1, "SMITH, John (Mr)", "2026-11-23T08:30"),
                               entry_of(2, "王小明", "2026-11-23T09:00"), entry_of(3, "علي, محمد", "2026-11-23T09:20")}});
  made.days.push_back({app::add_days(today, 1), {entry_of(1, "SMITH, John (Mr)", "2026-11-24T10:00")}});
  return made;
}

app::Result<app::Sheet> read_sheet(app::ChartId chart) {
  if (chart == 3) return app::Error{app::Code::damaged, "This chart can't be read.", ""};
  app::Sheet sheet = chart == 1 ? sample::full_sheet() : sample::empty_sheet();
  return sheet;
}

const exporter::Packet& packet() {
  static const auto made = exporter::make_packet(order(), read_sheet, fonts());
  EXPECT_TRUE(made.ok()) << app::format_error(made.error());
  return made.value();
}

// What pdftotext says of these bytes, and its end code.
std::pair<std::string, int> text_of(const std::string& bytes, const std::string& options) {
  std::string folder = (fs::temp_directory_path() / "nightchart-packet-XXXXXX").string();
  const fs::path path = fs::path(mkdtemp(folder.data())) / "packet.pdf";
  std::ofstream(path, std::ios::binary) << bytes;
  FILE* pipe = popen(("pdftotext -layout " + options + " '" + path.string() + "' - 2>/dev/null").c_str(), "r");
  std::string text;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
  const int end = pclose(pipe);
  fs::remove_all(folder);
  return {text, end};
}

std::vector<std::string> pages_of(const std::string& bytes, const std::string& password) {
  std::vector<std::string> pages(1);
  for (const char c : text_of(bytes, "-upw " + password).first) {
    if (c == '\f') {
      pages.emplace_back();
    } else {
      pages.back() += c;
    }
  }
  pages.pop_back();
  return pages;
}

TEST(Packet, OpensWithItsPasswordAndWithNoOther) {
  const auto& made = packet();
  EXPECT_NE(text_of(made.bytes, "").second, 0);
  EXPECT_NE(text_of(made.bytes, "-upw wrong").second, 0);
  EXPECT_NE(text_of(made.bytes, "-opw " + std::string(32, '0')).second, 0);
  const auto [text, end] = text_of(made.bytes, "-upw " + made.password);
  EXPECT_EQ(end, 0);
  EXPECT_NE(text.find("AL-RASHIDI-MONTGOMERY"), std::string::npos);
}

TEST(Packet, NeitherNamesNorNumbersStandInItsBytes) {
  for (const char* word : {"SMITH", "RASHIDI", "00104427", "Elm Street", "Schedule", "packet for an outage"}) {
    EXPECT_EQ(packet().bytes.find(word), std::string::npos) << word;
  }
}

TEST(Packet, IsLockedWithAes256OfTheNewestRevisionUnderAFreshPassword) {
  const auto& made = packet();
  QPDF pdf;
  pdf.processMemoryFile("packet", made.bytes.data(), made.bytes.size(), made.password.c_str());
  int revision = 0;
  int permissions = 0;
  int version = 0;
  QPDF::encryption_method_e stream = QPDF::e_none;
  QPDF::encryption_method_e string = QPDF::e_none;
  QPDF::encryption_method_e file = QPDF::e_none;
  ASSERT_TRUE(pdf.isEncrypted(revision, permissions, version, stream, string, file));
  EXPECT_EQ(revision, 6);
  EXPECT_EQ(stream, QPDF::e_aesv3);
  EXPECT_EQ(string, QPDF::e_aesv3);
  EXPECT_FALSE(pdf.ownerPasswordMatched());

  EXPECT_EQ(made.password.size(), 32u);
  const auto again = exporter::protect_pdf(exporter::open_protected_pdf(made.bytes, made.password).value());
  ASSERT_TRUE(again.ok());
  EXPECT_NE(again.value().password, made.password);
}

TEST(Packet, EveryPartBeginsOnARightHandPageAndCountsItsOwnPages) {
  const auto pages = pages_of(packet().bytes, packet().password);
  ASSERT_EQ(pages.size(), packet().counts.pages);
  int parts = 0;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    EXPECT_NE(pages[i].find("EMERGENCY COPY"), std::string::npos) << i;
    EXPECT_NE(pages[i].find(sample::frame().as_of), std::string::npos) << i;
    if (pages[i].find("page 1 of ") == std::string::npos) continue;
    EXPECT_EQ(i % 2, 0u) << "page " << i + 1 << " is a left-hand page";
    ++parts;
  }
  EXPECT_EQ(parts, 1 + 2 + 3);
}

TEST(Packet, APatientWhoComesTwiceHasOneSheetAndOneThatCannotBeMadeIsNamed) {
  const auto& counts = packet().counts;
  EXPECT_EQ(counts.appointments, 4u);
  EXPECT_EQ(counts.sheets, 3u);
  EXPECT_EQ(counts.missing, 1u);
  EXPECT_EQ(counts.uncovered, 0u);
  const auto pages = pages_of(packet().bytes, packet().password);
  EXPECT_NE(pages[0].find("could not be"), std::string::npos);
  EXPECT_NE(pages[0].find("4 appointments on 2 days, 3 patient sheets"), std::string::npos) << pages[0];
  std::size_t said = 0;
  for (const auto& page : pages) said += page.find("sheet could not be made") != std::string::npos ? 1 : 0;
  EXPECT_EQ(said, 1u);
}

TEST(Packet, ItsBookmarksLeadToEachPatientAndItsPagesAreNamedForThem) {
  const auto& made = packet();
  QPDF pdf;
  pdf.processMemoryFile("packet", made.bytes.data(), made.bytes.size(), made.password.c_str());
  auto root = pdf.getRoot();
  std::vector<std::string> titles;
  auto patients = root.getKey("/Outlines").getKey("/Last");
  for (auto item = patients.getKey("/First"); item.isDictionary(); item = item.getKey("/Next")) {
    titles.push_back(item.getKey("/Title").getUTF8Value());
    EXPECT_TRUE(item.getKey("/Dest").getArrayItem(0).isPageObject());
  }
  EXPECT_EQ(titles, (std::vector<std::string>{"Mon 08:30  SMITH, John (Mr)", "Mon 09:00  王小明", "Mon 09:20  علي, محمد"}));
  EXPECT_EQ(root.getKey("/PageLabels").getKey("/Nums").getArrayNItems(), 2 * 6);
  EXPECT_EQ(pdf.getTrailer().getKey("/Info").getKey("/Title").getUTF8Value(), "Nightchart: packet for an outage");
  EXPECT_FALSE(pdf.getTrailer().getKey("/Info").hasKey("/CreationDate"));
}

TEST(Packet, WithoutAppointmentsItSaysSo) {
  auto none = order();
  for (auto& day : none.days) day.entries.clear();
  const auto made = exporter::make_packet(none, read_sheet, fonts());
  ASSERT_TRUE(made.ok());
  const auto pages = pages_of(made.value().bytes, made.value().password);
  ASSERT_EQ(pages.size(), 5u);
  EXPECT_NE(pages[2].find("no appointment for this day"), std::string::npos);
}

TEST(Packet, WhatIsNoPdfIsAnErrorAndNotACrash) {
  for (const std::string& bytes : {std::string(), std::string("%PDF-1.7\nnonsense"), std::string(5000, '<')}) {
    EXPECT_FALSE(exporter::protect_pdf(bytes).ok());
    EXPECT_FALSE(exporter::assemble(bytes, {"t", {{"a", 0, false}}, {{0, "p"}}}).ok());
    EXPECT_FALSE(exporter::open_protected_pdf(bytes, "x").ok());
  }
  const auto wrong = exporter::open_protected_pdf(packet().bytes, "wrong");
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().code, app::Code::wrong_passphrase);
}

TEST(Packet, TheScheduleGoesByClinicianAndTimeAndEveryoneIsOnIt) {
  exporter::PacketDay day = order().days[0];
  for (int i = 0; i < 60; ++i) {
    auto entry = entry_of(static_cast<app::ChartId>(10 + i), "PATIENT" + std::to_string(i) + "X, Ann", "2026-11-23T10:00");
    entry.appointment.clinician = i % 2 == 0 ? "Dr Abara" : "";
    day.entries.push_back(entry);
  }
  const auto pdf = exporter::print_schedule(day, sample::frame(), app::kLetter, fonts());
  ASSERT_TRUE(pdf.ok());
  const std::string text = text_of(pdf.value().bytes, "").first;
  for (int i = 0; i < 60; ++i) {
    const std::string name = "PATIENT" + std::to_string(i) + "X";
    EXPECT_EQ(text.find(name), text.rfind(name)) << name;
    EXPECT_NE(text.find(name), std::string::npos) << name;
  }
  EXPECT_LT(text.find("Dr Abara (30)"), text.find("Dr Okafor (3)"));
  EXPECT_NE(text.find("No clinician recorded (30)"), std::string::npos);
  EXPECT_LT(text.find("08:30"), text.find("09:20"));
}

}  // namespace
