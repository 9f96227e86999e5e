#include "app/record/letter_forms.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace app {

std::string text_of(std::uint32_t code_point) {
  std::string text;
  icu::UnicodeString(static_cast<UChar32>(code_point)).toUTF8String(text);
  return text;
}

std::string plain_letters(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* composer = icu::Normalizer2::getNFKCInstance(status);
  if (U_FAILURE(status)) return std::string(text);
  const auto unicode = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  const icu::UnicodeString plain = composer->normalize(unicode, status);
  std::string out;
  if (U_SUCCESS(status)) plain.toUTF8String(out);
  return out;
}

}  // namespace app
