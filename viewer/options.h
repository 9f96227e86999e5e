// The viewer's command line.
//
// Errors:  a line that makes no sense is told on stderr and ends with kExitUsage; --help and --version end
//          with 0.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "viewer/errand.h"
#include "viewer/style.h"

namespace viewer {

struct Options {
  std::filesystem::path copy;  // empty: the usual places
  std::filesystem::path screenshot;
  std::filesystem::path memory;  // empty: the usual folder
  std::string pair_anew;         // a fingerprint
  ReceiptChoice receipts{true, ""};
  Errand errand;
  bool size_given = false;
  int width_px = 1366;
  int height_px = 768;
  float scale = 1;
  int lock_after_min = kIdleMinutes;
  bool initials = false;
  ThemeName theme = ThemeName::light;
};

// The options, or the exit code with which to end at once.
struct ReadOptions {
  std::optional<Options> options;
  int exit_code = 0;
};
ReadOptions read_options(int argc, const char* const* argv);

}  // namespace viewer
