#include "app/snapshot/copy_documents.h"

#include <map>
#include <optional>
#include <utility>

namespace app {
namespace {

constexpr std::size_t kDigitsSaid = 8;  // of a volume's name: enough to tell it, short enough to read

struct KnownVolume {
  ManifestVolume manifest;
  std::filesystem::path file;
  std::optional<Error> fault;
  std::optional<CopyKey> key;
};

Error locked(const std::string& name) {
  return Error{Code::wrong_passphrase, "Volume " + name + " is not locked for this keyholder.",
               "they were added after it was written; the exporter's next night writes it anew for them"};
}

}  // namespace

struct CopyDocuments::State {
  std::map<std::string, KnownVolume, std::less<>> volumes;
  bool unlocked = false;
  std::string open_name;
  std::optional<Volume> open;

  std::optional<Error> fault_of(std::string_view name) const {
    const auto found = volumes.find(name);
    if (found == volumes.end()) {
      return Error{Code::damaged, "Volume " + std::string(name) + " is not part of this copy.", ""};
    }
    if (found->second.fault) return found->second.fault;
    if (unlocked && !found->second.key) return locked(found->first);
    return std::nullopt;
  }

  // Keeps the volume that was read last open: the next document often lies there too.
  Result<Volume*> open_volume(std::string_view name) {
    if (open && open_name == name) return &*open;
    if (auto fault = fault_of(name)) return *fault;
    const KnownVolume& volume = volumes.find(name)->second;
    if (!volume.key) return locked(volume.manifest.name);
    open.reset();
    TRY_GET(Volume opened, Volume::open(volume.file, *volume.key, name));
    open = std::move(opened);
    open_name = name;
    return &*open;
  }

  Result<Done> verify(const KnownVolume& volume) {
    TRY_GET(Volume* opened, open_volume(volume.manifest.name));
    TRY_GET(const std::uint64_t documents, opened->documents());
    if (documents != volume.manifest.documents) {
      return Error{Code::damaged, "Volume " + volume.manifest.name + " does not hold what the manifest says.",
                   std::to_string(documents) + " documents"};
    }
    return opened->verify();
  }
};

CopyDocuments::CopyDocuments(const Manifest& manifest, const std::vector<FoundVolume>& found)
    : state_(std::make_unique<State>()) {
  for (const ManifestVolume& volume : manifest.volumes) state_->volumes[volume.name].manifest = volume;
  for (const FoundVolume& volume : found) {
    const auto known = state_->volumes.find(volume.name);
    if (known == state_->volumes.end()) continue;
    known->second.file = volume.file;
    known->second.fault = volume.fault;
  }
}
CopyDocuments::~CopyDocuments() = default;
CopyDocuments::CopyDocuments(CopyDocuments&&) noexcept = default;
CopyDocuments& CopyDocuments::operator=(CopyDocuments&&) noexcept = default;

void CopyDocuments::unlock(const KeyPair& keyholder) {
  state_->unlocked = true;
  for (auto& [name, volume] : state_->volumes) {
    for (const VolumeSlot& slot : volume.manifest.slots) {
      if (slot.public_key != keyholder.public_key) continue;
      auto bytes = open_sealed(slot.sealed_key, keyholder);
      auto key = bytes.ok() ? CopyKey::from(std::move(bytes).value()) : Result<CopyKey>(bytes.error());
      if (key.ok()) volume.key = std::move(key).value();
      else if (!volume.fault) volume.fault = key.error();
    }
  }
}

void CopyDocuments::mark(Chart& chart) const {
  for (Document& document : chart.documents.entries) {
    DocumentContent& content = document.content;
    if (content.state != Presence::known) continue;
    const auto fault = state_->fault_of(content.volume);
    if (!fault) continue;
    content.state = Presence::unreadable;
    content.reason = "volume " + content.volume.substr(0, kDigitsSaid) +
                     (fault->code == Code::wrong_passphrase ? " is not locked for this keyholder yet"
                                                            : " of this copy is missing or damaged");
  }
}

Result<Done> CopyDocuments::read(const DocumentContent& content, const PieceHearer& hear) {
  TRY_GET(Volume* volume, state_->open_volume(content.volume));
  return volume->read(content.id, hear);
}

Result<bool> CopyDocuments::holds(const DocumentContent& content) {
  TRY_GET(Volume* volume, state_->open_volume(content.volume));
  return volume->holds(content.id);
}

DocumentCheck CopyDocuments::verify() {
  DocumentCheck check;
  for (const auto& [name, volume] : state_->volumes) {
    ++check.volumes;
    check.bytes += volume.manifest.bytes;
    const auto right = state_->verify(volume);
    if (right.ok()) check.documents += volume.manifest.documents;
    else check.faults.push_back(right.error());
  }
  return check;
}

}  // namespace app
