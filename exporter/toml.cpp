#include "exporter/toml.h"

#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

// Some broken files ("[,]") trip the library over an assertion of its own; they are broken files all the same.
[[noreturn]] static void refuse_toml() { throw std::logic_error("unexpected character"); }
#define TOML_ASSERT(holds) ((holds) ? void() : refuse_toml())
#define TOML_ASSERT_ASSUME(holds) TOML_ASSERT(holds)
#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include "app/record/json.h"

namespace exporter {
namespace {

using app::Code;
using app::Error;
using app::Result;

template <typename Value>
std::string written(const Value& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

void write_value(const toml::node& node, app::JsonWriter& json);

void write_table(const toml::table& table, app::JsonWriter& json) {
  json.open_object();
  for (const auto& [key, value] : table) {
    json.key(key.str());
    write_value(value, json);
  }
  json.close_object();
}

void write_array(const toml::array& array, app::JsonWriter& json) {
  json.open_array();
  for (const auto& value : array) write_value(value, json);
  json.close_array();
}

void write_value(const toml::node& node, app::JsonWriter& json) {
  if (const auto* table = node.as_table()) return write_table(*table, json);
  if (const auto* array = node.as_array()) return write_array(*array, json);
  if (const auto* text = node.as_string()) return json.text(text->get());
  if (const auto* number = node.as_integer()) return json.integer(number->get());
  if (const auto* truth = node.as_boolean()) return json.boolean(truth->get());
  if (const auto* real = node.as_floating_point()) {
    // JSON has no word for infinity.
    return std::isfinite(real->get()) ? json.raw(written(real->get())) : json.text(written(real->get()));
  }
  if (const auto* date = node.as_date()) return json.text(written(date->get()));
  if (const auto* time = node.as_time()) return json.text(written(time->get()));
  if (const auto* both = node.as_date_time()) json.text(written(both->get()));
}

}  // namespace

Result<std::string> parse_toml_as_json(std::string_view text, const std::string& name) {
  try {
    std::string json;
    app::JsonWriter writer(json);
    write_table(toml::parse(text, name), writer);
    return json;
  } catch (const toml::parse_error& error) {
    const auto& begin = error.source().begin;
    return Error{Code::bad_config,
                 name + ", line " + std::to_string(begin.line) + ", column " + std::to_string(begin.column) +
                     ": this is not TOML.",
                 std::string(error.description())};
  } catch (const std::exception& error) {
    return Error{Code::bad_config, name + ": this is not TOML.", error.what()};
  }
}

Result<std::string> read_toml_as_json(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return Error{Code::not_found, "There is no file " + path.string() + ".", ""};
  }
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (in.peek() != std::ifstream::traits_type::eof()) text << in.rdbuf();
  if (std::filesystem::is_directory(path, ignored) || in.bad() || !in.is_open()) {
    return Error{Code::io, "The file " + path.string() + " cannot be read.", std::strerror(errno)};
  }
  return parse_toml_as_json(text.str(), path.string());
}

}  // namespace exporter
