// A laptop fetches the newest good copy by itself, so that nothing on the network needs a right to write on it.
//
// It needs no passphrase and no settings. What is fetched lies under a hidden name until every byte was read again here and is
// what the practice signed; what was fetched before a break is not fetched again.
// Trust:   the first pull takes the practice that it finds, or whose fingerprint it is given; from then on that practice's
//          alone, and never a lower number than it had. Both are remembered in TO/.pulled.json. An exporter that was replaced
//          has another key: its fingerprint must be given, once, and its numbers count by themselves.
// Errors:  not_found (no such place, no copy there), forged (another practice's; rolled back), damaged, busy, io, no_room.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/snapshot/manifest.h"
#include "exporter/copy/pull_source.h"
#include "exporter/copy/rotation.h"

namespace exporter {

struct PullOrder {
  std::filesystem::path to;
  std::string fingerprint;  // of the practice's key, as on the sealed envelope; empty: not given
  int keep = 7;             // so many nights stay
  std::optional<app::PublicKey> signer = {};  // whose copies this laptop takes; counts whoever's came to this folder
  std::optional<app::Shard> shard = {};  // which part lies there; not said: whatever it is
};

struct Pulled {
  std::string name;
  app::Manifest manifest;
  bool is_new = false;        // false: it was here already
  bool first_time = false;    // nobody vouched for the practice's key but the place itself
  std::optional<app::PublicKey> replaced;  // whose copies came until now
  std::uint64_t fetched_bytes = 0;
  std::uint64_t resumed_bytes = 0;  // that an earlier pull had brought
  std::uint64_t new_volumes = 0;
  std::vector<SetAside> passed_over;       // newer ones there that cannot be used
  std::optional<app::Error> volumes_fault;  // the charts are here, but not all pages of documents
  Rotation rotation;
};

// Whose copies the folder has taken; nothing while it has none. Errors: wrong_kind, forged.
app::Result<std::optional<app::PublicKey>> signer_pulled_before(const std::filesystem::path& to);

// Whether that was written down, by a pull or remember_signer(); else signer_pulled_before() goes by the copies that lie there.
app::Result<bool> is_signer_remembered(const std::filesystem::path& to);
// Writes down whose copies the folder takes from now on, although none came to it but to the folders of parts in it. `fingerprint` is
// the signer's. Errors: busy, wrong_kind, forged, io.
app::Result<app::Done> remember_signer(const std::filesystem::path& to, const app::PublicKey& signer, const std::string& fingerprint);

app::Result<Pulled> pull(const PullSource& from, const PullOrder& order, app::Instant now, const std::function<void(const std::string&)>& progress);

}  // namespace exporter
