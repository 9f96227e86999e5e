// The record of every look: who opened a copy, searched, and which charts were shown, when. Each line is sealed to the
// privacy officer, and carries the hash of the line before it.
//
// Shape:   access.log, a file of lines of JSON in the folder of laptop_memory.h, only ever added to. Nobody without the
//          officer's key learns from it more than how many lines there are. FORMAT.md, "The record of looks".
// Promise: a line that is changed, taken out or put between is noticed. Lines cut off at the end are noticed by whoever
//          knows the hash that the officer saw last; lines added by somebody who rules the laptop are not.
// Errors:  append: io, no_room, busy: `what` says calmly that the look is not recorded. read: wrong_kind, damaged.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/digest.h"
#include "app/error.h"
#include "app/record/calendar.h"
#include "app/snapshot/keys.h"

namespace app {

inline constexpr std::string_view kPrivacyOfficer = "privacy_officer";  // what a copy keeps the officer's public key under

struct Look {
  Instant time;
  std::string kind;  // "opened", "searched", "viewed", "printed", "locked", "locked itself", "outage began", …
  std::string who;   // the keyholder
  std::string practice;
  std::uint64_t sequence = 0;  // of the copy
  std::string words;           // what was typed
  std::string mrn;             // whose chart
  std::string name;
};

// One line, without its end. `previous` is the digest of the line before; all zero for the first.
std::string make_log_line(const Look& look, std::uint64_t number, const Digest& previous, const PublicKey& officer);

// What a line says to anyone: enough to put the next one behind it.
struct LogLink {
  std::uint64_t number = 0;
  Digest previous{};
  std::string sealed;  // bytes
};
Result<LogLink> parse_log_line(std::string_view line);

// The log as the officer reads it.
struct ReadLook {
  std::uint64_t number = 0;
  Look look;
  bool readable = true;  // false: it was sealed to another key
};
struct AccessLog {
  std::vector<ReadLook> looks;
  std::vector<std::string> faults;  // where the chain is broken, in words
  Digest head{};                    // of the last line
};
// `expected`: a head that was seen before, as 64 hexadecimal digits; empty: none.
AccessLog read_access_log(std::string_view text, const KeyPair& officer, std::string_view expected);

// Adds one look to the log in this folder, and to the disk, before it returns.
Result<Done> append_look(const std::filesystem::path& folder, const Look& look, const PublicKey& officer);

}  // namespace app
