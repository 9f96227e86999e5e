#include "app/snapshot/access_log.h"

#include "app/record/json.h"
#include "app/record/text.h"

namespace app {
namespace {

constexpr std::size_t kFieldMost = 300;

// One line, and not without end.
std::string clean_field(const std::string& text) {
  std::string clean = clean_text(text).text;
  for (char& c : clean)
    if (c == '\n' || c == '\t') c = ' ';
  while (clean.size() > kFieldMost) {
    std::size_t at = kFieldMost;
    while (at > 0 && (static_cast<unsigned char>(clean[at]) & 0xC0) == 0x80) --at;
    clean.resize(at);
  }
  return clean;
}

// What the line's own place is stands inside too: nobody but the officer can give a line another.
std::string format_look(const Look& look, std::uint64_t number, const Digest& previous) {
  std::string text;
  JsonWriter json(text);
  json.open_object();
  json.member("number", static_cast<std::int64_t>(number));
  json.member("previous", std::string_view(format_hex(previous)));
  json.member("time", std::string_view(format_utc(look.time)));
  json.member("kind", std::string_view(look.kind));
  json.member("who", std::string_view(look.who));
  json.member("practice", std::string_view(look.practice));
  json.member("sequence", static_cast<std::int64_t>(look.sequence));
  for (const auto& [name, value] : {std::pair{"words", &look.words}, {"mrn", &look.mrn}, {"name", &look.name}})
    if (!value->empty()) json.member(name, std::string_view(clean_field(*value)));
  json.close_object();
  // Lines of one length tell less: how long a name is stays sealed.
  text.append(511 - (text.size() + 511) % 512, ' ');
  return text;
}

Result<Look> parse_look(std::string_view text, const LogLink& link) {
  JsonDocument document;
  TRY_GET(const Json json, document.parse(text));
  if (json["number"].integer() != static_cast<std::int64_t>(link.number) || json["previous"].text() != format_hex(link.previous)) {
    return Error{Code::damaged, "A line of the log was made for another place in it.", ""};
  }
  Look look;
  if (!parse_utc(json["time"].text(), look.time)) return Error{Code::damaged, "A line of the log has no time.", ""};
  look.kind = json["kind"].text(), look.who = json["who"].text(), look.practice = json["practice"].text();
  look.sequence = static_cast<std::uint64_t>(json["sequence"].integer().value_or(0));
  look.words = json["words"].text(), look.mrn = json["mrn"].text(), look.name = json["name"].text();
  return look;
}

}  // namespace

std::string make_log_line(const Look& look, std::uint64_t number, const Digest& previous, const PublicKey& officer) {
  std::string text;
  JsonWriter json(text);
  json.open_object();
  json.member("nightchart", "look");
  json.member("number", static_cast<std::int64_t>(number));
  json.member("previous", std::string_view(format_hex(previous)));
  json.member("sealed", std::string_view(format_hex(seal(format_look(look, number, previous), officer))));
  json.close_object();
  return text;
}

Result<LogLink> parse_log_line(std::string_view line) {
  const Error none{Code::wrong_kind, "This is no line of a log of looks.", ""};
  JsonDocument document;
  const auto json = document.parse(line);
  if (!json.ok() || json.value()["nightchart"].text() != "look") return none;
  LogLink link;
  const auto number = json.value()["number"].integer();
  const std::string_view sealed = json.value()["sealed"].text();
  if (!number || *number < 1 || !parse_hex(json.value()["previous"].text(), link.previous) ||
      !parse_hex(sealed, sealed.size() / 2, link.sealed))
    return none;
  link.number = static_cast<std::uint64_t>(*number);
  return link;
}

AccessLog read_access_log(std::string_view text, const KeyPair& officer, std::string_view expected) {
  AccessLog log;
  bool met = expected.empty();
  std::uint64_t at = 0, last = 0;
  bool broken = false;  // the line before was: what number follows it nobody knows
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++at;
    const std::string where = "line " + std::to_string(at);
    const auto link =
        end == std::string_view::npos ? Result<LogLink>(Error{Code::damaged, "", ""}) : parse_log_line(line);
    if (!link.ok()) {
      log.faults.push_back(where + " is not whole: it was changed or cut");
      log.head = digest_of(line);
      broken = true;
      continue;
    }
    if (link.value().previous != log.head || (!broken && link.value().number != last + 1))
      log.faults.push_back(where + " does not follow the line before it: one was changed, taken out or put in between");
    broken = false;
    last = link.value().number;
    log.head = digest_of(line);
    met = met || format_hex(log.head) == expected;
    ReadLook read{link.value().number, {}, false};
    if (const auto opened = open_sealed(link.value().sealed, officer); opened.ok()) {
      auto look = parse_look(opened.value().view(), link.value());
      read.readable = look.ok();
      if (look.ok()) read.look = std::move(look).value();
      else log.faults.push_back(where + " was made for another place in the log, or is not whole: lines were taken out or changed");
    }
    log.looks.push_back(std::move(read));
  }
  if (!met)
    log.faults.push_back(
        "the line that was the last one when the log was read before is gone: lines were cut off or the log was begun "
        "anew");
  return log;
}

}  // namespace app
