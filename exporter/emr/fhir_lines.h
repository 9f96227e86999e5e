// The lines of all NDJSON files of one folder, one after the other, in memory for one line only.
//
// A file ending in .json is one line, however many line ends it has; .gz behind either is unpacked on the
// way. What looks like data and is not read, because it is packed otherwise or lies in a folder below, is named.
// Errors:  Code::not_found for the folder; Code::bad_source when it holds no such file; Code::io when one cannot be read to its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "app/error.h"
#include "app/record/calendar.h"
#include "exporter/emr/chart_source.h"
#include "exporter/emr/input_file.h"

namespace exporter {

struct NdjsonLine {
  std::string_view text;   // without its line end; empty if it was too long
  std::uint32_t file = 0;  // for file_name()
  std::uint32_t number = 0;  // 0: the whole of a .json file
  bool too_long = false;
};

class NdjsonFolder {
 public:
  // A line of more than `longest_line` bytes is handed out as too long, without its text.
  static app::Result<NdjsonFolder> open(const std::filesystem::path& folder, std::size_t longest_line);

  // False at the end, when nobody has changed the folder's files meanwhile: else bad_source. Blank lines are passed over; the text is valid until the next call.
  app::Result<bool> next(NdjsonLine& line);
  std::string file_name(std::uint32_t file) const;
  // "a.ndjson line 7", or "a.json".
  std::string where(std::uint32_t file, std::uint64_t number) const;
  const std::vector<std::filesystem::path>& files() const { return files_; }
  // Files that are not read, or not to their end, though they look like data; whole after next() is false.
  const std::vector<Skipped>& skipped() const { return skipped_; }
  // When the file that was written first was written: what all of them know is at least that old.
  app::Instant oldest() const { return oldest_; }

 private:
  // What changes when anybody writes a file anew.
  struct FileState {
    std::uintmax_t bytes = 0;
    std::filesystem::file_time_type written;
    friend bool operator==(const FileState&, const FileState&) = default;
  };

  app::Result<app::Done> verify_unchanged() const;
  std::error_code list(const std::filesystem::path& folder);
  std::error_code consider(const std::filesystem::directory_entry& entry);
  void skip_below(const std::filesystem::path& folder);
  app::Result<bool> open_next_file();
  app::Result<bool> read_more();
  bool take_line(std::size_t end, std::size_t skip, NdjsonLine& line);

  std::filesystem::path folder_;
  std::vector<std::filesystem::path> files_;
  std::map<std::filesystem::path, FileState> states_;  // of all files, as they were before the first was read
  std::vector<Skipped> skipped_;
  app::Instant oldest_;
  std::size_t longest_line_ = 0;
  std::size_t next_file_ = 0;
  std::optional<InputFile> file_;
  bool is_one_line_ = false;
  std::uint32_t number_ = 0;
  std::string buffer_;
  std::size_t begin_ = 0;    // of the line that comes next
  std::size_t scanned_ = 0;  // up to here there is no line end
  std::size_t filled_ = 0;
  bool discarding_ = false;  // inside a line that is too long
};

}  // namespace exporter
