#include "exporter/keyholders/envelope.h"

#include <algorithm>

#include "app/digest.h"

namespace exporter {

NewEnvelope make_envelope(const app::PublicKey& verifying_key, const std::string& today) {
  app::Recovery recovery = app::make_recovery(verifying_key);
  Keyholder keyholder;
  keyholder.public_key = app::envelope_key_pair(recovery).public_key;
  std::string number = app::format_hex(keyholder.public_key).substr(0, 4);
  std::transform(number.begin(), number.end(), number.begin(),
                 [](char c) { return static_cast<char>(c >= 'a' ? c - 'a' + 'A' : c); });
  keyholder.name = "Sealed envelope " + number + " of " + today;
  keyholder.made = app::now();
  return {std::move(keyholder), std::move(recovery)};
}

std::optional<Keyholder> find_envelope(const std::vector<Keyholder>& keyholders) {
  for (const Keyholder& keyholder : keyholders) {
    if (keyholder.is_envelope()) return keyholder;
  }
  return std::nullopt;
}

app::Result<app::Done> check_envelope(const Keyholder& current, std::string_view typed) {
  TRY_GET(const app::Recovery recovery, app::parse_recovery_lines(typed));
  if (app::envelope_key_pair(recovery).public_key == current.public_key) return app::Done{};
  return app::Error{app::Code::wrong_kind, "These are the lines of another envelope than " + current.name + ".",
                    "every line is right, but a later envelope has taken its place"};
}

}  // namespace exporter
