// Brings records into the order of their keys in bounded memory, whatever the order they come in.
//
// Records are sorted by key, then by the order they came in. What does not fit in memory is staged on
// disk as sorted runs, encrypted under a key that lives only in this process; the files have no name
// that outlives it (unlinked while open).
// Units:   bytes.
// Errors:  Code::io, Code::no_room, with the staging folder named.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "app/error.h"

namespace exporter {

struct SortedRecord {
  std::string_view key;
  std::uint16_t kind = 0;  // the caller's: which section or resource type
  std::string_view bytes;
};

class Sorter {
 public:
  // At most about `memory_bytes` are held; the rest goes to files in `staging`.
  Sorter(std::filesystem::path staging, std::size_t memory_bytes);
  ~Sorter();
  Sorter(Sorter&&) noexcept;
  Sorter& operator=(Sorter&&) noexcept;

  app::Result<app::Done> add(std::string_view key, std::uint16_t kind, std::string_view bytes);
  // Ends adding. Call it once, before next().
  app::Result<app::Done> sort();
  // The next record in order, or false at the end. The views are valid until the next call.
  app::Result<bool> next(SortedRecord& record);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace exporter
