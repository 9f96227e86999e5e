#include "app/snapshot/pairing.h"

#include <algorithm>

#include "app/record/json.h"
#include "app/record/text.h"
#include "app/snapshot/fingerprint.h"

namespace app {
namespace {

constexpr std::string_view kKind = "known practices";
constexpr int kVersion = 1;
constexpr std::size_t kNameMost = 200;

// As much of a manifest's text as is worth remembering, cut between characters.
std::string shorten(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && end + character_length(text, end) <= kNameMost) end += character_length(text, end);
  return std::string(text.substr(0, std::min(end, text.size())));
}

// Blanks and the size of letters don't make it another practice's name.
std::string fold_practice(std::string_view name) {
  std::string folded;
  for (const char c : upper_case(clean_text(shorten(name)).text)) {
    if (c != ' ' && c != '\t' && c != '\n') folded += c;
  }
  return folded;
}

bool has_same_name(const Pairing& pairing, const CopyInfo& info) {
  return fold_practice(pairing.practice) == fold_practice(info.manifest.practice);
}

Result<Pairing> read_pairing(Json json) {
  Pairing pairing;
  const auto sequence = json["sequence"].integer();
  if (!parse_hex(json["verifying_key"].text(), pairing.verifying_key) || !sequence || *sequence < 0 ||
      !parse_utc(json["paired"].text(), pairing.paired) || !parse_utc(json["as_of"].text(), pairing.as_of) ||
      !parse_hex(json["manifest"].text(), pairing.manifest)) {
    return Error{Code::wrong_kind, "What this laptop remembered of a practice cannot be read.", ""};
  }
  pairing.practice = shorten(json["practice"].text());
  pairing.time_zone = shorten(json["time_zone"].text());
  pairing.confirmed = json["confirmed"].boolean().value_or(false);
  pairing.sequence = static_cast<std::uint64_t>(*sequence);
  const std::int64_t number = json["part"].integer().value_or(1), of = json["parts"].integer().value_or(1);
  if (number >= 1 && number <= of && of <= kShardsMost) pairing.shard = {static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(of)};
  return pairing;
}

std::string moment_of(const Pairing& pairing) { return format_as_of(pairing.as_of, pairing.time_zone); }

}  // namespace

const Pairing* Pairings::find(const PublicKey& verifying_key) const {
  const auto found = std::find_if(practices.begin(), practices.end(), [&](const Pairing& pairing) {
    return pairing.verifying_key == verifying_key;
  });
  return found == practices.end() ? nullptr : &*found;
}

const Pairing* Pairings::find(const PublicKey& verifying_key, const Shard& shard) const {
  const auto found = std::find_if(practices.begin(), practices.end(), [&](const Pairing& pairing) {
    return pairing.verifying_key == verifying_key && pairing.shard == shard;
  });
  return found == practices.end() ? nullptr : &*found;
}

Result<Pairings> parse_pairings(std::string_view text) {
  const Error no_pairings{Code::wrong_kind, "What this laptop remembered of practices cannot be read.", ""};
  JsonDocument document;
  const auto parsed = document.parse(text);
  if (!parsed.ok() || parsed.value()["nightchart"].text() != kKind) return no_pairings;
  const auto version = parsed.value()["version"].integer().value_or(0);
  if (version > kVersion) {
    return Error{Code::newer_format, "What this laptop remembers was written by a later Nightchart.", ""};
  }
  const Json list = parsed.value()["practices"];
  if (version != kVersion || !list.is_array()) return no_pairings;
  Pairings pairings;
  for (const Json item : list.items()) {
    TRY_GET(const Pairing pairing, read_pairing(item));
    if (pairings.practices.size() < kPairingsMost) merge_pairing(pairings, pairing);
  }
  return pairings;
}

std::string format_pairings(const Pairings& pairings) {
  std::string text;
  JsonWriter json(text);
  json.open_object();
  json.member("nightchart", kKind);
  json.member("version", std::int64_t{kVersion});
  json.key("practices");
  json.open_array();
  for (const Pairing& pairing : pairings.practices) {
    json.open_object();
    json.member("verifying_key", std::string_view(format_hex(pairing.verifying_key)));
    json.member("practice", std::string_view(pairing.practice));
    json.member("time_zone", std::string_view(pairing.time_zone));
    json.member("paired", std::string_view(format_utc(pairing.paired)));
    json.member("confirmed", pairing.confirmed);
    json.member("sequence", static_cast<std::int64_t>(pairing.sequence));
    json.member("as_of", std::string_view(format_utc(pairing.as_of)));
    json.member("manifest", std::string_view(format_hex(pairing.manifest)));
    if (!pairing.shard.is_whole()) {
      json.member("part", std::int64_t{pairing.shard.number});
      json.member("parts", std::int64_t{pairing.shard.of});
    }
    json.close_object();
  }
  json.close_array();
  json.close_object();
  return text + "\n";
}

Pairing make_pairing(const CopyInfo& info, Instant now, bool confirmed) {
  const Manifest& manifest = info.manifest;
  return {manifest.verifying_key, shorten(manifest.practice), shorten(manifest.time_zone), now, confirmed,
          manifest.sequence,      manifest.as_of,             info.manifest_digest,        manifest.shard};
}

