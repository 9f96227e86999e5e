#include "app/snapshot/manifest.h"

#include <algorithm>
#include <cstring>
#include <set>

#include "app/record/json.h"
#include "app/record/text.h"
#include "app/snapshot/keys.h"

namespace app {
namespace {

// The file ends with these around 128 digits, so that another program verifies by cutting a fixed tail.
constexpr std::string_view kOpening = R"({"nightchart":"copy")";
constexpr std::string_view kTailHead = R"(,"signature":")";
constexpr std::string_view kTailFoot = "\"}\n";
constexpr std::size_t kTail = kTailHead.size() + 128 + kTailFoot.size();

constexpr std::size_t kFilesMost = 100'000;
constexpr std::size_t kSlotsMost = 256;
constexpr std::size_t kNameMost = 255;
constexpr std::size_t kPracticeMost = 1000;

Error damaged(std::string detail) {
  return Error{Code::damaged, "manifest.json of this copy is damaged.", std::move(detail)};
}

bool read_count(Json json, std::uint64_t& count) {
  const auto value = json.integer();
  if (!value || *value < 0) return false;
  count = static_cast<std::uint64_t>(*value);
  return true;
}

// A path that stays inside the copy's folder on every system that may read it.
bool is_safe_name(std::string_view name) {
  if (name.empty() || name.size() > kNameMost) return false;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    const std::string_view part = name.substr(begin, end - begin);
    if (part.empty() || part == "." || part == ".." || part.back() == '.' || part.back() == ' ') return false;
    begin = end + 1;
  }
  return std::none_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || std::strchr("\\:*?\"<>|\x7f", c) != nullptr;
  });
}

