// What a disk may hold when the power goes: what was synced, and of the rest as much as chance left.
//
// A file's bytes are safe once the file was synced after them; a name is safe once its folder was synced
// after it. Nothing else is: less than any file system promises.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/fault_journal.h"

namespace tests {

enum class Loss {
  all_unsynced,  // nothing of what was not synced is there
  data,          // the names are there, the bytes are not: files are empty or full of zeros
  names,         // the bytes are there, the names are not
  by_lot,        // of each file some sectors, of each folder the first few changes
};

class LyingDisk {
 public:
  // What lies below `root` now is safe.
  explicit LyingDisk(const std::filesystem::path& root);

  // The journal must hold the data that were written.
  void replay(const FileCall& call);
  // Calls that this model does not understand; a test must not believe it when there are any.
  const std::set<std::string>& not_understood() const { return not_understood_; }

  // Puts into the empty folder `to` what is found when the power comes back. Returns a text that is the same for
  // the same content.
  std::string cut_power(Loss loss, std::mt19937& random, const std::filesystem::path& to) const;

 private:
  struct Node;
  using Names = std::map<std::string, std::shared_ptr<Node>>;
  struct Change {
    std::string old_name, new_name;  // "" of what appears or vanishes
    std::shared_ptr<Node> node;
  };
  struct Piece {
    std::uint64_t offset = 0;
    std::string data;
    bool is_length = false;  // the file was cut or lengthened to `offset`
  };
  struct Node {
    bool is_folder = false;
    std::string safe;           // a file's bytes
    std::vector<Piece> pieces;  // written since
    Names safe_names, names;    // a folder's
    std::vector<Change> changes;
  };

  static void apply(const Piece& piece, std::string& bytes);
  static void apply(const Change& change, Names& names);
  static std::string bytes_after(const Node& file, Loss loss, std::mt19937& random);
  static Names names_after(const Node& folder, Loss loss, std::mt19937& random);
  std::shared_ptr<Node> load(const std::filesystem::path& path) const;
  std::shared_ptr<Node> find(const std::filesystem::path& path) const;
  void change_names(const std::filesystem::path& old_path, const std::filesystem::path& new_path, std::shared_ptr<Node> node);
  void replay_open(const FileCall& call);
  void write_out(const Node& node, Loss loss, std::mt19937& random, const std::filesystem::path& to, std::string& text) const;

  std::filesystem::path root_;
  std::shared_ptr<Node> top_;
  std::map<int, std::shared_ptr<Node>> descriptors_;
  std::set<std::string> not_understood_;
};

}  // namespace tests
