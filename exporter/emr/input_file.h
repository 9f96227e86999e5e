// One file of an EMR's export, plain or gzip, read once from its start to its end.
//
// Units:   bytes, of what is unpacked.
// Source:  RFC 1952; several members one after the other are one file.
// Errors:  Code::io when it cannot be opened or read. A gzip file that is damaged, cut off or unpacks to
//          far more than records do ends there: fault() says so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "app/error.h"

namespace exporter {

class InputFile {
 public:
  static app::Result<InputFile> open(const std::filesystem::path& file, bool packed);
  ~InputFile();
  InputFile(InputFile&&) noexcept;
  InputFile& operator=(InputFile&&) noexcept;

  // At most `most` bytes; 0 at the end.
  app::Result<std::size_t> read(char* bytes, std::size_t most);
  // Why the end came before it should have; "" if it did not.
  const char* fault() const { return fault_; }

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  struct Inflater;

  InputFile() = default;
  app::Result<std::size_t> read_plain(char* bytes, std::size_t most);
  app::Result<std::size_t> read_packed(char* bytes, std::size_t most);

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, Closer> file_;
  std::unique_ptr<Inflater> inflater_;
  const char* fault_ = "";
};

}  // namespace exporter
