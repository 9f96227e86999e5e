#include "exporter/emr/part_keys.h"

#include <charconv>

#include "app/digest.h"

namespace exporter {

std::uint32_t part_of(std::string_view emr_key, std::uint32_t of) {
  const app::Digest digest = app::digest_of(emr_key);
  std::uint64_t front = 0;
  for (std::size_t i = 0; i < 4; ++i) front = front << 8 | digest[i];
  return static_cast<std::uint32_t>(front * of >> 32) + 1;
}

bool PartKeys::holds(std::int64_t emr_key) {
  if (is_whole()) return true;
  std::atomic<std::uint8_t>* answer = nullptr;
  if (emr_key >= 0 && static_cast<std::uint64_t>(emr_key) < kRemembered) {
    answer = &answers_[static_cast<std::size_t>(emr_key)];
    if (const auto known = answer->load(std::memory_order_relaxed); known != not_asked) return known == ours;
  }
  char digits[24];
  const char* end = std::to_chars(digits, digits + sizeof digits, emr_key).ptr;
  const bool held = holds(std::string_view(digits, static_cast<std::size_t>(end - digits)));
  if (answer != nullptr) answer->store(held ? ours : others, std::memory_order_relaxed);
  return held;
}

}  // namespace exporter
