#include "app/record/clinical_numbers.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "app/record/sheet_words.h"

namespace app {
namespace {

struct Pair {
  std::string_view recorded;  // in lower case
  std::string_view said;
};

// Units that may stand after a number, and how they are written. Case decides nothing among them.
constexpr std::array<Pair, 33> kUnits = {{
    {"mg", "mg"},         {"g", "g"},           {"gm", "g"},        {"kg", "kg"},       {"mcg", "mcg"},
    {"ug", "mcg"},        {"µg", "mcg"},        {"μg", "mcg"},      {"ml", "mL"},       {"cc", "mL"},
    {"l", "L"},           {"u", "units"},       {"iu", "units"},    {"unit", "unit"},   {"units", "units"},
    {"meq", "mEq"},       {"mmol", "mmol"},     {"h", "hour"},      {"hr", "hour"},
    {"hour", "hour"},     {"min", "minute"},    {"minute", "minute"}, {"day", "day"},   {"dose", "dose"},
    {"tablet", "tablet"}, {"capsule", "capsule"}, {"actuation", "actuation"}, {"actuat", "actuation"},
    {"spray", "spray"},   {"puff", "puff"},     {"patch", "patch"}, {"hours", "hours"}, {"days", "days"},
}};

constexpr std::array<Pair, 14> kResultUnits = {{
    {"mm[hg]", "mmHg"},     {"cel", "degrees C"},  {"[degf]", "degrees F"}, {"degf", "degrees F"},
    {"degc", "degrees C"},  {"[in_i]", "in"},      {"[lb_av]", "lb"},       {"/min", "per minute"},
    {"{score}", "(score)"}, {"1", ""},             {"ug/l", "mcg/L"},       {"ug/dl", "mcg/dL"},
    {"ug/ml", "mcg/mL"},    {"{beats}/min", "beats per minute"},
}};

constexpr std::array<Pair, 24> kRoutes = {{
    {"po", "by mouth"},         {"p.o.", "by mouth"},        {"im", "intramuscular"},
    {"i.m.", "intramuscular"},  {"iv", "intravenous"},       {"i.v.", "intravenous"},
    {"subq", "subcutaneous"},   {"sq", "subcutaneous"},      {"sc", "subcutaneous"},
    {"s.c.", "subcutaneous"},   {"sub q", "subcutaneous"},   {"sub-q", "subcutaneous"},
    {"sl", "under the tongue"}, {"s.l.", "under the tongue"}, {"pr", "rectal"},
    {"p.r.", "rectal"},         {"pv", "vaginal"},           {"inh", "inhaled"},
    {"neb", "by nebulizer"},    {"ng", "by nasogastric tube"}, {"top", "on the skin"},
    {"td", "through the skin (patch)"}, {"id", "intradermal"}, {"p.v.", "vaginal"},
}};

constexpr std::array<Pair, 20> kFrequencies = {{
    {"qd", "once daily"},           {"bid", "twice daily"},         {"tid", "three times daily"},
    {"qid", "four times daily"},    {"qod", "every other day"},     {"qhs", "at bedtime"},
    {"prn", "as needed"},           {"qam", "every morning"},       {"qpm", "every evening"},
    {"stat", "immediately"},        {"ac", "before meals"},         {"pc", "after meals"},
    {"daily", "daily"},             {"qday", "once daily"},         {"qwk", "once weekly"},
    {"qweek", "once weekly"},       {"bd", "twice daily"},
    {"tds", "three times daily"},   {"qds", "four times daily"},    {"qmonth", "once monthly"},
}};

template <std::size_t N>
std::string_view look_up(const std::array<Pair, N>& table, std::string_view lower) {
  for (const Pair& pair : table) {
    if (pair.recorded == lower) return pair.said;
  }
  return {};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; }

// One number: digits with at most one point. Anything else comes back as it was.
std::string format_number(std::string_view digits) {
  const std::size_t point = digits.find('.');
  std::string_view whole = digits.substr(0, point);
  std::string_view part = point == std::string_view::npos ? std::string_view() : digits.substr(point + 1);
  const bool odd = part.find('.') != std::string_view::npos || (whole.empty() && part.empty()) ||
                   (whole.size() > 1 && whole.front() == '0') || (point != std::string_view::npos && part.empty());
  // "5.000" is five to one reader and five thousand to another.
  if (odd || (part == "000" && whole != "0" && !whole.empty())) return std::string(digits);
  while (!part.empty() && part.back() == '0') part.remove_suffix(1);
  std::string text = whole.empty() ? "0" : std::string(whole);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  if (!part.empty()) text += '.', text += part;
  return text;
}

enum class Kind { blank, number, word, sign };
struct Token {
  Kind kind;
  std::string_view text;
  std::string_view unit;  // what a word means as a unit, if it is one
};

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const auto take = [&](auto belongs) {
      while (at < text.size() && belongs(text[at])) ++at;
    };
    Kind kind = Kind::sign;
    if (text[at] == ' ') {
      kind = Kind::blank, take([](char c) { return c == ' '; });
    } else if (is_digit(text[at]) || (text[at] == '.' && at + 1 < text.size() && is_digit(text[at + 1]))) {
      kind = Kind::number, take([](char c) { return is_digit(c) || c == '.' || c == ','; });
    } else if (is_letter(text[at])) {
      kind = Kind::word, take([](char c) { return is_letter(c); });
    } else {
      ++at;
    }
    const std::string_view piece = text.substr(begin, at - begin);
    const auto unit = kind == Kind::word ? look_up(kUnits, lower_ascii(piece)) : std::string_view();
    tokens.push_back({kind, piece, unit});
  }
  return tokens;
}

