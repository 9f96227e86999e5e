// How long a thief would need to guess a passphrase: judged when it is set, for afterwards it is all that protects a copy.
//
// Units:   bits: the thief needs 2^(bits-1) tries on average. The sum behind the floor: a try costs Argon2id of 256 MiB
//          and 3 passes, 2.3 GB of memory traffic, so a graphics card with 1 TB/s makes at most some 450 tries a second
//          (a server's core: two). At the floor of 40 bits that card needs 39 years; a thousand of them, rented for about
//          $0.40 an hour each, two weeks and some $140,000. Four words drawn by dice (51 bits) hold a thousand cards for
//          80 years, the six words of make_passphrase (77 bits) for ever.
// Source:  zxcvbn (D. Wheeler, USENIX Security 2016), as libzxcvbn; blanks and dashes between words count nothing here, for
//          every thief tries them, and a word in letters that its lists do not know counts as one word of such a language.
//          It knows no proverbs and no songs: a famous sentence passes.
// Errors:  wrong_kind.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"

namespace exporter {

inline constexpr double kPassphraseBitsLeast = 40;

struct PassphraseStrength {
  double bits = 0;
  std::string made_of;     // "a common word or name and a year"; never the passphrase itself
  std::string guessed_in;  // "less than a second", "3 days", "40 years": by one rented graphics card
};

// `names`: what a thief knows to try, such as the practice's and the keyholder's name.
PassphraseStrength judge_passphrase(std::string_view passphrase, const std::vector<std::string>& names);

// Refuses one below the floor, with a reason.
app::Result<app::Done> check_new_passphrase(std::string_view passphrase, const std::vector<std::string>& names);

}  // namespace exporter
