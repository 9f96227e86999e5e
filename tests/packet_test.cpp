#include "app/paper/protect.h"
#include "app/snapshot/pdf_password.h"
#include "exporter/binder/packet.h"

#include <gtest/gtest.h>
#define POINTERHOLDER_TRANSITION 4  // qpdf 11 asks which of its pointers is meant
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

#include "app/paper/schedule_layout.h"
#include "app/record/text.h"
#include "exporter/binder/assembly.h"
#include "exporter/binder/binder_settings.h"
#include "exporter/binder/cover.h"
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

exporter::PatientKey key_of(app::ChartId chart) { return {static_cast<std::uint8_t>(chart)}; }

exporter::IndexLine line_of(const std::string& name, const std::string& mrn) {
  return {app::tab_of(name), name, "14-Jul-1945", mrn, "(555) 010-0104", "", "7KD2-M4QX", "01-Oct-2026", true};
}

exporter::NamedChange change_of(app::ChartId chart, const std::string& name, const std::string& take_out, const std::string& put_in) {
  exporter::NamedChange made{{key_of(chart), {}, std::nullopt}, app::tab_of(name), name, "0000" + std::to_string(chart)};
  if (!take_out.empty()) made.change.take_out.push_back({name, made.mrn, take_out, false});
  if (!put_in.empty()) made.change.put_in = exporter::FiledSheet{name, made.mrn, put_in, false};
  return made;
}

exporter::BinderOrder order() {
  exporter::BinderOrder made;
  made.frame = sample::frame();
  made.paper = app::kA4;
  made.sequence = 123;
  made.today = app::read_date("2026-11-23").value();
  made.days.push_back({made.today, {entry_of(1, "SMITH, John (Mr)", "2026-11-23T08:30"),
                                    entry_of(2, "王小明", "2026-11-23T09:00"), entry_of(3, "علي, محمد", "2026-11-23T09:20")}});
  made.days.push_back({app::add_days(made.today, 1), {entry_of(1, "SMITH, John (Mr)", "2026-11-24T10:00")}});
  made.index = {line_of("ABARA, Ngozi", "5"), line_of("SMITH, John (Mr)", "00001"), line_of("علي, محمد", "00003"), line_of("王小明", "00002")};
  made.not_in_it = {"Sheets of patients who are not booked in the next 2 days."};
  made.sheets = {{1, key_of(1), "S", "SMITH, John (Mr)", "00001", true}, {3, key_of(3), "Arabic", "علي, محمد", "00003", true},
                 {2, key_of(2), "Han", "王小明", "00002", true}};
  made.packet = exporter::PacketPlan{120, false, 41, {change_of(9, "JONES, Mary", "0LD0-0LD0", ""), change_of(1, "SMITH, John (Mr)", "AAAA-AAAA", "7KD2-M4QX"),
                                                      change_of(3, "علي, محمد", "", "ZZZZ-ZZZZ"), change_of(2, "王小明", "", "K3P0-0000")}, false};
  return made;
}

app::Result<app::Sheet> read_sheet(const exporter::BinderSheet& wanted) {
  if (wanted.chart == 3) return app::Error{app::Code::damaged, "This chart can't be read.", ""};
  app::Sheet sheet = wanted.chart == 1 ? sample::full_sheet() : sample::empty_sheet();
  return sheet;
}

struct Made {
  std::vector<std::string> files;  // not encrypted, in the order in which they were made
  std::vector<exporter::BinderVolume> volumes;
  exporter::PacketCounts counts;
};

Made make(const exporter::BinderOrder& order) {
  Made made;
  const auto counts = exporter::print_binder(order, read_sheet, fonts(), [&](const exporter::BinderVolume& volume, std::string bytes) {
    made.volumes.push_back(volume);
    made.files.push_back(std::move(bytes));
    return app::Result<app::Done>(app::Done{});
  });
  EXPECT_TRUE(counts.ok());
  if (counts.ok()) made.counts = counts.value();
  return made;
}

