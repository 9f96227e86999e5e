// The manifest: what anyone may know of a copy, and the practice's signature under it.
//
// Source:  FORMAT.md, "manifest.json".
// Errors:  parse_manifest: damaged (no such JSON), not_a_copy (another JSON), newer_format, forged
//          (signature), in this order.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/digest.h"
#include "app/error.h"
#include "app/record/calendar.h"
#include "app/snapshot/manifest_volumes.h"

namespace app {

inline constexpr int kFormatVersion = 1;

struct ManifestFile {
  std::string name;  // relative, with '/': "charts.db", "binder/packet.pdf"
  std::uint64_t bytes = 0;
  Digest digest{};
};

// The copy's key, sealed to one keyholder.
struct KeySlot {
  std::string keyholder;
  std::array<std::uint8_t, 32> public_key{};
  std::string sealed_key;  // bytes: libsodium sealed box
  std::string locked_key;  // the keyholder's private key, locked by the passphrase (JSON); may be empty
};

// Why a copy was taken. All but the night's hold charts and schedule, no paper, and of the scans only those that an earlier
// night kept.
enum class Occasion : std::uint8_t { night, day, battery };
// "day", "battery"; "" for the night.
std::string_view name_of(Occasion occasion);

// One of the parts into which a practice's charts are split, each a copy of its own: 2 of 4. A whole copy is 1 of 1.
struct Shard {
  std::uint32_t number = 1;
  std::uint32_t of = 1;

  bool is_whole() const { return of == 1; }
  friend bool operator==(const Shard&, const Shard&) = default;
};
inline constexpr std::uint32_t kShardsMost = 32;

struct Manifest {
  int version = kFormatVersion;
  std::string practice;
  std::string time_zone;
  std::uint64_t sequence = 0;
  Instant as_of;   // when the EMR was read
  Instant taken;   // when the night began
  Occasion occasion = Occasion::night;
  Shard shard;
  std::map<std::string, std::uint64_t> counts;  // "patients", and entries by section
  std::uint64_t skipped = 0;     // lines or rows that belong to no chart
  std::uint64_t unreadable = 0;  // entries that are marked unreadable in their charts
  std::vector<ManifestFile> files;
  std::vector<KeySlot> slots;
  std::vector<ManifestVolume> volumes;  // of documents; left out of the file when there are none
  std::array<std::uint8_t, 32> verifying_key{};
};

inline constexpr std::string_view kManifestName = "manifest.json";
inline constexpr std::string_view kChartsName = "charts.db";
// More than any practice's manifest: a bound on what a hostile one makes us read.
inline constexpr std::size_t kManifestMost = 16u << 20;

// "2026-11-22T020004Z-000123": the folder of the copy that was taken then.
std::string format_copy_name(Instant taken, std::uint64_t sequence);
// Whether a folder's name is of that form, and then its sequence number.
bool parse_copy_name(std::string_view name, std::uint64_t& sequence);

// Checks the signature against the verifying key that the manifest itself names; whether that key is
// the practice's own is for who has seen it before.
Result<Manifest> parse_manifest(std::string_view bytes);

// The manifest's text up to the signature: these bytes are what is signed.
std::string format_manifest(const Manifest& manifest);

// The whole file: the text with the signature as its last member, then an end of line.
std::string join_signature(std::string_view signed_text, const std::array<std::uint8_t, 64>& signature);

}  // namespace app
