// Nights of a small practice in which something goes wrong, and what must be true afterwards.
//
// The real program runs with the fault library (tests/faults) preloaded: it is killed at a call, or a call fails,
// or is only written down.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/copy_maker.h"
#include "tests/fault_journal.h"

namespace tests {

enum class SmallEmr { sqlite, fhir, server };

struct SmallPracticeOrder {
  SmallEmr emr = SmallEmr::sqlite;
  bool paper = false;
  int destinations = 2;
  std::string url = {};  // of a server
  bool keeps_every_copy = false;
};

// A practice of three invented patients (those of FHIR with scans) in memory (where the machine has such a folder), with its keys, its
// destinations "stick" and "laptop", and with folders of its own for HOME, TMPDIR and what is the current one.
class SmallPractice {
 public:
  explicit SmallPractice(SmallPracticeOrder order = {});
  ~SmallPractice();
  SmallPractice(const SmallPractice&) = delete;
  SmallPractice& operator=(const SmallPractice&) = delete;

  const std::filesystem::path& root() const { return root_; }     // what is watched
  const std::filesystem::path& beside() const { return beside_; }  // the test's own files
  std::filesystem::path config() const { return root_ / "practice/nightchart.toml"; }
  std::filesystem::path copies() const { return root_ / "copies"; }
  std::filesystem::path emr() const { return root_ / (order_.emr == SmallEmr::fhir ? "export" : "emr.sqlite"); }
  std::vector<std::filesystem::path> destinations() const;
  // The folder of copies, then the destinations.
  std::vector<std::filesystem::path> homes_of_copies() const;
  // What every good copy of it holds, section by section.
  const std::map<std::string, std::uint64_t>& counts() const { return counts_; }
  void write_config() const;
  // The EMR gets a scan that it had not yet, in place of the one before, so that every night has a volume to write.
  void scan_something() const;

 private:
  SmallPracticeOrder order_;
  std::filesystem::path whole_, root_, beside_;
  std::map<std::string, std::uint64_t> counts_;
  mutable int scans_ = 0;
};

struct NightOrder {
  std::string fault = {};                   // as FAULTS_ORDER of tests/faults/record.h
  bool with_data = false;                   // the journal holds what was written
  std::string clock = {};                   // as FAULTS_CLOCK
  std::optional<long> kill_after_us = {};   // from outside, wherever it is then
  std::function<void(int process)> on_stop = {};  // what happens when the fault is "stop"; the night goes on after it
  long most_s = 120;                        // a night of more hangs
  bool without_journal = false;             // for limits that would hit the journal too
  std::string below = {};                   // what is watched; "" for the practice's root
  std::vector<std::string> command = {"night"};  // and its --config
  std::string prefix = {};                  // a shell command line in front of it: "ulimit -c unlimited;"
};

struct NightOutcome {
  int exit_code = -1;  // if no signal ended it
  int signal = 0;
  bool hung = false;
  bool dumped_core = false;
  std::string out, err;
  std::vector<FileCall> calls;

  bool killed() const { return signal == 9 && !hung; }
  // The call where the fault was, if it came to that.
  const FileCall* struck() const;
};

NightOutcome run_night(const SmallPractice& practice, const NightOrder& order = {});

// What goes wrong from the given call on: a FAULTS_ORDER. `sorts` and `folder` say of which calls the number is.
std::string fault(const std::string& action, std::size_t number, const std::string& how_long = "once",
                  const std::string& sorts = "", const std::filesystem::path& folder = {});
// How many calls of these sorts, below this folder, were made.
std::size_t count_calls(const NightOutcome& night, const std::string& sorts, const std::filesystem::path& folder);

// What the newest copy says that it holds, section by section, and the documents whose pages are there ("pages");
// empty when there is none.
std::map<std::string, std::uint64_t> counts_of_newest(const std::filesystem::path& folder);

// The name of the newest copy in a folder, opened as a laptop would open it, hashes and all; the test fails
// when it is not whole, or when anything else in the folder looks like a copy and is none. "" when there is none.
std::string newest_whole_copy(const std::filesystem::path& folder);
// The same with every page and chart.
std::string newest_copy_to_the_last_chart(const std::filesystem::path& folder);

// What lies about after a good night and shouldn't: half-made copies, temporary files, anything at all in HOME.
std::vector<std::string> litter(const SmallPractice& practice);

// A night without faults, after which all is as it should be: a newer copy than `before` everywhere, no litter; older
// copies are then deleted. Returns the new copy's name.
std::string expect_a_good_night(const SmallPractice& practice, const std::string& before = "");

// After a night in which something went wrong: everywhere `before` is still the newest copy, or tonight's is, whole;
// and the next night makes all good. Returns the name of its copy.
std::string expect_survival(const SmallPractice& practice, const std::string& before, bool to_the_last_chart = false);

// How much is to be tried: `usual` of ./test, or `all` when NIGHTCHART_FAULTS=all asks for it.
int how_many(int usual, int all);
// By NIGHTCHART_SEED; printed with every failure.
unsigned seed();

}  // namespace tests
