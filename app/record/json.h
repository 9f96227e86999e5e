// JSON: read as a tree of light handles, written canonically.
//
// Source:  RFC 8259. Written form: members in the writer's order, no white space, UTF-8 as it is,
//          only the escapes that RFC 8259 demands.
// Errors:  read_json: Code::bad_source, with the byte where reading stopped if it is known. Handles
//          never fail: what is absent or of another kind reads as empty.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"

namespace app {

// A value inside a JsonDocument: copied freely, valid until that document is parsed anew or destroyed.
class Json {
 public:
  Json() = default;

  bool exists() const { return exists_; }
  bool is_object() const;
  bool is_array() const;
  bool is_text() const;
  bool is_null() const;

  // The member of that name; absent if this is no object or has none.
  Json operator[](std::string_view key) const;
  // The text, or "" if this is none. Points into the document.
  std::string_view text() const;
  // Text as it is; numbers digit for digit as the document has them (5.40 stays 5.40); true and false;
  // "" for anything else.
  std::string scalar() const;
  std::optional<bool> boolean() const;
  std::optional<std::int64_t> integer() const;
  // The elements of an array; a lone value that is no array counts as one element, absence as none.
  std::vector<Json> items() const;
  // The members of an object, in the document's order.
  std::vector<std::pair<std::string_view, Json>> members() const;
  // This value as minimal JSON text, numbers digit for digit.
  std::string json() const;

 private:
  friend class JsonDocument;
  friend struct JsonAccess;
  alignas(8) std::array<std::byte, 16> handle_{};
  bool exists_ = false;
};

// Parses one JSON text after another, keeping its memory.
class JsonDocument {
 public:
  JsonDocument();
  ~JsonDocument();
  JsonDocument(JsonDocument&&) noexcept;
  JsonDocument& operator=(JsonDocument&&) noexcept;

  // The root of `text`, which is copied. Invalid UTF-8 is an error here too. A number beyond what the
  // machine's numbers hold is read as the text of its digits.
  Result<Json> parse(std::string_view text);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Appends canonical JSON to a string. Commas are its business; nesting is the caller's.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  void open_object() { separate(), out_ += '{', first_ = true; }
  void close_object() { out_ += '}', first_ = false; }
  void open_array() { separate(), out_ += '[', first_ = true; }
  void close_array() { out_ += ']', first_ = false; }
  // A member's name; its value must follow.
  void key(std::string_view name);
  void text(std::string_view value);
  void integer(std::int64_t value);
  void boolean(bool value);
  // A value that already is JSON.
  void raw(std::string_view json);

  void member(std::string_view name, std::string_view value) { key(name), text(value); }
  void member(std::string_view name, const char* value) { key(name), text(value); }
  void member(std::string_view name, std::int64_t value) { key(name), integer(value); }
  void member(std::string_view name, bool value) { key(name), boolean(value); }

 private:
  void separate() {
    if (!first_) out_ += ',';
    first_ = false;
  }
  // Text of which something must be escaped, after its first `plain_bytes`.
  void escaped(std::string_view value, std::size_t plain_bytes);

  std::string& out_;
  bool first_ = true;
};

}  // namespace app
