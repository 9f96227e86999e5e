// A copy whose documents lie in a volume beside it, which other copies would share.
#include "app/record/json.h"
#include "app/snapshot/manifest_volumes.h"
#include "exporter/copy/volume_writer.h"
#include "tests/vectors/maker.h"
#include "tests/volume_maker.h"

namespace vectors {
namespace {

namespace fs = std::filesystem;

app::ManifestVolume make_volume(const fs::path& copies, const tests::Practice& practice) {
  auto writer = exporter::VolumeWriter::create(copies / app::kVolumesFolder, app::SecretBytes::random(32));
  if (!writer.ok()) give_up(app::format_error(writer.error()));
  tests::TextBytes letter("A letter of the 14th of August, one page."), scan(tests::noise(2000, 7));
  const auto unknown = [](const std::string&) { return false; };
  if (!writer.value().add(letter, "text/plain", 1'000'000, unknown).ok() ||
      !writer.value().add(scan, "image/png", 1'000'000, unknown).ok()) {
    give_up("a document was not kept");
  }
  auto volume = writer.value().finish(practice.keyholders);
  if (!volume.ok()) give_up(app::format_error(volume.error()));
  return std::move(volume).value();
}

// `edit` is done to the volume's file; `manifest` to the manifest's text before it is signed.
void make(const Cast& cast, const std::string& name, Verdict verdict, const EditFolder& edit, const Edit& manifest = nullptr) {
  Vector vector(cast.root, name);
  const fs::path copies = cast.root / name / "copies";
  const app::ManifestVolume volume = make_volume(copies, cast.practice);
  Changes changes;
  changes.manifest = [&](std::string& text) {
    std::string list;
    app::JsonWriter json(list);
    app::format_volumes({volume}, json);
    // Each locked key names the practice's key too; the manifest's own member is the last.
    text.insert(text.rfind(",\"verifying_key\""), ",\"volumes\":" + list);
    if (manifest) manifest(text);
  };
  if (verdict.warnings.empty() && verdict.stage == "good") verdict.warnings = {"first_time"};
  const fs::path copy = vector.add_copy(cast.practice, changes);
  if (edit) edit(copies / app::volume_file(volume.name));
  vector.write_verdict(copy, verdict);
}

Verdict volume_verdict(const std::string& about, const std::string& state) {
  Verdict verdict{about};
  verdict.volumes = {state};
  return verdict;
}

}  // namespace

void make_volumes(const Cast& cast) {
  make(cast, "good-volume", volume_verdict("Two documents in a volume beside the copy.", "good"), nullptr);
  make(cast, "volume-missing", volume_verdict("The volume is gone: it costs its documents, and the charts open.", "damaged"),
       [](const fs::path& file) { fs::remove(file); });
  make(cast, "volume-empty", volume_verdict("The volume has no byte left.", "damaged"),
       [](const fs::path& file) { fs::resize_file(file, 0); });
  make(cast, "volume-cut", volume_verdict("Only the volume's first page is left.", "damaged"),
       [](const fs::path& file) { fs::resize_file(file, 16'384); });
  make(cast, "volume-flipped", volume_verdict("One bit of the volume.", "damaged"), [](const fs::path& file) {
    std::string bytes = read(file);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x08);
    write(file, bytes);
  });
  make(cast, "manifest-volume-leads-out", {"A volume's name that leads out.", "manifest", "damaged", "manifest.json"}, nullptr,
       [](std::string& text) {
         const auto at = text.find("\"name\":\"", text.find("\"volumes\":")) + 8;
         text.replace(at, 32, "../../../../../../../etc/passwd0");
       });
}

}  // namespace vectors
