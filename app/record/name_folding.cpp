#include "app/record/name_folding.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>

namespace app {
namespace {

constexpr std::size_t kMostCached = 50'000;

// Letters that some write with one letter and some with two.
struct Digraph {
  char16_t letter;
  const char* two;
};
constexpr std::array<Digraph, 6> kDigraphs = {
    {{u'\u00E4', "ae"}, {u'\u00E6', "ae"}, {u'\u00F6', "oe"}, {u'\u00F8', "oe"}, {u'\u00FC', "ue"}, {u'\u00E5', "aa"}}};

// Family names of Korea are hardly ever written as the rules would have it.
struct FamilyReading {
  char16_t syllable;
  const char* readings;
};
constexpr std::array<FamilyReading, 24> kKoreanFamilies = {{
    {u'\uAE40', "kim"},       {u'\uC774', "lee yi"},     {u'\uBC15', "park"},      {u'\uCD5C', "choi"},
    {u'\uC815', "jung chung"}, {u'\uAC15', "kang"},       {u'\uC870', "cho"},       {u'\uC724', "yoon"},
    {u'\uC7A5', "jang chang"}, {u'\uC784', "lim"},        {u'\uC624', "oh"},        {u'\uD55C', "han"},
    {u'\uC2E0', "shin"},      {u'\uC11C', "seo suh"},    {u'\uAD8C', "kwon"},      {u'\uD669', "hwang"},
    {u'\uC548', "ahn"},       {u'\uC1A1', "song"},       {u'\uC720', "yoo ryu"},   {u'\uB958', "ryu yoo"},
    {u'\uC804', "jeon chun"}, {u'\uD64D', "hong"},       {u'\uACE0', "ko"},        {u'\uBB38', "moon"},
}};

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_apostrophe(UChar32 c) {
  return c == '\'' || c == '`' || c == '.' || c == 0xB4 || (c >= 0x2B0 && c <= 0x2FF) || c == 0x2018 || c == 0x2019 ||
         c == 0x201B || c == 0x2032 || c == 0x5F3 || c == 0x5F4;
}

void add_token(std::string token, std::vector<std::string>& tokens) {
  if (token.empty() || std::find(tokens.begin(), tokens.end(), token) != tokens.end()) return;
  tokens.push_back(std::move(token));
}

// Letters and digits in lower case; apostrophes and full stops vanish, anything else parts two tokens.
template <typename Add>
void split_ascii(std::string_view text, Add add) {
  std::string token;
  for (const char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      token += c;
    } else if (c >= 'A' && c <= 'Z') {
      token += static_cast<char>(c - 'A' + 'a');
    } else if (c == '\'' || c == '`' || c == '.' || static_cast<unsigned char>(c) >= 0x80) {
      continue;
    } else if (!token.empty()) {
      add(std::move(token));
      token.clear();
    }
  }
  if (!token.empty()) add(std::move(token));
}

std::unique_ptr<icu::Transliterator> make_transliterator(const char* rules) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError where;
  std::unique_ptr<icu::Transliterator> made(
      icu::Transliterator::createInstance(rules, UTRANS_FORWARD, where, status));
  return U_SUCCESS(status) ? std::move(made) : nullptr;
}

// The transliterators of one thread, made when first needed: each takes tens of milliseconds.
class Transliterators {
 public:
  std::string to_ascii(const icu::UnicodeString& word) {
    if (!to_ascii_) to_ascii_ = make_transliterator("Any-Latin; Latin-ASCII; Lower; NFD; [:Nonspacing Mark:] Remove");
    return run(to_ascii_.get(), word);
  }
  std::string russian_to_ascii(const icu::UnicodeString& word) {
    if (!russian_) {
      russian_ = make_transliterator(
          "Russian-Latin/BGN; Any-Latin; Latin-ASCII; Lower; NFD; [:Nonspacing Mark:] Remove");
    }
    return run(russian_.get(), word);
  }

 private:
  static std::string run(const icu::Transliterator* transliterator, icu::UnicodeString word) {
    std::string text;
    if (transliterator != nullptr) transliterator->transliterate(word);
    word.toUTF8String(text);
    return text;
  }
  std::unique_ptr<icu::Transliterator> to_ascii_;
  std::unique_ptr<icu::Transliterator> russian_;
};

Transliterators& transliterators_of_this_thread() {
  thread_local Transliterators transliterators;
  return transliterators;
}

icu::UnicodeString composed_lower(std::string_view text) {
  icu::UnicodeString wide =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  wide.toLower(icu::Locale::getRoot());
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* composer = icu::Normalizer2::getNFKCInstance(status);
  if (U_FAILURE(status)) return wide;
  icu::UnicodeString composed = composer->normalize(wide, status);
  return U_SUCCESS(status) ? composed : wide;
}

