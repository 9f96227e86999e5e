#include "app/record/text_runs.h"

#include <unicode/brkiter.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <memory>
#include <string>

#include "app/record/text.h"

namespace app {
namespace {

constexpr std::uint32_t tag(char a, char b, char c, char d) {
  return std::uint32_t{static_cast<unsigned char>(a)} << 24 | std::uint32_t{static_cast<unsigned char>(b)} << 16 |
         std::uint32_t{static_cast<unsigned char>(c)} << 8 | static_cast<unsigned char>(d);
}
constexpr std::uint32_t kCommon = tag('Z', 'y', 'y', 'y');

constexpr UChar32 kSteersNothing = 0x200B;

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

// One code point of a line: where it stands in both encodings and which script it goes with.
struct Character {
  std::size_t byte = 0;
  std::int32_t unit = 0;
  UChar32 code = 0;
  UScriptCode script = USCRIPT_COMMON;
  bool borrowed = false;  // the script is a neighbour's
};

bool has_no_script(UScriptCode script) {
  return script == USCRIPT_COMMON || script == USCRIPT_INHERITED || script == USCRIPT_UNKNOWN ||
         script == USCRIPT_INVALID_CODE;
}

// Whether the code point can turn text around: right-to-left letters and marks, Arabic numbers.
bool turns_text(UChar32 c) {
  if (c < 0x590 || (c >= 0x900 && c < 0x2000) || (c >= 0x3000 && c < 0xFB00)) return false;
  switch (u_charDirection(c)) {
    case U_RIGHT_TO_LEFT:
    case U_RIGHT_TO_LEFT_ARABIC:
    case U_ARABIC_NUMBER: return true;
    default: return false;
  }
}

// The line as UTF-16, its characters, and whether any of it may run from right to left.
struct Line {
  std::u16string units;
  std::vector<Character> characters;
  bool turns = false;
};

Line read_line(std::string_view text) {
  Line line;
  line.units.reserve(text.size());
  line.characters.reserve(text.size() + 1);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    Character character;
    character.byte = at;
    character.unit = static_cast<std::int32_t>(line.units.size());
    U8_NEXT_OR_FFFD(bytes, at, text.size(), character.code);
    UErrorCode status = U_ZERO_ERROR;
    character.script = uscript_getScript(character.code, &status);
    // Text of an older copy may hold what would turn the rest of its line around: it steers nothing, and is not seen.
    if (is_turning(static_cast<std::uint32_t>(character.code))) character.code = kSteersNothing;
    if (character.code < 0x10000) {
      line.units += static_cast<char16_t>(character.code);
    } else {
      line.units += static_cast<char16_t>(U16_LEAD(character.code));
      line.units += static_cast<char16_t>(U16_TRAIL(character.code));
    }
    line.turns = line.turns || turns_text(character.code);
    line.characters.push_back(character);
  }
  return line;
}

// Brackets that are open, so that the closing one gets the script of its partner.
class OpenBrackets {
 public:
  // Returns the script of the partner if `character` closes a bracket, else `otherwise`.
  UScriptCode pass(const Character& character, UScriptCode otherwise) {
    const auto type = u_getIntPropertyValue(character.code, UCHAR_BIDI_PAIRED_BRACKET_TYPE);
    if (type == U_BPT_OPEN) {
      open_.push_back({u_getBidiPairedBracket(character.code), otherwise});
    } else if (type == U_BPT_CLOSE) {
      for (std::size_t i = open_.size(); i > 0; --i) {
        if (open_[i - 1].closing != character.code) continue;
        const UScriptCode script = open_[i - 1].script;
        open_.resize(i - 1);
        return script;
      }
    }
    return otherwise;
  }

 private:
  struct Bracket {
    UChar32 closing;
    UScriptCode script;
  };
  std::vector<Bracket> open_;
};

// Gives every character a script: its own, that of the bracket it closes, that before it, or, at the
// beginning, the first that follows.
void resolve_scripts(std::vector<Character>& characters) {
  UScriptCode before = USCRIPT_COMMON;
  for (const Character& character : characters) {
    if (has_no_script(character.script)) continue;
    before = character.script;
    break;
  }
  OpenBrackets brackets;
  for (Character& character : characters) {
    if (has_no_script(character.script)) {
      character.borrowed = true;
      character.script = character.script == USCRIPT_INHERITED ? before : brackets.pass(character, before);
    }
    before = character.script;
  }
}

std::uint32_t script_tag(UScriptCode script) {
  const char* name = uscript_getShortName(script);
  return name == nullptr ? kCommon : tag(name[0], name[1], name[2], name[3]);
}

std::size_t character_at_unit(const std::vector<Character>& characters, std::int32_t unit) {
  std::size_t low = 0, high = characters.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (characters[middle].unit < unit) low = middle + 1;
    else high = middle;
  }
  return low;
}

// What stands at the front of a run of one direction goes with that run, not with what came before it.
void resolve_front(std::vector<Character>& characters, std::size_t begin, std::size_t end) {
  std::size_t own = begin;
  while (own < end && characters[own].borrowed) ++own;
  if (own == end) return;
  for (std::size_t i = begin; i < own; ++i) characters[i].script = characters[own].script;
}

