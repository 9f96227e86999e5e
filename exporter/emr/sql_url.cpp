#include "exporter/emr/sql_url.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace exporter {
namespace {

using app::Code;
using app::Error;
using app::Result;

constexpr const char* kKnown =
    "known: sqlite:///absolute/path, sqlite://path/from/this/file, mariadb://USER@HOST/DATABASE, "
    "postgresql://USER@HOST/DATABASE, odbc:DSN=NAME";

struct Kind {
  const char* scheme;
  const char* kind;
  const char* name;
};
constexpr Kind kServers[] = {{"mariadb", "mariadb", "MariaDB"},
                             {"mysql", "mariadb", "MariaDB"},
                             {"postgresql", "postgresql", "PostgreSQL"},
                             {"postgres", "postgresql", "PostgreSQL"}};

const std::vector<std::string>& options_of(std::string_view kind) {
  static const std::vector<std::string> mariadb = {"socket", "tls", "tls_ca"};
  static const std::vector<std::string> postgresql = {"socket", "tls", "tls_ca", "schema"};
  return kind == "mariadb" ? mariadb : postgresql;
}

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

// %XX as the byte it stands for; anything else as it is.
std::string decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size();
    const auto high = escape ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = escape ? hex_digit(text[i + 2]) : std::nullopt;
    if (!high || !low) {
      plain += text[i];
      continue;
    }
    plain += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  return plain;
}

// What stands before `mark`, which is taken off with it; all of it when there is no mark.
std::string_view take_until(std::string_view& text, char mark) {
  const std::size_t at = std::min(text.find(mark), text.size());
  const std::string_view head = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return head;
}

Error wrong(const std::string& what, const std::string& detail) {
  return {Code::bad_config, "The EMR's url " + what, detail};
}

Result<app::Done> read_authority(std::string_view authority, SqlUrl& url) {
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    const std::string_view user = authority.substr(0, at);
    if (user.find(':') != std::string_view::npos) {
      return wrong("holds a password.", "write it into a file that only Nightchart may read, and name that with password_file");
    }
    url.user = decoded(user);
    authority.remove_prefix(at + 1);
  }
  if (authority.starts_with('[')) {  // IPv6
    authority.remove_prefix(1);
    url.host = take_until(authority, ']');
    if (authority.starts_with(':')) authority.remove_prefix(1);
  } else {
    url.host = decoded(take_until(authority, ':'));
  }
  if (authority.empty()) return app::Done{};
  const auto read = std::from_chars(authority.data(), authority.data() + authority.size(), url.port);
  if (read.ec == std::errc() && read.ptr == authority.data() + authority.size() && url.port > 0 && url.port < 65536) {
    return app::Done{};
  }
  return wrong("names a port that is no number from 1 to 65535.", "");
}

Result<app::Done> read_options(std::string_view text, SqlUrl& url) {
  const auto& known = options_of(url.kind);
  while (!text.empty()) {
    std::string_view value = take_until(text, '&');
    const std::string name(take_until(value, '='));
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      std::string all;
      for (const std::string& option : known) all += (all.empty() ? "known: " : ", ") + option;
      return wrong("has the option \"" + name + "\", which means nothing here.", all);
    }
    url.options[name] = decoded(value);
  }
  const std::string tls = url.option("tls");
  if (tls.empty() || tls == "verify" || tls == "trust" || tls == "off") return app::Done{};
  return wrong("says tls=" + tls + ".",
               "known: verify (encrypted, and the server proves who it is), trust (encrypted), off");
}

}  // namespace

std::string SqlUrl::option(std::string_view name) const {
  const auto found = options.find(name);
  return found == options.end() ? std::string() : found->second;
}

bool SqlUrl::is_local() const {
  return !option("socket").empty() || host.empty() || host == "localhost" || host == "127.0.0.1" || host == "::1";
}

std::string SqlUrl::place() const {
  std::string text = kind;
  for (const Kind& server : kServers) {
    if (kind == server.kind) text = server.name;
  }
  if (!option("socket").empty()) return text + " at " + option("socket");
  return text + " at " + (host.empty() ? "localhost" : host) + (port == 0 ? "" : ":" + std::to_string(port));
}

