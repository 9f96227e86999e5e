#include "app/record/sheet.h"

#include <algorithm>
#include <array>

#include "app/digest.h"
#include "app/record/sheet_id.h"
#include "app/record/sheet_parts.h"

namespace app {
namespace {

struct Room {
  std::string_view id;     // as a template names it
  std::string_view holds;  // the chart's section; empty for the patient's own particulars
  Draft (*draft)(const SheetSource& source);
};

constexpr std::array<Room, 23> kRooms = {{
    {"identity", "", draft_identity},
    {"contacts", "contacts", draft_contacts},
    {"coverage", "coverage", draft_coverage},
    {"care_team", "care_team", draft_care_team},
    {"alerts", "alerts", draft_alerts},
    {"directives", "directives", draft_directives},
    {"allergies", "allergies", draft_allergies},
    {"medications", "medications", draft_medications},
    {"medications.past", "medications", draft_past_medications},
    {"problems", "problems", draft_problems},
    {"immunizations", "immunizations", draft_immunizations},
    {"results", "results", draft_results},
    {"vital_signs", "vital_signs", draft_vital_signs},
    {"procedures", "procedures", draft_procedures},
    {"devices", "devices", draft_devices},
    {"social_history", "social_history", draft_social_history},
    {"pregnancy", "pregnancy", draft_pregnancy},
    {"family_history", "family_history", draft_family_history},
    {"plan", "plan", draft_plan},
    {"visits", "visits", draft_visits},
    {"notes", "notes", draft_notes},
    {"appointments", "appointments", draft_appointments},
    {"documents", "documents", draft_documents},
}};

const Room* room_of(std::string_view id) {
  const auto found = std::find_if(kRooms.begin(), kRooms.end(), [id](const Room& room) { return room.id == id; });
  return found == kRooms.end() ? nullptr : &*found;
}

bool has_section(const SheetTemplate& sheet_template, std::string_view id) {
  return std::any_of(sheet_template.sections.begin(), sheet_template.sections.end(),
                     [id](const SheetTemplateSection& section) { return section.id == id; });
}

// How many facts of a section a form has room for; 0: all of them, none: it is left out.
std::optional<int> most_of(const SheetTemplateSection& section, SheetForm form) {
  std::optional<int> most = form == SheetForm::whole ? std::nullopt : section.booked;
  if (form == SheetForm::brief && section.brief) most = section.brief;
  if (!most || is_required_section(section.id)) return section.most;
  return *most == 0 ? std::nullopt : most;
}

// The practice's order; what must never be missing is put in front if the template forgot it.
std::vector<SheetTemplateSection> sections_to_say(const SheetTemplate& sheet_template, SheetForm form) {
  std::vector<SheetTemplateSection> sections;
  for (const std::string_view id : {"allergies", "medications", "problems"}) {
    if (!has_section(sheet_template, id)) sections.push_back({std::string(id), "", 0});
  }
  for (const SheetTemplateSection& section : sheet_template.sections) {
    const std::optional<int> most = most_of(section, form);
    if (room_of(section.id) == nullptr || !most) continue;
    sections.push_back(section);
    sections.back().most = *most;
  }
  return sections;
}

void add_sentence(SheetSection& said, std::string_view sentence, Weight weight) {
  if (sentence.empty()) return;
  if (!said.statement.empty()) said.statement += ' ';
  said.statement += sentence;
  if (said.statement_weight == Weight::plain || weight == Weight::missing) said.statement_weight = weight;
}

constexpr std::string_view kWhollyWithheld =
    "WITHHELD by the practice's policy. The EMR may hold entries of every kind, allergies and medications too: ask.";

class SheetMaker {
 public:
  SheetMaker(const Chart& chart, const SheetTemplate& sheet_template, const SheetContext& context)
      : chart_(chart), states_(states_of(chart)), form_(context.form),
        sections_(sections_to_say(sheet_template, context.form)),
        source_{chart, context.as_of, is_said("visits") && (is_said("notes") || !has_section(sheet_template, "notes"))} {}

