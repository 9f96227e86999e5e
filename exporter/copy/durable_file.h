// What is on the disk when the power goes: POSIX's fsync, in one place.
//
// Errors:  no_room, io; both name the file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include "app/error.h"

namespace exporter {

// Writes a new file, or replaces one, in one step: whoever opens it sees the old bytes or the new ones.
app::Result<app::Done> write_file(const std::filesystem::path& file, std::string_view bytes,
                                  bool owner_only = false);
// An empty file that was not there before. Errors: io too when something of that name exists.
app::Result<app::Done> create_file(const std::filesystem::path& file);
// Puts a line at the end of a file, which is made if need be; it is on the disk when this returns.
app::Result<app::Done> append_line(const std::filesystem::path& file, std::string_view line);
app::Result<std::string> read_file(const std::filesystem::path& file, std::size_t most_bytes);

// A new file with the same bytes, on the disk when it returns. What goes wrong is told of the file where it does.
app::Result<app::Done> copy_file(const std::filesystem::path& from, const std::filesystem::path& to);
// A new folder with copies of all files and folders in it.
app::Result<app::Done> copy_tree(const std::filesystem::path& from, const std::filesystem::path& to);

app::Result<app::Done> sync_file(const std::filesystem::path& file);
app::Result<app::Done> sync_folder(const std::filesystem::path& folder);
// Every file and folder in it, and the folder itself.
app::Result<app::Done> sync_tree(const std::filesystem::path& folder);

// Whether both are there and on the same file system.
bool lie_on_one_disk(const std::filesystem::path& one, const std::filesystem::path& other);

// With all that is in it; one that is not there is as good as removed.
app::Result<app::Done> remove_folder(const std::filesystem::path& folder);

// Asks the system to forget what it holds of a file in memory, so that reading it reads the disk.
void drop_cached(const std::filesystem::path& file);

// The last system call's failure, as an Error about `file`.
app::Error system_error(const std::string& call, const std::filesystem::path& file);
app::Error system_error(const std::string& call, const std::filesystem::path& file, const std::error_code& failure);

}  // namespace exporter
