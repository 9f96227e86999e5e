// Which of two versions of one resource is the newer, by meta.lastUpdated, else by meta.versionId.
#pragma once

#include <cstdint>
#include <string_view>

namespace exporter {

enum class Newer : std::uint8_t {
  first,
  second,
  unknown,  // they differ, and nothing says which came later
};

// Of two equal texts the second.
Newer newer_version(std::string_view first, std::string_view second);

}  // namespace exporter
