// What a document says about itself: Composition, whose sections may be empty for a reason, and Communication.
//
// Source:  IPS document bundles. The entries of a section are resources of their own; its text is kept as a
//          note where it stands alone.
#include <utility>

#include "exporter/emr/fhir_types.h"
#include "exporter/emr/fhir_values.h"

namespace exporter {
namespace {

using app::Json;

constexpr int kDeepest = 8;

// A tag that begins a line of its own.
bool is_block(std::string_view tag) {
  for (const char* block : {"p", "/p", "br", "br/", "br /", "div", "li", "tr", "ul", "ol", "table", "h1", "h2", "h3", "h4"}) {
    if (tag == block) return true;
  }
  return false;
}

std::string_view entity(std::string_view name) {
  if (name == "amp") return "&";
  if (name == "lt") return "<";
  if (name == "gt") return ">";
  if (name == "quot") return "\"";
  if (name == "apos" || name == "#39") return "'";
  if (name == "nbsp" || name == "#160") return " ";
  return {};
}

// The words of a piece of XHTML, blank space joined.
std::string narrative_text(std::string_view xhtml) {
  std::string text;
  const auto add = [&text](char c) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) text += c;
    else if (!text.empty() && text.back() != ' ' && text.back() != '\n') text += ' ';
  };
  for (std::size_t at = 0; at < xhtml.size(); ++at) {
    if (xhtml[at] == '<') {
      const std::size_t end = xhtml.find('>', at);
      if (end == std::string_view::npos) break;
      std::string_view tag = xhtml.substr(at + 1, end - at - 1);
      const bool cell = tag.starts_with("td") || tag.starts_with("th");
      if (!tag.starts_with("br")) tag = tag.substr(0, tag.find(' '));
      if (is_block(tag) && !text.empty() && text.back() != '\n') text += '\n';
      if (cell) add(' ');
      at = end;
    } else if (xhtml[at] == '&') {
      const std::size_t end = xhtml.find(';', at);
      const std::string_view known = end == std::string_view::npos ? "" : entity(xhtml.substr(at + 1, end - at - 1));
      if (known.empty()) text += '&';
      else text += known, at = end;
    } else {
      add(xhtml[at]);
    }
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.pop_back();
  return text;
}

class CompositionReader {
 public:
  explicit CompositionReader(Reading& reading) : reading_(reading) {
    said_.recorded = reading.date("notes", "date", reading.resource(), "date");
    said_.author = reading.names_of(reading["author"]);
  }

  void read(Json section, int depth) {
    const std::string_view what = section_of_code(section["code"]);
    const Json reason = section["emptyReason"];
    const bool has_entries = !section["entry"].items().empty(), has_sections = !section["section"].items().empty();
    if (!what.empty()) {
      reading_.record().spoken_of.insert(std::string(what));
      if (reason.exists() && !has_entries) say_empty(what, reason, section);
    }
    if (!has_entries && !has_sections && !reason.exists()) keep_text(section);
    for (const Json inner : section["section"].items()) {
      if (depth < kDeepest) read(inner, depth + 1);
    }
  }

 private:
  void say_empty(std::string_view what, Json reason, Json section) {
    SaidEmpty said = said_;
    said.state = presence_of_empty(reason);
    if (section["author"].exists()) said.author = reading_.names_of(section["author"]);
    reading_.record().said_empty[std::string(what)] = std::move(said);
  }

  void keep_text(Json section) {
    app::Note note;
    note.text = plain_text(section["title"]);
    if (note.text.empty()) note.text = concept_text(section["code"]);
    note.status = reading_.text("status");
    note.date = said_.recorded;
    note.author = said_.author;
    note.body = narrative_text(plain_text(section["text"]["div"]));
    if (!note.body.empty()) reading_.chart().notes.add(std::move(note));
  }

  Reading& reading_;
  SaidEmpty said_;
};

}  // namespace

void read_composition(Reading& reading) {
  reading.pass_by("Composition (its sections are read)");
  if (reading.text("status") == "entered-in-error") return;
  CompositionReader reader(reading);
  for (const Json section : reading["section"].items()) reader.read(section, 1);
}

void read_communication(Reading& reading) {
  app::Note note;
  note.visit = reading.refer(reading["encounter"]).id;
  note.text = reading.concept_of("topic");
  for (const char* what : {"category", "reasonCode"}) {
    if (note.text.empty()) note.text = reading.concept_of(what);
  }
  if (note.text.empty()) note.text = "Message";
  note.status = reading.text("status");
  note.date = reading.date("notes", "date", reading.resource(), "sent");
  note.author = reading.name_of(reading["sender"]);
  const std::string to = reading.names_of(reading["recipient"]);
  if (!to.empty()) note.body = "To " + to;
  for (const Json payload : reading["payload"].items()) {
    const Choice content = choice(payload, "content");
    if (content.type == "String") join(note.body, "\n", plain_text(content.value));
    else if (content.value.exists()) join(note.body, "\n", "(an attachment, not shown here)");
  }
  join(note.body, "\n", annotations_text(reading["note"], reading.zone()));
  reading.chart().notes.add(std::move(note));
}

}  // namespace exporter
