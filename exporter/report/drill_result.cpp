#include "exporter/report/drill_result.h"

#include <algorithm>
#include <set>

#include "app/digest.h"
#include "app/record/json.h"
#include "app/snapshot/copy_parts.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/file_lock_posix.h"
#include "exporter/copy/practice_keys.h"
#include "exporter/report/report_words.h"
#include "exporter/version.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Error;
using app::Result;

constexpr std::size_t kResultMost = 1u << 20;
constexpr std::string_view kTail = ",\"signature\":\"";

std::int64_t milliseconds(double seconds) { return static_cast<std::int64_t>(seconds * 1000); }

int code_of(const DrillPlace& place) { return place.fault ? static_cast<int>(place.fault->code) : place.not_compared ? kExitNotCompared : 0; }

void append_place(const DrillPlace& place, app::JsonWriter& json, const std::string& name) {
  json.open_object();
  json.member("name", std::string_view(name));
  json.member("passed", code_of(place) == 0);
  json.member("compared", !place.not_compared && !place.fault);
  json.member("code", std::int64_t{code_of(place)});
  if (const auto& why = place.fault ? place.fault : place.not_compared) {
    json.member("what", std::string_view(why->what));
    json.member("detail", std::string_view(why->detail));
  }
  json.member("took_ms", milliseconds(place.took_s));
  if (place.sequence != 0 || !place.parts.empty()) {
    if (place.parts.empty()) json.member("sequence", static_cast<std::int64_t>(place.sequence));
    json.member("as_of", std::string_view(app::format_utc(place.as_of)));
    json.member("keyholder", std::string_view(place.keyholder));
    json.member("digest_of_the_night", place.digest_known ? "the same" : "not compared");
    const std::pair<const char*, std::size_t> counts[] = {{"patients", place.patients}, {"sampled", place.sampled}, {"found", place.found},
                                                          {"not_in_the_copy", place.absent}, {"same", place.same}, {"volumes_fetched", place.volumes}, {"documents_read", place.documents}, {"pages_printed", place.pages}};
    for (const auto& [fact, count] : counts) json.member(fact, static_cast<std::int64_t>(count));
    json.key("differences");
    json.open_object();
    for (const auto& [section, count] : place.differences) json.member(section, static_cast<std::int64_t>(count));
    json.close_object();
    json.key("steps_ms");
    json.open_object();
    for (const auto& [step, seconds] : place.steps_s) json.member(step, milliseconds(seconds));
    json.close_object();
  }
  if (!place.parts.empty()) {
    json.key("parts");
    json.open_array();
    for (const auto& [shard, part] : place.parts) append_place(part, json, app::format_part_folder(shard));
    json.close_array();
  }
  json.close_object();
}

// "…-000007.json"
std::uint64_t number_of(const fs::path& file) {
  const std::string stem = file.stem().string();
  const auto dash = stem.rfind('-');
  std::uint64_t number = 0;
  for (std::size_t i = dash == std::string::npos ? stem.size() : dash + 1; i < stem.size() && number < 1'000'000'000; ++i) {
    if (stem[i] < '0' || stem[i] > '9') return 0;
    number = number * 10 + static_cast<std::uint64_t>(stem[i] - '0');
  }
  return number;
}

// In the order of their numbers: a clock may have gone back.
std::vector<fs::path> files_of(const fs::path& practice_folder) {
  std::vector<fs::path> files;
  std::error_code fault;
  for (fs::directory_iterator entry(practice_folder / kDrillsFolder, fault), end; !fault && entry != end; entry.increment(fault)) {
    const std::string name = entry->path().filename().string();
    if (name.ends_with(".json") && !name.starts_with(".")) files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
    return std::pair(number_of(a), a) < std::pair(number_of(b), b);
  });
  return files;
}

bool is_signed(const std::string& text, const app::PublicKey& signer) {
  const auto tail = text.rfind(kTail);
  app::Signature signature{};
  return tail != std::string::npos && text.size() >= tail + kTail.size() + 128 &&
         app::parse_hex(std::string_view(text).substr(tail + kTail.size(), 128), signature) &&
         app::verify_signature(std::string_view(text).substr(0, tail), signature, signer) && text.substr(tail + kTail.size() + 128) == "\"}\n";
}

std::string listed(const std::map<std::string, std::uint64_t>& differences) {
  std::string text;
  for (const auto& [section, count] : differences) text += (text.empty() ? "" : ", ") + section + " " + std::to_string(count);
  return text;
}