  Sheet make() {
    Sheet sheet;
    sheet.banner = make_banner(source_);
    if (is_wholly_withheld()) {
      SheetSection said{"withheld", "This patient's record", "", Weight::plain, {}};
      add_sentence(said, kWhollyWithheld, Weight::missing);
      sheet.sections.push_back(std::move(said));
      return sheet;
    }
    for (const SheetTemplateSection& section : sections_) say(section, sheet);
    say_left_out(sheet);
    say_unplaced(sheet);
    say_empty(sheet);
    return sheet;
  }

 private:
  bool is_wholly_withheld() const {
    return chart_.unreadable.empty() && std::all_of(states_.begin(), states_.end(), [](const SectionState& state) {
      return state.state == Presence::withheld && state.entries == 0;
    });
  }

  const SectionState& state(std::string_view id) const {
    static const SectionState nothing;
    const auto found = std::find_if(states_.begin(), states_.end(), [id](const auto& s) { return s.id == id; });
    return found == states_.end() ? nothing : *found;
  }

  void add_unreadable(std::string_view section, SheetSection& said) const {
    for (const Unreadable& unreadable : chart_.unreadable) {
      if (unreadable.section == section) said.rows.push_back(row_of(unreadable));
    }
  }

  void say(const SheetTemplateSection& wanted, Sheet& sheet) {
    const Room& room = *room_of(wanted.id);
    const SectionState& stands = state(room.holds);
    const bool is_second_room = room.id != room.holds && !room.holds.empty();
    Draft draft = room.draft(source_);
    SheetSection said;
    said.id = wanted.id;
    said.title = wanted.title.empty() ? std::string(title_of_section(wanted.id)) : wanted.title;
    if (!draft.facts.empty()) {
      said.title += " (" + (draft.count.empty() ? std::to_string(draft.facts.size()) : draft.count) + ')';
    }
    add_sentence(said, draft.statement, draft.statement_weight);
    limit(wanted, draft, said);
    for (Fact& fact : draft.facts) std::move(fact.rows.begin(), fact.rows.end(), std::back_inserter(said.rows));

    if (!is_second_room) {
      add_unreadable(room.holds.empty() ? "identity" : room.holds, said);
      if (!room.holds.empty()) say_state(stands, said);
    }
    if (said.rows.empty() && said.statement.empty()) {
      if (stands.entries == 0 ? !is_second_room : room.id == "medications.past") empty_.push_back(said.title);
      return;
    }
    sheet.sections.push_back(std::move(said));
  }

  // What stands beside the entries, or in their place.
  void say_state(const SectionState& stands, SheetSection& said) const {
    const bool said_by_age = stands.state == Presence::withheld && stands.since.is_known();
    const bool has_state = stands.state != Presence::not_recorded || is_required_section(stands.id);
    if (stands.entries == 0 && has_state && !said_by_age) {
      const std::string words = words_of_state(stands.id, stands.state);
      add_sentence(said, stands.recorded.empty() ? words : words + ' ' + capitalized(stands.recorded) + '.',
                   weight_of_state(stands.state));
    }
    if (stands.withheld > 0) add_sentence(said, words_of_withheld(stands), Weight::missing);
    if (stands.unreadable > 0 && stands.entries > 0) {
      add_sentence(said, count_of(stands.unreadable, "entry or part of one", "entries or parts of them") +
                             " could not be read, listed last.", Weight::missing);
    }
  }

  static void limit(const SheetTemplateSection& wanted, Draft& draft, SheetSection& said) {
    const auto most = static_cast<std::size_t>(wanted.most);
    if (most == 0 || draft.facts.size() <= most || is_required_section(wanted.id)) return;
    add_sentence(said, std::to_string(most) + " of " + std::to_string(draft.facts.size()) + " shown, " +
                           std::string(draft.order) + '.', Weight::strong);
    draft.facts.resize(most);
  }

  bool is_said(std::string_view id) const {
    return std::any_of(sections_.begin(), sections_.end(), [id](const auto& section) { return section.id == id; });
  }

