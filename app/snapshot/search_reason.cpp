#include "app/snapshot/search_reason.h"

#include <algorithm>
#include <array>
#include <vector>

#include "app/record/name_folding.h"
#include "app/record/sheet.h"
#include "app/snapshot/copy.h"
#include "app/snapshot/search_matches.h"
#include "app/snapshot/search_query.h"
#include "app/snapshot/search_tables.h"
#include "app/snapshot/typed_date.h"

namespace app {
namespace {

constexpr std::size_t kFewestPhoneDigits = 3;

bool begins_a_word_of(std::string text, const std::string& name) {
  for (const std::string& word : fold_name(text))
    if (word.starts_with(name)) return true;
  // "delacruz", "brien" for O'Brien.
  std::replace(text.begin(), text.end(), '\'', ' ');
  const std::vector<std::string> words = fold_query(text);
  for (std::size_t begin = 0; begin < words.size(); ++begin) {
    std::string joined;
    for (std::size_t i = begin; i < words.size() && joined.size() < name.size(); ++i) joined += words[i];
    if (joined.starts_with(name)) return true;
  }
  return false;
}

// Where the hit was found by a typing error, a word that may have been meant is enough.
bool shows_name(const std::string& text, const std::string& name, bool exact) {
  if (begins_a_word_of(text, name)) return true;
  const std::vector<std::string> words = fold_name(text);
  return !exact && std::any_of(words.begin(), words.end(), [&](const std::string& word) { return may_mean(word, name); });
}

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text)
    if (c >= '0' && c <= '9') digits += c;
  return digits;
}

bool holds_digits(std::string_view phone, std::string_view typed) {
  std::string digits = digits_of(typed);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  return digits.size() >= kFewestPhoneDigits && digits_of(phone).find(digits) != std::string::npos;
}

bool begins_number(std::string_view number, std::string_view typed) {
  const std::string folded = fold_number(typed);
  return !folded.empty() && fold_number(number).find(folded) != std::string::npos;
}

bool is_birth(const Hit& hit, std::string_view typed, const Date& today) {
  std::string digits = digits_of(hit.born);
  if (digits.empty()) return false;
  digits.resize(8, '0');
  const auto born = static_cast<std::uint32_t>(std::stoul(digits));
  const auto ranges = parse_typed_date(typed, today);
  return std::any_of(ranges.begin(), ranges.end(), [&](DayRange days) { return born >= days.begin && born < days.end; });
}

bool shows_number(const Hit& hit, std::string_view typed, const Date& today) {
  return begins_number(hit.mrn, typed) || holds_digits(hit.phone, typed) || is_birth(hit, typed, today);
}

std::string label_of(const HumanName& name) {
  if (name.use == "maiden") return "maiden name ";
  if (name.use == "old") return "former name ";
  if (name.use == "nickname") return "called ";
  return "also named ";
}

std::string explain_name(const Chart& chart, const std::string& typed, bool exact) {
  for (const HumanName& name : chart.names) {
    if (shows_name(name.given + " " + name.family + " " + name.suffix + " " + name.text, typed, exact))
      return label_of(name) + format_name(name);
  }
  return "";
}

std::string explain_number(const Chart& chart, std::string_view typed) {
  for (const ContactPoint& point : chart.telecom)
    if (holds_digits(point.value, typed)) return (point.use.empty() ? "phone " : point.use + " phone ") + point.value;
  for (const Contact& contact : chart.contacts.entries) {
    for (const ContactPoint& point : contact.telecom) {
      if (!holds_digits(point.value, typed)) continue;
      return "phone of " + (contact.text.empty() ? std::string("a contact") : contact.text) +
             (contact.relationship.empty() ? "" : " (" + contact.relationship + ")");
    }
  }
  for (const Identifier& identifier : chart.identifiers)
    if (begins_number(identifier.value, typed))
      return (identifier.label.empty() ? "number " : identifier.label + " ") + identifier.value;
  return begins_number(chart.emr_key, typed) ? "the EMR's own number " + chart.emr_key : "";
}

// The reasons of one reading, or nothing where a part of it has none.
bool explain_reading(const Hit& hit, const Chart& chart, const Reading& reading, const Date& today, std::string& reason) {
  const auto add = [&](const std::string& more) {
    if (reason.find(more) == std::string::npos) reason += (reason.empty() ? "" : ", ") + more;
    return !more.empty();
  };
  for (const std::string& name : reading.names)
    if (!shows_name(hit.name, name, hit.exact) && !add(explain_name(chart, name, hit.exact))) return false;
  for (const std::string& number : reading.numbers)
    if (!shows_number(hit, number, today) && !add(explain_number(chart, number))) return false;
  return true;
}

}  // namespace

bool explains_itself(const Hit& hit, std::string_view typed, const Date& today) {
  const std::vector<Reading> readings = read_query(typed);
  return std::any_of(readings.begin(), readings.end(), [&](const Reading& reading) {
    return std::all_of(reading.names.begin(), reading.names.end(),
                       [&](const std::string& name) { return shows_name(hit.name, name, hit.exact); }) &&
           std::all_of(reading.numbers.begin(), reading.numbers.end(),
                       [&](const std::string& number) { return shows_number(hit, number, today); });
  });
}

std::string explain_hit(const Hit& hit, const Chart& chart, std::string_view typed, const Date& today) {
  for (const Reading& reading : read_query(typed)) {
    std::string reason;
    if (explain_reading(hit, chart, reading, today, reason)) return reason;
  }
  return "";
}

std::vector<std::string> explain_hits(const Hits& hits, const Copy& copy, std::string_view typed, const Date& today) {
  std::vector<std::string> reasons(hits.hits.size());
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    const Hit& hit = hits.hits[i];
    if (explains_itself(hit, typed, today)) continue;
    const auto chart = copy.read_chart(hit.chart);
    if (chart.ok()) reasons[i] = explain_hit(hit, chart.value(), typed, today);
  }
  return reasons;
}

}  // namespace app
