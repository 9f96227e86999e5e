#include "tests/invented_charts.h"

#include <array>
#include <random>

namespace tests {
namespace {

using app::Known;
using app::Presence;

// Fills whatever the fields() of an entry name.
class Inventor {
 public:
  Inventor(std::uint64_t seed, int entries_most) : random_(seed), entries_most_(entries_most) {}

  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

  std::string word() {
    static constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
    std::string word(kInventedPrefix);
    for (std::uint64_t rest = ++words_ * 7919; rest > 0; rest /= 26) word += kLetters[rest % 26];
    return word + "q";
  }

  void operator()(std::string_view name, std::string& value) {
    static constexpr std::array<std::string_view, 5> kStatus = {"active", "completed", "on-hold", "entered-in-error", ""};
    if (below(5) == 0) return;
    value = name == "status" && below(2) == 0 ? std::string(kStatus[static_cast<std::size_t>(below(5))]) : word();
  }
  void operator()(std::string_view, std::optional<bool>& value) {
    if (const int choice = below(3); choice > 0) value = choice == 1;
  }
  void operator()(std::string_view, Known<app::Date>& value) {
    static constexpr std::array<Presence, 3> kOther = {Presence::known_none, Presence::not_in_copy, Presence::withheld};
    switch (below(8)) {
      case 0: value = {}; break;
      case 1: value = Known<app::Date>::unreadable(word()); break;
      case 2: value = Known<app::Date>::without_value(kOther[static_cast<std::size_t>(below(3))]); break;
      default: value = day(std::to_string(1930 + below(110)) + "-0" + std::to_string(1 + below(9)) + "-1" + std::to_string(below(10)));
    }
  }
  void operator()(std::string_view, app::DocumentContent& content) {
    static constexpr std::array<Presence, 4> kStates = {Presence::not_recorded, Presence::known, Presence::not_in_copy,
                                                        Presence::unreadable};
    content.state = kStates[static_cast<std::size_t>(below(4))];
    if (content.state == Presence::not_recorded) return;
    const bool known = content.state == Presence::known;
    (known ? content.volume : content.reason) = word();
    if (known) content.id = word(), content.bytes = static_cast<std::uint64_t>(below(9'000'000));
  }
  template <typename T>
  void operator()(std::string_view, std::vector<T>& values) {
    values.resize(static_cast<std::size_t>(below(3)));
    for (T& value : values) T::fields(value, *this);
  }
  template <typename T>
  void operator()(std::string_view, app::Section<T>& section) {
    static constexpr std::array<Presence, 5> kEmpty = {Presence::not_recorded, Presence::known_none,
                                                       Presence::not_in_copy, Presence::withheld, Presence::unreadable};
    section.state = kEmpty[static_cast<std::size_t>(below(5))];
    section.withheld = static_cast<std::uint32_t>(below(4) == 0 ? below(3) : 0);
    for (int i = below(entries_most_ + 1); i > 0; --i) {
      T entry;
      T::fields(entry, *this);
      section.add(std::move(entry));
    }
  }

 private:
  std::mt19937_64 random_;
  std::uint64_t words_ = 0;
  int entries_most_;
};

// Some values of one panel, and some of one test.
void repeat_tests(std::vector<app::Observation>& entries, Inventor& inventor) {
  for (std::size_t i = 1; i < entries.size(); ++i) {
    if (inventor.below(2) == 0) entries[i].panel = entries[i - 1].panel;
    if (inventor.below(2) == 0) entries[i].text = entries[i - 1].text, entries[i].panel = entries[i - 1].panel;
  }
}

}  // namespace

app::Chart invented_chart(std::uint64_t seed, int entries_most) {
  Inventor inventor(seed, entries_most);
  app::Chart chart;
  app::Chart::identity_fields(chart, inventor);
  app::Chart::sections(chart, inventor);
  for (auto* section : {&chart.results, &chart.vital_signs, &chart.social_history}) {
    repeat_tests(section->entries, inventor);
  }
  for (app::Note& note : chart.notes.entries) {
    const auto& visits = chart.visits.entries;
    if (!visits.empty() && inventor.below(2) == 0) note.visit = visits[note.body.size() % visits.size()].key;
  }
  for (int i = inventor.below(4); i > 0; --i) {
    const auto section = app::kSections[static_cast<std::size_t>(inventor.below(19))].id;
    chart.unreadable.push_back({std::string(section), inventor.below(2) == 0 ? "" : inventor.word(), inventor.word(), inventor.word()});
  }
  return chart;
}

std::string words_of(const app::SheetSection& section) {
  std::string all = "## " + section.title + '\n';
  if (!section.statement.empty()) all += section.statement + '\n';
  for (const app::Row& row : section.rows) {
    all += "  " + row.label + " |";
    for (const app::Span& span : row.value) all += ' ' + span.text;
    if (!row.when.empty()) all += " | " + row.when;
    all += '\n';
    if (!row.detail.empty()) all += "      " + row.detail + '\n';
  }
  return all;
}

std::string words_of(const app::Sheet& sheet) {
  const app::Banner& b = sheet.banner;
  std::string all;
  for (const std::string& line : {b.name, b.other_names, b.born, b.sex, "MRN " + b.mrn, b.phone, b.address, b.language,
                                  b.deceased, b.allergies, b.alerts}) {
    if (!line.empty()) all += line + '\n';
  }
  for (const app::SheetSection& section : sheet.sections) all += words_of(section);
  return all;
}

const app::SheetSection* find_section(const app::Sheet& sheet, std::string_view id) {
  for (const app::SheetSection& section : sheet.sections) {
    if (section.id == id) return &section;
  }
  return nullptr;
}

app::Date day(std::string_view iso) { return app::read_date(iso).value(); }

}  // namespace tests
