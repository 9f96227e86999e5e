// The banner: what must be right before anything else is read.
#include <algorithm>

#include "app/record/sheet_parts.h"

namespace app {
namespace {

bool is_unreadable(const Chart& chart, std::string_view field) {
  return std::any_of(chart.unreadable.begin(), chart.unreadable.end(), [&](const Unreadable& unreadable) {
    return unreadable.section == "identity" && unreadable.field == field;
  });
}

std::string words_of_absence(const Chart& chart, std::string_view field) {
  return is_unreadable(chart, field) ? "unreadable" : "not recorded";
}

std::string name_of(const Chart& chart) {
  std::string name = format_name(shown_name(chart));
  if (!name.empty()) return name;
  return is_unreadable(chart, "names") || is_unreadable(chart, "name") ? "NAME UNREADABLE" : "NAME NOT RECORDED";
}

std::string other_names_of(const Chart& chart) {
  Particulars formerly, also;
  for (std::size_t i = 1; i < chart.names.size(); ++i) {
    const HumanName& name = chart.names[i];
    const std::string said = format_name(name);
    if (said.empty() || said == format_name(shown_name(chart))) continue;
    if (name.use == "maiden") formerly.add("maiden name", said);
    else if (name.use == "old") formerly.add(said);
    else also.add(name.use == "nickname" ? "called " + said : said);
  }
  Particulars all;
  all.add("also:", also.text()).add("formerly:", formerly.text());
  return all.text();
}

std::string born_of(const Chart& chart, const Date& as_of) {
  const Known<Date>& birth = chart.birth_date;
  if (!birth.is_known()) return format_known_date(birth);
  std::string text = format_day(birth.value());
  if (is_after(birth.value(), as_of)) return text + " (in the future: check)";
  if (chart.deceased_date.is_known() && chart.deceased.value_or(true)) {
    const std::string age = format_age(birth.value(), chart.deceased_date.value());
    return age.empty() ? text : text + " (died aged " + age + ")";
  }
  if (chart.deceased.value_or(false)) return text;
  const std::string age = format_age(birth.value(), as_of);
  return age.empty() ? text : text + " (" + age + ")";
}

std::string words_of_sex(const std::string& recorded) {
  const std::string lower = lower_ascii(recorded);
  if (lower == "m" || lower == "male") return "Male";
  if (lower == "f" || lower == "female") return "Female";
  if (lower == "o" || lower == "other") return "Other";
  if (lower == "u" || lower == "unk" || lower == "unknown" || lower == "asku") return "Not known";
  if (recorded.size() <= 2 && !recorded.empty()) return "recorded as \"" + recorded + '"';
  return capitalized(words_of_code(recorded));
}

std::string sex_of(const Chart& chart) {
  const std::string sex = chart.sex.empty() ? "Sex " + words_of_absence(chart, "sex") : words_of_sex(chart.sex);
  const std::string gender = chart.gender.empty() ? std::string() : words_of_sex(chart.gender);
  if (gender.empty() || same_ignoring_case(gender, sex)) return sex;
  return sex + " (gender: " + gender + ")";
}

std::string phone_of(const Chart& chart) {
  const ContactPoint* best = nullptr;
  const auto rank = [](const ContactPoint& point) {
    if (point.use == "old") return 1;
    return point.system == "phone" ? 4 : point.system == "sms" || point.system.empty() ? 3 : 2;
  };
  // Nobody calls an e-mail address; it stands among the particulars.
  const auto can_be_called = [](const ContactPoint& point) {
    return !point.value.empty() && point.system != "email" && point.system != "url" &&
           point.value.find('@') == std::string::npos;
  };
  for (const ContactPoint& point : chart.telecom) {
    if (can_be_called(point) && (best == nullptr || rank(point) > rank(*best))) best = &point;
  }
  if (best == nullptr) return is_unreadable(chart, "telecom") ? "phone unreadable" : "no phone recorded";
  return format_contact_point(*best);
}

std::string address_of(const Chart& chart) {
  const Address* best = nullptr;
  for (const Address& address : chart.addresses) {
    if (best == nullptr || (best->use == "old" && address.use != "old")) best = &address;
  }
  const std::string text = best == nullptr ? std::string() : format_address(*best);
  if (text.empty()) return is_unreadable(chart, "addresses") ? "address unreadable" : "no address recorded";
  return best->use == "old" ? text + " (old address)" : text;
}

std::string language_of(const Chart& chart) {
  Particulars words;
  words.add(chart.language);
  if (chart.interpreter_needed) words.add(*chart.interpreter_needed ? "interpreter needed" : "no interpreter needed");
  if (chart.interpreter_needed.value_or(true)) words.add(chart.interpreter.empty() ? "" : "interpreter: " + chart.interpreter);
  return capitalized(join(words.pieces(), ", "));
}

std::string deceased_of(const Chart& chart, const Date& as_of) {
  const Known<Date>& date = chart.deceased_date;
  if (date.is_known()) {
    const std::string day = format_day(date.value());
    if (is_after(date.value(), as_of)) return "Date of death is in the future (" + day + "): check";
    if (chart.deceased.has_value() && !*chart.deceased) return "Recorded as living, with a date of death (" + day + "): check";
    return "Died " + day;
  }
  if (date.presence() == Presence::not_recorded) {
    return chart.deceased.value_or(false) ? "Died, date not recorded" : "";
  }
  return (chart.deceased.value_or(true) ? "Died, date " : "Recorded as living; date of death ") + format_known_date(date);
}

void add_statements(const SheetSource& source, const Section<Statement>& section, std::string_view id,
                    std::string_view label, Particulars& line) {
  for (const Statement& statement : section.entries) {
    const Standing standing = standing_of(statement.current, statement.status, "", {}, source.as_of);
    if (standing != Standing::current && standing != Standing::doubtful) continue;
    line.add(label, statement.text.empty() ? statement.note : statement.text);
  }
  const SectionState state = state_of(source.chart, id);
  const std::string noun = id == "alerts" ? "Alerts" : "Advance directives";
  if (state.entries > 0) {
    if (state.unreadable > 0) line.add(noun + ": " + std::to_string(state.unreadable) + " unreadable");
    if (state.withheld > 0) line.add(noun + ": " + std::to_string(state.withheld) + " withheld");
  } else if (state.state != Presence::not_recorded && state.state != Presence::known_none) {
    const std::string words = words_of_state(id, state.state);
    line.add(noun + ' ' + words.substr(0, words.find(". ")));
  }
}

}  // namespace

Banner make_banner(const SheetSource& source) {
  const Chart& chart = source.chart;
  Banner banner;
  banner.name = name_of(chart);
  banner.other_names = other_names_of(chart);
  banner.born = born_of(chart, source.as_of);
  banner.sex = sex_of(chart);
  banner.mrn = chart.mrn.empty() ? words_of_absence(chart, "mrn") : chart.mrn;
  banner.phone = phone_of(chart);
  banner.address = address_of(chart);
  banner.language = language_of(chart);
  banner.deceased = deceased_of(chart, source.as_of);
  say_allergies_line(source, banner);
  Particulars alerts;
  add_statements(source, chart.alerts, "alerts", "", alerts);
  add_statements(source, chart.directives, "directives", "Advance directive:", alerts);
  banner.alerts = alerts.text();
  return banner;
}

}  // namespace app