// Whether the word at `i` stands after a plain 1: "1 unit".
bool is_one(const std::vector<Token>& tokens, std::size_t i) {
  const std::size_t back = i > 0 && tokens[i - 1].kind == Kind::blank ? 2 : 1;
  return i >= back && tokens[i - back].text == "1" && (i == back || tokens[i - back - 1].kind == Kind::blank);
}

bool is_time(std::string_view unit) { return unit == "hour" || unit == "hours"; }

}  // namespace

std::string format_amount(std::string_view recorded) {
  const std::vector<Token> tokens = tokens_of(recorded);
  std::string out;
  const auto at = [&tokens](std::size_t i) { return i < tokens.size() ? tokens[i] : Token{Kind::blank, "", ""}; };
  const auto is_unit_at = [&](std::size_t i) {
    return at(i).kind == Kind::number ? !at(i + 1).unit.empty() || !at(i + 2).unit.empty() : !at(i).unit.empty();
  };
  bool after_amount = false;  // the last thing said was a number, or a number and its unit
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    const Kind before = i == 0 ? Kind::blank : tokens[i - 1].kind;
    if (token.kind == Kind::number && before != Kind::word) {
      const bool commas = token.text.find(',') != std::string_view::npos;
      const bool ratio = at(i + 1).text == ":" || (i > 0 && tokens[i - 1].text == ":");
      const bool glued = ratio || (at(i + 1).kind == Kind::word && at(i + 1).unit.empty());
      out += commas || glued ? std::string(token.text) : format_number(token.text);
      after_amount = !glued;
      if (after_amount && !at(i + 1).unit.empty()) out += ' ';
    } else if (token.kind == Kind::word && !token.unit.empty() && after_amount) {
      const bool hour_alone = is_time(token.unit) && token.text.size() < 3;  // "4h": four hours, not "4 hour"
      const bool one = token.unit == "units" && is_one(tokens, i);
      out += hour_alone && out.find(" per ") == std::string::npos ? "h" : one ? "unit" : token.unit;
    } else if (token.text == "/" && after_amount && before == Kind::word && is_unit_at(i + 1)) {
      out += " per ";
    } else {
      out += token.text;
      if (token.kind == Kind::word) after_amount = false;
    }
  }
  return out;
}

std::string format_unit(std::string_view recorded) {
  const std::string lower = lower_ascii(recorded);
  for (const Pair& pair : kResultUnits) {
    if (pair.recorded == lower) return std::string(pair.said);
  }
  return std::string(recorded);
}

std::string format_route(std::string_view recorded) {
  const auto said = look_up(kRoutes, lower_ascii(recorded));
  return std::string(said.empty() ? recorded : said);
}

namespace {

// "q4h", "q4-6h": the hours of an interval in words, or "".
std::string every_hours(std::string_view lower) {
  if (lower.size() < 3 || lower.front() != 'q') return {};
  if (lower.ends_with("hr")) lower.remove_suffix(1);
  else if (lower.ends_with("hrs")) lower.remove_suffix(2);
  if (!lower.ends_with('h')) return {};
  const std::string_view hours = lower.substr(1, lower.size() - 2);
  std::string said = "every ";
  bool digit = false, dash = false;
  for (const char c : hours) {
    if (is_digit(c)) said += c, digit = true;
    else if (c == '-' && digit && !dash) said += " to ", digit = false, dash = true;
    else return {};
  }
  if (!digit) return {};
  return said + (hours == "1" ? " hour" : " hours");
}

}  // namespace

std::string format_frequency(std::string_view recorded) {
  std::string lower;
  for (const char c : lower_ascii(recorded)) {
    if (c != '.') lower += c;
  }
  if (const auto said = look_up(kFrequencies, lower); !said.empty()) return std::string(said);
  const bool prn = lower.ends_with(" prn");
  const std::string_view base = prn ? std::string_view(lower).substr(0, lower.size() - 4) : lower;
  std::string said(look_up(kFrequencies, base));
  if (said.empty()) said = every_hours(base);
  if (said.empty()) return std::string(recorded);
  return prn ? said + " as needed" : said;
}

std::string format_measured(std::string_view recorded) {
  constexpr std::size_t kComputedDecimals = 6;
  std::string said;
  for (std::size_t at = 0; at < recorded.size();) {
    std::size_t end = at, point = std::string_view::npos;
    while (end < recorded.size() && (is_digit(recorded[end]) || (recorded[end] == '.' && point == std::string_view::npos))) {
      if (recorded[end] == '.') point = end;
      ++end;
    }
    const bool is_number = point != std::string_view::npos && point > at && end - point > kComputedDecimals;
    const bool has_exponent = end < recorded.size() && (recorded[end] == 'e' || recorded[end] == 'E' || recorded[end] == '.');
    if (is_number && !has_exponent) {
      const double value = std::strtod(std::string(recorded.substr(at, end - at)).c_str(), nullptr);
      char rounded[400];
      std::snprintf(rounded, sizeof rounded, value >= 1 ? "%.2f" : "%.3g", value);
      said += rounded;
    } else {
      end = std::max(end, at + 1);
      said += recorded.substr(at, end - at);
    }
    at = end;
  }
  return said;
}

}  // namespace app
