// A place that rclone reaches (SFTP, S3, WebDAV, …), through Debian's rclone as a child process: its files listed, sent, read back.
//
// Errors:  not_found (no rclone, no such remote, folder or file), io (the remote refused or is out of reach; detail has rclone's
//          own last words), no_room.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/error.h"

namespace exporter {

// How long a first night's volumes may take over a slow line, and how long looking and removing may. The schedule's service has time
// for both, of every remote.
inline constexpr int kRcloneSend_s = 5 * 3600;
inline constexpr int kRcloneLook_s = 3600;

class Rclone {
 public:
  // `remote` is "name:path" of rclone's configuration; `config` is that file, or empty for rclone's own choice. After `most_s` of
  // all calls together it is given up.
  Rclone(std::string remote, std::filesystem::path config, int most_s = kRcloneSend_s)
      : remote_(std::move(remote)), config_(std::move(config)), end_(std::chrono::steady_clock::now() + std::chrono::seconds(most_s)) {}

  // Every file below `folder` ("" for all), by its path from the remote on, with its size.
  app::Result<std::map<std::string, std::uint64_t>> list(const std::string& folder) const;
  // Sends a local folder's files, all or the named ones; what is there already, of the same bytes or else size, is not sent again.
  app::Result<app::Done> send(const std::filesystem::path& from, const std::string& to, const std::vector<std::string>& only = {}) const;
  app::Result<app::Done> fetch(const std::string& from, const std::filesystem::path& to) const;
  // One file; what was there under that name here is replaced.
  app::Result<app::Done> fetch_file(const std::string& from, const std::filesystem::path& to) const;
  // The bytes of a file as they lie there.
  app::Result<app::Done> read(const std::string& file, const std::function<void(std::string_view)>& hear) const;
  // At most `most` of them, from the byte `from` on.
  app::Result<app::Done> read_part(const std::string& file, std::uint64_t from, std::uint64_t most, const std::function<void(std::string_view)>& hear) const;
  // All files of one folder, one after the other.
  app::Result<std::string> read_folder(const std::string& folder, std::size_t most_bytes) const;
  // All files of this name one folder below the remote, one after the other.
  app::Result<std::string> read_all(const std::string& name, std::size_t most_bytes) const;
  app::Result<app::Done> rename(const std::string& from, const std::string& to) const;
  // With all that is in it; one that is not there is as good as removed.
  app::Result<app::Done> remove_folder(const std::string& folder) const;
  app::Result<app::Done> remove_file(const std::string& file) const;

 private:
  struct Answer;
  app::Result<std::string> run(std::vector<std::string> arguments, const std::function<void(std::string_view)>& hear = {},
                               std::size_t most_bytes = 1u << 20) const;
  std::string place(const std::string& path) const;

  std::string remote_;
  std::filesystem::path config_;
  std::chrono::steady_clock::time_point end_;
};

}  // namespace exporter
