// The four lines of a sealed envelope: a secret and the practice that it belongs to, in letters that a person can type.
//
// Shape:   four lines of 16 letters, printed in groups of four: "2G7X-…". The letters are 0-9 and A-Z without I, L, O, U.
// Source:  FORMAT.md, "The sealed envelope". Crockford's base 32 for the letters; for the three check letters of each
//          line a Reed-Solomon code over GF(32), which covers the line's number too: up to three wrong letters in a line
//          are noticed for certain, and so are letters or lines that changed places.
// Errors:  parse_recovery_lines: Code::wrong_kind with the line that has a mistake; newer_format.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/error.h"
#include "app/snapshot/keys.h"

namespace app {

inline constexpr std::size_t kRecoveryLines = 4;
inline constexpr std::size_t kRecoveryLetters = 16;  // of a line, three of them checks
inline constexpr std::size_t kRecoverySeedBytes = 16;

using PracticeDigest = std::array<std::uint8_t, 16>;

struct Recovery {
  SecretBytes seed{kRecoverySeedBytes};
  PracticeDigest practice{};  // the beginning of BLAKE2b-256 of the practice's verifying key
};
PracticeDigest practice_digest(const PublicKey& verifying_key);

// 64 letters, without anything between them.
SecretBytes format_recovery_letters(const Recovery& recovery);
// "2G7X-K0MN-…", line 0 to 3.
std::string format_recovery_line(const SecretBytes& letters, std::size_t line);

// Small letters, O for 0, I and L for 1, blanks, dashes and line breaks anywhere are taken as they are meant.
Result<Recovery> parse_recovery_lines(std::string_view typed);

// How far somebody has come who is typing lines.
struct RecoveryProgress {
  bool seems_to_be = false;       // rather lines than a passphrase: only for hints, never to decide what to try
  std::size_t letters = 0;        // typed, of 64
  std::size_t right_lines = 0;    // whole lines from the first that have no mistake
  std::size_t wrong_line = 0;     // the first line with a mistake, from 1; 0 if there is none so far
  std::size_t wrong_group = 0;    // where in it the mistake is if it is a single wrong letter, from 1; else 0
};
RecoveryProgress judge_recovery_lines(std::string_view typed);

// "Line 3 has a mistake, probably in its second group." Requires: a wrong line.
std::string describe_mistake(const RecoveryProgress& progress);

}  // namespace app
