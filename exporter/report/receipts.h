// What laptops say that they hold: their receipts, read where the copies lie.
//
// The key of each copy's receipts is made from a key of this host and the copy's number, so that nothing need be kept of it.
// Errors:  none: a receipt that proves nothing is no receipt.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "exporter/options.h"

namespace exporter {

struct LaptopFact {
  std::string laptop;
  std::uint64_t sequence = 0;
  app::Instant seen;
  std::string place;  // where its newest receipt lay
};

// 64 hexadecimal digits, for the copy to keep; not_found, io when the host has no key.
app::Result<std::string> make_receipt_key(const std::filesystem::path& practice, std::uint64_t sequence);

// Of each laptop the newest receipt, from the folder of copies and every destination; by name. `unread` gets the remotes that could
// not be asked; a stick that is not plugged in is where it should be.
std::vector<LaptopFact> read_receipts(const Options& options, std::vector<std::string>& unread);

}  // namespace exporter
