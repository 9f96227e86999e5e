#include "exporter/policy/patient_list.h"

#include <algorithm>

#include "app/record/text.h"
#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

using app::Code;
using app::Error;
using app::Result;

constexpr std::size_t kFileMost_bytes = 16u << 20;
constexpr std::size_t kNumberMost_bytes = 200;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

}  // namespace

Result<PatientList> parse_patient_list(std::string_view text) {
  PatientList numbers;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view whole = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string_view number = trimmed(whole.substr(0, whole.find('#')));
    if (number.empty()) continue;
    // A list that was cut or mangled must not let a patient through in silence.
    if (number.size() > kNumberMost_bytes || !app::is_clean(number) || number.find('\t') != std::string_view::npos) {
      return Error{Code::bad_config, "Line " + std::to_string(line) + " of the list of withheld patients is no record number.",
                   "one number a line, in UTF-8, of at most " + std::to_string(kNumberMost_bytes) + " bytes"};
    }
    numbers.emplace(number);
  }
  return numbers;
}

Result<PatientList> read_patient_list(const std::filesystem::path& file) {
  auto text = read_file(file, kFileMost_bytes);
  if (!text.ok()) {
    return Error{text.error().code, "The list of withheld patients cannot be read, so the night does not begin.",
                 file.string() + ": " + text.error().what};
  }
  auto numbers = parse_patient_list(text.value());
  if (!numbers.ok()) return Error{numbers.error().code, numbers.error().what, file.string() + ": " + numbers.error().detail};
  return numbers;
}

}  // namespace exporter
