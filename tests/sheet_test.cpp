#include "app/record/sheet.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/invented_charts.h"

namespace {

using app::Presence;

const app::SheetContext kContext{tests::day("2026-11-22T02:10:00")};

app::Sheet sheet_of(const app::Chart& chart) {
  return app::make_sheet(chart, app::default_sheet_template(), kContext);
}

// Everything a chart holds that a person would want said: invented words and the days of dates.
class Collector {
 public:
  void operator()(std::string_view name, const std::string& value) {
    static const std::set<std::string_view> kNotSaid = {"system", "code", "key", "visit", "script", "emr_key"};
    if (!kNotSaid.count(name) && value.starts_with(tests::kInventedPrefix)) words.push_back(value);
  }
  void operator()(std::string_view, const std::optional<bool>&) {}
  void operator()(std::string_view name, const app::Known<app::Date>& value) {
    if (value.is_known() && name != "reported") words.push_back(app::format_day(value.value()));
    if (value.presence() == Presence::unreadable && name != "reported") words.push_back(value.as_recorded());
  }
  void operator()(std::string_view, const app::DocumentContent& content) {
    if (!content.reason.empty()) words.push_back(content.reason);
  }
  template <typename T>
  void operator()(std::string_view, const std::vector<T>& values) {
    for (const T& value : values) T::fields(value, *this);
  }
  template <typename T>
  void operator()(std::string_view name, const app::Section<T>& section) {
    (*this)(name, section.entries);
  }
  std::vector<std::string> words;
};

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return text;
}

TEST(Sheet, LosesNothingOfAChartWhenTheTemplateLimitsNothing) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const app::Chart chart = tests::invented_chart(seed);
    Collector collector;
    app::Chart::identity_fields(chart, collector);
    app::Chart::sections(chart, collector);
    collector("unreadable", chart.unreadable);
    const std::string said = lower(tests::words_of(sheet_of(chart)));
    for (const std::string& word : collector.words) {
      ASSERT_NE(said.find(lower(word)), std::string::npos) << "seed " << seed << " lost " << word << "\n" << said;
    }
  }
}

// What is said of each section in each state, read off the sheet of a chart with nothing else in it.
template <typename Change>
std::string words_about(std::string_view id, Change change) {
  app::Chart chart;
  auto touch = [&](std::string_view name, auto& section) {
    if (name == id) change(chart, section);
  };
  app::Chart::sections(chart, touch);
  const app::Sheet sheet = sheet_of(chart);
  const app::SheetSection* own = tests::find_section(sheet, id);
  return own != nullptr ? own->statement : "listed as not recorded";
}

TEST(Sheet, SaysEveryStateOfEverySectionInWordsOfItsOwn) {
  for (const app::SectionInfo& info : app::kSections) {
    std::set<std::string> said;
    for (const Presence state : {Presence::not_recorded, Presence::known_none, Presence::not_in_copy, Presence::withheld,
                                 Presence::unreadable}) {
      const std::string words = words_about(info.id, [&](app::Chart&, auto& section) { section.state = state; });
      EXPECT_FALSE(words.empty()) << info.id;
      EXPECT_TRUE(said.insert(words).second) << info.id << " says twice: " << words;
    }
  }
}

TEST(Sheet, ASectionWithoutEntriesIsNamedAtTheEndByItsTitle) {
  const app::Sheet sheet = sheet_of(app::Chart());
  ASSERT_FALSE(sheet.sections.empty());
  EXPECT_EQ(sheet.sections.back().id, "not_recorded");
  for (const app::SectionInfo& info : app::kSections) {
    const bool own = tests::find_section(sheet, info.id) != nullptr;
    const bool named = sheet.sections.back().statement.find(info.title) != std::string::npos;
    EXPECT_TRUE(own || named) << info.id;
  }
  for (const char* id : {"allergies", "medications", "problems"}) EXPECT_NE(tests::find_section(sheet, id), nullptr) << id;
}

