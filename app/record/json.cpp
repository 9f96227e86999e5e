#include "app/record/json.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <utility>

namespace app {
namespace {

using Element = simdjson::dom::element;
static_assert(sizeof(Element) == 16 && std::is_trivially_copyable_v<Element>);

// What an Element is made of.
struct Place {
  const simdjson::dom::document* document;
  std::size_t at;  // on the document's tape
};
static_assert(sizeof(Place) == sizeof(Element));

// Requires: a quotation mark stands somewhere before `at`.
bool is_escaped(std::string_view source, std::size_t at) {
  std::size_t backslashes = 0;
  while (source[at - 1 - backslashes] == '\\') ++backslashes;
  return backslashes % 2 != 0;
}

std::size_t end_of_text(std::string_view source, std::size_t quote) {
  for (std::size_t at = source.find('"', quote + 1);; at = source.find('"', at + 1)) {
    if (!is_escaped(source, at)) return at;
  }
}

std::size_t end_of_number(std::string_view source, std::size_t at) {
  const std::size_t end = source.find_first_not_of("+-.0123456789eE", at);
  return end == std::string_view::npos ? source.size() : end;
}

// simdjson keeps what a number is worth but not how it was written, and "5.40" says more than 5.4. The
// numbers stand on its tape in the order of the text: the n-th there is the n-th here.
struct Document : simdjson::dom::document {
  std::string source;
  mutable bool numbers_read = false;
  mutable std::vector<std::pair<std::size_t, std::string_view>> numbers;  // place on the tape, digits

  std::string_view number_at(std::size_t place) const {
    if (!std::exchange(numbers_read, true)) read_numbers();
    const auto found = std::lower_bound(numbers.begin(), numbers.end(), place,
                                        [](const auto& number, std::size_t at) { return number.first < at; });
    return found != numbers.end() && found->first == place ? found->second : std::string_view();
  }

 private:
  void read_numbers() const {
    numbers.clear();
    const std::string_view text = source;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '"') {
        at = end_of_text(text, at);
      } else if (text[at] == '-' || (text[at] >= '0' && text[at] <= '9')) {
        const std::size_t end = end_of_number(text, at);
        numbers.emplace_back(0, text.substr(at, end - at));
        at = end - 1;
      }
    }
    const std::size_t end = tape[0] & simdjson::internal::JSON_VALUE_MASK;
    std::size_t number = 0;
    for (std::size_t at = 1; at < end && number < numbers.size(); ++at) {
      const auto type = static_cast<char>(tape[at] >> 56);
      if (type != 'l' && type != 'u' && type != 'd') continue;
      numbers[number++].first = at++;  // its value is the next word
    }
    numbers.resize(number);
  }
};

constexpr std::uint64_t every_byte(unsigned char byte) { return byte * std::uint64_t{0x0101010101010101}; }

// High bits where a byte of the word is zero; elsewhere too, but only if one is.
constexpr std::uint64_t zeros_in(std::uint64_t word) { return (word - every_byte(1)) & ~word & every_byte(0x80); }

// The length of the front that stands in JSON as it is: no quotation mark, no backslash, nothing below a blank.
std::size_t plain_front(std::string_view text) {
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    const std::uint64_t below_blank = (word - every_byte(0x20)) & ~word & every_byte(0x80);
    if ((below_blank | zeros_in(word ^ every_byte('"')) | zeros_in(word ^ every_byte('\\'))) != 0) break;
  }
  const auto is_plain = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; };
  while (at < text.size() && is_plain(text[at])) ++at;
  return at;
}

// Whether `number` is what RFC 8259 calls one.
bool is_number(std::string_view number) {
  const auto digits = [&number] {
    const std::size_t count = std::min(number.find_first_not_of("0123456789"), number.size());
    number.remove_prefix(count);
    return count > 0;
  };
  if (number.starts_with('-')) number.remove_prefix(1);
  if (number.starts_with('0')) number.remove_prefix(1);
  else if (!digits()) return false;
  if (number.starts_with('.') && (number.remove_prefix(1), !digits())) return false;
  if (!number.starts_with('e') && !number.starts_with('E')) return number.empty();
  number.remove_prefix(1);
  if (number.starts_with('+') || number.starts_with('-')) number.remove_prefix(1);
  return digits() && number.empty();
}

// Small enough that every parser can hold it.
bool is_modest(std::string_view number) { return number.size() < 16 && number.find_first_of("eE") == std::string_view::npos; }

// The text with its immodest numbers in quotation marks; empty if there are none.
std::string with_large_numbers_as_text(std::string_view text) {
  std::string quoted;
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') {
      at = text.find('"', at + 1);
      while (at != std::string_view::npos && is_escaped(text, at)) at = text.find('"', at + 1);
      if (at == std::string_view::npos) return {};
    } else if (text[at] == '-' || (text[at] >= '0' && text[at] <= '9')) {
      const std::size_t end = end_of_number(text, at);
      const std::string_view number = text.substr(at, end - at);
      if (!is_modest(number) && is_number(number)) {
        quoted.append(text, copied, at - copied).append(1, '"').append(number).append(1, '"');
        copied = end;
      }
      at = end - 1;
    }
  }
  if (copied == 0) return {};
  return quoted.append(text, copied);
}

}  // namespace

