// What somebody typed as the lines of a sealed envelope: any bytes. What is taken must come back as it was printed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "app/snapshot/recovery_lines.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  const app::RecoveryProgress progress = app::judge_recovery_lines(typed);
  const auto parsed = app::parse_recovery_lines(typed);
  if (parsed.ok() != (progress.right_lines == app::kRecoveryLines && parsed.ok())) std::abort();
  if (!parsed.ok()) return 0;
  const auto again = app::parse_recovery_lines(app::format_recovery_letters(parsed.value()).view());
  if (!again.ok() || again.value().seed.view() != parsed.value().seed.view()) std::abort();
  return 0;
}