TEST(Sheet, WithheldAndUnreadableEntriesAreCountedAndShown) {
  app::Chart chart = tests::plausible_chart();
  EXPECT_EQ(tests::find_section(sheet_of(chart), "visits")->statement, "2 visits withheld by the practice's policy.");
  const auto medications = *tests::find_section(sheet_of(chart), "medications");
  EXPECT_EQ(medications.rows.back().weight, app::Weight::missing);
  EXPECT_NE(medications.rows.back().value[0].text.find("xin 0.125"), std::string::npos);
  EXPECT_EQ(words_about("visits", [](app::Chart& c, auto&) { c.unreadable = {{"visits", "", "", "broken"}}; }),
            "UNREADABLE. The EMR holds visits that could not be read.");
  EXPECT_EQ(words_about("visits", [](app::Chart&, auto& section) { section.withheld = 2; }),
            "WITHHELD by the practice's policy. The EMR may hold visits. 2 visits withheld by the practice's policy.");
}

TEST(Sheet, AnUnreadableEntryIsSaidEvenIfItsSectionIsNotOnTheSheet) {
  app::Chart chart;
  chart.unreadable = {{"results", "", "K+ 6.x", "no number"}, {"elsewhere", "", "lost", "unknown section"}};
  const std::string words = tests::words_of(app::make_sheet(chart, {{{"allergies", "", 0}}}, kContext));
  EXPECT_NE(words.find("K+ 6.x"), std::string::npos);
  EXPECT_NE(words.find("lost"), std::string::npos);
}

TEST(Sheet, NoRowIsWithoutLabelOrValue) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    for (const app::SheetSection& section : sheet_of(tests::invented_chart(seed)).sections) {
      EXPECT_FALSE(section.rows.empty() && section.statement.empty()) << section.id;
      for (const app::Row& row : section.rows) {
        ASSERT_FALSE(row.label.empty()) << section.id;
        ASSERT_FALSE(row.value.empty()) << section.id << ' ' << row.label;
        for (const app::Span& span : row.value) ASSERT_FALSE(span.text.empty()) << section.id << ' ' << row.label;
      }
    }
  }
}

TEST(Sheet, ResultsStandByPanelAndTestWithTheEarlierValuesBeside) {
  const app::Sheet sheet = sheet_of(tests::plausible_chart());
  const app::SheetSection& results = *tests::find_section(sheet, "results");
  ASSERT_EQ(results.rows.size(), 5u);
  EXPECT_EQ(results.title, "Results (3)");
  EXPECT_EQ(tests::words_of(results),
            "## Results (3)\nThe latest of each, earlier values beside it: 5 values in all.\n"
            "  Single tests | 1 test\n"
            "  Potassium | 6.9 mmol/L CRITICAL HIGH — previously 4.10 normal on 11-May-2026 | 20-Nov-2026 17:40\n"
            "  Lipid panel | 2 tests\n"
            "  LDL cholesterol | 162 mg/dL HIGH — previously 171 HIGH on 02-Aug-2025 | 14-Sep-2026\n"
            "      reference range below 130\n"
            "  HDL cholesterol | 48 mg/dL | 14-Sep-2026\n");
  EXPECT_EQ(results.rows[1].weight, app::Weight::alarm) << "a critical value";
}

TEST(Sheet, OfTwoValuesOfOneMomentTheOneToldLaterStandsFirst) {
  app::Chart chart;
  app::Observation o;
  o.text = "Potassium", o.value = "6.9", o.date = app::read_date("2026-11-20"), o.reported = app::read_date("2026-11-20");
  chart.results.add(o);
  o.value = "4.1", o.status = "corrected", o.reported = app::read_date("2026-11-21");
  chart.results.add(o);
  const std::string words = tests::words_of(*tests::find_section(sheet_of(chart), "results"));
  EXPECT_NE(words.find("4.1 (corrected) — previously 6.9"), std::string::npos) << words;
}

TEST(Sheet, AnUnknownFlagIsSaidAsRecordedAndAValueKeepsItsDigits) {
  app::Chart chart;
  app::Observation o;
  o.text = "Troponin", o.value = "0.040", o.unit = "ng/mL", o.flag = "no", o.date = app::read_date("2026-11-20");
  chart.results.add(o);
  const std::string words = tests::words_of(*tests::find_section(sheet_of(chart), "results"));
  EXPECT_NE(words.find("0.040 ng/mL flag as recorded: no"), std::string::npos) << words;
}