// Words of letters, digits and marks, without apostrophes, each of one script.
std::vector<icu::UnicodeString> split_words(const icu::UnicodeString& text) {
  std::vector<icu::UnicodeString> words;
  icu::UnicodeString word;
  UScriptCode script = USCRIPT_COMMON;
  auto flush = [&] {
    if (!word.isEmpty()) words.push_back(word);
    word.remove();
    script = USCRIPT_COMMON;
  };
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const UChar32 c = text.char32At(at);
    if (is_apostrophe(c)) continue;
    const std::uint32_t category = U_MASK(u_charType(c));
    if ((category & (U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK | U_GC_CF_MASK)) == 0) {
      flush();
      continue;
    }
    if ((category & U_GC_CF_MASK) != 0) continue;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode own = uscript_getScript(c, &status);
    const bool has_script = own != USCRIPT_COMMON && own != USCRIPT_INHERITED;
    if (has_script && script != USCRIPT_COMMON && own != script) flush();
    if (has_script) script = own;
    word.append(c);
  }
  flush();
  return words;
}

UScriptCode script_of_word(const icu::UnicodeString& word) {
  for (std::int32_t at = 0; at < word.length(); at = word.moveIndex32(at, 1)) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(word.char32At(at), &status);
    if (script != USCRIPT_COMMON && script != USCRIPT_INHERITED) return script;
  }
  return USCRIPT_COMMON;
}

// The word with ä, ö, ü, ø, å in two letters each; the word itself if it has none of them.
icu::UnicodeString spell_out(const icu::UnicodeString& word) {
  icu::UnicodeString spelled;
  for (std::int32_t at = 0; at < word.length(); ++at) {
    const char16_t unit = word[at];
    const auto* digraph = std::find_if(kDigraphs.begin(), kDigraphs.end(),
                                       [unit](const Digraph& candidate) { return candidate.letter == unit; });
    if (digraph == kDigraphs.end()) spelled.append(unit);
    else spelled.append(icu::UnicodeString::fromUTF8(digraph->two));
  }
  return spelled;
}

// Hangul as it stands is transliterated without gaps, so each syllable is taken by itself as well.
void add_korean(const icu::UnicodeString& word, std::vector<std::string>& tokens) {
  const auto* family =
      std::find_if(kKoreanFamilies.begin(), kKoreanFamilies.end(),
                   [&word](const FamilyReading& candidate) { return candidate.syllable == word[0]; });
  if (family != kKoreanFamilies.end() && word.length() <= 3) {
    split_ascii(family->readings, [&](std::string token) { add_token(std::move(token), tokens); });
  }
  if (word.length() < 3 || word.length() > 4) return;
  std::string given;
  split_ascii(transliterators_of_this_thread().to_ascii(word.tempSubString(1)),
              [&](const std::string& token) { given += token; });
  add_token(std::move(given), tokens);
}

void add_han(const std::vector<std::string>& syllables, std::vector<std::string>& tokens) {
  if (syllables.size() < 2) return;
  std::string all, given;
  for (std::size_t i = 0; i < syllables.size(); ++i) {
    all += syllables[i];
    if (i > 0) given += syllables[i];
  }
  add_token(std::move(all), tokens);
  if (syllables.size() > 2) add_token(std::move(given), tokens);
}

void fold_word(const icu::UnicodeString& word, std::vector<std::string>& tokens) {
  Transliterators& transliterators = transliterators_of_this_thread();
  std::vector<std::string> parts;
  split_ascii(transliterators.to_ascii(word), [&](std::string token) { parts.push_back(std::move(token)); });
  for (const std::string& part : parts) add_token(part, tokens);
  auto add = [&tokens](std::string token) { add_token(std::move(token), tokens); };
  switch (script_of_word(word)) {
    case USCRIPT_LATIN: {
      const icu::UnicodeString spelled = spell_out(word);
      if (spelled != word) split_ascii(transliterators.to_ascii(spelled), add);
      break;
    }
    case USCRIPT_CYRILLIC: split_ascii(transliterators.russian_to_ascii(word), add); break;
    case USCRIPT_HANGUL: add_korean(word, tokens); break;
    case USCRIPT_HAN: add_han(parts, tokens); break;
    default: break;
  }
}

std::vector<std::string> fold_letters(std::string_view name) {
  std::vector<std::string> tokens;
  for (const icu::UnicodeString& word : split_words(composed_lower(name))) fold_word(word, tokens);
  return tokens;
}

}  // namespace

std::vector<std::string> fold_name(std::string_view name) {
  if (is_ascii(name)) {
    std::vector<std::string> tokens;
    split_ascii(name, [&](std::string token) { add_token(std::move(token), tokens); });
    return tokens;
  }
  thread_local std::unordered_map<std::string, std::vector<std::string>> known;
  std::string key(name);
  if (const auto found = known.find(key); found != known.end()) return found->second;
  std::vector<std::string> tokens = fold_letters(name);
  if (known.size() >= kMostCached) known.clear();
  return known.emplace(std::move(key), std::move(tokens)).first->second;
}

std::vector<std::string> fold_query(std::string_view typed) {
  std::vector<std::string> tokens;
  auto add = [&tokens](std::string token) { tokens.push_back(std::move(token)); };
  if (is_ascii(typed)) {
    split_ascii(typed, add);
    return tokens;
  }
  for (const icu::UnicodeString& word : split_words(composed_lower(typed))) {
    split_ascii(transliterators_of_this_thread().to_ascii(word), add);
  }
  return tokens;
}

}  // namespace app
