// Documents into a volume and out of it, against copying the same bytes and against plain SQLite.
//
// Run: volume_bench [MB]. Ratios are of this run: absolute figures are the machine's.
#include <sqlcipher/sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "app/snapshot/volume.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/volume_writer.h"
#include "exporter/emr/document_files_posix.h"

namespace {

namespace fs = std::filesystem;
constexpr std::size_t kDocument_bytes = 200'000;

double seconds_of(const auto& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

template <typename T>
T must(app::Result<T> result) {
  if (!result.ok()) std::fprintf(stderr, "%s\n", app::format_error(result.error()).c_str()), std::exit(1);
  return std::move(result).value();
}

std::string file_name(std::size_t i) { return std::to_string(i) + ".pdf"; }

void make_documents(const fs::path& folder, std::size_t count) {
  std::uint64_t state = 1;
  std::string bytes(kDocument_bytes, '\0');
  for (std::size_t i = 0; i < count; ++i) {
    for (char& byte : bytes) byte = static_cast<char>((state = state * 6'364'136'223'846'793'005u + 1'442'695'040'888'963'407u) >> 56);
    std::ofstream(folder / file_name(i), std::ios::binary) << bytes;
  }
}

void copy_files(const fs::path& from, const fs::path& to, std::size_t count) {
  fs::create_directories(to);
  for (std::size_t i = 0; i < count; ++i) fs::copy_file(from / file_name(i), to / file_name(i));
  must(exporter::sync_tree(to));
}

void into_plain_sqlite(const fs::path& from, const fs::path& file, std::size_t count) {
  sqlite3* handle = nullptr;
  sqlite3_open(file.c_str(), &handle);
  sqlite3_exec(handle, "PRAGMA page_size=16384; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN; "
                       "CREATE TABLE piece(piece_id INTEGER PRIMARY KEY, bytes BLOB)", nullptr, nullptr, nullptr);
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(handle, "INSERT INTO piece VALUES(NULL, ?)", -1, &insert, nullptr);
  std::string bytes(kDocument_bytes, '\0');
  for (std::size_t i = 0; i < count; ++i) {
    std::ifstream(from / file_name(i), std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    sqlite3_bind_blob(insert, 1, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
    sqlite3_step(insert), sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  sqlite3_exec(handle, "COMMIT", nullptr, nullptr, nullptr);
  sqlite3_close(handle);
  must(exporter::sync_file(file));
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t megabytes = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 400;
  const std::size_t count = megabytes * 1'000'000 / kDocument_bytes;
  std::string name = (fs::temp_directory_path() / "volume-bench-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return 1;
  const fs::path folder = name;
  fs::create_directories(folder / "scans");
  make_documents(folder / "scans", count);

  const double copied_s = seconds_of([&] { copy_files(folder / "scans", folder / "copied", count); });
  const double plain_s = seconds_of([&] { into_plain_sqlite(folder / "scans", folder / "plain.db", count); });
  const exporter::DocumentFolder documents(folder / "scans");
  const app::KeyPair pair = app::make_key_pair();
  auto writer = must(exporter::VolumeWriter::create(folder / "volumes", app::SecretBytes::random(32)));
  app::ManifestVolume volume;
  const double written_s = seconds_of([&] {
    for (std::size_t i = 0; i < count; ++i) {
      auto file = must(documents.open(file_name(i)));
      must(writer.add(*file.content, "application/pdf", kDocument_bytes, [](const std::string&) { return false; }));
    }
  });
  const double finished_s = seconds_of([&] { volume = must(writer.finish({{"bench", pair.public_key, ""}})); });
  const auto key = must(app::CopyKey::from(must(app::open_sealed(volume.slots[0].sealed_key, pair))));
  const auto opened = must(app::Volume::open(folder / app::volume_file(volume.name), key, volume.name));
  const double read_s = seconds_of([&] { must(opened.verify()); });

  const auto rate = [&](double seconds) { return static_cast<double>(megabytes) / seconds; };
  std::printf("%zu documents, %zu MB\n", count, megabytes);
  std::printf("  copied as files, synced         %7.0f MB/s\n", rate(copied_s));
  std::printf("  into plain SQLite, synced       %7.0f MB/s\n", rate(plain_s));
  std::printf("  into a volume                   %7.0f MB/s  %.2f x plain SQLite, %.2f x copying\n", rate(written_s), plain_s / written_s,
              copied_s / written_s);
  std::printf("  the same, synced and read again %7.0f MB/s\n", rate(written_s + finished_s));
  std::printf("  out of a volume, each compared  %7.0f MB/s\n", rate(read_s));
  fs::remove_all(folder);
  return 0;
}
