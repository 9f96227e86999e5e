// A passphrase of words drawn at random, for a person to write down.
//
// Units:   six words of a list of 7,776 are 77 bits.
// Source:  the EFF's long word list (J. Bonneau, 2016; CC BY 3.0), of Debian's package xkcdpass; libsodium's random numbers.
// Errors:  not_found, wrong_kind: the list is not there, or is none.
#pragma once

#include <filesystem>
#include <string>

#include "app/error.h"

namespace exporter {

inline constexpr int kPassphraseWords = 6;

// `list`: one word a line.
app::Result<std::string> make_passphrase(const std::filesystem::path& list, int words = kPassphraseWords);

// The list that lies with the programs.
std::filesystem::path find_words();

}  // namespace exporter
