// The commands of `nightchart`: what each takes and what it prints, one file a command.
//
// Every command prints for people, and with --json one JSON document for programs; progress goes to
// stderr and only to a terminal. Exit codes are the numbers of app::Code; 0 is done, 2 a command line
// that makes no sense, 3 done but some entries were unreadable (and said so).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/snapshot/trust.h"

namespace CLI {
class App;
}

namespace exporter {

// Each adds its command to the program; when it is called it sets `exit_code`.
void add_init(CLI::App& program, int& exit_code);
void add_night(CLI::App& program, int& exit_code);
void add_status(CLI::App& program, int& exit_code);
void add_drill(CLI::App& program, int& exit_code);
void add_pull(CLI::App& program, int& exit_code);
void add_schedule(CLI::App& program, int& exit_code);
void add_rotate(CLI::App& program, int& exit_code);
void add_verify(CLI::App& program, int& exit_code);
void add_find(CLI::App& program, int& exit_code);
void add_show(CLI::App& program, int& exit_code);
void add_print(CLI::App& program, int& exit_code);
void add_form(CLI::App& program, int& exit_code);
void add_keyholder(CLI::App& program, int& exit_code);
void add_practice(CLI::App& program, int& exit_code);
void add_emr(CLI::App& program, int& exit_code);
void add_binder(CLI::App& program, int& exit_code);

// What every command that opens a copy takes.
struct CopyArguments {
  std::string copy;
  std::string passphrase_file;
  std::string keyholder;
  std::string memory;          // where this computer remembers what was opened on it; empty: the usual folder
  std::string even_if_forged;  // why a forged copy is opened all the same
  std::string unrecorded;      // why something is shown though no record of it can be kept
  std::string pair_anew;       // the fingerprint of a practice's new key
  std::string typed;           // a passphrase that was asked for already
  bool json = false;
};
void add_copy_arguments(CLI::App& command, CopyArguments& arguments);

// Opens the copy, or the newest good one of a folder of copies, asking for the passphrase at the
// terminal if no file was named. Says its warnings on standard error.
app::Result<app::Opened> open_copy(const CopyArguments& arguments);
// The same, or all parts of a practice that is split; the passphrase is asked for once. A part that cannot be opened is said, on
// standard error, and hides no other; it is an Error only when none opens.
struct OpenedCopies {
  std::vector<app::Opened> copies;
  std::optional<app::Error> missing;  // the first part that is not here or does not open: its patients are nowhere to be found
};
app::Result<OpenedCopies> open_copies(CopyArguments arguments);
// The same for a copy that was read already.
app::Result<app::Opened> open_read_copy(const app::CopyInfo& info, const std::string& passphrase,
                                        const CopyArguments& arguments, app::LaptopMemory& memory);
// For a program that made the practice's key: it need not meet it first in a copy. Says nothing if it can't.
void remember_own_practice(const app::PublicKey& verifying_key, const std::string& practice,
                           const std::string& time_zone);

// And what is amiss with the computer's memory, once.
std::vector<app::Warning> with_trouble(std::vector<app::Warning> warnings, const app::LaptopMemory& memory);

// Says on standard error what whoever opens the copy must know.
void note_warnings(const std::vector<app::Warning>& warnings);

// Says on standard error which newer copies were passed over, and why; nothing if there are none.
void note_passed_over(const app::CopyInfo& info);

// Says on standard error which whole copy, or parts of a practice, in the folder are not read beside what is.
void note_unread_beside(const std::string& folder, const std::vector<app::PublicKey>& known);

// Prints the error (with `json` as a document on standard output) and returns its exit code.
int report_error(const app::Error& error, bool json);

// "PART 1 OF 3 ONLY: the patients of the other parts are not here." Of a copy of the whole practice "".
std::string words_of_part(const app::Shard& shard);

// "Elm Street Family Practice, data as of Tue 14-Oct-2025 02:10 (America/New_York), 7 h old"
std::string describe(const app::CopyInfo& info);

}  // namespace exporter
