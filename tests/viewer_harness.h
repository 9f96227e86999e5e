// The viewer without a window: invented patients, keys as a person presses them, and the text that is really
// in the draw lists.
//
// Promise: after every step the frame is on screen, and on a chart the banner too; the harness looks itself.
#pragma once

#include <gtest/gtest.h>
#include <imgui.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/paper/shape.h"
#include "viewer/job_runner.h"
#include "viewer/render.h"
#include "viewer/screen.h"
#include "viewer/text_pieces.h"

namespace viewer_test {

inline constexpr std::int64_t kAsOf_s = 1'760'422'200;  // Tue 14-Oct-2025 02:10 in New York
inline constexpr std::int64_t kNow_s = kAsOf_s + 7 * 3600;
inline const char* const kPassphrase = "correct horse";

inline app::Hit make_hit(app::ChartId chart, const std::string& name, const std::string& born) {
  app::Hit hit;
  hit.chart = chart;
  hit.name = name;
  hit.born = born;
  hit.sex = chart % 2 ? "female" : "male";
  hit.mrn = std::to_string(100000 + chart);
  hit.phone = "(555) 010-" + std::to_string(1000 + chart);
  hit.town = "Elmswell";
  return hit;
}

inline app::CopyInfo make_copy_info() {
  app::CopyInfo info;
  info.folder = "/copies/2025-10-14T061004Z-000123";
  info.manifest.practice = "Elm Street Family Practice";
  info.manifest.time_zone = "America/New_York";
  info.manifest.sequence = 123;
  info.manifest.as_of = {kAsOf_s};
  info.manifest.taken = {kAsOf_s - 60};
  info.manifest.counts["patients"] = 2000;
  info.manifest.slots = {{"reception", {}, "", ""}, {"sealed envelope", {}, "", ""}};
  return info;
}

inline app::Sheet make_sheet(const app::Hit& hit) {
  app::Sheet sheet;
  sheet.banner.name = hit.name;
  sheet.banner.born = "14-Aug-1980 (45y)";
  sheet.banner.sex = hit.sex;
  sheet.banner.mrn = hit.mrn;
  sheet.banner.phone = hit.phone;
  sheet.banner.address = "12 Mill Lane, Elmswell, NY 10001";
  sheet.banner.deceased = hit.deceased ? "Died 03-Mar-2021" : "";
  sheet.banner.allergies = "Allergies: penicillin (anaphylaxis), latex";
  sheet.banner.allergies_weight = app::Weight::alarm;
  app::SheetSection allergies{"allergies", "Allergies and intolerances (2)", "", app::Weight::plain, {}};
  allergies.rows.push_back({"penicillin",
                            {{"anaphylaxis", app::Weight::alarm}, {"severe", app::Weight::strong}},
                            "05-Mar-2010",
                            "SNOMED CT 91936005",
                            app::Weight::alarm});
  allergies.rows.push_back({"latex", {{"rash", app::Weight::plain}}, "", "", app::Weight::plain});
  app::SheetSection problems{
      "problems", "Problems", "Not recorded: ask the patient", app::Weight::missing, {}};
  app::SheetSection results{"results", "Results (60)", "", app::Weight::plain, {}};
  for (int i = 0; i < 60; ++i)
    results.rows.push_back({"Result " + std::to_string(i),
                            {{"5.4", app::Weight::strong}, {"mmol per L", app::Weight::plain}},
                            "14-Oct-2025",
                            "",
                            app::Weight::plain});
  sheet.sections = {allergies, problems, results};
  return sheet;
}

// A copy that exists only in memory.
struct FakeRecords : viewer::Records {
  app::CopyInfo copy = make_copy_info();
  std::string holder = "reception";
  std::vector<app::Warning> said;
  bool verified = true;
  bool officer = true;
  std::shared_ptr<bool> unwritable = std::make_shared<bool>(false);
  std::shared_ptr<std::vector<app::Look>> looks = std::make_shared<std::vector<app::Look>>();
  int print_at = 30;
  std::shared_ptr<std::optional<app::Instant>> mark = std::make_shared<std::optional<app::Instant>>();
  std::shared_ptr<bool> has_printer = std::make_shared<bool>(false);
  std::shared_ptr<int> receipts_left = std::make_shared<int>(0);
  std::vector<app::Hit> patients;
  std::map<app::ChartId, std::string> why;  // the reasons of hits
  std::vector<app::ScheduleEntry> appointments;
  int schedule_day = 20251014;
  int unreadable_day = 0;
  app::ChartId unreadable_chart = 0;
  std::vector<app::Document> documents;               // everybody's
  std::map<std::string, std::string> document_bytes;  // by the content's id
  std::function<void(app::Sheet&)> alter = [](app::Sheet&) {};  // what a test's charts hold instead