TEST(Sheet, ANoteStandsUnderItsVisitAndAloneIfItHasNone) {
  app::Chart chart = tests::plausible_chart();
  chart.notes.add({"gone", "Phone call", "", {}, "", "Called back."});
  const app::Sheet sheet = sheet_of(chart);
  EXPECT_EQ(tests::find_section(sheet, "visits")->rows[1].label, "Note: Progress note");
  EXPECT_EQ(tests::find_section(sheet, "notes")->title, "Notes (1)");
  EXPECT_EQ(tests::find_section(sheet, "notes")->rows[0].label, "Phone call");
  const app::Sheet without_visits = app::make_sheet(chart, {{{"notes", "", 0}}}, kContext);
  EXPECT_EQ(tests::find_section(without_visits, "notes")->title, "Notes (2)");
}

TEST(Sheet, AppointmentsToComeStandFirstAndCancelledOnesAreNotToCome) {
  app::Chart chart;
  for (const char* start : {"2026-11-01T09:00", "2026-12-01T09:00", "2026-11-22T08:00", "2026-11-28T10:00"}) {
    chart.appointments.add({start, "booked", app::read_date(start), "", "Dr Lee", "", "", ""});
  }
  chart.appointments.entries[3].status = "x Canceled";
  const app::Sheet sheet = sheet_of(chart);
  const app::SheetSection& section = *tests::find_section(sheet, "appointments");
  EXPECT_EQ(section.title, "Appointments (2 to come, 1 cancelled, 1 past)");
  EXPECT_EQ(section.rows[0].when, "Sun 22-Nov-2026 08:00");
  EXPECT_EQ(section.rows[1].when, "Tue 01-Dec-2026 09:00");
  EXPECT_EQ(section.rows[2].weight, app::Weight::muted);
}

TEST(Sheet, ATemplateLimitsInWordsAndNeverPartsAVisitFromItsNotes) {
  app::Chart chart;
  for (int i = 1; i <= 9; ++i) {
    const std::string key = "v" + std::to_string(i);
    chart.visits.add({key, "Visit " + key, {}, "", app::read_date("2026-0" + std::to_string(i)), {}, "", "", ""});
    chart.notes.add({key, "n", "", {}, "", "note of " + key});
  }
  const app::Sheet sheet = app::make_sheet(chart, {{{"visits", "Seen here", 2}}}, kContext);
  const app::SheetSection& visits = *tests::find_section(sheet, "visits");
  EXPECT_EQ(visits.title, "Seen here (9)");
  EXPECT_EQ(visits.statement, "2 of 9 shown, newest first.");
  ASSERT_EQ(visits.rows.size(), 4u);
  EXPECT_EQ(visits.rows[0].label, "Visit v9");
  EXPECT_EQ(visits.rows[3].value[0].text, "note of v8");
}

TEST(Sheet, WhatATemplateLeavesOutIsNamedAndTheThreeRequiredOnesAlwaysStand) {
  const app::Sheet sheet = app::make_sheet(tests::plausible_chart(), {{{"visits", "", 0}}}, kContext);
  for (const char* id : {"allergies", "medications", "problems"}) EXPECT_NE(tests::find_section(sheet, id), nullptr) << id;
  const app::SheetSection* left_out = tests::find_section(sheet, "left_out");
  ASSERT_NE(left_out, nullptr);
  for (const char* title : {"Results (3)", "Contacts (1)", "Past medications (1)"}) {
    EXPECT_NE(left_out->statement.find(title), std::string::npos) << title << " in " << left_out->statement;
  }
  EXPECT_EQ(left_out->statement.find("Visits"), std::string::npos);
}

app::Observation inr_of(const char* value, const char* date) {
  app::Observation o;
  o.text = "INR", o.value = value, o.range = "2.0-3.0", o.date = app::read_date(date);
  return o;
}

app::Plot plot_of(const std::vector<app::Observation>& values) {
  app::Chart chart;
  for (const app::Observation& value : values) chart.results.add(value);
  return tests::find_section(sheet_of(chart), "results")->rows.front().plot;
}

