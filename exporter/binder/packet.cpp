#include "exporter/binder/packet.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <utility>

#include "app/paper/draw.h"
#include "app/paper/schedule_layout.h"
#include "app/paper/sheet_layout.h"
#include "exporter/binder/cover.h"
#include "exporter/binder/form_leaves.h"
#include "exporter/binder/in_order.h"
#include "exporter/binder/leaf_layout.h"

namespace exporter {
namespace {

constexpr std::size_t kSheetsSampled = 60;
constexpr std::size_t kSheetsAhead = 64;  // a few kilobytes each; with scans, megabytes

app::ScheduleDay schedule_of(const PacketDay& day) {
  app::ScheduleDay schedule{day.day, {}};
  for (const app::ScheduleEntry& entry : day.entries) {
    schedule.lines.push_back({entry.name, app::format_known_date(entry.born), entry.mrn, entry.phone, entry.appointment});
  }
  return schedule;
}

// In place of a sheet that could not be made.
app::Sheet missing_sheet(const BinderSheet& wanted) {
  app::Sheet sheet;
  sheet.banner.name = wanted.name;
  sheet.banner.born = "not printed";
  sheet.banner.mrn = wanted.mrn;
  sheet.banner.phone = "not printed";
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

std::size_t with_back(std::size_t pages) { return pages + pages % 2; }

class BinderMaker {
 public:
  BinderMaker(const BinderOrder& order, const ReadSheet& read_sheet, const app::FontSet& fonts, const TakeVolume& take)
      : order_(order), read_sheet_(read_sheet), fonts_(fonts),
        press_({title(), order.frame, order.paper, order.pages_most}, fonts,
               [this](const std::vector<BinderVolume>& volumes, bool whole) { return front(volumes, whole); }, take) {}

  app::Result<PacketCounts> make() {
    for (const PacketDay& day : order_.days) counts_.appointments += day.entries.size();
    TRY(add_sheets());
    if (order_.sheets_are_printed) order_.sheets_are_printed();
    for (const BinderPart& part : order_.behind) TRY(press_.add(part));
    TRY(press_.finish());
    counts_.pages = press_.pages();
    counts_.uncovered = press_.uncovered();
    counts_.files = press_.files();
    return counts_;
  }

  // Laid out, not drawn: as many pages as it would be, with their blank backs.
  std::size_t count_sheet_pages(const BinderSheet& wanted) const {
    ScanCounts uncounted;
    return with_back(lay_out(wanted, fonts_).pages.size()) + with_back(lay_out_scans_of(wanted, {wanted.name, wanted.mrn, ""}, fonts_, uncounted).pages.size());
  }

  app::Result<std::vector<BinderPart>> front(const std::vector<BinderVolume>& volumes, bool whole) {
    if (!whole) return std::vector<BinderPart>{{"", "", "Cover", "Cover ", volume_cover(volumes.front())}};
    std::vector<BinderPart> parts;
    if (order_.packet) {
      parts.push_back({"changes", "", "Take out, put in, shred", "List ", lay_out_changes(change_list(), order_.frame, order_.paper, fonts_)});
    }
    parts.push_back({"contacts", "", "Whom to ring", "Contacts ",
                     lay_out_contacts(order_.contacts, order_.today, order_.frame, order_.paper, fonts_)});
    for (const PacketDay& day : order_.days) {
      const std::string when = app::format_schedule_day(day.day);
      parts.push_back({"schedule " + when, "", "Schedule " + when, when + " ",
                       app::lay_out_schedule(schedule_of(day), order_.frame, order_.paper, fonts_)});
    }
    if (!order_.index.empty()) {
      // Drawn page by page: laid out, an index of everybody would be the largest thing in memory.
      BinderPart index{"index", "", "Index", "Index ", {}};
      TRY(lay_out_index(order_.index, order_.frame, order_.paper, fonts_, [&](const app::Page& page) -> app::Result<app::Done> {
        TRY_GET(app::DrawnPage drawn, app::draw_page(page, fonts_));
        index.drawn.push_back(std::move(drawn));
        return app::Done{};
      }));
      parts.push_back(std::move(index));
    }
    parts.insert(parts.begin(), {"cover", "", "Cover", "Cover ",
                                 lay_out_cover(cover(parts, volumes), order_.frame, order_.paper, fonts_)});
    return parts;
  }

 private:
  struct Printed {
    std::string anchor;
    std::size_t pages = 0;
    bool missing = false;
  };

  struct LaidOut {
    std::vector<app::Page> pages;
    std::string id;
    bool missing = false;
    std::string born = {};
  };
  struct DrawnSheet {
    std::vector<app::DrawnPage> pages;
    std::string id;
    bool missing = false;
    BinderPart scans = {};
    ScanCounts scan_counts = {};
  };

  LaidOut lay_out(const BinderSheet& wanted, const app::FontSet& fonts) const {
    const auto read = read_sheet_(wanted);
    app::Sheet sheet = read.ok() ? read.value() : missing_sheet(wanted);
    if (read.ok()) sheet.id += wanted.scans_id;
    LaidOut made{app::lay_out_sheet(sheet, order_.frame, order_.paper, fonts), sheet.id, !read.ok(), read.ok() ? sheet.banner.born : ""};
    put_tabs(made.pages, wanted.tab, fonts);
    return made;
  }

  app::Result<DrawnSheet> draw(const BinderSheet& wanted, const app::FontSet& fonts) const {
    const LaidOut laid_out = lay_out(wanted, fonts);
    DrawnSheet drawn{{}, laid_out.id, laid_out.missing};
    drawn.scans = lay_out_scans_of(wanted, {wanted.name, wanted.mrn, drawn.id, laid_out.born}, fonts, drawn.scan_counts);
    for (const app::Page& page : laid_out.pages) {
      TRY_GET(app::DrawnPage made, app::draw_page(page, fonts));
      drawn.pages.push_back(std::move(made));
    }
    return drawn;
  }

  BinderPart lay_out_scans_of(const BinderSheet& wanted, const ScanOwner& whose, const app::FontSet& fonts, ScanCounts& counts) const {
    BinderPart part{"", wanted.tab, wanted.name + " – scans", "MRN " + wanted.mrn + " scans – ", {}};
    part.attached = true;
    if (wanted.scans_id.empty() || !order_.read_scans) return part;
    lay_out_scans(read_scans(wanted), whose, order_.frame, order_.paper, fonts, deadline_, part, counts);
    put_tabs(part.pages, wanted.tab, fonts);
    return part;
  }

  std::vector<FoundScan> read_scans(const BinderSheet& wanted) const {
    const std::lock_guard lock(reading_scans_);
    return order_.read_scans(wanted);
  }

  // Reading, laying out, drawing and the cleaning of scans go on side by side; the sheets come in their order.
  app::Result<app::Done> add_sheets() {
    if (order_.sheets.empty()) return app::Done{};
    std::vector<app::FontSet> sets;  // each for one thread
    const std::size_t workers = std::min(worker_count(), order_.sheets.size());
    for (std::size_t i = 0; i < workers; ++i) {
      TRY_GET(app::FontSet set, app::FontSet::open(app::find_fonts()));
      sets.push_back(std::move(set));
    }
    InOrder<app::Result<DrawnSheet>> sheets(order_.sheets.size(), workers, [&](std::size_t item, std::size_t worker) {
      return draw(order_.sheets[item], sets[worker]);
    }, order_.read_scans ? 2 * workers : kSheetsAhead);
    for (const BinderSheet& wanted : order_.sheets) {
      TRY_GET(DrawnSheet sheet, sheets.next());
      ++counts_.sheets;
      if (sheet.missing) ++counts_.missing;
      counts_.scans.add(sheet.scan_counts);
      if (order_.tell_unfinished && (sheet.missing || sheet.scan_counts.another_night > 0)) order_.tell_unfinished(wanted.patient, sheet.id);
      if (order_.packet) printed_[wanted.patient] = {anchor_of(wanted.chart), sheet.pages.size() + sheet.scans.pages.size(), sheet.missing};
      TRY(press_.add({anchor_of(wanted.chart), wanted.tab, wanted.name, "MRN " + wanted.mrn + " – ", {}, std::move(sheet.pages)}));
      TRY(press_.add(std::move(sheet.scans)));
    }
    return app::Done{};
  }

  std::string name_of_whole() const { return order_.loose ? "a loose set of sheets" : "the ring binder"; }
  std::string title() const { return order_.loose ? "Nightchart: loose set of sheets" : order_.packet ? "Nightchart: packet for the ring binder" : "Nightchart: ring binder"; }
  static std::string anchor_of(app::ChartId chart) { return "chart " + std::to_string(chart); }

  ChangeList change_list() const {
    const PacketPlan& plan = *order_.packet;
    ChangeList list{order_.sequence, plan.base, plan.start_over, plan.sheets_elsewhere, plan.kept, {}, plan.forms_too};
    for (const NamedChange& change : plan.changes) {
      ChangeRow row{change.tab, change.name, change.mrn, change.change.take_out, "", change.pages, false, change.anchor};
      if (change.change.put_in) row.put_in = change.change.put_in->id;
      if (const auto printed = printed_.find(change.change.patient); printed != printed_.end()) {
        row.pages = printed->second.pages;
        row.missing = printed->second.missing;
        row.anchor = printed->second.anchor;
      }
      list.rows.push_back(std::move(row));
    }
    return list;
  }

  Cover cover(const std::vector<BinderPart>& parts, const std::vector<BinderVolume>& volumes) const {
    Cover made;
    const std::string number = std::to_string(order_.sequence);
    made.title = order_.frame.practice + (order_.packet ? ": packet " + number + " for the ring binder" : ": " + name_of_whole());
    made.foot = order_.packet ? "Packet " + number : order_.loose ? "Loose set, not the ring binder" : "Ring binder as of packet " + number;
    made.about = "For the time that the record system can't be used. What was recorded after the time above is not in it. "
                 "Write on paper, and enter it when the system is back.";
    made.not_in_it = order_.not_in_it;
    for (const BinderPart& part : parts) {
      std::string detail;
      if (part.anchor == "index") detail = count_words(order_.index.size(), "patient", "patients");
      if (part.anchor == "changes") detail = words_of_changes();
      for (const PacketDay& day : order_.days) {
        if (part.bookmark == "Schedule " + app::format_schedule_day(day.day)) detail = count_words(day.entries.size(), "appointment", "appointments");
      }
      made.contents.push_back({part.bookmark, detail, part.page_count(), part.anchor});
    }
    add_volumes(volumes, made);
    made.steps = order_.packet ? packet_steps() : binder_steps();
    return made;
  }

  // "12 sheets and 1 form to change".
  std::string words_of_changes() const {
    const auto& changes = order_.packet->changes;
    const auto is_form = [](const NamedChange& row) { return row.tab == kFormsTab; };
    const auto forms = static_cast<std::size_t>(std::count_if(changes.begin(), changes.end(), is_form));
    const std::string sheets = count_words(changes.size() - forms, "sheet", "sheets");
    return sheets + (forms == 0 ? "" : " and " + count_words(forms, "form", "forms")) + " to change";
  }

  void add_volumes(const std::vector<BinderVolume>& volumes, Cover& made) const {
    for (const BinderVolume& volume : volumes) {
      if (volume.number > 1) {
        made.contents.push_back({"File " + std::to_string(volume.number), volume.first + " – " + volume.last, volume.pages, ""});
        continue;
      }
      for (const VolumeGroup& group : volume.groups) {
        const bool forms = group.group == kFormsTab;
        made.tabs.push_back({group.group, count_words(group.parts, forms ? "form" : "sheet", forms ? "forms" : "sheets"), 0, "group " + group.group});
      }
    }
  }

  std::vector<std::string> packet_steps() const {
    return {"Print all of it, on both sides of the paper.",
            "In the ring binder, replace everything in front of the letter tabs with the pages of this packet, down to the index.",
            "Work down the list \"Take out, put in, shred\" and sign it.",
            "On the computer: nightchart binder confirm " + std::to_string(order_.sequence)};
  }
  // The book of the ring binder knows only the sheets of the settings: these would stay in it for ever.
  std::vector<std::string> binder_steps() const {
    if (order_.loose) {
      return {"Print every file, on both sides of the paper.",
              "Do NOT put it into the kept ring binder: it is a loose set, of other sheets than the settings say. There is nothing to confirm.",
              "Shred all of it when the record system is back."};
    }
    return {"Print every file, on both sides of the paper.", "Empty the ring binder and shred what was in it.",
            "Put everything in; the letters at the edge show where each tab goes.",
            "On the computer: nightchart binder confirm " + std::to_string(order_.sequence)};
  }

  std::vector<app::Page> volume_cover(const BinderVolume& volume) const {
    Cover made;
    made.title = order_.frame.practice + ": " + name_of_whole() + ", file " + std::to_string(volume.number);
    made.about = volume.first + " – " + volume.last + ". What is in front of all sheets, and what is not in them, is in file 1.";
    for (const VolumeGroup& group : volume.groups) {
      made.tabs.push_back({group.group, count_words(group.parts, "sheet", "sheets"), 0, "group " + group.group});
    }
    made.foot = (order_.loose ? "Loose set, file " : "Ring binder, file ") + std::to_string(volume.number);
    return lay_out_cover(made, order_.frame, order_.paper, fonts_);
  }

  const BinderOrder& order_;
  const ReadSheet& read_sheet_;
  const app::FontSet& fonts_;
  const ScanDeadline deadline_ = std::chrono::steady_clock::now() + std::chrono::minutes(order_.scan_minutes);
  mutable std::mutex reading_scans_;
  std::map<PatientKey, Printed> printed_;
  PacketCounts counts_;
  VolumePress press_;
};

}  // namespace

app::Result<PacketCounts> print_binder(const BinderOrder& order, const ReadSheet& read_sheet, const app::FontSet& fonts,
                                       const TakeVolume& take) {
  return BinderMaker(order, read_sheet, fonts, take).make();
}

app::Result<std::size_t> estimate_pages(const BinderOrder& order, const ReadSheet& read_sheet, const app::FontSet& fonts) {
  const TakeVolume nobody = [](const BinderVolume&, std::string) -> app::Result<app::Done> { return app::Done{}; };
  BinderMaker maker(order, read_sheet, fonts, nobody);
  const std::size_t step = std::max<std::size_t>(1, order.sheets.size() / kSheetsSampled);
  std::size_t sampled = 0;
  std::size_t pages = 0;
  for (std::size_t at = 0; at < order.sheets.size(); at += step, ++sampled) {
    pages += maker.count_sheet_pages(order.sheets[at]);
  }
  if (sampled > 0) pages = (pages * order.sheets.size() + sampled / 2) / sampled;
  const std::size_t files = pages / std::max<std::size_t>(1, order.pages_most - 2) + (pages > order.pages_most ? 1 : 0);
  TRY_GET(const std::vector<BinderPart> front, maker.front({}, true));
  for (const BinderPart& part : front) pages += with_back(part.page_count());
  for (const BinderPart& part : order.behind) pages += with_back(part.pages.size());
  return pages + 2 * files;  // each file has a cover
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
