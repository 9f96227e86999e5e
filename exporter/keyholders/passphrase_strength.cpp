#include "exporter/keyholders/passphrase_strength.h"

#include <zxcvbn.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "app/record/name_folding.h"
#include "app/record/text.h"
#include "app/snapshot/passphrase.h"

namespace exporter {
namespace {

constexpr std::size_t kJudgedMost = 100;  // zxcvbn's time grows with the square, and beyond it gives nothing
constexpr double kTriesASecond = 450;
constexpr double kBitsOfForeignWord = 13;
constexpr double kBitsOfIdeograph = 8;
constexpr std::uint32_t kIdeographs = 0x2E80;  // and all that follows: scripts that write words without blanks

bool is_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c == ' ' || c == '-' || c == '_' || c == '.' || c == ',') {
      if (!words.back().empty()) words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

// How much one word of letters that zxcvbn does not know can be worth.
double foreign_bits(const std::string& word) {
  double ideographs = 0;
  for (std::size_t at = 0; at < word.size(); at += app::character_length(word, at)) {
    if (app::code_point_at(word, at) >= kIdeographs) ++ideographs;
  }
  return std::max(kBitsOfForeignWord, ideographs * kBitsOfIdeograph);
}

struct Piece {
  int kind = 0;
  std::size_t letters = 0;
};
struct Guess {
  double bits = 0;
  std::vector<Piece> pieces;
};

Guess guess(std::string text, const std::vector<std::string>& known) {
  text.resize(std::min(text.size(), kJudgedMost));
  std::vector<const char*> words;
  for (const std::string& word : known) words.push_back(word.c_str());
  words.push_back(nullptr);
  ZxcMatch_t* matches = nullptr;
  Guess result;
  result.bits = ZxcvbnMatch(text.c_str(), words.data(), &matches);
  for (const ZxcMatch_t* match = matches; match != nullptr; match = match->Next) {
    const bool repeated = match->Type > MULTIPLE_MATCH;
    result.pieces.push_back({repeated ? REPEATS_MATCH : match->Type, static_cast<std::size_t>(match->Length)});
  }
  ZxcvbnFreeInfo(matches);
  return result;
}

std::string lower_ascii(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

const char* name_of(const Piece& piece) {
  if (piece.kind == DATE_MATCH && piece.letters <= 4) return "year";
  switch (piece.kind) {
    case DICTIONARY_MATCH: case DICT_LEET_MATCH: return "common word or name";
    case USER_MATCH: case USER_LEET_MATCH: return "name of the practice or the keyholder";
    case REPEATS_MATCH: return "repetition";
    case SEQUENCE_MATCH: return "run such as abc or 123";
    case SPATIAL_MATCH: return "row of keys beside each other";
    case DATE_MATCH: return "date";
    case YEAR_MATCH: return "year";
    default: return "few other letters";
  }
}

std::string describe_pieces(const std::vector<Piece>& pieces) {
  std::vector<std::string> order;
  std::map<std::string, int> counts;
  for (const Piece& piece : pieces) {
    const std::string name = name_of(piece);
    if (counts[name]++ == 0) order.push_back(name);
  }
  static constexpr std::array<const char*, 5> kNumbers = {"", "a", "two", "three", "four"};
  std::string text;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const int count = counts[order[i]];
    const bool few = order[i].starts_with("few");
    std::string one = order[i];
    if (count > 1 && !few) {
      const std::size_t head = std::min(one.find(" of "), std::min(one.find(" such "), one.size()));
      one = order[i] == "common word or name" ? "common words or names" : one.insert(head, "s");
    }
    const std::string number = count < 5 ? kNumbers.at(static_cast<std::size_t>(count)) : "many";
    text += i == 0 ? "" : i + 1 == order.size() ? " and " : ", ";
    text += (few ? "a" : number) + " " + one;
  }
  return text;
}

std::string describe_time(double bits) {
  const double seconds = std::exp2(bits - 1) / kTriesASecond;
  static constexpr std::array<std::pair<double, const char*>, 5> kUnits = {
      {{31'557'600.0, "year"}, {86'400.0, "day"}, {3'600.0, "hour"}, {60.0, "minute"}, {1.0, "second"}}};
  if (seconds > 1000 * kUnits[0].first) return "more than a thousand years";
  for (const auto& [length, name] : kUnits) {
    const auto count = static_cast<long>(seconds / length);
    if (count >= 1) return std::to_string(count) + " " + name + (count == 1 ? "" : "s");
  }
  return "less than a second";
}

}  // namespace

PassphraseStrength judge_passphrase(std::string_view passphrase, const std::vector<std::string>& names) {
  std::vector<std::string> known = {"nightchart", "emergency", "envelope", "practice"};
  for (const std::string& name : names) {
    for (const std::string& word : app::fold_query(name)) known.push_back(word);
    known.push_back(lower_ascii(name));
  }
  std::erase_if(known, [](const std::string& word) { return word.size() < 3 || !is_ascii(word); });

  const std::string clean = app::clean_passphrase(passphrase);
  std::string together;
  double foreign = 0, own = 0;  // the most that words in other letters can be worth, and what the rest is
  bool has_foreign = false;
  for (const std::string& word : words_of(clean)) {
    if (is_ascii(word)) {
      together += word;
      own += guess(word, known).bits;
      continue;
    }
    has_foreign = true;
    foreign += foreign_bits(word);
    for (const std::string& token : app::fold_query(word)) together += token;
  }
  Guess best = guess(together, known);
  if (is_ascii(clean)) {
    if (Guess as_typed = guess(clean, known); as_typed.bits < best.bits) best = std::move(as_typed);
  }
  if (has_foreign) best.bits = std::min(best.bits, foreign + own);
  return {best.bits, describe_pieces(best.pieces), describe_time(best.bits)};
}

app::Result<app::Done> check_new_passphrase(std::string_view passphrase, const std::vector<std::string>& names) {
  TRY(app::check_passphrase(passphrase));
  const PassphraseStrength strength = judge_passphrase(passphrase, names);
  if (strength.bits >= kPassphraseBitsLeast) return app::Done{};
  return app::Error{app::Code::wrong_kind,
                    "This passphrase is too easy to guess" +
                        (strength.made_of.empty() ? "." : ": it is made of " + strength.made_of + ".") +
                        " Take four or more words that have nothing to do with each other, or let --generate draw six.",
                    "a thief with the copy and one rented graphics card finds it in " + strength.guessed_in};
}

}  // namespace exporter
