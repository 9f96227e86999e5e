#include "exporter/emr/chart_size.h"

#include <algorithm>
#include <string>
#include <vector>

#include "app/record/chart_json.h"

namespace exporter {
namespace {

constexpr std::size_t kEntryBytes = 2048;  // more than nearly every entry takes
constexpr std::size_t kMega = 1 << 20;

std::size_t size_of(const app::Chart& chart) {
  std::string json;
  app::format_chart(chart, json);
  return json.size();
}

// Whether it may be too large, told without writing it down.
bool may_exceed(const app::Chart& chart, std::size_t most_bytes) {
  std::size_t guess = chart.unreadable.size() * kEntryBytes;
  auto add = [&guess](std::string_view, const auto& section) { guess += section.entries.size() * kEntryBytes; };
  app::Chart::sections(chart, add);
  for (const app::Note& note : chart.notes.entries) guess += 2 * note.body.size();
  for (const app::Unreadable& one : chart.unreadable) guess += 2 * one.as_recorded.size();
  return guess > most_bytes / 2;
}

// Takes texts out, the largest first, until `excess` bytes are gone or none is left that would help.
std::uint64_t take_out_notes(app::Chart& chart, std::size_t excess) {
  std::vector<app::Note*> notes;
  for (app::Note& note : chart.notes.entries) notes.push_back(&note);
  std::stable_sort(notes.begin(), notes.end(), [](const auto* a, const auto* b) { return a->body.size() > b->body.size(); });
  std::uint64_t marks = 0;
  std::size_t gone = 0;
  for (app::Note* note : notes) {
    if (gone >= excess || note->body.size() < kEntryBytes) break;
    gone += note->body.size();
    const std::string size = std::to_string(note->body.size() / kMega) + " MiB";
    note->body = "NOT IN THIS COPY: the text of this note is too large (" + size + "). The EMR holds it.";
    chart.unreadable.push_back({"notes", "body", note->text, "the note is too large for this copy: " + size});
    ++marks;
  }
  return marks;
}

// Halves the longest section. Sections stand newest first.
struct Longest {
  std::string_view name;
  std::size_t entries = 0;

  template <typename T>
  void operator()(std::string_view section_name, const app::Section<T>& section) {
    if (section.entries.size() > entries) name = section_name, entries = section.entries.size();
  }
};

std::uint64_t halve_longest(app::Chart& chart) {
  Longest longest;
  app::Chart::sections(chart, longest);
  const std::size_t kept = longest.entries / 2;
  auto cut = [&](std::string_view name, auto& section) {
    if (name == longest.name) section.entries.erase(section.entries.begin() + static_cast<std::ptrdiff_t>(kept), section.entries.end());
  };
  app::Chart::sections(chart, cut);
  chart.unreadable.push_back({std::string(longest.name), "", std::to_string(longest.entries - kept) + " entries",
                              "the chart is too large for this copy: these, the oldest, are in the EMR only"});
  return 1;
}

}  // namespace

std::uint64_t fit_chart(app::Chart& chart, std::size_t most_bytes) {
  if (!may_exceed(chart, most_bytes)) return 0;
  std::size_t size = size_of(chart);
  if (size <= most_bytes) return 0;
  std::uint64_t marks = take_out_notes(chart, size - most_bytes + kMega);
  for (size = size_of(chart); size > most_bytes; size = size_of(chart)) {
    const std::size_t before = chart.unreadable.size();
    // What was marked before may itself be what is large.
    for (app::Unreadable& one : chart.unreadable) {
      if (one.as_recorded.size() > kMega) one.as_recorded = "(" + std::to_string(one.as_recorded.size() / kMega) + " MiB, not kept)";
    }
    Longest longest;
    app::Chart::sections(chart, longest);
    if (longest.entries < 2) break;
    marks += halve_longest(chart);
    if (chart.unreadable.size() == before) break;
  }
  return marks;
}

}  // namespace exporter
