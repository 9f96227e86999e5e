#include "viewer/options.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <map>
#include <vector>

#include "app/error.h"
#include "app/snapshot/keys.h"

namespace viewer {
namespace {

bool parse_size(const std::string& text, Options& options) {
  char rest = 0;
  return std::sscanf(text.c_str(), "%dx%d%c", &options.width_px, &options.height_px, &rest) == 2 &&
         options.width_px >= 320 && options.width_px <= 8192 && options.height_px >= 240 &&
         options.height_px <= 8192;
}

}  // namespace

ReadOptions read_options(int argc, const char* const* argv) {
  Options options;
  std::string copy, passphrase_file, screenshot, memory, size, theme = "light";
  std::vector<std::string> words;
  CLI::App app("Reads an emergency copy of a practice's records, with nothing but this computer.",
               "nightchart-viewer");
  app.add_option("COPY", copy,
                 "A copy, or a folder of copies (otherwise: the program's folder and those beside it)");
  app.add_option("--passphrase-file", passphrase_file, "Unlock with the first line of this file, or with the sealed envelope's lines in it");
  app.add_option("--find", words, "Type these words into the search");
  app.add_option("--open", options.errand.open, "Open the chart with this MRN");
  app.add_option("--screenshot", screenshot, "Write one picture to this PNG file and end; needs no display");
  app.add_option("--memory", memory,
                 "Where this computer remembers which copies were opened on it [~/.local/state/nightchart]");
  app.add_option("--pair-anew", options.pair_anew,
                 "The practice has a new signing key: its fingerprint, as the sealed envelope shows it");
  bool no_receipt = false;
  app.add_flag("--no-receipt", no_receipt, "Do not tell the practice, by a small file beside the copies, that this computer opened one");
  app.add_option("--laptop", options.receipts.laptop, "What this computer is called there; else its name on the network");
  app.add_option("--size", size, "Size of the window, 1366x768");
  app.add_option("--scale", options.scale, "Size of the type, 1 is usual")
      ->check(CLI::Range(kScaleLeast, kScaleMost));
  app.add_option("--lock-after", options.lock_after_min, "Lock an open copy after so many minutes without a key; 0 never")
      ->check(CLI::Range(0, 240))->capture_default_str();
  app.add_flag("--initials", options.initials, "Ask whoever opens a copy, or comes back to it, for their initials");
  app.add_option("--theme", theme, "light, dark or contrast")
      ->check(CLI::IsMember({"light", "dark", "contrast"}));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return {std::nullopt, app.exit(error) == 0 ? 0 : app::kExitUsage};
  }
  options.size_given = !size.empty();
  if (options.size_given && !parse_size(size, options)) {
    std::cerr << "--size: write it as 1366x768\n";
    return {std::nullopt, app::kExitUsage};
  }
  if (!passphrase_file.empty()) {
    auto passphrase = app::read_passphrase_file(passphrase_file);
    if (!passphrase.ok()) {
      std::cerr << app::format_error(passphrase.error());
      return {std::nullopt, static_cast<int>(passphrase.error().code)};
    }
    options.errand.passphrase = std::move(passphrase).value();
  }
  for (const std::string& word : words)
    options.errand.find += (options.errand.find.empty() ? "" : " ") + word;
  static const std::map<std::string, ThemeName> kNames = {
      {"light", ThemeName::light}, {"dark", ThemeName::dark}, {"contrast", ThemeName::contrast}};
  options.theme = kNames.at(theme);
  options.receipts.leave = !no_receipt;
  options.copy = copy;
  options.screenshot = screenshot;
  options.memory = memory;
  return {options, 0};
}

}  // namespace viewer
