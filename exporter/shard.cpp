#include "exporter/shard.h"

#include <charconv>
#include <utility>

#include "app/snapshot/copy_parts.h"
#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Done;
using app::Error;
using app::Result;

bool parse_number(std::string_view digits, std::uint32_t& number) {
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return fault == std::errc() && end == digits.data() + digits.size() && !digits.empty();
}

// Together with other parts that do the same at this moment.
Result<Done> make_folder(const fs::path& folder) {
  std::error_code fault;
  fs::create_directories(folder, fault);
  if (fault) return system_error("mkdir", folder, fault);
  return Done{};
}

}  // namespace

Result<app::Shard> parse_shard(const std::string& text) {
  const auto slash = text.find('/');
  app::Shard shard;
  const bool read = slash != std::string::npos && parse_number(std::string_view(text).substr(0, slash), shard.number) &&
                    parse_number(std::string_view(text).substr(slash + 1), shard.of);
  if (read && shard.number >= 1 && shard.number <= shard.of && shard.of <= app::kShardsMost) return shard;
  return Error{app::Code::bad_config, "--shard must be a part and the number of parts, such as 2/4.",
               "from 1/1 to " + std::to_string(app::kShardsMost) + "/" + std::to_string(app::kShardsMost)};
}

Options options_of_part(Options options, const app::Shard& shard) {
  options.run.shard = shard;
  if (shard.is_whole()) return options;
  const std::string name = app::format_part_folder(shard);
  options.state = options.practice_folder() / kPartsFolder / name;
  options.copies /= name;
  options.report.folder /= name;
  if (!options.report.metrics.empty()) options.report.metrics.replace_filename(name + "-" + options.report.metrics.filename().string());
  for (DestinationOptions& destination : options.destinations) {
    if (destination.kind == DestinationKind::rclone) {
      destination.remote += (destination.remote.ends_with(":") || destination.remote.ends_with("/") ? "" : "/") + name;
    } else {
      destination.path /= name;
    }
  }
  return options;
}

Result<Done> place_shard(Options& options, const app::Shard& shard) {
  options = options_of_part(std::move(options), shard);
  if (shard.is_whole()) return Done{};
  TRY(make_folder(options.state / "keys"));
  for (const DestinationOptions& destination : options.destinations) {
    std::error_code fault;
    // A stick that is not plugged in is said by the night.
    if (destination.kind == DestinationKind::folder && fs::is_directory(destination.path.parent_path(), fault)) TRY(make_folder(destination.path));
  }
  return Done{};
}

}  // namespace exporter
