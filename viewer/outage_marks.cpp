#include "viewer/outage_marks.h"

#include "app/digest.h"
#include "app/record/json.h"
#include "viewer/small_file_posix.h"

namespace viewer {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFile = "running-outages.json";
constexpr std::string_view kKind = "running outages";
constexpr std::size_t kFileMost = 64 * 1024;
constexpr std::size_t kMarksMost = 100;

OutageMarks read_marks(const fs::path& folder) {
  const auto text = read_small_file(folder / kFile, kFileMost);
  return text.ok() ? parse_outage_marks(text.value()) : OutageMarks{};
}

}  // namespace

OutageMarks parse_outage_marks(std::string_view text) {
  OutageMarks marks;
  app::JsonDocument document;
  const auto parsed = document.parse(text);
  if (!parsed.ok() || parsed.value()["nightchart"].text() != kKind || parsed.value()["version"].integer() != 1) return marks;
  for (const app::Json one : parsed.value()["outages"].items()) {
    app::Digest practice{};
    app::Instant began;
    if (marks.size() == kMarksMost) break;
    if (!app::parse_hex(one["practice"].text(), practice) || !app::parse_utc(one["began"].text(), began)) continue;
    marks[std::string(one["practice"].text())] = began;
  }
  return marks;
}

std::string format_outage_marks(const OutageMarks& marks) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("nightchart", kKind);
  json.member("version", std::int64_t{1});
  json.key("outages");
  json.open_array();
  for (const auto& [practice, began] : marks) {
    json.open_object();
    json.member("practice", std::string_view(practice));
    json.member("began", std::string_view(app::format_utc(began)));
    json.close_object();
  }
  json.close_array();
  json.close_object();
  return text + "\n";
}

std::optional<app::Instant> read_outage_mark(const fs::path& folder, const std::string& practice) {
  if (folder.empty()) return std::nullopt;
  const OutageMarks marks = read_marks(folder);
  const auto mark = marks.find(practice);
  return mark == marks.end() ? std::nullopt : std::optional<app::Instant>(mark->second);
}

app::Result<app::Done> keep_outage_mark(const fs::path& folder, const std::string& practice,
                                        std::optional<app::Instant> began) {
  if (folder.empty()) return app::Error{app::Code::io, "This computer cannot remember the outage.", "no home"};
  OutageMarks marks = read_marks(folder);
  if (began) marks[practice] = *began;
  else marks.erase(practice);
  constexpr unsigned kForMe = 0600;
  return replace_small_file(folder / kFile, format_outage_marks(marks), kForMe);
}

}  // namespace viewer
