#include "app/record/json.h"

#include <simdjson.h>

#include <bit>
#include <charconv>

namespace app {

using Element = simdjson::dom::element;
static_assert(sizeof(Element) == 16 && std::is_trivially_copyable_v<Element>);

// The only place that knows what a handle holds.
struct JsonAccess {
  static Element element(const Json& json) { return std::bit_cast<Element>(json.handle_); }
  static Json handle(Element element) {
    Json json;
    json.handle_ = std::bit_cast<std::array<std::byte, 16>>(element);
    json.exists_ = true;
    return json;
  }
};

struct JsonDocument::State {
  simdjson::dom::parser parser;
};

JsonDocument::JsonDocument() : state_(std::make_unique<State>()) {}
JsonDocument::~JsonDocument() = default;
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;

Result<Json> JsonDocument::parse(std::string_view text) {
  Element root;
  if (const auto error = state_->parser.parse(text.data(), text.size()).get(root)) {
    return Error{Code::bad_source, "This is not readable JSON.", simdjson::error_message(error)};
  }
  return JsonAccess::handle(root);
}

bool Json::is_object() const { return exists_ && JsonAccess::element(*this).is_object(); }
bool Json::is_array() const { return exists_ && JsonAccess::element(*this).is_array(); }
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
  return simdjson::minify(element);
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

std::string Json::json() const {
  return exists_ ? std::string(simdjson::minify(JsonAccess::element(*this))) : std::string();
}

void JsonWriter::key(std::string_view name) {
  text(name);
  out_ += ':';
  first_ = true;
}

void JsonWriter::text(std::string_view value) {
  static constexpr char kDigits[] = "0123456789abcdef";
  separate();
  out_ += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
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
