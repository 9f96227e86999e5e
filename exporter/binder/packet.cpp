#include "exporter/binder/packet.h"

#include <set>
#include <utility>

#include "app/paper/draw.h"
#include "app/paper/schedule_layout.h"
#include "app/paper/sheet_layout.h"
#include "exporter/binder/assembly.h"
#include "exporter/binder/cover.h"
#include "exporter/binder/protect.h"

namespace exporter {
namespace {

constexpr char kTitle[] = "Nightchart: packet for an outage";

app::ScheduleDay schedule_of(const PacketDay& day) {
  app::ScheduleDay schedule{day.day, {}};
  for (const app::ScheduleEntry& entry : day.entries) {
    schedule.lines.push_back({entry.name, app::format_known_date(entry.born), entry.mrn, entry.phone, entry.appointment});
  }
  return schedule;
}

std::string time_of(const app::ScheduleEntry& entry, const PacketDay& day) {
  const auto& start = entry.appointment.start;
  const std::string time = start.is_known() ? app::format_time_of_day(start.value()) : "";
  const std::string weekday(app::weekday_of(day.day));
  return weekday + (time.empty() ? "" : " " + time);
}

// In place of a sheet that could not be made.
app::Sheet missing_sheet(const app::ScheduleEntry& entry) {
  app::Sheet sheet;
  sheet.banner.name = entry.name;
  sheet.banner.born = app::format_known_date(entry.born);
  sheet.banner.mrn = entry.mrn;
  sheet.banner.phone = entry.phone;
  sheet.banner.sex = "not printed";
  sheet.banner.address = "not printed";
  sheet.banner.allergies = "Allergies: NOT PRINTED, look in the emergency viewer";
  sheet.banner.allergies_weight = app::Weight::missing;
  sheet.sections.push_back({"missing", "This patient's sheet could not be made",
                            "Nothing is known here. Look in the emergency viewer, and ask the patient.",
                            app::Weight::missing, {}});
  sheet.id = "none";
  return sheet;
}

// One part of the packet: laid out, not drawn yet.
struct Part {
  std::string bookmark;
  std::string label;
  bool is_sheet = false;
  std::vector<app::Page> pages;
};

class PacketMaker {
 public:
  PacketMaker(const PacketOrder& order, const ReadSheet& read_sheet, const app::FontSet& fonts)
      : order_(order), read_sheet_(read_sheet), fonts_(fonts) {}

  app::Result<Packet> make() {
    for (const PacketDay& day : order_.days) add_schedule(day);
    for (const PacketDay& day : order_.days) {
      for (const app::ScheduleEntry& entry : day.entries) add_sheet(entry, day);
    }
    parts_.insert(parts_.begin(), {"Cover", "Cover ", false,
                                   lay_out_cover(cover_, order_.frame, order_.paper, fonts_)});
    TRY_GET(app::DrawnPdf drawn, draw());
    TRY_GET(std::string bound, assemble(drawn.bytes, assembly_));
    drawn.bytes.clear();
    TRY_GET(ProtectedPdf locked, protect_pdf(bound));
    packet_.bytes = std::move(locked.bytes);
    packet_.password = std::move(locked.password);
    packet_.counts.pages = drawn.pages;
    packet_.counts.uncovered = drawn.uncovered;
    return std::move(packet_);
  }

 private:
  void add_schedule(const PacketDay& day) {
    const std::string title = app::format_schedule_day(day.day);
    auto pages = app::lay_out_schedule(schedule_of(day), order_.frame, order_.paper, fonts_);
    cover_.days.push_back({title, day.entries.size(), pages.size()});
    packet_.counts.appointments += day.entries.size();
    parts_.push_back({"Schedule " + title, title + " ", false, std::move(pages)});
  }

  void add_sheet(const app::ScheduleEntry& entry, const PacketDay& day) {
    if (!printed_.insert(entry.chart).second) return;
    const auto read = read_sheet_(entry.chart);
    const app::Sheet sheet = read.ok() ? read.value() : missing_sheet(entry);
    auto pages = app::lay_out_sheet(sheet, order_.frame, order_.paper, fonts_);
    const std::string time = time_of(entry, day);
    cover_.sheets.push_back({time, entry.name, entry.mrn, sheet.id, pages.size(), !read.ok()});
    ++packet_.counts.sheets;
    if (!read.ok()) ++packet_.counts.missing;
    parts_.push_back({time + "  " + entry.name, "MRN " + entry.mrn + " – ", true, std::move(pages)});
  }

  app::Result<app::DrawnPdf> draw() {
    TRY_GET(app::Drawing drawing, app::Drawing::begin(fonts_, kTitle));
    assembly_.title = kTitle;
    std::size_t at = 0;
    bool sheets_begun = false;
    for (Part& part : parts_) {
      if (at % 2 == 1) {
        TRY(drawing.add(make_blank_back(order_.frame, order_.paper, fonts_)));
        ++at;
      }
      if (part.is_sheet && !std::exchange(sheets_begun, true)) {
        assembly_.bookmarks.push_back({"Patients", at, false});
      }
      assembly_.bookmarks.push_back({part.bookmark, at, part.is_sheet});
      assembly_.labels.push_back({at, part.label});
      for (const app::Page& page : part.pages) TRY(drawing.add(page));
      at += part.pages.size();
      part.pages = {};
    }
    return drawing.finish();
  }

  const PacketOrder& order_;
  const ReadSheet& read_sheet_;
  const app::FontSet& fonts_;
  std::vector<Part> parts_;
  std::set<app::ChartId> printed_;
  Cover cover_;
  Assembly assembly_;
  Packet packet_;
};

}  // namespace

app::Result<Packet> make_packet(const PacketOrder& order, const ReadSheet& read_sheet,
                                const app::FontSet& fonts) {
  return PacketMaker(order, read_sheet, fonts).make();
}

app::Result<app::DrawnPdf> print_sheets(const std::vector<app::Sheet>& sheets, const app::PrintFrame& frame,
                                        const app::Paper& paper, const app::FontSet& fonts) {
  std::vector<app::Page> pages;
  for (const app::Sheet& sheet : sheets) {
    for (app::Page& page : app::lay_out_sheet(sheet, frame, paper, fonts)) pages.push_back(std::move(page));
  }
  return app::draw_pdf(pages, fonts, "Nightchart: patient sheet");
}

app::Result<app::DrawnPdf> print_schedule(const PacketDay& day, const app::PrintFrame& frame,
                                          const app::Paper& paper, const app::FontSet& fonts) {
  return app::draw_pdf(app::lay_out_schedule(schedule_of(day), frame, paper, fonts), fonts, "Nightchart: schedule");
}

}  // namespace exporter
