#include "exporter/emr/sql_alias.h"

#include <vector>

namespace exporter {
namespace {

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    if (end != 0) words.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return words;
}

}  // namespace

SqlAlias parse_sql_alias(std::string_view name) {
  const std::vector<std::string_view> words = words_of(name);
  SqlAlias alias;
  if (words.empty()) return alias;
  alias.field = words[0];
  std::size_t at = 1;
  if (at < words.size() && words[at] == "+") alias.joint = " ", ++at;
  else if (at < words.size() && words[at] == ";") alias.joint = "; ", ++at;
  if (at + 1 < words.size() && (words[at] == "via" || words[at] == "from")) {
    alias.only_looked_up = words[at] == "from";
    alias.lookup = words[at + 1];
    at += 2;
    if (at < words.size()) alias.list = words[at++];
  }
  if (at != words.size()) return {std::string(name), {}, {}, {}, false};
  return alias;
}

}  // namespace exporter
