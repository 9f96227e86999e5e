#include "exporter/copy/pull_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <set>

#include "app/snapshot/copy_parts.h"
#include "exporter/copy/rclone.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr std::size_t kPiece_bytes = 1u << 20;

bool is_copy_name(const std::string& name) {
  std::uint64_t sequence = 0;
  return app::parse_copy_name(name, sequence);
}

bool is_part(const std::string& name, app::Shard& shard) { return app::parse_part_folder(name, shard) && !shard.is_whole(); }

class FolderSource final : public PullSource {
 public:
  explicit FolderSource(fs::path folder) : folder_(std::move(folder)) {}

  Result<std::vector<std::string>> list_copies() const override {
    std::error_code fault;
    if (!fs::is_directory(folder_, fault)) {
      return Error{Code::not_found, "The folder " + folder_.string() + " is not there.", "Is the share mounted, or the stick plugged in?"};
    }
    std::vector<std::string> names;
    for (fs::directory_iterator entry(folder_, fault), end; !fault && entry != end; entry.increment(fault)) {
      if (is_copy_name(entry->path().filename().string())) names.push_back(entry->path().filename().string());
    }
    if (fault) return Error{Code::io, "The folder " + folder_.string() + " cannot be read.", fault.message()};
    return names;
  }

  Result<std::vector<std::pair<app::Shard, std::string>>> list_parts() const override {
    std::vector<std::pair<app::Shard, std::string>> parts;
    std::error_code fault;
    for (fs::directory_iterator entry(folder_, fault), end; !fault && entry != end; entry.increment(fault)) {
      app::Shard shard;
      if (!is_part(entry->path().filename().string(), shard)) continue;
      // One that cannot be read says so when it is pulled.
      const auto copies = FolderSource(entry->path()).list_copies();
      parts.emplace_back(shard, copies.ok() && !copies.value().empty() ? std::ranges::max(copies.value()) : "");
    }
    if (fault) return Error{Code::io, "The folder " + folder_.string() + " cannot be read.", fault.message()};
    return parts;
  }

  Result<Done> read(const std::string& file, std::uint64_t from, std::uint64_t most, const std::function<void(std::string_view)>& hear) const override {
    const fs::path path = folder_ / file;
    std::error_code fault;
    if (!fs::is_regular_file(path, fault)) return Error{Code::not_found, path.string() + " is not there.", fault.message()};
    std::ifstream in(path, std::ios::binary);
    if (!in) return Error{Code::io, path.string() + " cannot be read.", std::strerror(errno)};
    in.seekg(static_cast<std::streamoff>(from));
    std::string piece(kPiece_bytes, '\0');
    while (in && most > 0) {
      in.read(piece.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(most, piece.size())));
      const auto got = static_cast<std::size_t>(in.gcount());
      hear(std::string_view(piece).substr(0, got));
      most -= got;
    }
    if (in.bad()) return Error{Code::io, path.string() + " cannot be read.", ""};
    return Done{};
  }

 private:
  fs::path folder_;
};

class RemoteSource final : public PullSource {
 public:
  RemoteSource(std::string remote, fs::path config) : rclone_(std::move(remote), std::move(config)) {}

  Result<std::vector<std::string>> list_copies() const override {
    TRY_GET(const auto files, rclone_.list(""));
    std::set<std::string> names;
    for (const auto& [path, bytes] : files) {
      const std::string top = path.substr(0, path.find('/'));
      if (is_copy_name(top)) names.insert(top);
    }
    return std::vector<std::string>(names.begin(), names.end());
  }

  Result<std::vector<std::pair<app::Shard, std::string>>> list_parts() const override {
    TRY_GET(const auto files, rclone_.list(""));
    std::map<std::string, std::string> newest;
    for (const auto& [path, bytes] : files) {
      const std::size_t slash = path.find('/');
      app::Shard shard;
      if (slash == std::string::npos || !is_part(path.substr(0, slash), shard)) continue;
      const std::string copy = path.substr(slash + 1, path.find('/', slash + 1) - slash - 1);
      std::string& last = newest[path.substr(0, slash)];
      if (is_copy_name(copy)) last = std::max(last, copy);
    }
    std::vector<std::pair<app::Shard, std::string>> parts;
    for (const auto& [name, copy] : newest) {
      app::Shard shard;
      if (is_part(name, shard)) parts.emplace_back(shard, copy);
    }
    return parts;
  }

  Result<Done> read(const std::string& file, std::uint64_t from, std::uint64_t most, const std::function<void(std::string_view)>& hear) const override {
    return rclone_.read_part(file, from, most, hear);
  }

 private:
  Rclone rclone_;
};

}  // namespace

std::unique_ptr<PullSource> open_pull_source(const std::string& from, const fs::path& rclone_config) {
  std::error_code ignored;
  const auto colon = from.find(':');
  const bool remote = colon != std::string::npos && colon > 0 && from.find('/') > colon && !from.starts_with("-") && !fs::exists(from, ignored);
  if (remote) return std::make_unique<RemoteSource>(from, rclone_config);
  return std::make_unique<FolderSource>(from);
}

}  // namespace exporter