// What is shown to people on every screen, and does nothing to a terminal.
bool is_line(const std::string& text, std::size_t most) {
  return text.size() <= most && is_clean(text) && text.find_first_of("\n\t") == std::string::npos;
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

Result<Done> read_files(Json json, Manifest& manifest) {
  const std::vector<Json> items = json.items();
  if (!json.is_array() || items.empty() || items.size() > kFilesMost) return damaged("its files are wrong");
  std::set<std::string> seen;
  for (const Json item : items) {
    ManifestFile file;
    file.name = item["name"].text();
    if (!is_safe_name(file.name)) return damaged("a file's name leads out of the copy, or is none");
    if (!seen.insert(lower_ascii(file.name)).second) return damaged("it names a file twice: " + file.name);
    if (!read_count(item["bytes"], file.bytes)) return damaged("the size is missing of " + file.name);
    if (!parse_hex(item["blake2b"].text(), file.digest)) return damaged("the hash is missing of " + file.name);
    manifest.files.push_back(std::move(file));
  }
  if (seen.count(std::string(kChartsName)) == 0) return damaged("it does not name charts.db");
  return Done{};
}

Result<Done> read_slots(Json json, Manifest& manifest) {
  const std::vector<Json> items = json.items();
  if (!json.is_array() || items.size() > kSlotsMost) return damaged("its key slots are wrong");
  std::set<std::string> seen;
  for (const Json item : items) {
    KeySlot slot;
    slot.keyholder = item["keyholder"].text();
    if (slot.keyholder.empty() || !is_line(slot.keyholder, kNameMost)) {
      return damaged("a key slot names nobody");
    }
    if (!seen.insert(slot.keyholder).second) return damaged("two key slots have one name");
    if (!parse_hex(item["public_key"].text(), slot.public_key) ||
        !parse_hex(item["sealed_key"].text(), CopyKey::kBytes + 48, slot.sealed_key)) {
      return damaged("a key slot is wrong");
    }
    if (item["locked_key"].is_object()) slot.locked_key = item["locked_key"].json();
    manifest.slots.push_back(std::move(slot));
  }
  return Done{};
}

Result<Done> read_shard(Json json, Shard& shard) {
  if (!json.is_object()) return Done{};
  std::uint64_t number = 0, of = 0;
  if (!read_count(json["number"], number) || !read_count(json["of"], of) || of > kShardsMost || number < 1 || number > of) {
    return damaged("it does not say which part of the practice it is");
  }
  shard = {static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(of)};
  return Done{};
}

Result<Done> read_fields(Json json, Manifest& manifest) {
  manifest.practice = json["practice"].text();
  manifest.time_zone = json["time_zone"].text();
  if (!is_line(manifest.practice, kPracticeMost) || !is_line(manifest.time_zone, kNameMost)) {
    return damaged("its practice or time zone is no line of text");
  }
  if (!read_count(json["sequence"], manifest.sequence) || manifest.sequence == 0) {
    return damaged("its sequence number is missing");
  }
  if (!parse_utc(json["as_of"].text(), manifest.as_of) || !parse_utc(json["taken"].text(), manifest.taken)) {
    return damaged("its times are missing");
  }
  // An occasion of a later Nightchart is none that this one could tell of.
  for (const Occasion occasion : {Occasion::day, Occasion::battery}) {
    if (json["occasion"].text() == name_of(occasion)) manifest.occasion = occasion;
  }
  TRY(read_shard(json["shard"], manifest.shard));
  for (const auto& [name, value] : json["counts"].members()) {
    if (!read_count(value, manifest.counts[std::string(name)])) return damaged("a count is no number");
  }
  if (manifest.counts.count("patients") == 0) return damaged("the count of patients is missing");
  if (!read_count(json["skipped"], manifest.skipped) ||
      !read_count(json["unreadable"], manifest.unreadable)) {
    return damaged("its counts are missing");
  }
  TRY(read_files(json["files"], manifest));
  TRY(read_slots(json["slots"], manifest));
  if (std::string fault = parse_volumes(json["volumes"], manifest.volumes); !fault.empty()) return damaged(fault);
  return Done{};
}

bool signature_fits(std::string_view bytes, const PublicKey& verifying_key) {
  if (bytes.size() < kTail) return false;
  const std::string_view tail = bytes.substr(bytes.size() - kTail);
  Signature signature{};
  return tail.starts_with(kTailHead) && tail.ends_with(kTailFoot) &&
         parse_hex(tail.substr(kTailHead.size(), 128), signature) &&
         format_hex(signature) == tail.substr(kTailHead.size(), 128) &&  // one text for one signature: small letters
         verify_signature(bytes.substr(0, bytes.size() - kTail), signature, verifying_key);
}

// What is no JSON, in the words of whoever copied the file.
Error describe_broken(std::string_view bytes, std::string detail) {
  if (bytes.empty()) return Error{Code::damaged, "manifest.json of this copy is empty.", ""};
  const bool begins = bytes.starts_with(std::string_view(kOpening).substr(0, bytes.size()));
  if (begins && !bytes.ends_with(kTailFoot)) {
    return Error{Code::damaged, "manifest.json of this copy is cut short.", std::to_string(bytes.size()) + " bytes are left"};
  }
  return damaged(std::move(detail));
}

bool is_all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string_view name_of(Occasion occasion) {
  return occasion == Occasion::day ? "day" : occasion == Occasion::battery ? "battery" : "";
}

std::string format_copy_name(Instant taken, std::uint64_t sequence) {
  std::string time = format_utc(taken);
  std::erase(time, ':');
  std::string digits = std::to_string(sequence);
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  return time + "-" + digits;
}

bool parse_copy_name(std::string_view name, std::uint64_t& sequence) {
  constexpr std::string_view kForm = "0000-00-00T000000Z-";
  if (name.size() < kForm.size() + 6 || name.size() > kForm.size() + 18) return false;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    const bool digit = name[i] >= '0' && name[i] <= '9';
    if (kForm[i] == '0' ? !digit : name[i] != kForm[i]) return false;
  }
  const std::string_view digits = name.substr(kForm.size());
  if (!is_all_digits(digits)) return false;
  sequence = std::stoull(std::string(digits));
  return true;
}

