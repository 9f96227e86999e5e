// Whom to call, who pays, who cares, and what must be known before anything is done.
#include <algorithm>

#include "app/record/sheet_parts.h"

namespace app {
namespace {

void put(Row& row, std::string text, Weight weight = Weight::plain) {
  if (!text.empty()) row.value.push_back({std::move(text), weight});
}

bool is_shown_as_current(Standing standing) { return standing == Standing::current || standing == Standing::doubtful; }


// Current entries first; otherwise in the order recorded.
void current_first(Draft& draft) {
  std::stable_partition(draft.facts.begin(), draft.facts.end(),
                        [](const Fact& fact) { return fact.rows.front().weight != Weight::muted; });
  draft.order = "current ones first";
}

// Marks a row that is not, or not surely, current.
void put_standing(Row& row, Standing stands, const std::optional<bool>& current, std::string_view status,
                  const Known<Date>& end) {
  if (!is_shown_as_current(stands)) {
    row.weight = Weight::muted;
    const std::string words = status.empty() ? "" : ": " + words_of_code(status);
    put(row, "NOT CURRENT" + words, Weight::strong);
  } else if (stands == Standing::doubtful && (current || !status.empty() || end.is_known())) {
    put(row, "(" + words_of_doubt(stands, status, end) + ")", Weight::strong);
  } else if (!status.empty() && !same_ignoring_case(status, "active")) {
    put(row, "(" + words_of_code(status) + ")");
  }
}

Draft draft_statements(const SheetSource& source, const Section<Statement>& section, Weight weight) {
  Draft draft;
  for (const Statement& s : section.entries) {
    Row row;
    row.label = s.text.empty() ? capitalized(words_of_code(s.category)) : s.text;
    if (row.label.empty()) row.label = "Statement without a text";
    row.weight = weight;
    put_standing(row, standing_of(s.current, s.status, "", {}, source.as_of), s.current, s.status, {});
    put(row, s.note);
    if (row.value.empty()) put(row, s.current ? "current" : "recorded");
    if (s.recorded.presence() != Presence::not_recorded) row.when = "recorded " + format_known_date(s.recorded);
    Particulars small;
    if (!s.text.empty()) small.add(words_of_code(s.category));
    row.detail = small.add("by", s.author).add_codes(s.codes, s.text).text();
    draft.facts.push_back({{std::move(row)}});
  }
  current_first(draft);
  return draft;
}

}  // namespace

Draft draft_contacts(const SheetSource& source) {
  Draft draft;
  for (const Contact& c : source.chart.contacts.entries) {
    Row row;
    row.label = c.text.empty() ? "Contact without a name" : c.text;
    Particulars role, small;
    role.add(words_of_code(c.relationship));
    if (c.emergency.value_or(false)) role.add("emergency contact");
    if (c.guardian.value_or(false)) role.add("guardian");
    put(row, join(role.pieces(), ", "));
    Particulars phones;
    for (const ContactPoint& point : c.telecom) {
      phones.add(format_contact_point(point));
    }
    put(row, phones.pieces().empty() ? "no phone recorded" : join(phones.pieces(), ", "),
        phones.pieces().empty() ? Weight::plain : Weight::strong);
    row.detail = small.add(c.address).add("note:", c.note).text();
    draft.facts.push_back({{std::move(row)}});
  }
  const auto urgent = [&](std::size_t i) { return source.chart.contacts.entries[i].emergency.value_or(false); };
  std::vector<Fact> sorted;
  for (const bool first : {true, false}) {
    for (std::size_t i = 0; i < draft.facts.size(); ++i) {
      if (urgent(i) == first) sorted.push_back(std::move(draft.facts[i]));
    }
  }
  draft.facts = std::move(sorted);
  draft.order = "emergency contacts first";
  return draft;
}

Draft draft_coverage(const SheetSource& source) {
  Draft draft;
  for (const Coverage& c : source.chart.coverage.entries) {
    Row row;
    row.label = c.text.empty() ? "Payer not named" : c.text;
    put_standing(row, standing_of(c.current, c.status, "", c.end, source.as_of), c.current, c.status, c.end);
    Particulars said;
    said.add(words_of_code(c.order)).add(c.plan).add("member ID", c.member_id).add("group", c.group);
    said.add("co-pay", c.copay).add("phone", c.phone);
    put(row, said.pieces().empty() ? "no particulars recorded" : said.text());
    row.when = when_of(c.start, c.end);
    Particulars small;
    small.add("subscriber", c.subscriber).add("patient is the subscriber's", words_of_code(c.relationship));
    row.detail = small.text();
    draft.facts.push_back({{std::move(row)}});
  }
  current_first(draft);
  return draft;
}

Draft draft_care_team(const SheetSource& source) {
  Draft draft;
  for (const CareTeamMember& m : source.chart.care_team.entries) {
    Row row;
    row.label = m.text.empty() ? (m.organization.empty() ? "Not named" : m.organization) : m.text;
    put_standing(row, standing_of(m.current, m.status, "", {}, source.as_of), m.current, m.status, {});
    Particulars said;
    said.add(words_of_code(m.role)).add(m.text.empty() ? "" : m.organization).add("phone", m.phone);
    put(row, said.pieces().empty() ? "role not recorded" : join(said.pieces(), ", "));
    draft.facts.push_back({{std::move(row)}});
  }
  current_first(draft);
  return draft;
}

Draft draft_alerts(const SheetSource& source) { return draft_statements(source, source.chart.alerts, Weight::alarm); }

Draft draft_directives(const SheetSource& source) {
  return draft_statements(source, source.chart.directives, Weight::strong);
}

Draft draft_family_history(const SheetSource& source) {
  return draft_statements(source, source.chart.family_history, Weight::plain);
}

Draft draft_plan(const SheetSource& source) { return draft_statements(source, source.chart.plan, Weight::plain); }

}  // namespace app
