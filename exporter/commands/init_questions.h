// What `nightchart init` asks, step by step; nothing is written before the last answer.
//
// Errors:  not_found when there is no terminal, or when somebody stopped; bad_config for an answer that cannot be.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/error.h"
#include "exporter/commands/new_envelope.h"
#include "exporter/commands/new_passphrase.h"
#include "exporter/emr/find_emr.h"
#include "exporter/options.h"

namespace exporter {

struct InitArguments {
  std::string folder;
  std::string name;
  std::string time_zone;
  std::string keyholder;
  PassphraseArguments passphrase;
  EnvelopeArguments envelope;
  std::string emr_kind;
  std::string path;
  std::string pack;
  std::string url;
  std::string emr_password_file;
  std::string copies;
  std::string documents;
  std::vector<std::string> destinations;
  std::string look_below = "/";
  bool schedule = false;
  bool first_night = false;
  bool json = false;

  // Whether somebody is there to be asked.
  bool asks() const { return name.empty() || keyholder.empty() || (passphrase.file.empty() && !passphrase.generate); }
  bool says_where_emr_is() const { return !emr_kind.empty() || !path.empty() || !url.empty(); }
};

struct InitAnswers {
  Options options;
  std::string keyholder;
  NewPassphrase passphrase;
  std::string emr_password;  // of Nightchart's user of the EMR's database: made, or typed with the address; "" for none
  std::string grants;        // what the database's administrator types so that this user may read it
  std::string envelope_file;
};

// From the options, and what they don't say from the terminal.
app::Result<InitAnswers> ask_init(const InitArguments& arguments);

// "Run the first night now? [Y/n]"
app::Result<bool> ask_yes(const std::string& question);

}  // namespace exporter