  // What the practice chose not to show is named, with its state, so that nobody takes it for nothing.
  void say_left_out(Sheet& sheet) const {
    Particulars left_out;
    SheetSection said;
    for (const Room& room : kRooms) {
      if (is_said(room.id)) continue;
      const bool own = room.id == room.holds || room.holds.empty();
      const SectionState& stands = state(room.holds);
      const std::string title(title_of_section(room.id));
      if (!own || (room.holds.empty() && !room.draft(source_).facts.empty()) || stands.entries > 0) {
        const std::size_t facts = room.draft(source_).facts.size();
        if (facts > 0) left_out.add(title + " (" + std::to_string(facts) + ')');
      } else if (stands.state != Presence::not_recorded) {
        left_out.add(title + ": " + std::string(words_of_absence(stands.state)));
      }
    }
    if (left_out.pieces().empty()) return;
    said.id = "left_out";
    said.title = form_ == SheetForm::brief ? "Recorded, but not on this brief sheet: look in the emergency viewer"
                                           : "Recorded, but not on this sheet by the practice's choice";
    said.statement = left_out.text() + '.';
    sheet.sections.push_back(std::move(said));
  }

  static std::string_view words_of_absence(Presence presence) {
    switch (presence) {
      case Presence::known_none: return "recorded as none";
      case Presence::not_in_copy: return "not in this copy";
      case Presence::withheld: return "withheld";
      case Presence::unreadable: return "unreadable";
      default: return "not recorded";
    }
  }

  // Whatever could not be read and has no section on this sheet.
  void say_unplaced(Sheet& sheet) const {
    SheetSection said;
    for (const Unreadable& unreadable : chart_.unreadable) {
      const std::string_view id = unreadable.section;
      if (is_said(id) && room_of(id) != nullptr) continue;
      Row row = row_of(unreadable);
      if (!id.empty()) row.label += " (" + std::string(title_of_section(id)) + ')';
      said.rows.push_back(std::move(row));
    }
    if (said.rows.empty()) return;
    said.id = "unreadable";
    said.title = "Unreadable (" + std::to_string(said.rows.size()) + ')';
    said.statement = "The EMR holds these, and they could not be read.";
    said.statement_weight = Weight::missing;
    sheet.sections.push_back(std::move(said));
  }

  void say_empty(Sheet& sheet) const {
    if (empty_.empty()) return;
    SheetSection said;
    said.id = "not_recorded";
    said.title = "Nothing recorded";
    said.statement = join(empty_, "; ") + ". That does not mean none.";
    sheet.sections.push_back(std::move(said));
  }

  const Chart& chart_;
  std::vector<SectionState> states_;
  SheetForm form_;
  std::vector<SheetTemplateSection> sections_;
  SheetSource source_;
  std::vector<std::string> empty_;  // titles of sections that hold nothing
};

void append(std::string& all, std::string_view text) { all += text, all += '\x1f'; }

// Everything that is said, but for the age: it changes by itself.
std::string words_of(const Sheet& sheet) {
  std::string all;
  const Banner& b = sheet.banner;
  const std::string_view born = b.born;
  const bool aged = born.ends_with("y)") || born.ends_with("m)") || born.ends_with("d)");
  for (const std::string_view text :
       {std::string_view(b.name), std::string_view(b.other_names), aged ? born.substr(0, born.rfind(" (")) : born,
        std::string_view(b.sex), std::string_view(b.mrn), std::string_view(b.phone), std::string_view(b.address),
        std::string_view(b.language), std::string_view(b.deceased), std::string_view(b.allergies),
        std::string_view(b.alerts)}) {
    append(all, text);
  }
  for (const SheetSection& section : sheet.sections) {
    append(all, section.id), append(all, section.title), append(all, section.statement);
    for (const Row& row : section.rows) {
      append(all, row.label);
      for (const Span& span : row.value) append(all, span.text);
      append(all, row.when), append(all, row.detail);
    }
  }
  return all;
}

}  // namespace

Sheet make_sheet(const Chart& chart, const SheetTemplate& sheet_template, const SheetContext& context) {
  Sheet sheet = SheetMaker(chart, sheet_template, context).make();
  sheet.id = format_sheet_id(digest_of(words_of(sheet)));
  return sheet;
}

}  // namespace app