TEST(SheetPlot, ShowsTheNumbersFromOldToNewAndTheRange) {
  const app::Plot plot = plot_of({inr_of("2.4", "2026-03-01"), inr_of("4.8", "2026-02-01"), inr_of("1.10", "2026-01-01")});
  ASSERT_EQ(plot.lines.size(), 1u);
  ASSERT_EQ(plot.lines[0].size(), 3u);
  EXPECT_EQ(plot.lines[0][0].value, 1.1);
  EXPECT_EQ(plot.lines[0][2].value, 2.4);
  EXPECT_EQ(plot.lines[0][2].day - plot.lines[0][0].day, 59);
  EXPECT_EQ(plot.range, std::pair(2.0, 3.0));
  const app::Plot pressure = plot_of({inr_of("120/80", "2026-03-01"), inr_of("140/90", "2026-02-01"), inr_of("130/85", "2026-01-01")});
  ASSERT_EQ(pressure.lines.size(), 2u);
  EXPECT_EQ(pressure.lines[1][1].value, 90);
}

TEST(SheetPlot, ShowsNothingThatIsNotCertainlyANumberOfTheSameKind) {
  const auto first = inr_of("2.4", "2026-03-01"), second = inr_of("4.8", "2026-02-01");
  EXPECT_TRUE(plot_of({first, second}).lines.empty()) << "two are no course";
  EXPECT_TRUE(plot_of({first, second, inr_of("<1", "2026-01-01")}).lines.empty());
  EXPECT_TRUE(plot_of({first, second, inr_of("1,1", "2026-01-01")}).lines.empty());
  EXPECT_TRUE(plot_of({first, second, inr_of("1.1", "2026")}).lines.empty()) << "a year is no day";
  auto other = inr_of("1.1", "2026-01-01");
  other.unit = "mg/dL";
  EXPECT_TRUE(plot_of({first, second, other}).lines.empty());
  other.unit = "", other.status = "entered-in-error";
  EXPECT_TRUE(plot_of({first, second, other}).lines.empty());
  const auto same_day = inr_of("1.1", "2026-03-01");
  EXPECT_TRUE(plot_of({same_day, same_day, same_day}).lines.empty());
}

TEST(SheetForm, ABriefSheetIsShorterAndNamesWhatItLeavesOut) {
  app::Chart chart = tests::plausible_chart();
  for (int i = 1; i <= 9; ++i) {
    const std::string key = "w" + std::to_string(i);
    chart.visits.add({key, "Visit " + key, {}, "", app::read_date("2026-0" + std::to_string(i)), {}, "", "", ""});
    chart.notes.add({key, "n", "", {}, "", "note of " + key});
  }
  const auto sheet_for = [&](app::SheetForm form) {
    return app::make_sheet(chart, app::default_sheet_template(), {kContext.as_of, form});
  };
  const app::Sheet whole = sheet_for(app::SheetForm::whole), booked = sheet_for(app::SheetForm::booked),
                   brief = sheet_for(app::SheetForm::brief);
  const auto words = [](const app::Sheet& sheet, const char* id) { return tests::words_of(*tests::find_section(sheet, id)); };
  EXPECT_NE(words(whole, "visits").find("note of w1"), std::string::npos);
  EXPECT_NE(words(booked, "visits").find("note of w9"), std::string::npos) << "the last visits with their notes";
  EXPECT_EQ(words(booked, "visits").find("note of w1"), std::string::npos) << words(booked, "visits");
  EXPECT_NE(words(booked, "visits").find("5 of 10 shown"), std::string::npos) << words(booked, "visits");
  EXPECT_EQ(words(brief, "visits").find("note of"), std::string::npos);
  EXPECT_NE(words(brief, "left_out").find("Notes (10)"), std::string::npos) << words(brief, "left_out");
  for (const char* id : {"allergies", "medications", "problems"}) EXPECT_EQ(words(brief, id), words(whole, id));
}