// The only place that knows what a handle holds.
struct JsonAccess {
  static Element element(const Json& json) { return std::bit_cast<Element>(json.handle_); }
  static std::string_view number(const Json& json) {
    const Place place = std::bit_cast<Place>(json.handle_);
    return static_cast<const Document*>(place.document)->number_at(place.at);
  }
  static Json handle(Element element) {
    Json json;
    json.handle_ = std::bit_cast<std::array<std::byte, 16>>(element);
    json.exists_ = true;
    return json;
  }
};

struct JsonDocument::State {
  simdjson::dom::parser parser;
  Document document;
};

JsonDocument::JsonDocument() : state_(std::make_unique<State>()) {}
JsonDocument::~JsonDocument() = default;
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;

Result<Json> JsonDocument::parse(std::string_view text) {
  Document& document = state_->document;
  const auto parse_once = [&](std::string_view source, Element& root) {
    document.source.reserve(source.size() + simdjson::SIMDJSON_PADDING);
    document.source = source;
    document.numbers_read = false;
    return state_->parser.parse_into_document(document, document.source.data(), source.size(), false).get(root);
  };
  Element root;
  const auto error = parse_once(text, root);
  if (!error) return JsonAccess::handle(root);
  const std::string quoted = with_large_numbers_as_text(text);
  if (!quoted.empty() && !parse_once(quoted, root)) return JsonAccess::handle(root);
  return Error{Code::bad_source, "This is not readable JSON.", simdjson::error_message(error)};
}

bool Json::is_object() const { return exists_ && JsonAccess::element(*this).is_object(); }
bool Json::is_array() const { return exists_ && JsonAccess::element(*this).is_array(); }
bool Json::is_null() const { return exists_ && JsonAccess::element(*this).is_null(); }
bool Json::is_text() const { return exists_ && JsonAccess::element(*this).is_string(); }

Json Json::operator[](std::string_view key) const {
  Element found;
  if (!is_object() || JsonAccess::element(*this).at_key(key).get(found)) return {};
  return JsonAccess::handle(found);
}

std::string_view Json::text() const {
  std::string_view text;
  if (!exists_ || JsonAccess::element(*this).get_string().get(text)) return {};
  return text;
}

std::string Json::scalar() const {
  if (!exists_) return {};
  const Element element = JsonAccess::element(*this);
  if (element.is_string()) return std::string(text());
  if (element.is_object() || element.is_array() || element.is_null()) return {};
  if (element.is_bool()) return bool(element) ? "true" : "false";
  return std::string(JsonAccess::number(*this));
}

std::optional<bool> Json::boolean() const {
  bool value = false;
  if (!exists_ || JsonAccess::element(*this).get_bool().get(value)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> Json::integer() const {
  std::int64_t value = 0;
  if (!exists_ || JsonAccess::element(*this).get_int64().get(value)) return std::nullopt;
  return value;
}

std::vector<Json> Json::items() const {
  std::vector<Json> all;
  if (!exists_) return all;
  simdjson::dom::array array;
  if (JsonAccess::element(*this).get_array().get(array)) return {*this};
  for (const Element element : array) all.push_back(JsonAccess::handle(element));
  return all;
}

std::vector<std::pair<std::string_view, Json>> Json::members() const {
  std::vector<std::pair<std::string_view, Json>> all;
  simdjson::dom::object object;
  if (!exists_ || JsonAccess::element(*this).get_object().get(object)) return all;
  for (const auto& field : object) all.emplace_back(field.key, JsonAccess::handle(field.value));
  return all;
}

namespace {

// As deep as the parser lets a document be.
void write_json(const Json& value, JsonWriter& write) {
  if (value.is_object()) {
    write.open_object();
    for (const auto& [name, member] : value.members()) {
      write.key(name);
      write_json(member, write);
    }
    write.close_object();
  } else if (value.is_array()) {
    write.open_array();
    for (const Json& item : value.items()) write_json(item, write);
    write.close_array();
  } else if (value.is_text()) {
    write.text(value.text());
  } else {
    write.raw(value.is_null() ? "null" : value.scalar());
  }
}

}  // namespace

std::string Json::json() const {
  std::string text;
  JsonWriter write(text);
  if (exists_) write_json(*this, write);
  return text;
}

void JsonWriter::key(std::string_view name) {
  text(name);
  out_ += ':';
  first_ = true;
}

void JsonWriter::text(std::string_view value) {
  const std::size_t plain = plain_front(value);
  if (plain < value.size()) return escaped(value, plain);
  const std::string_view opening = first_ ? "\"" : ",\"";
  first_ = false;
  out_.append(opening).append(value) += '"';
}

void JsonWriter::escaped(std::string_view value, std::size_t plain_bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  separate();
  out_ += '"';
  std::size_t plain = 0;
  for (std::size_t i = plain_bytes; i < value.size(); ++i) {
    const auto c = static_cast<unsigned char>(value[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out_.append(value, plain, i - plain);
    plain = i + 1;
    out_ += '\\';
    switch (c) {
      case '"':
      case '\\': out_ += static_cast<char>(c); break;
      case '\n': out_ += 'n'; break;
      case '\r': out_ += 'r'; break;
      case '\t': out_ += 't'; break;
      default: out_ += "u00", out_ += kDigits[c >> 4], out_ += kDigits[c & 15];
    }
  }
  out_.append(value, plain);
  out_ += '"';
}

void JsonWriter::integer(std::int64_t value) {
  separate();
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out_.append(digits, end);
}

void JsonWriter::boolean(bool value) { raw(value ? "true" : "false"); }

void JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
}

}  // namespace app
