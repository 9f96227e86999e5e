#include "exporter/emr/sql_template.h"

#include <algorithm>

namespace exporter {
namespace {

using app::Code;
using app::Error;
using app::Result;

constexpr std::string_view kBlanks = " \t\r\n";

bool is_blank(char c) { return kBlanks.find(c) != std::string_view::npos; }
bool is_of_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string> listed(std::string_view text) {
  std::vector<std::string> words;
  while (true) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (const auto word = trimmed(text.substr(0, comma)); !word.empty()) words.emplace_back(word);
    if (comma == text.size()) return words;
    text.remove_prefix(comma + 1);
  }
}

// Where `mark` stands between blanks, or the text ends.
std::size_t find_alone(std::string_view text, char mark) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == mark && is_blank(text[i - 1]) && (i + 1 == text.size() || is_blank(text[i + 1]))) return i;
  }
  return std::string_view::npos;
}

// What a line says after "-- word:", or nothing.
std::string_view said_after(std::string_view line, std::string_view word) {
  line = trimmed(line);
  if (!line.starts_with("--")) return {};
  line = trimmed(line.substr(2));
  if (!line.starts_with(word)) return {};
  line = trimmed(line.substr(word.size()));
  return line.starts_with(':') ? line.substr(1) : std::string_view();
}

}  // namespace

bool is_dialect(std::string_view word) { return std::find(std::begin(kDialects), std::end(kDialects), word) != std::end(kDialects); }

bool SqlSurroundings::has(std::string_view need) const {
  if (need.starts_with('!')) return !has(trimmed(need.substr(1)));
  if (is_dialect(need)) return need == dialect;
  const std::string name = lower_case(need);
  const std::size_t dot = name.find('.');
  return catalogue.has(name.substr(0, dot), dot == std::string::npos ? "" : std::string_view(name).substr(dot + 1));
}

SqlHead read_sql_head(std::string_view sql) {
  SqlHead head;
  while (!sql.empty()) {
    const std::string_view line = sql.substr(0, sql.find('\n'));
    sql.remove_prefix(std::min(line.size() + 1, sql.size()));
    for (std::string& word : listed(said_after(line, "requires"))) head.requirements.push_back(std::move(word));
    for (std::string& word : listed(said_after(line, "unless-already"))) head.unless_already.push_back(std::move(word));
  }
  return head;
}

Result<std::string> fill_sql(std::string_view sql, const std::string& file, const SqlSurroundings& surroundings) {
  std::string filled;
  while (true) {
    const std::size_t begin = sql.find("{{");
    filled += sql.substr(0, begin);
    if (begin == std::string_view::npos) return filled;
    const std::size_t end = sql.find("}}", begin);
    const std::string_view choice = sql.substr(begin + 2, end == std::string_view::npos ? end : end - begin - 2);
    const std::size_t question = find_alone(choice, '?');
    const std::vector<std::string> needs = listed(choice.substr(0, std::min(question, choice.size())));
    if (end == std::string_view::npos || question == std::string_view::npos || needs.empty() ||
        choice.find("{{") != std::string_view::npos) {
      return Error{Code::bad_config, file + ": \"{{" + std::string(choice.substr(0, 40)) + "\" is no choice.",
                   "as in {{lists.verification ? l.verification : NULL}}, one not inside another"};
    }
    std::string_view taken = choice.substr(question + 1);
    const std::size_t colon = find_alone(taken, ':');
    const bool all = std::all_of(needs.begin(), needs.end(), [&](const std::string& need) { return surroundings.has(need); });
    if (all) {
      taken = taken.substr(0, colon);
    } else {
      taken = colon == std::string_view::npos ? std::string_view() : taken.substr(colon + 1);
    }
    filled += trimmed(taken);
    sql.remove_prefix(end + 2);
  }
}

bool mentions(std::string_view sql, std::string_view name) {
  const std::string text = lower_case(sql);
  const std::string wanted = lower_case(name);
  for (std::size_t at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) {
    const std::size_t end = at + wanted.size();
    if ((at == 0 || !is_of_name(text[at - 1])) && (end == text.size() || !is_of_name(text[end]))) return true;
  }
  return false;
}

}  // namespace exporter
