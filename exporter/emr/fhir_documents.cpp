#include "exporter/emr/fhir_documents.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "app/record/text.h"
#include "exporter/emr/fhir_types.h"
#include "exporter/emr/fhir_values.h"

namespace exporter {
namespace {

using app::Json;

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool is_plain_text(std::string_view media_type) {
  return media_type.substr(0, media_type.find(';')) == "text/plain";
}

// Where a later reader of the bytes finds them.
std::string key_of(Reading& reading, Json attachment, std::size_t number) {
  if (std::string url = plain_text(attachment["url"]); !url.empty()) return url;
  const std::string own = std::string(reading["resourceType"].text()) + "/" + reading.id();
  return number == 0 ? own : own + "#" + std::to_string(number);
}

// False if it is no text that can be shown.
bool add_text(Reading& reading, Json attachment, app::Note note) {
  const auto bytes = decode_base64(attachment["data"].text());
  if (!bytes) {
    reading.mark_unreadable("notes", "body", "", "the text of the note is no base64");
    return false;
  }
  app::CleanText body = app::clean_text(*bytes);
  if (body.text.find("\xEF\xBF\xBD") != std::string::npos) {
    reading.mark_unreadable("notes", "body", "", "letters of the note are not readable, each stands as a question mark sign");
  }
  note.body = std::move(body.text);
  reading.chart().notes.add(std::move(note));
  return true;
}

// Source: LOINC document codes of advance directives.
bool is_directive_document(Json type) {
  static constexpr auto kCodes = std::to_array<std::string_view>({"42348-3", "42349-1", "64298-3", "75320-2", "78823-2", "81334-5",
                                                                  "84095-9", "86533-7", "92664-2", "104144-1"});
  return std::any_of(kCodes.begin(), kCodes.end(), [&](std::string_view code) { return has_code(type, code); });
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t held = 0;
  int bits = 0;
  std::size_t digits = 0, padding = 0;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    const int digit = base64_digit(c);
    if (digit < 0 || padding > 0) return std::nullopt;
    ++digits;
    held = held << 6 | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(held >> bits & 0xFF);
  }
  if (digits % 4 == 1 || padding > 2) return std::nullopt;
  return bytes;
}

bool read_attachments(Reading& reading, Json attachments, const app::Note& frame, const std::vector<app::Coding>& codes) {
  std::size_t number = 0;
  for (const Json attachment : attachments.items()) {
    const std::string title = plain_text(attachment["title"]);
    const std::string media_type = plain_text(attachment["contentType"]);
    const bool whole = attachment["data"].is_text() && is_plain_text(media_type);
    app::Note note = frame;
    if (note.text.empty()) note.text = title;
    const std::size_t here = number++;
    if (whole && add_text(reading, attachment, note)) continue;
    app::Document document;
    document.key = key_of(reading, attachment, here);
    document.text = note.text.empty() ? "(no title)" : note.text;
    document.codes = codes;
    document.status = frame.status;
    document.date = frame.date.presence() == app::Presence::not_recorded
                        ? reading.date("documents", "date", attachment, "creation")
                        : frame.date;
    document.author = frame.author;
    document.media_type = media_type;
    if (title != document.text) document.note = title;
    if (const FhirAttachments* pages = reading.record().attachments; pages != nullptr) {
      const std::string owner = std::string(reading["resourceType"].text()) + "/" + reading.id() + "#" + std::to_string(here);
      document.content = pages->keep(attachment, owner, reading.tables().servers());
    }
    reading.chart().documents.add(std::move(document));
  }
  return number > 0;
}

void read_document(Reading& reading) {
  app::Note frame;
  frame.text = reading.concept_of("type");
  const std::string description = reading.text("description");
  if (frame.text.empty()) frame.text = description;
  else if (!description.empty() && description != frame.text) frame.text += ": " + description;
  if (frame.text.empty()) frame.text = reading.concept_of("category");
  frame.status = reading.text("status");
  const std::string draft = reading.text("docStatus");
  if (!draft.empty() && draft != "final") join(frame.status, ", ", draft);
  frame.date = reading.date("documents", "date", reading.resource(), "date");
  if (frame.date.presence() == app::Presence::not_recorded) {
    frame.date = reading.date("documents", "date", reading["context"]["period"], "start");
  }
  frame.author = reading.names_of(reading["author"]);
  for (const Json visit : reading["context"]["encounter"].items()) {
    if (frame.visit.empty()) frame.visit = reading.refer(visit).id;
  }
  std::size_t count = 0;
  for (const Json content : reading["content"].items()) {
    count += read_attachments(reading, content["attachment"], frame, concept_codes(reading["type"])) ? 1 : 0;
  }
  if (count == 0) reading.mark_unreadable("documents", "", frame.text, "the document has no content");
  if (!is_directive_document(reading["type"]) && !is_directive_document(reading["category"])) return;
  app::Statement directive{frame.text, concept_codes(reading["type"]), "document", frame.status == "current", frame.status,
                           frame.date, frame.author, "See the document itself"};
  reading.chart().directives.add(std::move(directive));
}

}  // namespace exporter
