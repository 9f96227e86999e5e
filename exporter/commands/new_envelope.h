// Makes the sealed envelope's page and hands it over; only then the practice's copies open with it.
//
// Errors:  as the file or the printer give them; the envelope before stays in force until all went well.
#pragma once

#include <optional>
#include <string>

#include "app/error.h"
#include "exporter/copy/practice_keys.h"
#include "exporter/options.h"

namespace exporter {

struct EnvelopeArguments {
  std::string out;      // a PDF file, or
  std::string printer;  // a queue of lp
  bool letter = false;
};

struct EnvelopeMade {
  Keyholder envelope;
  std::optional<Keyholder> replaced;
  std::string out;      // where its page is: a file, or
  std::string printer;  // a queue
};
app::Result<EnvelopeMade> hand_over_envelope(const Options& options, const EnvelopeArguments& arguments);

// What to do with it now, for a person.
std::string describe_envelope(const EnvelopeMade& made);

}  // namespace exporter
