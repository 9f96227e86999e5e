// A passphrase that is being set: read, asked for or drawn, and judged.
//
// Errors:  wrong_kind with the reason when it is too easy to guess; as read_passphrase_file and ask_passphrase.
#pragma once

#include <string>
#include <vector>

#include "app/error.h"

namespace CLI {
class App;
}

namespace exporter {

struct PassphraseArguments {
  std::string file;
  bool generate = false;
};
void add_passphrase_arguments(CLI::App& command, PassphraseArguments& arguments);

struct NewPassphrase {
  std::string text;
  bool drawn = false;  // by this program: nobody knows it yet, so it must be shown once
};

// From its file, or drawn, else asked for at the terminal, where an empty answer has one drawn. `names`: what a thief tries.
app::Result<NewPassphrase> new_passphrase(const PassphraseArguments& arguments, const std::string& keyholder,
                                          const std::vector<std::string>& names);

// What is shown of it, once, on standard output; nothing if its owner typed it.
void show_drawn(const NewPassphrase& passphrase, const std::string& keyholder);

}  // namespace exporter
