#include "tests/vectors/maker.h"

#include <sqlcipher/sqlite3.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "app/record/json.h"
#include "app/snapshot/copy.h"
#include "app/snapshot/database.h"
#include "tests/temporary_folder.h"

namespace vectors {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kTail = 145;

template <typename T>
T must(app::Result<T> result) {
  if (!result.ok()) give_up(app::format_error(result.error()));
  return std::move(result).value();
}

void run_sql(const fs::path& file, const app::CopyKey& key, const std::string& statements) {
  if (statements.empty()) return;
  sqlite3* connection = nullptr;
  if (sqlite3_open(file.c_str(), &connection) != SQLITE_OK) give_up("open " + file.string());
  must(app::set_key(connection, key, file.string()));
  const std::string all = "PRAGMA journal_mode = OFF;\n" + statements;
  char* fault = nullptr;
  if (sqlite3_exec(connection, all.c_str(), nullptr, nullptr, &fault) != SQLITE_OK) give_up(fault);
  sqlite3_close(connection);
}

}  // namespace

void give_up(const std::string& words) {
  std::cerr << words << std::endl;
  std::exit(1);
}

std::string read(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

void write(const fs::path& file, const std::string& bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << bytes;
  if (!out.flush()) give_up("write " + file.string());
}

void replace(std::string& text, const std::string& old_words, const std::string& new_words) {
  const auto at = text.find(old_words);
  if (at == std::string::npos) give_up("nothing says " + old_words);
  text.replace(at, old_words.size(), new_words);
}

app::Chart small_chart() {
  app::Chart chart;
  chart.emr_key = "p1";
  chart.mrn = "10001";
  chart.names = {{"official", "Latn", "", "Quirin", "Vectorson", "", ""}};
  chart.birth_date = app::read_date("1980-08-14");
  chart.allergies.state = app::Presence::known_none;
  return chart;
}

namespace {

// The vector in which the snapshot that many share lies: the first of a run that has it.
std::string holder_of_shared;

app::Instant taken_of(std::uint64_t sequence) { return {1'790'000'000 + static_cast<std::int64_t>(sequence - 1) * 86'400}; }

struct Snapshot {
  std::string bytes;
  app::CopyKey key;
  exporter::SnapshotSummary summary;
};

Snapshot make_snapshot(const std::vector<app::Chart>& charts, std::uint64_t sequence, const std::string& sql) {
  const tests::TemporaryFolder temporary;
  app::CopyKey key = app::CopyKey::make();
  exporter::SnapshotWriter writer = must(
      exporter::SnapshotWriter::create(temporary.path(), {sequence, taken_of(sequence), app::default_sheet_template()}, key));
  for (const app::Chart& chart : charts) must(writer.add(chart));
  exporter::SnapshotSummary summary = must(writer.finish("{}"));
  run_sql(temporary.path() / app::kChartsName, key, sql);
  return {read(temporary.path() / app::kChartsName), std::move(key), std::move(summary)};
}

const Snapshot& shared_snapshot() {
  static const Snapshot snapshot = make_snapshot({small_chart()}, kNumber, "");
  return snapshot;
}

}  // namespace

Vector::Vector(const fs::path& root, const std::string& name) : root_(root), folder_(root / name) {
  if (fs::exists(folder_)) give_up(folder_.string() + " exists already, and vectors are never made anew.");
  std::cout << name << std::endl;
}

fs::path Vector::add_copy(const tests::Practice& practice, const std::vector<app::Chart>& charts, const Changes& changes,
                          std::uint64_t sequence) {
  const fs::path copy = folder_ / "copies" / app::format_copy_name(taken_of(sequence), sequence);
  const Snapshot snapshot = make_snapshot(charts, sequence, changes.sql);
  write(copy / app::kChartsName, snapshot.bytes);
  return finish_copy(copy, practice, sequence, snapshot.summary, snapshot.key, changes);
}

fs::path Vector::add_copy(const tests::Practice& practice, const Changes& changes) {
  if (!changes.sql.empty()) return add_copy(practice, std::vector<app::Chart>{small_chart()}, changes);
  const fs::path copy = folder_ / "copies" / app::format_copy_name(taken_of(kNumber), kNumber);
  const Snapshot& snapshot = shared_snapshot();
  write(copy / app::kChartsName, snapshot.bytes);
  return finish_copy(copy, practice, kNumber, snapshot.summary, snapshot.key, changes);
}

fs::path Vector::finish_copy(const fs::path& copy, const tests::Practice& practice, std::uint64_t sequence,
                             const exporter::SnapshotSummary& summary, const app::CopyKey& key, const Changes& changes) {
  if (changes.before_signing) changes.before_signing(copy);
  must(tests::seal_copy(copy, practice, sequence, summary, key));
  const fs::path manifest = copy / app::kManifestName;
  std::string text = read(manifest);
  text.resize(text.size() - kTail);
  const std::string at_test = app::format_utc(taken_of(1)), at = app::format_utc(taken_of(sequence));
  for (int i = 0; i < 2 && at != at_test; ++i) replace(text, at_test, at);
  if (changes.manifest) changes.manifest(text);
  std::string bytes = app::join_signature(text, practice.signing_key.sign(text));
  if (changes.signed_manifest) changes.signed_manifest(bytes);
  write(manifest, bytes);
  if (changes.after_signing) changes.after_signing(copy);
  return copy;
}

fs::path Vector::add_manifest(const tests::Practice& practice, const Changes& changes) {
  const fs::path copy = add_copy(practice, changes);
  fs::remove(copy / app::kChartsName);
  return copy;
}

void Vector::write_verdict(const fs::path& copy, const Verdict& verdict) const {
  const fs::path charts = copy / app::kChartsName;
  bool shared = fs::exists(charts) && read(charts) == shared_snapshot().bytes;
  if (shared && holder_of_shared.empty()) {
    holder_of_shared = folder_.filename().string();
    shared = false;
  }
  if (shared) fs::remove(charts);
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("about", std::string_view(verdict.about));
  json.member("open", std::string_view(copy.lexically_relative(folder_).generic_string()));
  if (shared) json.member("charts_of", std::string_view(holder_of_shared));
  json.member("passphrase", std::string_view(verdict.passphrase));
  if (!verdict.keyholder.empty()) json.member("keyholder", std::string_view(verdict.keyholder));
  json.member("now", std::string_view(verdict.now));
  json.member("stage", std::string_view(verdict.stage));
  if (!verdict.code.empty()) json.member("code", std::string_view(verdict.code));
  if (!verdict.says.empty()) json.member("says", std::string_view(verdict.says));
  json.key("warnings");
  json.open_array();
  for (const std::string& warning : verdict.warnings) json.text(warning);
  json.close_array();
  if (!verdict.volumes.empty()) {
    json.key("volumes");
    json.open_array();
    for (const std::string& volume : verdict.volumes) json.text(volume);
    json.close_array();
  }
  json.close_object();
  // A member a line, for people.
  std::string lines;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"' && text[i - 1] != '\\') quoted = !quoted;
    lines += text[i];
    const bool in_list = lines.rfind('[') != std::string::npos && lines.rfind('[') > lines.rfind(']') + 1;
    if (!quoted && !in_list && (text[i] == ',' || text[i] == '{')) lines += "\n  ";
  }
  lines.insert(lines.size() - 1, "\n");
  write(folder_ / "verdict.json", lines + "\n");
}

void Vector::write_memory(const std::string& pairings) const {
  write(folder_ / "memory" / "known-practices.json", pairings);
}

}  // namespace vectors

int main(int argc, char** argv) {
  const std::map<std::string, void (*)(const vectors::Cast&)> groups = {
      {"good", vectors::make_good},       {"manifests", vectors::make_manifests}, {"files", vectors::make_files},
      {"keys", vectors::make_keys},       {"charts", vectors::make_charts},       {"remembered", vectors::make_remembered},
      {"volumes", vectors::make_volumes}};
  if (argc < 3) vectors::give_up("Usage: vector-maker FOLDER GROUP…  (good manifests files keys charts remembered volumes)");
  const tests::TemporaryFolder temporary;
  const auto practice = tests::make_practice(temporary.path() / "practice");
  const auto other = tests::make_practice(temporary.path() / "other");
  if (!practice.ok() || !other.ok()) vectors::give_up("no practice");
  const vectors::Cast cast{argv[1], practice.value(), other.value()};
  for (int i = 2; i < argc; ++i) {
    if (groups.count(argv[i]) == 0) vectors::give_up(std::string("no group is named ") + argv[i]);
    groups.at(argv[i])(cast);
  }
}