TEST(SheetId, IsOfTheWordsAndNotOfTheDay) {
  const app::Chart chart = tests::plausible_chart();
  const auto id_at = [](const app::Chart& c, const char* iso) {
    return app::make_sheet(c, app::default_sheet_template(), {tests::day(iso)}).id;
  };
  const std::string id = id_at(chart, "2026-11-22");
  EXPECT_EQ(id.size(), 9u);
  EXPECT_EQ(id[4], '-');
  EXPECT_EQ(id_at(chart, "2026-11-22"), id);
  EXPECT_EQ(id_at(chart, "2026-11-23T23:59:00"), id);
  EXPECT_EQ(id_at(tests::nearly_empty_chart(), "2027-06-01"), id_at(tests::nearly_empty_chart(), "2026-11-22"));
  app::Chart older = chart;
  older.medications.entries.clear(), older.appointments.entries.clear(), older.medications.state = Presence::known_none;
  EXPECT_EQ(id_at(older, "2036-01-01"), id_at(older, "2026-11-22")) << "ten years older is no other sheet";
  app::Chart changed = chart;
  changed.medications.entries[0].dose = "7.5 mg";
  EXPECT_NE(id_at(changed, "2026-11-22"), id);
  app::Chart stopped = chart;
  stopped.appointments.entries.clear();
  EXPECT_NE(id_at(stopped, "2026-11-22"), id_at(stopped, "2027-01-01")) << "no longer stopped in the last 30 days";
}

TEST(SheetTemplate, ComesBackAsItWasKept) {
  app::SheetTemplate made = app::default_sheet_template();
  made.sections[5].title = "Booked \"soon\"", made.sections[5].most = 12;
  const auto read = app::parse_sheet_template(app::format_sheet_template(made));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(app::format_sheet_template(read.value()), app::format_sheet_template(made));
  ASSERT_EQ(read.value().sections.size(), made.sections.size());
  EXPECT_EQ(read.value().sections[5].most, 12);
}

TEST(SheetTemplate, KeepsWhatPaperHasRoomFor) {
  const auto read = app::parse_sheet_template(app::format_sheet_template(app::default_sheet_template()));
  ASSERT_TRUE(read.ok());
  const auto& kept = read.value().sections;
  const auto& made = app::default_sheet_template().sections;
  ASSERT_EQ(kept.size(), made.size());
  for (std::size_t i = 0; i < made.size(); ++i) {
    EXPECT_EQ(kept[i].booked, made[i].booked) << made[i].id;
    EXPECT_EQ(kept[i].brief, made[i].brief) << made[i].id;
  }
  EXPECT_FALSE(app::parse_sheet_template(R"({"section":[{"id":"allergies","brief":2}]})").ok()) << "always whole";
  EXPECT_FALSE(app::parse_sheet_template(R"({"section":[{"id":"allergies","brief":0}]})").ok()) << "always there";
}

TEST(SheetTemplate, SaysWhatIsWrongWithOne) {
  const struct { const char* json; const char* detail; } kWrong[] = {
      {"{}", "it has no [[section]]"},
      {R"({"section":[{"id":"alergies"}]})", "there is no section \"alergies\""},
      {R"({"section":[{"id":"visits"},{"id":"visits"}]})", "section \"visits\" stands there twice"},
      {R"({"section":[{"id":"visits","most":-1}]})", "section \"visits\": most must be a number from 0 to 1000000"},
      {R"({"section":[{"id":"visits","most":"5"}]})", "section \"visits\": most must be a number from 0 to 1000000"},
      {R"({"section":[{"id":"allergies","most":5}]})", "section \"allergies\" is always shown whole: take \"most\" out"},
      {R"({"section":[{"id":"visits","limit":5}]})", "section \"visits\": unknown key \"limit\""},
      {R"({"section":[],"sections":[]})", "unknown key \"sections\""}};
  for (const auto& wrong : kWrong) {
    const auto read = app::parse_sheet_template(wrong.json);
    ASSERT_FALSE(read.ok()) << wrong.json;
    EXPECT_EQ(read.error().code, app::Code::bad_config);
    EXPECT_EQ(read.error().detail, wrong.detail);
  }
  const auto broken = app::parse_sheet_template("{");
  ASSERT_FALSE(broken.ok());
  EXPECT_EQ(broken.error().code, app::Code::bad_config);
}

}  // namespace
