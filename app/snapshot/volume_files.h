// Where the volumes of a copy lie, and whether they are what its manifest says.
//
// A copy that carries its volumes along has them in COPY/volumes; else they lie beside the copies that
// share them, in COPY/../volumes.
// Errors:  damaged (missing, another length, another hash), io.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/error.h"
#include "app/snapshot/manifest_volumes.h"

namespace app {

struct FoundVolume {
  std::string name;
  std::filesystem::path file;  // empty when it is nowhere
  std::optional<Error> fault;
};

// A fault costs the volume's own documents; the copy can be used all the same.
FoundVolume find_volume(const std::filesystem::path& copy, const ManifestVolume& volume, bool every_byte);

// What a finished file is: its length and hash. The rest of the manifest's entry is its writer's.
Result<ManifestVolume> describe_volume_file(const std::filesystem::path& file, const std::string& name);

// Compares one file's length, and with `every_byte` its hash.
Result<Done> verify_volume_file(const std::filesystem::path& file, const ManifestVolume& volume, bool every_byte);

}  // namespace app