bool merge_pairing(Pairings& pairings, const Pairing& opened) {
  const auto known =
      std::find_if(pairings.practices.begin(), pairings.practices.end(),
                   [&](const Pairing& pairing) { return pairing.verifying_key == opened.verifying_key && pairing.shard == opened.shard; });
  if (known == pairings.practices.end()) {
    if (pairings.practices.size() >= kPairingsMost) return false;
    pairings.practices.push_back(opened);
    return true;
  }
  known->confirmed = known->confirmed || opened.confirmed;
  if (opened.paired.s < known->paired.s) known->paired = opened.paired;
  if (opened.sequence <= known->sequence) return true;
  known->practice = opened.practice;
  known->time_zone = opened.time_zone;
  known->sequence = opened.sequence;
  known->as_of = opened.as_of;
  known->manifest = opened.manifest;
  return true;
}

Signer signer_of(const CopyInfo& info, const Pairings& known) {
  if (known.find(info.manifest.verifying_key) != nullptr) return Signer::known;
  const bool same_name = std::any_of(known.practices.begin(), known.practices.end(),
                                     [&](const Pairing& pairing) { return has_same_name(pairing, info); });
  return same_name ? Signer::other_key : Signer::first;
}

std::string_view name_of(Warning::Kind kind) {
  switch (kind) {
    case Warning::Kind::first_time:
      return "first_time";
    case Warning::Kind::new_key:
      return "new_key";
    case Warning::Kind::older:
      return "older";
    case Warning::Kind::same_number:
      return "same_number";
    case Warning::Kind::renamed:
      return "renamed";
    case Warning::Kind::clock:
      return "clock";
    case Warning::Kind::not_verified:
      return "not_verified";
    case Warning::Kind::not_remembered:
      return "not_remembered";
  }
  return "";
}

namespace {

void warn_of_signer(const CopyInfo& info, const Pairings& known, std::vector<Warning>& warnings) {
  const Manifest& manifest = info.manifest;
  const std::string fingerprint = format_fingerprint(manifest.verifying_key);
  const Signer signer = signer_of(info, known);
  if (signer == Signer::other_key) {
    warnings.push_back({Warning::Kind::new_key,
                        "This copy is signed with another key than " + manifest.practice +
                            " had on this computer before. Unless the practice set up a new exporter, do not rely on it: "
                            "compare " + fingerprint + " with the sealed envelope."});
  } else if (signer == Signer::first) {
    warnings.push_back({Warning::Kind::first_time,
                        "This computer has not opened a copy of " + manifest.practice + " before. Its fingerprint is " +
                            fingerprint + ": compare it with the one on the sealed envelope."});
  }
}

// The newest copy opened here of the practice that signed this one or, under another key, has its name.
void warn_of_number(const CopyInfo& info, const Pairings& known, std::vector<Warning>& warnings) {
  const Pairing* newest = nullptr;
  for (const Pairing& pairing : known.practices) {
    const bool same_key = pairing.verifying_key == info.manifest.verifying_key;
    const bool is_newer = same_key ? pairing.shard == info.manifest.shard && pairing.sequence > info.manifest.sequence
                                   : has_same_name(pairing, info) && pairing.sequence > 0 &&
                                         pairing.as_of.s > info.manifest.as_of.s;
    if (is_newer && (newest == nullptr || pairing.as_of.s > newest->as_of.s)) newest = &pairing;
  }
  if (newest != nullptr) {
    warnings.push_back({Warning::Kind::older, "OLDER: a newer copy was opened on this computer, of " + moment_of(*newest) +
                                                  ", number " + std::to_string(newest->sequence) +
                                                  ". What changed since this one is missing here."});
  }
  const Pairing* same = known.find(info.manifest.verifying_key, info.manifest.shard);
  if (same != nullptr && same->sequence == info.manifest.sequence && same->manifest != info.manifest_digest) {
    warnings.push_back({Warning::Kind::same_number,
                        "Another copy with the number " + std::to_string(same->sequence) + ", of " + moment_of(*same) +
                            ", was opened on this computer. Tell whoever looks after Nightchart: two exporters may be running."});
  }
}

}  // namespace

std::vector<Warning> make_warnings(const CopyInfo& info, const Pairings& known, Instant now) {
  const Manifest& manifest = info.manifest;
  std::vector<Warning> warnings;
  warn_of_signer(info, known, warnings);
  warn_of_number(info, known, warnings);
  if (freshness(manifest.as_of, now).age == Age::clock_wrong) {
    warnings.push_back({Warning::Kind::clock, "CLOCK WRONG: by this computer's clock the data comes from the future. Its age "
                                              "cannot be trusted; nothing else is amiss."});
  }
  const std::filesystem::path folder = info.folder.lexically_normal();
  const std::string name = (folder.has_filename() ? folder : folder.parent_path()).filename().string();
  const std::string expected = format_copy_name(manifest.taken, manifest.sequence);
  std::uint64_t said = 0;
  if (parse_copy_name(name, said) && name != expected) {
    warnings.push_back({Warning::Kind::renamed, "The folder is named " + name + " and holds the copy " + expected +
                                                    ": somebody renamed it. What counts is what is inside."});
  }
  return warnings;
}

Error make_forged(const CopyInfo& info, const Pairings& known) {
  const std::string& practice = info.manifest.practice;
  std::string detail = "it is signed by " + format_fingerprint(info.manifest.verifying_key);
  for (const Pairing& pairing : known.practices) {
    if (!has_same_name(pairing, info)) continue;
    detail += "; this computer knows " + practice + " as " + format_fingerprint(pairing.verifying_key) + " since " +
              format_as_of(pairing.paired, pairing.time_zone);
  }
  return Error{Code::forged,
               "This copy was not made by " + practice + ", though it says so: it is signed with a key that is not the practice's.",
               detail + "; copy " + info.folder.string()};
}

}  // namespace app