Result<Manifest> parse_manifest(std::string_view bytes) {
  if (bytes.size() > kManifestMost) return damaged("it is larger than any manifest");
  JsonDocument document;
  const auto parsed = document.parse(bytes);
  if (!parsed.ok()) return describe_broken(bytes, parsed.error().detail);
  const Json json = parsed.value();
  if (json["nightchart"].text() != "copy") {
    return Error{Code::not_a_copy, "manifest.json here is not that of a Nightchart copy.", ""};
  }
  const auto version = json["version"].integer();
  if (!version || *version < 1) return damaged("its version is missing");
  if (*version > kFormatVersion) {
    return Error{Code::newer_format, "This copy was made by a later Nightchart, in a newer format.",
                 "its format version is " + std::to_string(*version) + ", this program reads " +
                     std::to_string(kFormatVersion)};
  }
  Manifest manifest;
  manifest.version = static_cast<int>(*version);
  if (!parse_hex(json["verifying_key"].text(), manifest.verifying_key)) {
    return damaged("its verifying key is missing");
  }
  if (!signature_fits(bytes, manifest.verifying_key)) {
    return Error{Code::forged, "manifest.json of this copy was changed after the night signed it.",
                 "its Ed25519 signature does not fit"};
  }
  TRY(read_fields(json, manifest));
  return manifest;
}

std::string format_manifest(const Manifest& manifest) {
  std::string text;
  JsonWriter json(text);
  json.open_object();
  json.member("nightchart", "copy");
  json.member("version", std::int64_t{manifest.version});
  json.member("practice", std::string_view(manifest.practice));
  json.member("time_zone", std::string_view(manifest.time_zone));
  json.member("sequence", static_cast<std::int64_t>(manifest.sequence));
  json.member("as_of", std::string_view(format_utc(manifest.as_of)));
  json.member("taken", std::string_view(format_utc(manifest.taken)));
  if (manifest.occasion != Occasion::night) json.member("occasion", name_of(manifest.occasion));
  if (!manifest.shard.is_whole()) {
    json.key("shard");
    json.open_object();
    json.member("number", std::int64_t{manifest.shard.number});
    json.member("of", std::int64_t{manifest.shard.of});
    json.close_object();
  }
  json.key("counts");
  json.open_object();
  for (const auto& [name, count] : manifest.counts) json.member(name, static_cast<std::int64_t>(count));
  json.close_object();
  json.member("skipped", static_cast<std::int64_t>(manifest.skipped));
  json.member("unreadable", static_cast<std::int64_t>(manifest.unreadable));
  json.key("files");
  json.open_array();
  for (const ManifestFile& file : manifest.files) {
    json.open_object();
    json.member("name", std::string_view(file.name));
    json.member("bytes", static_cast<std::int64_t>(file.bytes));
    json.member("blake2b", std::string_view(format_hex(file.digest)));
    json.close_object();
  }
  json.close_array();
  json.key("slots");
  json.open_array();
  for (const KeySlot& slot : manifest.slots) {
    json.open_object();
    json.member("keyholder", std::string_view(slot.keyholder));
    json.member("public_key", std::string_view(format_hex(slot.public_key)));
    json.member("sealed_key", std::string_view(format_hex(slot.sealed_key)));
    if (!slot.locked_key.empty()) json.key("locked_key"), json.raw(slot.locked_key);
    json.close_object();
  }
  json.close_array();
  if (!manifest.volumes.empty()) json.key("volumes"), format_volumes(manifest.volumes, json);
  json.member("verifying_key", std::string_view(format_hex(manifest.verifying_key)));
  return text;
}

std::string join_signature(std::string_view signed_text, const std::array<std::uint8_t, 64>& signature) {
  std::string file(signed_text);
  file += kTailHead;
  file += format_hex(signature);
  file += kTailFoot;
  return file;
}

}  // namespace app
