#include "app/record/text.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

namespace app {
namespace {

constexpr std::uint64_t kEveryByte = 0x0101010101010101;
constexpr std::uint64_t kHighBits = 0x8080808080808080;

bool is_plain(unsigned char byte) {
  return (byte >= 0x20 && byte < 0x7F) || byte == '\n' || byte == '\t';
}

// Whether all eight bytes are 0x20 … 0x7E: no high bit, none below a blank, none DEL.
bool are_printable(std::uint64_t word) {
  const std::uint64_t below_blank = (word - 0x20 * kEveryByte) & ~word;
  const std::uint64_t del = word + kEveryByte;
  return ((word | below_blank | del) & kHighBits) == 0;
}

// The length of the front that is printable ASCII, \n or \t.
std::size_t plain_front(std::string_view bytes) {
  std::size_t at = 0;
  for (;;) {
    std::uint64_t word = 0;
    while (at + sizeof word <= bytes.size()) {
      std::memcpy(&word, bytes.data() + at, sizeof word);
      if (!are_printable(word)) break;
      at += sizeof word;
    }
    const std::size_t end = std::min(bytes.size(), at + sizeof word);
    while (at < end && is_plain(static_cast<unsigned char>(bytes[at]))) ++at;
    if (at < end || at == bytes.size()) return at;
  }
}

UChar32 next_code_point(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  UChar32 c = 0;
  U8_NEXT(bytes, at, text.size(), c);
  return c;
}

void append(std::string& text, UChar32 c) {
  std::uint8_t bytes[U8_MAX_LENGTH];
  std::size_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, c);
  text.append(reinterpret_cast<const char*>(bytes), length);
}

bool is_control(UChar32 c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || is_turning(static_cast<std::uint32_t>(c));
}

// The first code point that form C may change.
constexpr UChar32 kFirstComposing = 0x300;

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

void compose(std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* composer = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status) || composer->isNormalizedUTF8(piece(text), status)) return;
  std::string composed;
  composed.reserve(text.size());
  icu::StringByteSink<std::string> sink(&composed);
  composer->normalizeUTF8(0, piece(text), sink, nullptr, status);
  if (U_SUCCESS(status)) text = std::move(composed);
}

bool is_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

const icu::Collator* root_collator() {
  thread_local const std::unique_ptr<icu::Collator> collator = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> made(icu::Collator::createInstance(icu::Locale::getRoot(), status));
    return U_SUCCESS(status) ? std::move(made) : nullptr;
  }();
  return collator.get();
}

}  // namespace

CleanText clean_text(std::string_view bytes) {
  CleanText clean;
  std::size_t at = plain_front(bytes);
  clean.text.assign(bytes.substr(0, at));
  if (at == bytes.size()) return clean;
  clean.text.reserve(bytes.size());
  bool may_compose = false;
  while (at < bytes.size()) {
    const UChar32 c = next_code_point(bytes, at);
    if (c == '\r') {
      clean.text += '\n';
      if (at < bytes.size() && bytes[at] == '\n') ++at;
    } else if (c < 0) {
      append(clean.text, 0xFFFD);
      clean.changed = true;
    } else if (is_control(c) && c != '\n' && c != '\t') {
      clean.changed = true;
    } else {
      append(clean.text, c);
      may_compose = may_compose || c >= kFirstComposing;
    }
    const std::size_t plain = plain_front(bytes.substr(at));
    clean.text.append(bytes.substr(at, plain));
    at += plain;
  }
  if (may_compose) compose(clean.text);
  return clean;
}

bool is_clean(std::string_view bytes) {
  return plain_front(bytes) == bytes.size() || clean_text(bytes).text == bytes;
}

bool is_turning(std::uint32_t code_point) {
  return (code_point >= 0x202A && code_point <= 0x202E) || (code_point >= 0x2066 && code_point <= 0x2069);
}

std::string upper_case(std::string_view text) {
  std::string upper;
  upper.reserve(text.size());
  if (is_ascii(text)) {
    for (const char c : text) upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return upper;
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::StringByteSink<std::string> sink(&upper);
  icu::CaseMap::utf8ToUpper("", 0, piece(text), sink, nullptr, status);
  return U_SUCCESS(status) ? upper : std::string(text);
}

std::string collation_key(std::string_view text) {
  const icu::Collator* collator = root_collator();
  if (collator == nullptr) return std::string(text);
  const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(piece(text));
  std::uint8_t near[256];
  const std::int32_t length = collator->getSortKey(wide, near, sizeof near);
  if (length <= 0) return std::string(text);
  // ICU ends each key with a zero byte, which sorting does not need.
  const auto size = static_cast<std::size_t>(length) - 1;
  if (length <= static_cast<std::int32_t>(sizeof near)) {
    return std::string(reinterpret_cast<const char*>(near), size);
  }
  std::vector<std::uint8_t> far(size + 1);
  collator->getSortKey(wide, far.data(), length);
  return std::string(reinterpret_cast<const char*>(far.data()), size);
}

std::string tab_of(std::string_view name) {
  // The letters' own keys, each cut to the first of its bytes that only this letter has.
  static const std::vector<std::string> letters = [] {
    std::vector<std::string> keys;
    for (char letter = 'a'; letter <= 'z'; ++letter) keys.push_back(collation_key(std::string(1, letter)));
    return keys;
  }();
  const std::string key = collation_key(name);
  if (key < letters.front()) return "#";
  const std::string script = script_of(name);
  const auto after = std::upper_bound(letters.begin(), letters.end(), key);
  if (script == "Latn" || after != letters.end()) return std::string(1, static_cast<char>('A' + (after - letters.begin() - 1)));
  UErrorCode status = U_ZERO_ERROR;
  UScriptCode code = USCRIPT_INVALID_CODE;
  if (uscript_getCode(script.c_str(), &code, 1, &status) < 1 || U_FAILURE(status)) return "#";
  // Both syllabaries are sorted as one.
  if (code == USCRIPT_HIRAGANA || code == USCRIPT_KATAKANA) return "Kana";
  return uscript_getName(code);
}

std::string script_of(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const UChar32 c = next_code_point(text, at);
    if (c < 0) continue;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(c, &status);
    if (U_FAILURE(status) || script == USCRIPT_COMMON || script == USCRIPT_INHERITED ||
        script == USCRIPT_UNKNOWN || script == USCRIPT_INVALID_CODE) {
      continue;
    }
    return uscript_getShortName(script);
  }
  return "Zyyy";
}

std::size_t character_length(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 1;
  std::size_t next = at;
  next_code_point(text, next);
  return next - at;
}

std::uint32_t code_point_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const UChar32 c = next_code_point(text, at);
  return c < 0 ? 0xFFFD : static_cast<std::uint32_t>(c);
}

int digit_value(std::uint32_t code_point) { return u_charDigitValue(static_cast<UChar32>(code_point)); }

}  // namespace app
