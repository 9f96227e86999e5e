#include "exporter/copy/rclone.h"

#include <algorithm>

#include "app/record/json.h"
#include "exporter/child_process_posix.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr std::size_t kListMost = 64u << 20;
// rclone's exit codes, https://rclone.org/docs/#exit-code
constexpr int kNoFolder = 3;
constexpr int kNoFile = 4;

// The last line that says why.
std::string last_words(const std::string& err) {
  std::size_t end = err.find_last_not_of("\n ");
  if (end == std::string::npos) return "";
  const std::size_t begin = err.rfind('\n', end);
  return err.substr(begin == std::string::npos ? 0 : begin + 1, end - (begin == std::string::npos ? 0 : begin + 1) + 1);
}

bool says_no_room(const std::string& err) {
  static const std::vector<std::string> kWords{"no space left", "No space left", "disk quota exceeded", "QuotaExceeded", "insufficient storage", "507 "};
  return std::ranges::any_of(kWords, [&](const std::string& words) { return err.find(words) != std::string::npos; });
}

}  // namespace

std::string Rclone::place(const std::string& path) const {
  if (path.empty()) return remote_;
  return remote_ + (remote_.ends_with(':') || remote_.ends_with('/') ? "" : "/") + path;
}

Result<std::string> Rclone::run(std::vector<std::string> arguments, const std::function<void(std::string_view)>& hear, std::size_t most_bytes) const {
  std::vector<std::string> command{"rclone"};
  if (!config_.empty()) command.insert(command.end(), {"--config", config_.string()});
  // Few tries: the next night is another, and the other destinations wait.
  command.insert(command.end(), {"--ask-password=false", "--retries", "2", "--low-level-retries", "3", "--contimeout", "20s", "--timeout", "2m"});
  command.insert(command.end(), arguments.begin(), arguments.end());
  const auto left = std::chrono::duration_cast<std::chrono::seconds>(end_ - std::chrono::steady_clock::now()).count();
  if (left <= 0) return Error{Code::io, remote_ + " took too long.", "its time was over before rclone " + arguments.front()};
  auto outcome = run_child({.command = std::move(command), .most_s = static_cast<int>(left), .most_bytes = most_bytes, .hear_out = hear});
  if (!outcome.ok()) {
    if (outcome.error().code != Code::not_found) return outcome.error();
    return Error{Code::not_found, "rclone is not installed.", "apt-get install rclone"};
  }
  if (outcome.value().exit_code == 0) return std::move(outcome.value().out);
  const std::string& err = outcome.value().err;
  const int code = outcome.value().exit_code;
  if (code == kNoFolder || code == kNoFile) return Error{Code::not_found, "It is not there, on " + remote_ + ".", last_words(err)};
  if (says_no_room(err)) return Error{Code::no_room, "There is no room left on " + remote_ + ".", last_words(err)};
  return Error{Code::io, remote_ + " cannot be reached, or it refused.", "rclone " + arguments.front() + " ended with " + std::to_string(code) + ": " + last_words(err)};
}

Result<std::map<std::string, std::uint64_t>> Rclone::list(const std::string& folder) const {
  TRY_GET(const std::string text, run({"lsjson", "--recursive", "--files-only", "--no-modtime", "--no-mimetype", place(folder)}, {}, kListMost));
  app::JsonDocument document;
  TRY_GET(const app::Json json, document.parse(text));
  std::map<std::string, std::uint64_t> files;
  for (const app::Json& file : json.items()) {
    const auto size = file["Size"].integer();
    files[std::string(file["Path"].text())] = size && *size >= 0 ? static_cast<std::uint64_t>(*size) : 0;
  }
  return files;
}

Result<Done> Rclone::send(const fs::path& from, const std::string& to, const std::vector<std::string>& only) const {
  std::vector<std::string> arguments{"copy", "--checksum", from.string(), place(to)};
  for (const std::string& name : only) arguments.insert(arguments.end(), {"--include", "/" + name});
  TRY(run(std::move(arguments)));
  return Done{};
}

Result<Done> Rclone::fetch(const std::string& from, const fs::path& to) const {
  TRY(run({"copy", "--checksum", place(from), to.string()}));
  return Done{};
}

Result<Done> Rclone::fetch_file(const std::string& from, const fs::path& to) const {
  TRY(run({"copyto", "--checksum", place(from), to.string()}));
  return Done{};
}

Result<Done> Rclone::read(const std::string& file, const std::function<void(std::string_view)>& hear) const {
  TRY(run({"cat", place(file)}, hear));
  return Done{};
}

Result<Done> Rclone::read_part(const std::string& file, std::uint64_t from, std::uint64_t most, const std::function<void(std::string_view)>& hear) const {
  TRY(run({"cat", "--offset", std::to_string(from), "--count", std::to_string(most), place(file)}, hear));
  return Done{};
}

Result<std::string> Rclone::read_all(const std::string& name, std::size_t most_bytes) const {
  return run({"cat", "--include", "/*/" + name, place("")}, {}, most_bytes);
}

Result<std::string> Rclone::read_folder(const std::string& folder, std::size_t most_bytes) const {
  return run({"cat", "--max-depth", "1", place(folder)}, {}, most_bytes);
}

Result<Done> Rclone::rename(const std::string& from, const std::string& to) const {
  TRY(run({"moveto", place(from), place(to)}));
  return Done{};
}

Result<Done> Rclone::remove_folder(const std::string& folder) const {
  const auto done = run({"purge", place(folder)});
  if (!done.ok() && done.error().code != Code::not_found) return done.error();
  return Done{};
}

Result<Done> Rclone::remove_file(const std::string& file) const {
  TRY(run({"deletefile", place(file)}));
  return Done{};
}

}  // namespace exporter