std::string words_of_documents(const DrillPlace& place) {
  if (place.documents == 0) return "No scanned document was opened: none is in the copy.";
  return counted(place.documents, "scanned document", "scanned documents") + " opened and read to the end (" + size_of(place.document_bytes) + "): every byte as it was kept.";
}

std::string seconds(double value) {
  char text[32];
  std::snprintf(text, sizeof text, value < 10 ? "%.1f s" : "%.0f s", value);
  return text;
}

}  // namespace

std::string format_drill_json(const Drill& drill, const std::string& practice, const app::PublicKey& signer, const std::string& previous) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("nightchart", "drill");
  json.member("version", std::int64_t{1});
  json.member("program", kVersion);
  json.member("number", static_cast<std::int64_t>(drill.number));
  json.member("previous", std::string_view(previous));
  json.member("practice", std::string_view(practice));
  json.member("verifying_key", std::string_view(app::format_hex(signer)));
  json.member("began", std::string_view(app::format_utc(drill.began)));
  json.member("took_ms", milliseconds(drill.took_s));
  json.member("passed", exit_code_of(drill) == 0);
  if (exit_code_of(drill) == kExitNotCompared) json.member("not_compared", true);
  if (drill.emr_as_of) {
    json.member("emr_as_of", std::string_view(app::format_utc(*drill.emr_as_of)));
    json.member("emr_patients", static_cast<std::int64_t>(drill.emr_patients));
    json.member("emr_ms", milliseconds(drill.emr_s));
  }
  json.key("places");
  json.open_array();
  for (const DrillPlace& place : drill.places) append_place(place, json, place.name);
  json.close_array();
  json.close_object();
  return text;
}

std::string format_drill(const Drill& drill, const std::string& time_zone) {
  std::string text;
  for (const DrillPlace& place : drill.places) {
    text += (place.fault ? "FAILED  " : place.not_compared ? "OPENED  " : "PASSED  ") + place.name;
    if (!place.parts.empty()) text += ": " + std::to_string(place.parts.size()) + " parts";
    else if (place.sequence != 0) text += ": copy no. " + std::to_string(place.sequence);
    if (place.sequence != 0) text += std::string(place.parts.empty() ? "" : ", the oldest's") + (place.parts.empty() ? ", " : " ") + "data as of " + app::format_as_of(place.as_of, time_zone);
    text += ", in " + seconds(place.took_s) + "\n";
    if (const auto& why = place.fault ? place.fault : place.not_compared) text += "        " + why->what + "\n" + (why->detail.empty() ? "" : "        (" + why->detail + ")\n");
    if (place.sampled == 0) continue;
    text += "        Opened as " + place.keyholder + "; " + std::to_string(place.found) + " of " + std::to_string(place.sampled) + " patients" + (place.not_compared ? ", drawn from the copy itself," : "") +
            " found by name and birth date" + (place.not_compared ? ".\n" : "; " + std::to_string(place.same) + " charts exactly as the EMR has them now.\n");
    if (!place.differences.empty()) text += "        Not as the EMR has it now, in entries: " + listed(place.differences) + "\n";
    if (place.absent > 0) text += "        Not in the copy (registered since): " + std::to_string(place.absent) + "\n";
    if (place.volumes > 0) text += "        Documents: " + std::to_string(place.volumes) + (place.volumes == 1 ? " volume" : " volumes") + " fetched from there, every byte as it was signed.\n";
    text += std::string("        All ") + std::to_string(place.patients) + " charts read; " +
            (place.digest_known ? "they are what the night wrote." : "the night that wrote them is not remembered here, so only the copy's own digest was compared.") + "\n        " + words_of_documents(place) + "\n        ";
    for (const auto& [step, took] : place.steps_s) text += (&step == &place.steps_s.front().first ? "" : ", ") + step + " " + seconds(took);
    text += "\n";
  }
  return text;
}