Result<SqlUrl> parse_sql_url(const std::string& text) {
  SqlUrl url;
  std::string_view rest = text;
  const std::string scheme(take_until(rest, ':'));
  if (scheme == "odbc" && !rest.empty()) {
    url.kind = scheme, url.rest = rest;
    return url;
  }
  const Kind* server = std::find_if(std::begin(kServers), std::end(kServers),
                                    [&scheme](const Kind& known) { return scheme == known.scheme; });
  const bool is_server = server != std::end(kServers);
  if (!rest.starts_with("//") || (!is_server && scheme != "sqlite") || rest.size() < 3) {
    return wrong("begins with \"" + scheme + "\", which names no known database.", kKnown);
  }
  rest.remove_prefix(2);
  url.kind = is_server ? server->kind : scheme;
  if (!is_server) {
    // Other programs' way to write an absolute path has four slashes.
    if (rest.starts_with("//")) rest.remove_prefix(1);
    url.rest = rest;
    return url;
  }
  std::string_view place = take_until(rest, '?');
  TRY(read_authority(take_until(place, '/'), url));
  url.database = decoded(place);
  TRY(read_options(rest, url));
  if (url.database.empty()) return wrong("names no database.", "as in " + scheme + "://nightchart@localhost/openemr");
  return url;
}

namespace {

bool is_word_for_password(std::string_view name) {
  std::string lower;
  for (const char c : name) lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  return lower == "pwd" || lower == "password";
}

// In braces a brace that closes is doubled.
std::string value_in_braces(std::string_view text, std::size_t& at) {
  std::string value;
  for (++at; at < text.size(); ++at) {
    if (text[at] == '}' && (at + 1 == text.size() || text[at + 1] != '}')) break;
    if (text[at] == '}') ++at;
    value += text[at];
  }
  at = std::min(text.find(';', at), text.size());
  return value;
}

std::string take_odbc_password(std::string& url) {
  std::string password, rest;
  std::size_t at = 0;
  while (at < url.size()) {
    const std::size_t begin = at, name_at = rest.empty() ? url.find(':') + 1 : at;
    const std::size_t equals = std::min(url.find('=', at), url.size());
    std::string value;
    at = std::min(equals + 1, url.size());
    if (at < url.size() && url[at] == '{') value = value_in_braces(url, at);
    else at = std::min(url.find(';', equals), url.size()), value = url.substr(std::min(equals + 1, at), at - std::min(equals + 1, at));
    const bool secret = is_word_for_password(std::string_view(url).substr(name_at, equals - name_at));
    if (secret) password = value, rest += url.substr(begin, name_at - begin);
    else rest += url.substr(begin, at - begin) + (at < url.size() ? ";" : "");
    ++at;
  }
  url = rest;
  return password;
}

}  // namespace

Result<std::string> take_password(std::string& url) {
  if (url.starts_with("odbc:")) return take_odbc_password(url);
  const auto scheme = url.find("://");
  if (scheme == std::string::npos || url.starts_with("sqlite:")) return std::string();
  const std::size_t begin = scheme + 3, end = std::min(url.find('/', begin), url.size());
  const std::string_view authority = std::string_view(url).substr(begin, end - begin);
  const std::size_t at = std::min(authority.find('@'), authority.size());
  // Where a name or a password ends is a guess then, and what is guessed wrongly would stand in the settings.
  const bool is_ambiguous = url.find('@', end) != std::string::npos || authority.find('@', at + 1) != std::string_view::npos ||
                            (at < authority.size() && authority.find('?') < at);
  if (is_ambiguous) {
    return wrong("can be read in more than one way.",
                 "in a name, a password or an option write %40 for @, %2F for /, %3F for ? and %3A for :, or leave the password out");
  }
  const std::size_t colon = authority.find(':');
  if (at == authority.size() || colon == std::string_view::npos || colon > at) return std::string();
  const std::string password = decoded(authority.substr(colon + 1, at - colon - 1));
  url.erase(begin + colon, at - colon);
  return password;
}

}  // namespace exporter
