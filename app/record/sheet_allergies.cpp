// Allergies: one row an agent, and never a negation counted as one.
#include <algorithm>

#include "app/record/allergy_words.h"
#include "app/record/sheet_parts.h"
#include "app/record/text.h"

namespace app {
namespace {

struct Agent {
  std::string name;
  std::vector<const Allergy*> entries;
  bool severe = false;
};

struct Sorted {
  std::vector<Agent> current;
  std::vector<const Allergy*> not_current;
  std::vector<const Allergy*> negations;  // current ones
};

std::string name_of(const Allergy& allergy) {
  if (!allergy.text.empty()) return allergy.text;
  for (const Coding& coding : allergy.codes) {
    if (!coding.display.empty()) return coding.display;
  }
  return "Agent not recorded";
}

Standing standing(const Allergy& allergy, const Date& as_of) {
  return standing_of(allergy.current, allergy.status, allergy.verification, {}, as_of);
}

// Severe ones first: what there is no room for is never one of them before a harmless one.
void sort_agents(std::vector<Agent>& agents) {
  std::vector<std::pair<std::string, Agent>> keyed;
  for (Agent& agent : agents) keyed.emplace_back(collation_key(agent.name), std::move(agent));
  std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) {
    return a.second.severe != b.second.severe ? a.second.severe : a.first < b.first;
  });
  for (std::size_t i = 0; i < keyed.size(); ++i) agents[i] = std::move(keyed[i].second);
}

Sorted sort_allergies(const SheetSource& source) {
  Sorted sorted;
  for (const Allergy& allergy : source.chart.allergies.entries) {
    const Standing stands = standing(allergy, source.as_of);
    if (stands == Standing::past || stands == Standing::in_error) {
      sorted.not_current.push_back(&allergy);
    } else if (meaning_of(allergy) != AllergyMeaning::agent) {
      sorted.negations.push_back(&allergy);
    } else {
      const std::string name = name_of(allergy);
      auto same = std::find_if(sorted.current.begin(), sorted.current.end(),
                               [&](const Agent& agent) { return same_ignoring_case(agent.name, name); });
      if (same == sorted.current.end()) same = sorted.current.insert(same, Agent{name, {}, false});
      same->entries.push_back(&allergy);
      same->severe = same->severe || is_severe(allergy);
    }
  }
  sort_agents(sorted.current);
  return sorted;
}

bool is_unconfirmed(const Allergy& allergy) {
  return same_ignoring_case(allergy.verification, "unconfirmed") ||
         same_ignoring_case(allergy.verification, "presumed") ||
         same_ignoring_case(allergy.verification, "provisional");
}

// An agent counts as unconfirmed only when no entry of it is more than that.
bool is_unconfirmed(const Agent& agent) {
  return std::all_of(agent.entries.begin(), agent.entries.end(), [](const Allergy* a) { return is_unconfirmed(*a); });
}

std::string words_of_criticality(std::string_view recorded) {
  if (recorded == "unable-to-assess") return "criticality could not be assessed";
  return recorded.empty() ? std::string() : "criticality " + words_of_code(recorded);
}

void add_particulars(const Allergy& allergy, Particulars& small) {
  if (allergy.codes.empty()) small.add("uncoded");
  small.add(words_of_code(allergy.kind)).add(words_of_code(allergy.category));
  if (!same_ignoring_case(allergy.verification, "confirmed")) small.add(words_of_code(allergy.verification));
  if (!same_ignoring_case(allergy.status, "active")) small.add("status", words_of_code(allergy.status));
  small.add("since", allergy.onset).add("recorded", allergy.recorded).add("by", allergy.author);
  small.add("note:", allergy.note).add_codes(allergy.codes, name_of(allergy));
}