namespace {

Result<app::Done> remember_drill(const fs::path& practice_folder, const Drill& drill) {
  TRY(remember(practice_folder, [&](NightMemory& memory) {
    for (const DrillPlace& place : drill.places) {
      const auto& why = place.fault ? place.fault : place.not_compared;
      memory.add(DrillRecord{drill.began, place.name, code_of(place), why ? why->what : "", drill.number});
    }
  }));
  return app::Done{};
}

Result<fs::path> sign_result(const fs::path& practice_folder, const std::string& practice, Drill& drill) {
  TRY_GET(const app::SigningKey key, read_signing_key(practice_folder));
  // Two drills that end at once get two numbers.
  TRY_GET(const FileLock lock, FileLock::wait(practice_folder / ".drills.lock"));
  std::error_code fault;
  fs::create_directories(practice_folder / kDrillsFolder, fault);
  if (fault) return system_error("mkdir", practice_folder / kDrillsFolder, fault);
  const std::vector<fs::path> before = files_of(practice_folder);
  std::string previous;
  for (const fs::path& file : before) {
    if (number_of(file) < drill.number) continue;
    drill.number = number_of(file);
    TRY_GET(const std::string text, read_file(file, kResultMost));
    previous = app::format_hex(app::digest_of(text));
  }
  // One that was taken away from the end leaves its number behind.
  if (const auto memory = NightMemory::open(practice_folder); memory.ok()) {
    for (const DrillRecord& record : memory.value().drills()) drill.number = std::max(drill.number, record.number);
  }
  ++drill.number;
  std::string text = format_drill_json(drill, practice, key.verifying_key(), previous);
  text.pop_back();
  text += std::string(kTail) + app::format_hex(key.sign(text)) + "\"}\n";
  const fs::path file = practice_folder / kDrillsFolder / (app::format_copy_name(drill.began, drill.number) + ".json");
  TRY(write_file(file, text));
  TRY(remember_drill(practice_folder, drill));
  return file;
}

}  // namespace

Result<fs::path> keep_result(const fs::path& practice_folder, const std::string& practice, Drill& drill) {
  auto file = sign_result(practice_folder, practice, drill);
  if (file.ok()) return file;
  drill.number = 0;
  (void)remember_drill(practice_folder, drill).ok();  // the first fault is the one to say
  return file;
}

std::vector<std::uint64_t> missing_results(const fs::path& practice_folder, const std::vector<DrillRecord>& drills) {
  std::set<std::uint64_t> missing;
  for (const DrillRecord& drill : drills) missing.insert(drill.number);
  missing.erase(0);  // could not be written then, and that was said
  for (const fs::path& file : files_of(practice_folder)) missing.erase(number_of(file));
  return {missing.begin(), missing.end()};
}

Result<KeptDrills> check_results(const fs::path& practice_folder) {
  TRY_GET(const app::SigningKey key, read_signing_key(practice_folder));
  KeptDrills kept;
  std::string previous;
  std::set<std::uint64_t> numbers;
  std::uint64_t last = 0;
  for (const fs::path& file : files_of(practice_folder)) {
    KeptDrills::Kept one{file, number_of(file), {}};
    TRY_GET(const std::string text, read_file(file, kResultMost));
    app::JsonDocument document;
    const auto json = document.parse(text);
    if (!is_signed(text, key.verifying_key()) || !json.ok()) {
      one.fault = Error{Code::forged, "It is not what the practice signed.", file.filename().string()};
    } else {
      one.passed = json.value()["passed"].boolean().value_or(false);
      one.compared = !json.value()["not_compared"].boolean().value_or(false);
      (void)app::parse_utc(json.value()["began"].text(), one.began);
      const bool named_so = json.value()["number"].integer() == static_cast<std::int64_t>(one.number);
      const bool began_so = app::format_copy_name(one.began, one.number) == file.stem().string();
      if (!named_so) one.fault = Error{Code::forged, "It bears another drill's number.", file.filename().string()};
      else if (!began_so) one.fault = Error{Code::forged, "It did not begin when its name says.", file.filename().string()};
      else if (numbers.count(one.number) != 0) one.fault = Error{Code::forged, "Another result bears the same number.", file.filename().string()};
      else if (one.number == last + 1 && json.value()["previous"].text() != previous) one.fault = Error{Code::forged, "It does not follow the result before it.", file.filename().string()};
    }
    last = one.number;
    numbers.insert(one.number);
    previous = app::format_hex(app::digest_of(text));
    kept.drills.push_back(std::move(one));
  }
  if (const auto memory = NightMemory::open(practice_folder); memory.ok()) {
    for (const DrillRecord& record : memory.value().drills()) last = std::max(last, record.number);
  }
  for (std::uint64_t number = 1; number <= last && kept.missing.size() < 100; ++number) {
    if (numbers.count(number) == 0) kept.missing.push_back("no. " + std::to_string(number));
  }
  return kept;
}

int exit_code_of(const Drill& drill) {
  for (const DrillPlace& place : drill.places) {
    if (place.fault) return code_of(place);
  }
  const bool compared = std::ranges::none_of(drill.places, [](const DrillPlace& place) { return place.not_compared.has_value(); });
  return compared ? 0 : kExitNotCompared;
}

}  // namespace exporter
