// Whatever stands in the list of withheld patients: read as numbers, or refused by its line.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "app/record/text.h"
#include "exporter/policy/patient_list.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto numbers = exporter::parse_patient_list({reinterpret_cast<const char*>(data), size});
  if (!numbers.ok()) return 0;
  for (const std::string& number : numbers.value()) {
    if (number.empty() || !app::is_clean(number) || number.find('\n') != std::string::npos) std::abort();
  }
  return 0;
}