Row row_of(const Agent& agent, const Date& as_of) {
  Row row;
  row.label = agent.name;
  row.weight = agent.severe ? Weight::alarm : Weight::strong;
  Particulars reactions, marks, small;
  for (const Allergy* allergy : agent.entries) {
    reactions.add(format_reactions(*allergy));
    marks.add(words_of_criticality(allergy->criticality));
    if (!allergy->status.empty()) marks.add(words_of_doubt(standing(*allergy, as_of), allergy->status, {}));
    add_particulars(*allergy, small);
  }
  const std::string said = join(reactions.pieces(), ", ");
  row.value.push_back({said.empty() ? "reaction not recorded" : said, agent.severe ? Weight::alarm : Weight::plain});
  if (is_unconfirmed(agent)) row.value.push_back({"(unconfirmed)", Weight::strong});
  if (!marks.pieces().empty()) row.value.push_back({"— " + marks.text(), agent.severe ? Weight::alarm : Weight::plain});
  row.detail = small.text();
  return row;
}

Row row_of_not_current(const Allergy& allergy, const Date& as_of) {
  Row row;
  row.label = name_of(allergy);
  row.weight = Weight::muted;
  const bool error = standing(allergy, as_of) == Standing::in_error;
  Particulars why;
  if (error) why.add(words_of_code(is_entered_in_error(allergy.verification) ? allergy.verification : allergy.status));
  else why.add(words_of_code(allergy.status));
  row.value.push_back({"NOT CURRENT" + (why.pieces().empty() ? "" : ": " + why.text()), Weight::strong});
  const std::string reactions = format_reactions(allergy);
  if (!reactions.empty()) row.value.push_back({"— was: " + reactions, Weight::muted});
  Particulars small;
  small.add(words_of_criticality(allergy.criticality));
  add_particulars(allergy, small);
  row.detail = small.text();
  return row;
}

bool is_contradicted(const Allergy& negation, const Sorted& sorted) {
  const AllergyMeaning meaning = meaning_of(negation);
  if (meaning == AllergyMeaning::none_known) return !sorted.current.empty();
  if (meaning == AllergyMeaning::not_asked || !contains_ignoring_case(words_of_negation(negation), "known drug")) return false;
  return std::any_of(sorted.current.begin(), sorted.current.end(), [](const Agent& agent) {
    return std::any_of(agent.entries.begin(), agent.entries.end(),
                       [](const Allergy* a) { return same_ignoring_case(a->category, "medication"); });
  });
}

Row row_of_negation(const Allergy& allergy, const Sorted& sorted) {
  Row row;
  row.label = words_of_negation(allergy);
  std::string typed = "recorded as \"" + name_of(allergy) + '"';
  row.value.push_back({typed, Weight::plain});
  if (is_contradicted(allergy, sorted)) {
    row.value.push_back({"— does not agree with the allergies listed: ask", Weight::strong});
  }
  row.when = when_of(allergy.recorded);
  Particulars small;
  small.add(format_reactions(allergy)).add(words_of_criticality(allergy.criticality));
  add_particulars(allergy, small);
  row.detail = small.text();
  return row;
}

// "No known drug allergies (typed "NKDA", recorded 03-Jan-2024)"
std::string words_of(const Allergy& negation) {
  const std::string said = words_of_negation(negation), typed = name_of(negation);
  std::vector<std::string> beside;
  if (!same_ignoring_case(said, typed)) beside.push_back("typed \"" + typed + '"');
  const auto& recorded = negation.recorded;
  beside.push_back(recorded.is_known() ? "recorded " + format_day(recorded.value()) : "date not recorded");
  return said + " (" + join(beside, ", ") + ')';
}

std::string remainder_of(const SectionState& state) {
  Particulars rest;
  if (state.unreadable > 0) rest.add(count_of(state.unreadable, "entry", "entries") + " UNREADABLE");
  if (state.withheld > 0) rest.add(count_of(state.withheld, "entry", "entries") + " WITHHELD");
  return rest.text();
}

std::string negations_of(const Sorted& sorted) {
  Particulars words;
  for (const Allergy* negation : sorted.negations) words.add(words_of(*negation));
  return words.text();
}

// "No known food allergies" says nothing of drugs.
bool says_nothing_of_drugs(const Sorted& sorted) {
  return std::none_of(sorted.negations.begin(), sorted.negations.end(), [](const Allergy* a) {
    const std::string words = lower_ascii(words_of_negation(*a));
    return meaning_of(*a) == AllergyMeaning::none_known || words.starts_with("no known drug") ||
           words.starts_with("no known medication");
  });
}