  const app::CopyInfo& info() const override { return copy; }
  const std::string& keyholder() const override { return holder; }
  const std::vector<app::Warning>& warnings() const override { return said; }
  bool is_verified() const override { return verified; }
  bool has_privacy_officer() const override { return officer; }
  int print_at_percent() const override { return print_at; }
  std::optional<app::Instant> outage_mark() const override { return *mark; }
  void keep_outage_mark(std::optional<app::Instant> began) override { *mark = began; }
  std::function<void()> receipt() const override {
    return [left = receipts_left] { ++*left; };
  }
  app::Result<app::Done> record(app::Look look) override {
    if (*unwritable) return app::Error{app::Code::io, "This computer cannot keep the record.", ""};
    looks->push_back(std::move(look));
    return app::Done{};
  }
  app::Hits find(std::string_view typed, std::size_t most, const app::Date&) override {
    app::Hits hits;
    for (const app::Hit& hit : patients) {
      if (hit.name.find(typed) == std::string::npos && hit.mrn.find(typed) == std::string::npos) continue;
      if (hits.hits.size() < most) hits.hits.push_back(hit);
      ++hits.total;
    }
    return hits;
  }
  std::vector<std::string> explain(const app::Hits& hits, std::string_view, const app::Date&) override {
    std::vector<std::string> reasons;
    for (const app::Hit& hit : hits.hits) {
      const auto known = why.find(hit.chart);
      reasons.push_back(known == why.end() ? "" : known->second);
    }
    return reasons;
  }
  std::optional<app::Appointment> next_appointment(app::ChartId chart, const app::Date&) override {
    for (const app::ScheduleEntry& entry : appointments)
      if (entry.chart == chart) return entry.appointment;
    return std::nullopt;
  }
  std::vector<app::ChartId> find_mrn(std::string_view mrn) override {
    std::vector<app::ChartId> charts;
    for (const app::Hit& hit : patients)
      if (hit.mrn == mrn) charts.push_back(hit.chart);
    return charts;
  }
  app::Result<app::Sheet> read_sheet(app::ChartId chart) override {
    for (const app::Hit& hit : patients)
      if (hit.chart == chart && chart != unreadable_chart) {
        app::Sheet sheet = make_sheet(hit);
        alter(sheet);
        return sheet;
      }
    return app::Error{app::Code::damaged, "This chart cannot be read.", ""};
  }
  app::Result<std::vector<app::ScheduleEntry>> read_schedule(const app::Date& day) override {
    if (app::format_day_number(day) == unreadable_day)
      return app::Error{app::Code::damaged, "A page of charts.db is damaged.", ""};
    if (app::format_day_number(day) != schedule_day) return std::vector<app::ScheduleEntry>{};
    return appointments;
  }
  app::Result<std::vector<app::Document>> read_documents(app::ChartId) override { return documents; }
  app::Result<std::vector<app::FormText>> read_forms() override { return app::read_form_texts(app::find_own_forms()); }
  app::Result<std::string> read_document(const app::DocumentContent& content) override {
    const auto found = document_bytes.find(content.id);
    if (found == document_bytes.end()) return app::Error{app::Code::damaged, "A page of the volume is damaged.", ""};
    return found->second;
  }
};

inline FakeRecords make_records() {
  FakeRecords records;
  records.patients = {make_hit(1, "SMITH, Anna", "1980-08-14"), make_hit(2, "SMITH, Andrew", "1951-02-03"),
                      make_hit(3, "SMYTHE, Ada", "1950-02-03"), make_hit(4, "GARCIA, Ana", "2024-11-30"),
                      make_hit(5, "\u0645\u062D\u0645\u062F \u0639\u0644\u064A", "1975-04-03")};
  records.patients[1].deceased = true;
  for (int i = 0; i < 3; ++i) {
    app::ScheduleEntry entry;
    entry.chart = static_cast<app::ChartId>(i + 1);
    entry.name = records.patients[static_cast<std::size_t>(i)].name;
    entry.born = app::read_date(records.patients[static_cast<std::size_t>(i)].born);
    entry.appointment.start = app::read_date("2025-10-14T0" + std::to_string(8 + i % 2) + ":30:00");
    entry.appointment.clinician = "Dr Osei";
    records.appointments.push_back(entry);
  }
  return records;
}

// Text read back from the vertices that a frame is drawn with, line by line; private-use words as letters.
inline std::vector<std::string> read_lines(const ImDrawData& data, const viewer::TextAtlas& atlas) {
  std::map<std::pair<float, float>, std::pair<const ImFont*, const ImFontGlyph*>> glyph_at;
  for (const ImFont* font : ImGui::GetIO().Fonts->Fonts)
    for (const ImFontGlyph& glyph : font->Glyphs) glyph_at[{glyph.U0, glyph.V0}] = {font, &glyph};
  std::vector<std::string> lines;
  float pen = -1e9f, baseline = -1e9f;
  for (int n = 0; n < data.CmdListsCount; ++n) {
    const ImDrawList& list = *data.CmdLists[n];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
      const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
      for (unsigned i = 0; i + 6 <= command.ElemCount; i += 3) {
        if (index[i + 3] != index[i] || index[i + 4] != index[i + 2]) continue;
        const ImDrawVert &a = vertices[index[i]], &c = vertices[index[i + 2]];
        const auto found = glyph_at.find({a.uv.x, a.uv.y});
        if (a.uv.x == c.uv.x || found == glyph_at.end()) continue;
        if (c.pos.x <= command.ClipRect.x || a.pos.x >= command.ClipRect.z || c.pos.y <= command.ClipRect.y ||
            a.pos.y >= command.ClipRect.w)
          continue;
        const auto& [font, glyph] = found->second;
        const float left = a.pos.x - glyph->X0, top = a.pos.y - glyph->Y0, em = font->FontSize;
        const bool goes_on =
            !lines.empty() && std::abs(top - baseline) < 1 && left > pen - 2 && left < pen + em * 0.5f;
        if (!goes_on)
          lines.emplace_back();
        else if (left > pen + em * 0.1f)
          lines.back() += ' ';
        const std::string_view word = atlas.word_of(glyph->Codepoint);
        if (word.empty())
          viewer::append_utf8(glyph->Codepoint, lines.back());
        else
          lines.back() += word;
        pen = left + glyph->AdvanceX;
        baseline = top;
      }
    }
  }
  return lines;
}

