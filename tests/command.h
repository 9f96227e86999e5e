// Runs the real programs, as a person would at a terminal.
#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/house_places.h"
#include "tests/temporary_folder.h"

namespace tests {

namespace fs = std::filesystem;

inline std::string contents(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

inline void write(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

struct Outcome {
  int exit_code = -1;
  std::string out;
  std::string err;
};

// Runs a shell command line; `$NIGHTCHART` and `$VIEWER` name the programs, which remember nothing beyond it.
inline Outcome run(const std::string& command) {
  const TemporaryFolder folder;
  const std::string line = "NIGHTCHART='" + std::string(kPrograms) + "/nightchart' VIEWER='" + kPrograms + "/nightchart-viewer' XDG_STATE_HOME='" +
                           (folder.path() / "state").string() + "'; export XDG_STATE_HOME; ( " + command +
                           "\n) </dev/null >'" + (folder.path() / "out").string() + "' 2>'" + (folder.path() / "err").string() + "'";
  const int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), contents(folder.path() / "out"), contents(folder.path() / "err")};
}

}  // namespace tests
