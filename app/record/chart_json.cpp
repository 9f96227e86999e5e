#include "app/record/chart_json.h"

#include <algorithm>
#include <cstdint>

namespace app {
namespace {

// The visitor that writes. Every field knows how to be left out.
class Writer {
 public:
  explicit Writer(std::string& out) : json_(out) {}

  void operator()(std::string_view name, const std::string& value) {
    if (!value.empty()) json_.member(name, std::string_view(value));
  }
  void operator()(std::string_view name, const std::optional<bool>& value) {
    if (value) json_.member(name, *value);
  }
  void operator()(std::string_view name, const Known<Date>& value) {
    if (value.is_known()) return json_.member(name, std::string_view(value.value().iso));
    if (value.presence() == Presence::not_recorded) return;
    json_.key(name);
    json_.open_object();
    json_.member("state", format_presence(value.presence()));
    (*this)("as_recorded", value.as_recorded());
    json_.close_object();
  }
  void operator()(std::string_view name, const DocumentContent& content) {
    if (content.state == Presence::not_recorded) return;
    json_.key(name);
    json_.open_object();
    if (content.state != Presence::known) json_.member("state", format_presence(content.state));
    (*this)("volume", content.volume);
    (*this)("id", content.id);
    if (content.bytes != 0) json_.member("bytes", static_cast<std::int64_t>(content.bytes));
    (*this)("reason", content.reason);
    json_.close_object();
  }
  template <typename T>
  void operator()(std::string_view name, const std::vector<T>& values) {
    if (values.empty()) return;
    json_.key(name);
    array(values);
  }

  template <typename T>
  void array(const std::vector<T>& values) {
    json_.open_array();
    for (const T& value : values) {
      json_.open_object();
      T::fields(value, *this);
      json_.close_object();
    }
    json_.close_array();
  }

  JsonWriter& json() { return json_; }

 private:
  JsonWriter json_;
};

bool is_plain(Presence state, std::uint32_t withheld) {
  return state == Presence::known && withheld == 0;
}

// The visitor that reads: whatever is absent stays as the default has it.
class Reader {
 public:
  Reader(Json json, std::string_view time_zone) : json_(json), time_zone_(time_zone) {}

  void operator()(std::string_view name, std::string& value) const {
    value = json_[name].text();
  }
  void operator()(std::string_view name, std::optional<bool>& value) const {
    value = json_[name].boolean();
  }
  void operator()(std::string_view name, Known<Date>& value) const {
    const Json member = json_[name];
    if (!member.is_object()) {
      value = read_date(member.text(), time_zone_);
      return;
    }
    const Presence presence = parse_presence(member["state"].text());
    value = presence == Presence::unreadable
                ? Known<Date>::unreadable(std::string(member["as_recorded"].text()))
                : Known<Date>::without_value(presence);
  }
  void operator()(std::string_view name, DocumentContent& content) const {
    const Json member = json_[name];
    if (!member.is_object()) return;
    content.state = member["state"].exists() ? parse_presence(member["state"].text()) : Presence::known;
    content.volume = member["volume"].text();
    content.id = member["id"].text();
    content.bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(0, member["bytes"].integer().value_or(0)));
    content.reason = member["reason"].text();
  }
  template <typename T>
  void operator()(std::string_view name, std::vector<T>& values) const {
    for (const Json item : json_[name].items()) {
      values.emplace_back();
      const Reader inner(item, time_zone_);
      T::fields(values.back(), inner);
    }
  }

 private:
  Json json_;
  std::string_view time_zone_;
};

}  // namespace

void format_chart(const Chart& chart, std::string& out) {
  Writer writer(out);
  JsonWriter& json = writer.json();
  json.open_object();
  Chart::identity_fields(chart, writer);

  auto write_entries = [&writer, &json](std::string_view name, const auto& section) {
    json.key(name);
    writer.array(section.entries);
  };
  Chart::sections(chart, write_entries);

  json.key("states");
  json.open_object();
  auto write_state = [&json, &writer](std::string_view name, const auto& section) {
    if (is_plain(section.state, section.withheld)) return;
    json.key(name);
    json.open_object();
    json.member("state", format_presence(section.state));
    if (section.withheld != 0) json.member("withheld", std::int64_t{section.withheld});
    writer("recorded", section.recorded);
    writer("author", section.author);
    json.close_object();
  };
  Chart::sections(chart, write_state);
  json.close_object();

  writer("unreadable", chart.unreadable);
  json.close_object();
}

Result<Chart> parse_chart(std::string_view text, std::string_view time_zone) {
  JsonDocument document;
  const auto parsed = document.parse(text);
  if (!parsed.ok() || !parsed.value().is_object()) {
    return Error{Code::damaged, "A chart in this copy cannot be read.",
                 parsed.ok() ? "it is no JSON object" : parsed.error().detail};
  }
  const Json root = parsed.value();
  const Reader reader(root, time_zone);
  Chart chart;
  Chart::identity_fields(chart, reader);

  const Json states = root["states"];
  auto read_section = [&reader, root, states, time_zone](std::string_view name, auto& section) {
    reader(name, section.entries);
    const Json state = states[name];
    // A copy that was made before there was such a section does not speak of it.
    const Presence unsaid = root[name].exists() ? Presence::known : Presence::not_in_copy;
    section.state = state.exists() ? parse_presence(state["state"].text()) : unsaid;
    section.withheld = static_cast<std::uint32_t>(state["withheld"].integer().value_or(0));
    const Reader inner(state, time_zone);
    inner("recorded", section.recorded);
    inner("author", section.author);
  };
  Chart::sections(chart, read_section);
  reader("unreadable", chart.unreadable);
  return chart;
}

}  // namespace app