// Appends the runs of the characters [begin, end), which share one direction, as they are seen.
void append_runs(const Line& line, std::string_view text, std::size_t begin, std::size_t end, bool right_to_left,
                 std::vector<TextRun>& runs) {
  const std::size_t first = runs.size();
  for (std::size_t i = begin; i < end;) {
    std::size_t next = i + 1;
    while (next < end && line.characters[next].script == line.characters[i].script) ++next;
    TextRun run;
    run.begin = line.characters[i].byte;
    run.end = next < line.characters.size() ? line.characters[next].byte : text.size();
    run.script = script_tag(line.characters[i].script);
    run.right_to_left = right_to_left;
    runs.push_back(run);
    i = next;
  }
  if (!right_to_left) return;
  for (std::size_t low = first, high = runs.size(); low + 1 < high; ++low) std::swap(runs[low], runs[--high]);
}

UBiDi* bidi_of_this_thread() {
  struct Close {
    void operator()(UBiDi* bidi) const { ubidi_close(bidi); }
  };
  thread_local const std::unique_ptr<UBiDi, Close> bidi(ubidi_open());
  return bidi.get();
}

bool append_bidi_runs(Line& line, std::string_view text, std::vector<TextRun>& runs) {
  UBiDi* bidi = bidi_of_this_thread();
  UErrorCode status = U_ZERO_ERROR;
  ubidi_setPara(bidi, line.units.data(), static_cast<std::int32_t>(line.units.size()), UBIDI_DEFAULT_LTR, nullptr,
                &status);
  const std::int32_t count = ubidi_countRuns(bidi, &status);
  if (U_FAILURE(status)) return false;
  for (std::int32_t i = 0; i < count; ++i) {
    std::int32_t unit = 0, length = 0;
    const bool right_to_left = ubidi_getVisualRun(bidi, i, &unit, &length) == UBIDI_RTL;
    const std::size_t begin = character_at_unit(line.characters, unit);
    const std::size_t end = character_at_unit(line.characters, unit + length);
    resolve_front(line.characters, begin, end);
    append_runs(line, text, begin, end, right_to_left, runs);
  }
  return true;
}

icu::BreakIterator* line_breaker_of_this_thread() {
  thread_local const std::unique_ptr<icu::BreakIterator> breaker = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createLineInstance(icu::Locale::getRoot(), status));
    return U_SUCCESS(status) ? std::move(made) : nullptr;
  }();
  return breaker.get();
}

// Appends the breaks inside and at the end of text[begin, end).
void append_breaks(std::string_view text, std::size_t begin, std::size_t end, std::vector<std::size_t>& breaks) {
  icu::BreakIterator* breaker = line_breaker_of_this_thread();
  UErrorCode status = U_ZERO_ERROR;
  UText utext = UTEXT_INITIALIZER;
  utext_openUTF8(&utext, text.data() + begin, static_cast<std::int64_t>(end - begin), &status);
  if (breaker != nullptr) breaker->setText(&utext, status);
  if (breaker != nullptr && U_SUCCESS(status)) {
    for (std::int32_t at = breaker->next(); at != icu::BreakIterator::DONE; at = breaker->next()) {
      const std::size_t position = begin + static_cast<std::size_t>(at);
      if (position < end) breaks.push_back(position);
    }
  }
  utext_close(&utext);
  breaks.push_back(end);
}

// Between letters, digits and these no line breaks, whatever stands around them.
bool holds_together(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '.' || c == ',' || c == ':' || c == ';';
}

}  // namespace

std::vector<TextRun> visual_runs(std::string_view text) {
  if (text.empty()) return {};
  bool ascii = true, letters = false;
  for (const char c : text) {
    ascii = ascii && static_cast<unsigned char>(c) < 0x80;
    letters = letters || is_ascii_letter(c);
  }
  if (ascii) return {{0, text.size(), letters ? tag('L', 'a', 't', 'n') : kCommon, false}};
  Line line = read_line(text);
  resolve_scripts(line.characters);
  std::vector<TextRun> runs;
  if (!line.turns || !append_bidi_runs(line, text, runs)) {
    runs.clear();
    append_runs(line, text, 0, line.characters.size(), false, runs);
  }
  return runs;
}

// A blank between two plain words is a break in every context, so the text is taken apart there and
// only the pieces that hold anything else are given to ICU.
std::vector<std::size_t> line_breaks(std::string_view text) {
  std::vector<std::size_t> breaks;
  std::size_t begin = 0;
  bool simple = true;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at++];
    if (c != ' ') {
      simple = simple && holds_together(c);
      continue;
    }
    const bool after_word = at >= 2 && holds_together(text[at - 2]);
    while (at < text.size() && text[at] == ' ') ++at;
    const bool before_word = at < text.size() && (is_ascii_letter(text[at]) || is_ascii_digit(text[at]));
    if (!after_word || !before_word) {
      simple = false;
      continue;
    }
    if (simple) breaks.push_back(at);
    else append_breaks(text, begin, at, breaks);
    begin = at;
    simple = true;
  }
  if (begin < text.size() || text.empty()) {
    if (simple) breaks.push_back(text.size());
    else append_breaks(text, begin, text.size(), breaks);
  }
  return breaks;
}

}  // namespace app