bool is_asked(const Sorted& sorted) {
  return std::any_of(sorted.negations.begin(), sorted.negations.end(),
                     [](const Allergy* a) { return meaning_of(*a) != AllergyMeaning::not_asked; });
}

}  // namespace

Draft draft_allergies(const SheetSource& source) {
  const Sorted sorted = sort_allergies(source);
  Draft draft;
  draft.order = "severe ones first, then in alphabetical order";
  for (const Agent& agent : sorted.current) draft.facts.push_back({{row_of(agent, source.as_of)}});
  for (const Allergy* negation : sorted.negations) draft.facts.push_back({{row_of_negation(*negation, sorted)}});
  for (const Allergy* past : sorted.not_current) draft.facts.push_back({{row_of_not_current(*past, source.as_of)}});
  draft.count = std::to_string(sorted.current.size());
  if (!draft.facts.empty() && sorted.current.empty()) {
    draft.statement_weight = Weight::strong;
    draft.statement = negations_of(sorted);
    if (!draft.statement.empty()) draft.statement += '.';
    if (says_nothing_of_drugs(sorted)) {
      if (!draft.statement.empty()) draft.statement += ' ';
      draft.statement += std::string(is_asked(sorted) ? "Other" : "Current") + " allergies NOT RECORDED: ask.";
      draft.statement_weight = Weight::missing;
    }
  }
  if (!sorted.not_current.empty()) {
    if (!draft.statement.empty()) draft.statement += ' ';
    draft.statement += count_of(sorted.not_current.size(), "entry is", "entries are") + " not current, listed last.";
  }
  return draft;
}

void say_allergies_line(const SheetSource& source, Banner& banner) {
  const SectionState state = state_of(source.chart, "allergies");
  const Sorted sorted = sort_allergies(source);
  const std::string rest = remainder_of(state);
  bool severe = false;
  std::vector<std::string> agents;
  for (const Agent& agent : sorted.current) {
    std::vector<std::string> reactions, beside;
    for (const Allergy* allergy : agent.entries) {
      if (auto words = format_reactions_briefly(*allergy); !words.empty()) reactions.push_back(std::move(words));
      if (same_ignoring_case(allergy->criticality, "high")) beside = {"criticality high"};
    }
    beside.insert(beside.begin(), reactions.begin(), reactions.end());
    if (is_unconfirmed(agent)) beside.push_back("unconfirmed");
    agents.push_back(beside.empty() ? agent.name : agent.name + " (" + join(beside, "; ") + ')');
    severe = severe || agent.severe;
  }
  banner.allergies_weight = severe ? Weight::alarm : Weight::strong;
  if (!agents.empty()) {
    banner.allergies = "Allergies: " + join(agents, ", ");
  } else if (is_asked(sorted)) {
    banner.allergies = negations_of(sorted);
    banner.allergies_weight = Weight::plain;
    if (says_nothing_of_drugs(sorted)) {
      banner.allergies += "; other allergies NOT RECORDED: ask";
      banner.allergies_weight = Weight::missing;
    }
  } else if (state.entries > 0 || state.state == Presence::not_recorded) {
    banner.allergies = "Allergies NOT RECORDED: ask";
    banner.allergies_weight = Weight::missing;
  } else if (state.state == Presence::known_none) {
    banner.allergies = "No known allergies (" + (state.recorded.empty() ? "date not recorded" : state.recorded) + ')';
    banner.allergies_weight = Weight::plain;
  } else {
    banner.allergies_weight = Weight::missing;
    banner.allergies = state.state == Presence::not_in_copy ? "Allergies NOT IN THIS COPY"
                       : state.state == Presence::withheld  ? "Allergies WITHHELD by the practice's policy"
                                                            : "Allergies UNREADABLE";
  }
  if (rest.empty()) return;
  banner.allergies += "; " + rest;
  if (!severe) banner.allergies_weight = Weight::missing;
}

}  // namespace app
