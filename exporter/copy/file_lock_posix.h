// A lock that the system takes away from a program when it dies, however it dies: no dead run holds anybody up.
//
// Shape:   the file stays; while the lock is held it says which process holds it, since when and for which work.
// Errors:  busy, saying who and since when; io.
#pragma once

#include <filesystem>
#include <string>

#include "app/error.h"

namespace exporter {

class FileLock {
 public:
  // At once, or Code::busy. `work` is told to whoever finds it held: "a pull".
  static app::Result<FileLock> take(const std::filesystem::path& file, const std::string& work);
  // For what takes others a moment only.
  static app::Result<FileLock> wait(const std::filesystem::path& file);
  // Whether who took it last lives still; of a number that the system gave to another program since, too. Takes nothing.
  static bool is_signed_by_the_living(const std::filesystem::path& file);
  ~FileLock();
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace exporter