// One that everything can be put on, and nothing is.
inline viewer::Sticks make_sticks() {
  return {[](const std::filesystem::path&) { return std::vector<viewer::Stick>{{"/media/anna/BLUE STICK"}}; },
          [](const std::string&, const viewer::LockedPdf&) { return app::Done{}; }};
}

class Viewer {
 public:
  explicit Viewer(const FakeRecords& records = make_records())
      : Viewer(
            [info = records.copy] {
              viewer::Found found;
              found.copy = info;
              return found;
            },
            records) {}

  Viewer(viewer::FindCopy find, FakeRecords records)
      : session(
            std::move(find),
            [records](const app::CopyInfo&,
                      const app::Request& request) -> app::Result<std::unique_ptr<viewer::Records>> {
              if (request.passphrase != kPassphrase)
                return app::Error{app::Code::wrong_passphrase, "No key slot opens with this passphrase.", ""};
              if (!records.verified && !request.insistence.is_given())
                return app::Error{app::Code::forged, "This copy was not made by Elm Street.", ""};
              return std::unique_ptr<viewer::Records>(std::make_unique<FakeRecords>(records));
            },
            app::check_every_byte,
            [has_printer = records.has_printer](const viewer::PrintOrder&) -> app::Result<app::Done> {  // never a real one
              if (*has_printer) return app::Done{};
              return app::Error{app::Code::not_found, "This computer has no printer.", ""};
            },
            viewer::draw_document, viewer::draw_paper, viewer::list_printers, make_sticks()) {
    auto opened = viewer::Screen::open(app::find_fonts(), session);
    EXPECT_TRUE(opened.ok());
    screen = std::make_unique<viewer::Screen>(std::move(opened).value());
    session.tick({kNow_s});
    frame();
  }

