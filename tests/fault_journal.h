// What a program did to files, as the fault library (tests/faults) wrote it down.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/faults/record.h"

namespace tests {

struct FileCall {
  faults_record record{};
  std::string path;
  std::string new_path;  // of a rename or link
  std::string data;      // what was written, if that was asked for

  std::string name() const;
  char sort() const;  // the letter of tests/faults/record.h
  bool failed() const { return record.result < 0; }
  // Whether it changes what a disk holds: creates, writes, syncs, renames, unlinks.
  bool changes_something() const;
};

// A record that was cut off by a kill is left out.
std::vector<FileCall> read_journal(const std::filesystem::path& file);

// "rename copies/.making-NAME": the same for the same step of every night. Paths are told from `root` on.
std::string kind_of_step(const FileCall& call, const std::filesystem::path& root);

}  // namespace tests
