// A file that never has a name for longer than it takes to open it, so that nothing outlives the process.
//
// Units:   bytes.
// Errors:  Code::no_room when the disk or the quota is full, Code::io otherwise, with the folder named.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "app/error.h"

namespace exporter {

class NamelessFile {
 public:
  // Makes `folder` if it is not there.
  static app::Result<NamelessFile> open(const std::filesystem::path& folder);
  ~NamelessFile();
  NamelessFile(NamelessFile&& other) noexcept;
  NamelessFile& operator=(NamelessFile&& other) noexcept;

  app::Result<app::Done> write_at(std::uint64_t offset, std::span<const unsigned char> bytes);
  // Fewer bytes than asked for is an error.
  app::Result<app::Done> read_at(std::uint64_t offset, std::span<unsigned char> bytes) const;

 private:
  NamelessFile(int descriptor, std::filesystem::path folder);

  int descriptor_ = -1;
  std::filesystem::path folder_;
};

}  // namespace exporter
