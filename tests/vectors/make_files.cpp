// Files that are not those that the manifest names.
#include "app/snapshot/manifest.h"
#include "tests/vectors/maker.h"

namespace vectors {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kPage = 16'384;

void bad(const Cast& cast, const std::string& name, const std::string& about, const std::string& stage, const std::string& says,
         const EditFolder& edit, const EditFolder& before = nullptr) {
  Vector vector(cast.root, name);
  Changes changes;
  changes.before_signing = before;
  changes.after_signing = edit;
  vector.write_verdict(vector.add_copy(cast.practice, changes), {about, stage, "damaged", says});
}

EditFolder charts(const Edit& edit) {
  return [edit](const fs::path& copy) {
    std::string bytes = read(copy / app::kChartsName);
    edit(bytes);
    write(copy / app::kChartsName, bytes);
  };
}

EditFolder flip(std::size_t from_start, bool from_end = false) {
  return charts([=](std::string& bytes) {
    char& byte = bytes[from_end ? bytes.size() - from_start : from_start];
    byte = static_cast<char>(byte ^ 0x01);
  });
}

void put_packet(const fs::path& copy) { write(copy / "binder" / "packet.pdf", std::string(3000, 'p')); }

// Two copies of one practice, of which the second one's file was brought into the first.
void make_mixed(const Cast& cast) {
  Vector vector(cast.root, "charts-of-an-older-copy");
  const fs::path older = vector.add_copy(cast.practice, {small_chart()}, {}, kNumber - 1);
  const fs::path newer = vector.add_copy(cast.practice);
  fs::rename(older / app::kChartsName, newer / app::kChartsName);
  vector.write_verdict(newer, {"charts.db of the night before under the newer manifest.", "hashes", "damaged",
                               "charts.db belongs to another copy, " + older.filename().string()});
}

}  // namespace

void make_files(const Cast& cast) {
  bad(cast, "charts-missing", "There is no charts.db.", "sizes", "charts.db is missing",
      [](const fs::path& copy) { fs::remove(copy / app::kChartsName); });
  bad(cast, "charts-renamed", "charts.db is there under another name.", "sizes", "it was renamed to charts (1).db",
      [](const fs::path& copy) { fs::rename(copy / app::kChartsName, copy / "charts (1).db"); });
  bad(cast, "charts-cut-by-a-byte", "The last byte is gone.", "sizes", "charts.db of this copy is cut short",
      charts([](std::string& bytes) { bytes.pop_back(); }));
  bad(cast, "charts-cut-to-a-page", "Only the first page is left.", "sizes", "charts.db of this copy is cut short",
      charts([](std::string& bytes) { bytes.resize(kPage); }));
  bad(cast, "charts-empty", "No byte is left.", "sizes", "charts.db of this copy is empty",
      charts([](std::string& bytes) { bytes.clear(); }));
  bad(cast, "charts-longer", "A page more stands behind it.", "sizes", "charts.db of this copy is longer",
      charts([](std::string& bytes) { bytes.append(kPage, '\0'); }));
  bad(cast, "charts-flipped-salt", "One bit of the first 16 bytes, the salt.", "hashes", "charts.db of this copy is damaged", flip(3));
  bad(cast, "charts-flipped-page", "One bit in the middle of a page.", "hashes", "charts.db of this copy is damaged", flip(2 * kPage + 5000));
  bad(cast, "charts-flipped-code", "One bit of a page's authentication code.", "hashes", "charts.db of this copy is damaged", flip(30, true));
  bad(cast, "packet-flipped", "One bit of a PDF; the charts are whole.", "hashes", "binder/packet.pdf of this copy is damaged",
      [](const fs::path& copy) { write(copy / "binder" / "packet.pdf", "q" + std::string(2999, 'p')); }, put_packet);
  bad(cast, "packet-missing", "A PDF is gone; the charts are whole.", "sizes", "binder/packet.pdf is missing",
      [](const fs::path& copy) { fs::remove(copy / "binder" / "packet.pdf"); }, put_packet);
  bad(cast, "files-swapped", "Two files have changed places.", "sizes", "files were swapped",
      [](const fs::path& copy) {
        fs::rename(copy / "binder" / "packet.pdf", copy / "x");
        fs::rename(copy / "binder" / "labels.pdf", copy / "binder" / "packet.pdf");
        fs::rename(copy / "x", copy / "binder" / "labels.pdf");
      },
      [](const fs::path& copy) {
        put_packet(copy);
        write(copy / "binder" / "labels.pdf", std::string(2000, 'l'));
      });
  make_mixed(cast);
}

}  // namespace vectors
