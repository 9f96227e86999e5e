// Makes a finished copy visible in one step, so that whatever happens before or after, the folder of
// copies holds whole copies only.
//
// A copy is made in a staging folder, ".making-…", which no reader looks at. When it was verified, every
// byte is brought to the disk and the folder gets its final name by one rename.
// Errors:  busy (another night works on this folder), no_room, io.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/record/calendar.h"
#include "app/snapshot/keys.h"

namespace exporter {

// What a restore drill fetched from a remote lies beside the copies under such a name, while the drill holds this lock.
inline constexpr std::string_view kFetchedForDrill = ".drill-";
inline constexpr const char* kDrillsLock = ".drill.fetching.lock";
// What a drill that was killed left; nothing while one holds the lock.
app::Result<app::Done> sweep_drills(const std::filesystem::path& copies);

// Whether a run that was killed left there what it was making, and none is at work now that may be making it. Takes no lock, so
// that whoever looks keeps no run from beginning.
bool was_cut_short(const std::filesystem::path& copies);

// Holds the lock on a folder of copies while it lives.
class CopiesFolder {
 public:
  // Makes the folder if need be, locks it, and sweeps what a killed night left. `practice` is where the
  // highest sequence number is remembered, so that deleting copies never makes a number come again. `work` is told to whoever finds it locked.
  static app::Result<CopiesFolder> open(const std::filesystem::path& copies,
                                        const std::filesystem::path& practice, const std::string& work = "a night");
  ~CopiesFolder();
  CopiesFolder(CopiesFolder&&) noexcept;
  CopiesFolder& operator=(CopiesFolder&&) noexcept;

  // What an earlier night left half-made and could not be removed: room is lost, nothing else.
  const std::optional<app::Error>& left_behind() const;
  // Higher than any that was ever given out or is seen here; remembered before it is returned. Where the memory is gone, as
  // after the exporter's disk was replaced, the practice's copies `elsewhere` count too: a laptop refuses numbers that
  // begin anew.
  struct Elsewhere {
    std::vector<std::filesystem::path> folders;
    app::PublicKey signer{};
  };
  app::Result<std::uint64_t> take_sequence(const Elsewhere& elsewhere);
  // An empty staging folder for the copy of that name (app::format_copy_name()).
  app::Result<std::filesystem::path> make_staging(const std::string& name);
  // Where it will be once it is published; until then nothing of that name is there.
  std::filesystem::path place_of(const std::filesystem::path& staging) const;
  // Brings it to the disk and gives it its name; returns where it is now.
  app::Result<std::filesystem::path> publish(const std::filesystem::path& staging);

 private:
  struct State;
  explicit CopiesFolder(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace exporter
