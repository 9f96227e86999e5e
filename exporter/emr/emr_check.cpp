#include "exporter/emr/emr_check.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "app/record/json.h"
#include "exporter/emr/sql_opening.h"

namespace exporter {
namespace {

using app::Chart;
using app::Error;
using app::Result;

constexpr std::uint64_t kProgressEvery = 500;
constexpr std::size_t kMostPlacesPrinted = 20;

// A reason may quote what the patient's record says.
std::string place_of(const app::Unreadable& unreadable) {
  return unreadable.section + (unreadable.field.empty() ? "" : "." + unreadable.field) + ": " + unreadable.reason;
}

EmrCheck::Shown shown(const Chart& chart) {
  EmrCheck::Shown row;
  row.key = chart.emr_key;
  row.unreadable = chart.unreadable.size();
  auto count = [&row](std::string_view name, const auto& section) {
    if (!section.entries.empty()) row.counts[std::string(name)] = section.entries.size();
  };
  Chart::sections(chart, count);
  return row;
}

void note_sections(const OpenedPack& opened, EmrCheck& check) {
  std::set<std::string> read;
  for (const auto& part : opened.parts) {
    check.files.push_back({part->file->name, part->file->part});
    read.insert(part->file->part);
  }
  for (const app::SectionInfo& section : app::kSections) {
    if (!read.contains(std::string(section.id))) check.not_in_copy.emplace_back(section.id);
  }
  for (const OpenedPack::Unread& unread : opened.unread) check.unread.push_back(unread.error);
  for (const SettledPack::LeftOut& left : opened.settled.left_out) {
    check.left_out.push_back(left.file.name + ": it needs " + left.missing);
  }
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(text.size() < width ? width - text.size() : 1, ' ');
}

std::string right(const std::string& text, std::size_t width) {
  return std::string(text.size() < width ? width - text.size() : 1, ' ') + text;
}

void append_counts(const EmrCheck& check, std::string& text) {
  constexpr std::size_t kName = 18, kTotal = 12, kCell = 7;
  text += "\n" + padded("  Section", kName) + right("all", kTotal);
  for (const auto& chart : check.charts) text += right(chart.key.substr(0, kCell - 1), kCell);
  text += "\n";
  for (const app::SectionInfo& section : app::kSections) {
    const std::string id(section.id);
    if (std::find(check.not_in_copy.begin(), check.not_in_copy.end(), id) != check.not_in_copy.end()) {
      text += padded("  " + id, kName) + right("not in copy", kTotal) + "\n";
      continue;
    }
    const auto total = check.report.entries.find(id);
    text += padded("  " + id, kName) + right(std::to_string(total == check.report.entries.end() ? 0 : total->second), kTotal);
    for (const auto& chart : check.charts) {
      const auto count = chart.counts.find(id);
      text += right(count == chart.counts.end() ? "·" : std::to_string(count->second), kCell + (count == chart.counts.end() ? 1 : 0));
    }
    text += "\n";
  }
  text += "  (beside the sum of all, " + std::to_string(check.charts.size()) + " patients by the EMR's own key)\n";
}

void append_error(const Error& error, std::string& text) {
  text += "  " + error.what + "\n" + (error.detail.empty() ? "" : "      " + error.detail + "\n");
}

void append_errors(const std::vector<Error>& errors, app::JsonWriter& json) {
  json.open_array();
  for (const Error& error : errors) {
    json.open_object();
    json.member("what", std::string_view(error.what));
    json.member("detail", std::string_view(error.detail));
    json.close_object();
  }
  json.close_array();
}

void append_texts(const std::vector<std::string>& texts, app::JsonWriter& json) {
  json.open_array();
  for (const std::string& text : texts) json.text(text);
  json.close_array();
}

template <typename Number>
void append_numbers(const std::map<std::string, Number>& numbers, app::JsonWriter& json) {
  json.open_object();
  for (const auto& [name, number] : numbers) json.member(name, static_cast<std::int64_t>(number));
  json.close_object();
}

}  // namespace

Result<EmrCheck> check_emr(const SqlSourceOrder& order, const std::function<void(const std::string&)>& progress) {
  const auto begun = std::chrono::steady_clock::now();
  EmrCheck check;
  progress("Opening the EMR");
  TRY_GET(OpenedPack opened, open_sql_pack(order, &check.faults));
  check.pack = opened.pack.name;
  check.reads = opened.pack.reads;
  check.version = opened.version;
  check.product = opened.product;
  note_sections(opened, check);
  TRY_GET(const std::unique_ptr<ChartSource> source, open_sql_source(std::move(opened), order));
  for (std::uint64_t count = 0;; ++count) {
    if (count % kProgressEvery == 0) progress("Reading: " + std::to_string(count) + " charts");
    TRY_GET(const std::optional<Chart> chart, source->next());
    if (!chart) break;
    if (check.charts.size() < kChartsShown) check.charts.push_back(shown(*chart));
    for (const app::Unreadable& unreadable : chart->unreadable) ++check.unreadable[place_of(unreadable)];
  }
  check.report = source->report();
  check.took_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return check;
}

std::string format_check(const EmrCheck& check) {
  std::string text = "The pack " + check.pack + (check.reads.empty() ? "" : " (" + check.reads + ")") + " on " + check.product +
                     (check.version.empty() ? "" : ", EMR version " + check.version) + "\n\n";
  text += "  " + std::to_string(check.report.patients) + " patients in " +
          std::to_string(static_cast<long>(check.took_s * 10) / 10) + "." + std::to_string(static_cast<long>(check.took_s * 10) % 10) + " s\n";
  append_counts(check, text);
  if (!check.faults.empty()) text += "\nTo mend in the pack; until then a night does not begin:\n";
  for (const Error& error : check.faults) append_error(error, text);
  if (!check.unread.empty()) text += "\nCould not be read; these sections are not in the copy:\n";
  for (const Error& error : check.unread) append_error(error, text);
  if (!check.left_out.empty()) text += "\nLeft out, because this database lacks what they need:\n";
  for (const std::string& left : check.left_out) text += "  " + left + "\n";
  if (!check.report.cautions.empty()) text += "\nTake care:\n";
  for (const std::string& caution : check.report.cautions) text += "  " + caution + "\n";
  if (check.report.skipped > check.unread.size()) text += "\nRows that belong to no chart:\n";
  std::size_t named = 0;
  for (const Skipped& skipped : check.report.first_skipped) {
    if (skipped.reason.starts_with("the section is")) continue;  // said above
    if (++named > kMostPlacesPrinted) break;
    text += "  " + skipped.where + ": " + skipped.reason + "\n";
  }
  if (named > 0) text += "  " + std::to_string(check.report.skipped - check.unread.size()) + " in all\n";
  if (!check.unreadable.empty()) text += "\nMarked unreadable in their charts:\n";
  for (const auto& [place, count] : check.unreadable) text += "  " + std::to_string(count) + " × " + place + "\n";
  for (const auto& [what, count] : check.report.passed_by) text += "\nPassed by: " + std::to_string(count) + " " + what + "\n";
  return text + (check.whole() ? "\nEverything that the pack asks for was read.\n" : "");
}

std::string format_check_json(const EmrCheck& check) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("pack", std::string_view(check.pack));
  json.member("database", std::string_view(check.product));
  json.member("version", std::string_view(check.version));
  json.member("patients", static_cast<std::int64_t>(check.report.patients));
  json.member("milliseconds", static_cast<std::int64_t>(check.took_s * 1000));
  json.key("entries"), append_numbers(check.report.entries, json);
  json.key("charts");
  json.open_array();
  for (const EmrCheck::Shown& chart : check.charts) {
    json.open_object();
    json.member("emr_key", std::string_view(chart.key));
    json.key("entries"), append_numbers(chart.counts, json);
    json.member("unreadable", static_cast<std::int64_t>(chart.unreadable));
    json.close_object();
  }
  json.close_array();
  json.key("faults"), append_errors(check.faults, json);
  json.key("unread"), append_errors(check.unread, json);
  json.key("left_out"), append_texts(check.left_out, json);
  json.key("not_in_copy"), append_texts(check.not_in_copy, json);
  json.key("cautions"), append_texts(check.report.cautions, json);
  json.member("skipped", static_cast<std::int64_t>(check.report.skipped));
  json.key("unreadable"), append_numbers(check.unreadable, json);
  json.key("passed_by"), append_numbers(check.report.passed_by, json);
  json.close_object();
  return text;
}

}  // namespace exporter