struct Packet {
  std::string bytes;
  std::string password;
  exporter::PacketCounts counts;
};

const Packet& packet() {
  static const Packet locked = [] {
    const Made made = make(order());
    EXPECT_EQ(made.files.size(), 1u);
    const std::string password = app::make_pdf_password();
    const auto bytes = app::protect_pdf(made.files.at(0), password, app::make_pdf_password());
    EXPECT_TRUE(bytes.ok());
    return Packet{bytes.value(), password, made.counts};
  }();
  return locked;
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
  for (const char* word : {"SMITH", "RASHIDI", "00104427", "Elm Street", "Schedule", "ring binder"}) {
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
  EXPECT_NE(app::make_pdf_password(), made.password);
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
  EXPECT_EQ(parts, 3 + 2 + 1 + 3) << "cover, list, contacts; two days; index; three sheets";
}

// The text of the page whose foot says so.
std::string page_of(const std::vector<std::string>& pages, const std::string& foot) {
  for (const auto& page : pages) {
    if (page.rfind(foot) != std::string::npos && page.rfind(foot) > page.size() / 2) return page;
  }
  return "";
}

TEST(Packet, APatientWhoComesTwiceHasOneSheetAndOneThatCannotBeMadeIsNamed) {
  const auto& counts = packet().counts;
  EXPECT_EQ(counts.appointments, 4u);
  EXPECT_EQ(counts.sheets, 3u);
  EXPECT_EQ(counts.missing, 1u);
  EXPECT_EQ(counts.uncovered, 0u);
  const auto pages = pages_of(packet().bytes, packet().password);
  EXPECT_NE(page_of(pages, "Ring binder, packet 123").find("could not be"), std::string::npos);
  std::size_t said = 0;
  for (const auto& page : pages) said += page.find("sheet could not be made") != std::string::npos ? 1 : 0;
  EXPECT_EQ(said, 1u);
}

TEST(Packet, ItsListSaysOfEachSheetWhatToTakeOutAndWhatToPutInAndHasALineToSign) {
  const std::string list = page_of(pages_of(packet().bytes, packet().password), "Ring binder, packet 123");
  const auto line_with = [&list](const std::string& word) {
    const std::size_t at = list.find(word);
    return at == std::string::npos ? std::string() : list.substr(list.rfind('\n', at) + 1, list.find('\n', at) - list.rfind('\n', at) - 1);
  };
  EXPECT_NE(line_with("JONES, Mary").find("0LD0-0LD0"), std::string::npos) << list;
  EXPECT_NE(line_with("JONES, Mary").find("nothing"), std::string::npos);
  EXPECT_NE(line_with("SMITH, John").find("AAAA-AAAA"), std::string::npos);
  EXPECT_NE(line_with("SMITH, John").find("7KD2-M4QX, "), std::string::npos);
  for (const char* word : {"as of packet 120", "41 other sheets stay", "Signature", "shredded", "binder confirm 123"}) {
    EXPECT_NE(list.find(word), std::string::npos) << word;
  }
}

TEST(Packet, ItsCoverSaysWhatIsInItWhatIsNotAndWhatToDo) {
  const auto pages = pages_of(packet().bytes, packet().password);
  for (const char* word : {"packet 123 for the ring binder", "4 sheets to change", "3 appointments", "4 patients", "What is NOT in it",
                           "not booked in the next 2 days", "nightchart binder confirm 123", "Shredded by"}) {
    EXPECT_NE(pages[0].find(word), std::string::npos) << word;
  }
}

TEST(Packet, ItsCoverIsOnePageHoweverManyTabsThereAre) {
  const auto fonts = app::FontSet::open(app::find_fonts());
  exporter::Cover cover;
  for (const char* part : {"Take out, put in, shred", "Whom to ring", "Schedule today", "Schedule tomorrow", "Index"}) cover.contents.push_back({part, "some", 9, ""});
  for (char tab = 'A'; tab <= 'Z'; ++tab) cover.tabs.push_back({std::string(1, tab), "1,234 sheets", 0, ""});
  cover.tabs.push_back({"Arabic", "12 sheets", 0, ""});
  cover.not_in_it = {"Sheets of patients.", "Scans.", "What is withheld."};
  cover.steps = {"Print.", "Put in.", "Sign.", "Confirm."};
  EXPECT_EQ(exporter::lay_out_cover(cover, sample::frame(), app::kLetter, fonts.value()).size(), 1u);
}

TEST(Packet, ItsCoverPromisesNoScanThatTheViewerDoesNotHave) {
  for (const bool holds_scans : {true, false}) {
    std::string said;
    for (const std::string& sentence : exporter::sentences_of_absence({}, {}, "", holds_scans)) said += sentence + "\n";
    EXPECT_EQ(said.find("the emergency viewer shows them") != std::string::npos, holds_scans) << said;
  }
}

TEST(Packet, NoCodeOnTheIndexIsBrokenHoweverWideItsLettersAre) {
  exporter::BinderOrder wide = order();
  exporter::IndexLine first = line_of("ABARA, Ngozi", "5"), second = line_of("SMITH, John (Mr)", "00001");
  first.id = "WWWW-WWWW+WMWM";
  second.id = "MMMM-WWWW";
  wide.index = {first, second};
  const std::string text = text_of(make(wide).files[0], "").first;
  EXPECT_NE(text.find("WWWW-WWWW"), std::string::npos);
  EXPECT_NE(text.find("MMMM-WWWW"), std::string::npos);
}

TEST(Packet, ItsBookmarksLeadToEachPatientAndItsPagesAreNamedForThem) {
  const auto& made = packet();
  QPDF pdf;
  pdf.processMemoryFile("packet", made.bytes.data(), made.bytes.size(), made.password.c_str());
  auto root = pdf.getRoot();
  std::vector<std::string> titles;
  std::vector<QPDFObjectHandle> firsts;
  for (auto item = root.getKey("/Outlines").getKey("/First"); item.isDictionary(); item = item.getKey("/Next")) {
    titles.push_back(item.getKey("/Title").getUTF8Value());
    EXPECT_TRUE(item.getKey("/Dest").getArrayItem(0).isPageObject());
    for (auto below = item.getKey("/First"); below.isDictionary(); below = below.getKey("/Next")) {
      titles.push_back("> " + below.getKey("/Title").getUTF8Value());
      EXPECT_TRUE(below.getKey("/Dest").getArrayItem(0).isPageObject());
    }
  }
  EXPECT_EQ(titles, (std::vector<std::string>{"Cover", "Take out, put in, shred", "Whom to ring", "Schedule Mon 23-Nov-2026", "Schedule Tue 24-Nov-2026",
                                              "Index", "S", "> SMITH, John (Mr)", "Arabic", "> علي, محمد", "Han", "> 王小明"}));
  EXPECT_EQ(root.getKey("/PageLabels").getKey("/Nums").getArrayNItems(), 2 * 9);
  EXPECT_EQ(root.getKey("/PageLabels").getKey("/Nums").getArrayItem(0).getIntValue(), 0);
  EXPECT_EQ(pdf.getTrailer().getKey("/Info").getKey("/Title").getUTF8Value(), "Nightchart: packet for the ring binder");
  EXPECT_FALSE(pdf.getTrailer().getKey("/Info").hasKey("/CreationDate"));
}

TEST(Packet, ItsContentsAndItsListAreLinkedToWhatTheyName) {
  const Made made = make(order());
  QPDF pdf;
  pdf.processMemoryFile("packet", made.files[0].data(), made.files[0].size());
  auto pages = pdf.getAllPages();
  std::map<QPDFObjGen, std::size_t> number;
  for (std::size_t i = 0; i < pages.size(); ++i) number[pages[i].getObjGen()] = i;
  const auto links_of = [&](std::size_t page) {
    std::vector<std::size_t> to;
    auto annotations = pages[page].getKey("/Annots");
    for (int i = 0; annotations.isArray() && i < annotations.getArrayNItems(); ++i) {
      to.push_back(number.at(annotations.getArrayItem(i).getKey("/Dest").getArrayItem(0).getObjGen()));
    }
    return to;
  };
  const auto texts = pages_of(packet().bytes, packet().password);
  const auto contents = links_of(0);
  ASSERT_EQ(contents.size(), 5u + 3u) << "list, contacts, two days, index, three tabs";
  EXPECT_NE(texts[contents[0]].find("take out, put in, shred"), std::string::npos);
  EXPECT_NE(texts[contents[4]].find("Index of 4 patients"), std::string::npos);
  EXPECT_NE(texts[contents[5]].find("AL-RASHIDI-MONTGOMERY"), std::string::npos) << "the first sheet behind its tab";
  const auto list = links_of(contents[0]);
  EXPECT_GE(list.size(), 3u) << "whoever is only taken out has no page to go to";
}

TEST(Packet, TheSamePagesAreBoundToTheSameBytes) {
  EXPECT_EQ(make(order()).files, make(order()).files);
}

TEST(Packet, AWholeBinderIsDividedBetweenPatientsAndEachFileSaysWhatIsInIt) {
  exporter::BinderOrder whole = order();
  whole.packet.reset();
  whole.pages_most = 20;
  whole.sheets.clear();
  for (app::ChartId chart = 10; chart < 50; ++chart) {
    const std::string name = std::string(1, static_cast<char>('A' + (chart - 10) / 2)) + "PATIENT" + std::to_string(chart);
    whole.sheets.push_back({chart, key_of(chart), app::tab_of(name), name, std::to_string(chart), false});
  }
  const Made made = make(whole);
  ASSERT_GT(made.files.size(), 3u);
  EXPECT_EQ(made.counts.sheets, 40u);
  EXPECT_EQ(made.volumes.back().number, 1u) << "the front is known last";
  std::size_t pages_in_all = 0;
  for (std::size_t i = 0; i < made.files.size(); ++i) {
    const auto pages = app::count_pages(made.files[i]);
    ASSERT_TRUE(pages.ok());
    pages_in_all += pages.value();
    EXPECT_EQ(made.volumes[i].pages, pages.value());
    EXPECT_LE(pages.value(), 20u);
    EXPECT_EQ(pages.value() % 2, 0u);
    const std::string text = text_of(made.files[i], "").first;
    EXPECT_NE(text.find(i + 1 == made.files.size() ? "File 2" : "file " + std::to_string(made.volumes[i].number)), std::string::npos);
  }
  EXPECT_EQ(pages_in_all, made.counts.pages);
  const auto estimate = exporter::estimate_pages(whole, read_sheet, fonts());
  ASSERT_TRUE(estimate.ok());
  EXPECT_NEAR(static_cast<double>(estimate.value()), static_cast<double>(pages_in_all), 6);
}

TEST(Packet, WithoutAppointmentsItSaysSo) {
  exporter::BinderOrder none = order();
  for (auto& day : none.days) day.entries.clear();
  none.sheets.clear();
  none.packet->changes.clear();
  const std::string text = text_of(make(none).files.at(0), "").first;
  EXPECT_NE(text.find("no appointment for this day"), std::string::npos);
  EXPECT_NE(text.find("Nothing changed"), std::string::npos);
}

TEST(Packet, WhatIsNoPdfIsAnErrorAndNotACrash) {
  for (const std::string& bytes : {std::string(), std::string("%PDF-1.7\nnonsense"), std::string(5000, '<')}) {
    EXPECT_FALSE(app::protect_pdf(bytes, "x", "y").ok());
    EXPECT_FALSE(exporter::assemble(bytes, {"t", {{"a", 0, false}}, {{0, "p"}}}).ok());
    EXPECT_FALSE(app::open_protected_pdf(bytes, "x").ok());
  }
  const auto wrong = app::open_protected_pdf(packet().bytes, "wrong");
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
