#include "tests/lying_disk.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <functional>
#include <utility>

#include "tests/command.h"

namespace tests {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kSector = 512;

}  // namespace

LyingDisk::LyingDisk(const fs::path& root) : root_(root), top_(load(root)) {}

std::shared_ptr<LyingDisk::Node> LyingDisk::load(const fs::path& path) const {
  auto node = std::make_shared<Node>();
  node->is_folder = fs::is_directory(path);
  if (!node->is_folder) {
    node->safe = contents(path);
    return node;
  }
  for (const auto& entry : fs::directory_iterator(path)) node->names[entry.path().filename().string()] = load(entry.path());
  node->safe_names = node->names;
  return node;
}

std::shared_ptr<LyingDisk::Node> LyingDisk::find(const fs::path& path) const {
  auto node = top_;
  for (const fs::path& part : path.lexically_relative(root_)) {
    if (part == ".") continue;
    const auto found = node->names.find(part.string());
    if (found == node->names.end()) return nullptr;
    node = found->second;
  }
  return node;
}

void LyingDisk::apply(const Piece& piece, std::string& bytes) {
  if (piece.is_length) return bytes.resize(piece.offset);
  if (bytes.size() < piece.offset + piece.data.size()) bytes.resize(piece.offset + piece.data.size());
  std::copy(piece.data.begin(), piece.data.end(), bytes.begin() + static_cast<std::ptrdiff_t>(piece.offset));
}

void LyingDisk::apply(const Change& change, Names& names) {
  if (!change.old_name.empty()) names.erase(change.old_name);
  if (!change.new_name.empty()) names[change.new_name] = change.node;
}

// One step, as a rename within a folder is for every journalling file system. "" for a path that is none.
void LyingDisk::change_names(const fs::path& old_path, const fs::path& new_path, std::shared_ptr<Node> node) {
  const fs::path folder = (old_path.empty() ? new_path : old_path).parent_path();
  const auto parent = find(folder);
  if (!parent || (!old_path.empty() && !new_path.empty() && new_path.parent_path() != folder)) {
    not_understood_.insert("a change of names from " + old_path.string() + " to " + new_path.string());
    return;
  }
  parent->changes.push_back({old_path.filename().string(), new_path.filename().string(), std::move(node)});
  apply(parent->changes.back(), parent->names);
}

void LyingDisk::replay_open(const FileCall& call) {
  auto node = call.name() == "nameless" ? nullptr : find(call.path);
  if (!node) {
    node = std::make_shared<Node>();
    if (call.name() == "create") change_names({}, call.path, node);
  }
  if (call.record.truncates != 0) node->pieces.push_back({0, "", true});
  descriptors_[call.record.descriptor] = std::move(node);
}

void LyingDisk::replay(const FileCall& call) {
  static const std::set<std::string> kHarmless{"read", "pread", "readv", "fread",  "readdir", "stat",
                                               "access", "statvfs", "flock", "fcntl", "chmod", "opendir"};
  const std::string name = call.name();
  if (call.failed() || kHarmless.contains(name)) return;
  const auto open_node = descriptors_.find(call.record.descriptor);
  const auto node = open_node != descriptors_.end() ? open_node->second : nullptr;
  const auto offset = static_cast<std::uint64_t>(call.record.offset);
  if (name == "open" || name == "create" || name == "nameless") {
    replay_open(call);
  } else if (name == "close") {
    descriptors_.erase(call.record.descriptor);
  } else if ((name == "write" || name == "pwrite") && node) {
    node->pieces.push_back({offset, call.data, false});
  } else if (name == "ftruncate" && node) {
    node->pieces.push_back({offset, "", true});
  } else if ((name == "fsync" || name == "fdatasync") && node) {
    for (const Piece& piece : std::exchange(node->pieces, {})) apply(piece, node->safe);
    node->safe_names = node->names;
    node->changes.clear();
  } else if (name == "mkdir") {
    auto folder = std::make_shared<Node>();
    folder->is_folder = true;
    change_names({}, call.path, folder);
  } else if (name == "unlink" || name == "rmdir") {
    change_names(call.path, {}, nullptr);
  } else if (name == "rename") {
    change_names(call.path, call.new_path, find(call.path));
  } else {
    not_understood_.insert(name);
  }
}

std::string LyingDisk::bytes_after(const Node& file, Loss loss, std::mt19937& random) {
  std::string whole = file.safe;
  for (const Piece& piece : file.pieces) apply(piece, whole);
  if (loss == Loss::names) return whole;
  std::string left = file.safe;
  if (loss == Loss::data && random() % 2 == 0) left.resize(std::max(left.size(), whole.size()));
  if (loss != Loss::by_lot) return left;
  for (const Piece& piece : file.pieces) {
    if (piece.is_length && random() % 2 == 0) apply(piece, left);
    for (std::size_t at = 0; at < piece.data.size(); at += kSector) {
      if (random() % 2 == 0) apply({piece.offset + at, piece.data.substr(at, kSector), false}, left);
    }
  }
  return left;
}

LyingDisk::Names LyingDisk::names_after(const Node& folder, Loss loss, std::mt19937& random) {
  if (loss == Loss::data) return folder.names;
  Names names = folder.safe_names;
  const std::size_t kept = loss == Loss::by_lot ? random() % (folder.changes.size() + 1) : 0;
  for (std::size_t i = 0; i < kept; ++i) apply(folder.changes[i], names);
  return names;
}

void LyingDisk::write_out(const Node& node, Loss loss, std::mt19937& random, const fs::path& to, std::string& text) const {
  if (!node.is_folder) {
    const std::string bytes = bytes_after(node, loss, random);
    write(to, bytes);
    text += to.filename().string() + ' ' + std::to_string(std::hash<std::string>{}(bytes)) + '\n';
    return;
  }
  text += to.filename().string() + "/\n";
  fs::create_directories(to);
  for (const auto& [name, inner] : names_after(node, loss, random)) write_out(*inner, loss, random, to / name, text);
}

std::string LyingDisk::cut_power(Loss loss, std::mt19937& random, const fs::path& to) const {
  std::string text;
  write_out(*top_, loss, random, to, text);
  return text;
}

}  // namespace tests
