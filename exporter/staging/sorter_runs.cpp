#include "exporter/staging/sorter_runs.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <span>
#include <utility>

#include "exporter/staging/sorter_file_posix.h"

namespace exporter {
namespace {

constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kHead = 4 + 8 + 2;

using Nonce = std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES>;

// Unique as long as a key serves one file and a block is written once.
Nonce nonce_of(std::uint64_t block) {
  Nonce nonce{};
  std::memcpy(nonce.data(), &block, sizeof block);
  return nonce;
}

}  // namespace

struct StagedBlocks::State {
  NamelessFile file;
  std::string folder;
  unsigned char* key;
  std::size_t block_bytes;
  std::uint64_t blocks = 0;
  std::vector<unsigned char> sealed;

  State(NamelessFile opened, std::string named, unsigned char* fresh_key, std::size_t bytes)
      : file(std::move(opened)), folder(std::move(named)), key(fresh_key), block_bytes(bytes),
        sealed(bytes + kTag) {}
  ~State() { sodium_free(key); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

StagedBlocks::StagedBlocks(std::unique_ptr<State> state) : state_(std::move(state)) {}
StagedBlocks::~StagedBlocks() = default;
StagedBlocks::StagedBlocks(StagedBlocks&&) noexcept = default;
StagedBlocks& StagedBlocks::operator=(StagedBlocks&&) noexcept = default;

app::Result<StagedBlocks> StagedBlocks::open(const std::filesystem::path& folder, std::size_t block_bytes) {
  TRY_GET(NamelessFile file, NamelessFile::open(folder));
  if (sodium_init() < 0) return app::Error{app::Code::io, "The cipher did not start.", "sodium_init"};
  // Guarded and locked: never swapped out, never in a core dump.
  auto* key = static_cast<unsigned char*>(sodium_malloc(crypto_aead_xchacha20poly1305_ietf_KEYBYTES));
  if (key == nullptr) return app::Error{app::Code::io, "No memory can be locked for a key.", "sodium_malloc"};
  crypto_aead_xchacha20poly1305_ietf_keygen(key);
  return StagedBlocks(std::make_unique<State>(std::move(file), folder.string(), key, block_bytes));
}

std::size_t StagedBlocks::block_bytes() const { return state_->block_bytes; }
std::uint64_t StagedBlocks::blocks() const { return state_->blocks; }

app::Result<app::Done> StagedBlocks::append(std::string_view plain) {
  assert(plain.size() == state_->block_bytes);
  const Nonce nonce = nonce_of(state_->blocks);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      state_->sealed.data(), nullptr, reinterpret_cast<const unsigned char*>(plain.data()), plain.size(),
      nullptr, 0, nullptr, nonce.data(), state_->key);
  TRY(state_->file.write_at(state_->blocks * state_->sealed.size(), state_->sealed));
  ++state_->blocks;
  return app::Done{};
}

app::Result<app::Done> StagedBlocks::read(std::uint64_t block, std::string& plain) {
  plain.resize(state_->block_bytes);
  TRY(state_->file.read_at(block * state_->sealed.size(), state_->sealed));
  const Nonce nonce = nonce_of(block);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr, state_->sealed.data(),
          state_->sealed.size(), nullptr, 0, nonce.data(), state_->key) != 0) {
    return app::Error{app::Code::io, "Staged data did not come back as written.",
                      state_->folder + ": block " + std::to_string(block)};
  }
  return app::Done{};
}

RunWriter::RunWriter(StagedBlocks& blocks) : blocks_(blocks) {
  run_.first_block = blocks.blocks();
  block_.reserve(blocks.block_bytes());
}

app::Result<app::Done> RunWriter::put(const char* bytes, std::size_t count) {
  run_.bytes += count;
  while (count > 0) {
    const std::size_t fits = std::min(count, blocks_.block_bytes() - block_.size());
    block_.append(bytes, fits);
    bytes += fits;
    count -= fits;
    if (block_.size() < blocks_.block_bytes()) continue;
    TRY(blocks_.append(block_));
    block_.clear();
  }
  return app::Done{};
}

app::Result<app::Done> RunWriter::add(const SortedRecord& record) {
  std::array<char, kHead> head;
  const auto key_bytes = static_cast<std::uint32_t>(record.key.size());
  const std::uint64_t bytes = record.bytes.size();
  std::memcpy(head.data(), &key_bytes, 4);
  std::memcpy(head.data() + 4, &bytes, 8);
  std::memcpy(head.data() + 12, &record.kind, 2);
  TRY(put(head.data(), head.size()));
  TRY(put(record.key.data(), record.key.size()));
  return put(record.bytes.data(), record.bytes.size());
}

app::Result<Run> RunWriter::finish() {
  if (!block_.empty()) {
    block_.resize(blocks_.block_bytes(), '\0');
    TRY(blocks_.append(block_));
    block_.clear();
  }
  return run_;
}

RunReader::RunReader(StagedBlocks& blocks, Run run)
    : blocks_(&blocks), next_block_(run.first_block), rest_(run.bytes), at_(blocks.block_bytes()) {}

app::Result<std::string_view> RunReader::take(std::size_t count) {
  rest_ -= count;
  if (count > 0 && at_ == blocks_->block_bytes()) {
    TRY(blocks_->read(next_block_++, block_));
    at_ = 0;
  }
  if (count <= blocks_->block_bytes() - at_) {
    const auto part = std::string_view(block_).substr(count == 0 ? 0 : at_, count);
    at_ += count;
    return part;
  }
  across_.clear();
  while (across_.size() < count) {
    if (at_ == blocks_->block_bytes()) {
      TRY(blocks_->read(next_block_++, block_));
      at_ = 0;
    }
    const std::size_t fits = std::min(count - across_.size(), blocks_->block_bytes() - at_);
    across_.append(block_, at_, fits);
    at_ += fits;
  }
  return std::string_view(across_);
}

app::Result<bool> RunReader::next() {
  if (rest_ == 0) return false;
  TRY_GET(const std::string_view head, take(kHead));
  std::uint32_t key_bytes = 0;
  std::uint64_t bytes = 0;
  std::memcpy(&key_bytes, head.data(), 4);
  std::memcpy(&bytes, head.data() + 4, 8);
  std::memcpy(&record_.kind, head.data() + 12, 2);
  // Key and bytes in one piece, so that both views hold.
  TRY_GET(const std::string_view body, take(key_bytes + static_cast<std::size_t>(bytes)));
  record_.key = body.substr(0, key_bytes);
  record_.bytes = body.substr(key_bytes);
  return true;
}

}  // namespace exporter
