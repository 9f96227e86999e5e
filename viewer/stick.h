// What is printed elsewhere: a locked PDF on a stick, for a computer beside this one that has a printer.
//
// Shape:   another program locks it (nightchart-lock-pdf): this one links no library for that. Nothing that is not locked
//          is ever written, and no name of a file says whose it is.
// Errors:  write_on_stick: no_room on a full stick; io on one that is read-only, was pulled out or refuses; each says what
//          to do.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/record/calendar.h"

namespace viewer {

struct Stick {
  std::filesystem::path folder;
  bool holds_copy = false;  // the one that the open copy lies on
};
// "BLUE STICK".
std::string name_of(const Stick& stick);

// A file on a stick, and what opens it. Whoever holds both reads it.
struct LockedPdf {
  std::filesystem::path file;
  std::string password;
};

// Those that can be written on, the one that holds this copy last. `mounts` is the text of /proc/mounts.
std::vector<Stick> choose_sticks(std::string_view mounts, const std::filesystem::path& copy);
// The same of this computer now.
std::vector<Stick> list_sticks(const std::filesystem::path& copy);

// "nightchart-2026-11-22-1041.pdf" in the practice's time; with -2 and so on while there is one.
std::filesystem::path free_pdf_name(const std::filesystem::path& folder, app::Instant now, const std::string& time_zone);

// In memory, by the program beside this one.
app::Result<std::string> lock_pdf(const std::string& pdf, const std::string& password);
// All of it under its name, or nothing; never over another file. It is on the stick, and in no cache, when this returns.
app::Result<app::Done> write_on_stick(const std::filesystem::path& file, std::string_view locked);
// Locks it, looks whether it is locked, and writes it.
app::Result<app::Done> put_on_stick(const std::string& pdf, const LockedPdf& target);

// How the session comes to sticks; tests have other ones.
struct Sticks {
  std::function<std::vector<Stick>(const std::filesystem::path& copy)> list = list_sticks;
  std::function<app::Result<app::Done>(const std::string& pdf, const LockedPdf& target)> put = put_on_stick;
};

}  // namespace viewer
