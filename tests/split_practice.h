// An invented practice that is made in parts by the real program: forty patients with scanned documents, one destination, its keys and
// a file with the passphrase.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

#include "exporter/practice/practice.h"
#include "tests/command.h"
#include "tests/copy_maker.h"

namespace tests {

class SplitPractice : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(make_practice(folder()).ok());
    ASSERT_TRUE(exporter::make_practice({40, 3, root_.path() / "emr.sqlite", "", exporter::PracticeDialect::sqlite, root_.path() / "scans"}).ok());
    fs::create_directories(stick());
    write(root_.path() / "passphrase", std::string(kPassphrase) + "\n");
    write(config(), "[practice]\nname = \"Elm Street\"\ntime_zone = \"America/New_York\"\n[emr]\nkind = \"sql\"\npack = \"practice\"\nurl = \"sqlite://" +
                        (root_.path() / "emr.sqlite").string() + "\"\ndocuments = \"" + (root_.path() / "scans").string() + "\"\n[copy]\nfolder = \"" +
                        copies().string() + "\"\n[paper]\nenabled = false\n[drill]\npassphrase_file = \"" + (root_.path() / "passphrase").string() +
                        "\"\n[[destination]]\nname = \"stick\"\npath = \"" + stick().string() + "\"\n");
  }
  fs::path folder() const { return root_.path() / "practice"; }
  fs::path config() const { return folder() / "nightchart.toml"; }
  fs::path copies() const { return root_.path() / "copies"; }
  fs::path stick() const { return root_.path() / "stick"; }
  std::string key() const { return " --passphrase-file " + (root_.path() / "passphrase").string(); }
  // One of nightchart's commands that has --config, and what is behind it.
  Outcome command(const std::string& words, const std::string& more = "") const {
    return run("$NIGHTCHART " + words + " --config " + config().string() + " " + more);
  }
  void make(const std::string& part) {
    // Which night is the newer is told in seconds.
    std::this_thread::sleep_for(std::chrono::seconds(1));
    const auto night = command("night", part.empty() ? "" : "--shard " + part);
    ASSERT_EQ(night.exit_code, 0) << night.out << night.err;
  }

  const TemporaryFolder root_;
};

}  // namespace tests