  // One frame, and what must hold on every one.
  void frame() {
    lines = read_lines(screen->draw(), screen->atlas());
    EXPECT_TRUE(shows("EMERGENCY COPY \u00B7 READ ONLY"));
    EXPECT_EQ(shows("NOT VERIFIED"), !session.is_verified()) << "on every page, or on none";
    if (session.copy() != nullptr) {
      EXPECT_TRUE(shows("data as of Tue 14-Oct-2025 02:10")) << testing::PrintToString(lines);
    }
    const viewer::Page page = session.page();
    const bool of_somebody = page == viewer::Page::chart || page == viewer::Page::documents || page == viewer::Page::document;
    if (of_somebody && !session.is_covered()) {
      const app::Banner& banner = session.sheet().banner;
      for (const std::string* part : {&banner.name, &banner.born, &banner.mrn, &banner.allergies})
        EXPECT_TRUE(shows(*part) || shows(words_reversed(*part))) << "the banner lacks " << *part;
    }
  }

  // The draw lists hold what is written from right to left in the order in which it is seen.
  static std::string words_reversed(const std::string& words) {
    std::string reversed;
    for (std::size_t end = words.size(), at = end; end != std::string::npos; end = at) {
      at = end == 0 ? std::string::npos : words.rfind(' ', end - 1);
      const std::size_t begin = at == std::string::npos ? 0 : at + 1;
      reversed += (reversed.empty() ? "" : " ") + words.substr(begin, end - begin);
    }
    return reversed;
  }

  bool shows(const std::string& words) const {
    for (const std::string& line : lines)
      if (line.find(words) != std::string::npos) return true;
    return false;
  }

  void type(const std::string& text) {
    screen->type(text);
    frame();
  }
  void press(viewer::Key key, int times = 1) {
    for (int i = 0; i < times; ++i) {
      screen->press({key, false, false, false, 0});
      frame();
    }
  }
  void press_with_ctrl(viewer::Key key, char character = 0) {
    screen->press({key, true, false, false, character});
    frame();
  }
  void press_with_alt(char character) {
    screen->press({viewer::Key::character, false, false, true, character});
    frame();
  }
  void click(const std::string& words, bool whole = false) {
    for (const viewer::Written& written : screen->written()) {
      if (whole ? written.text != words : written.text.find(words) == std::string::npos) continue;
      screen->point_at(written.box.x + 2, written.box.y + written.box.h / 2);
      screen->click();
      frame();
      frame();
      return;
    }
    ADD_FAILURE() << "nothing to click says " << words;
  }
  void work() {
    viewer::run_jobs(session);
    frame();
  }
  void unlock() {
    work();
    type(kPassphrase);
    press(viewer::Key::enter);
    work();
  }

  viewer::Session session;
  std::unique_ptr<viewer::Screen> screen;
  std::vector<std::string> lines;
};

}  // namespace viewer_test
