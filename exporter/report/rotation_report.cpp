// What was removed because it is no longer kept.
#include "exporter/report/report_words.h"

#include <algorithm>

namespace exporter {

void append_rotation(const Rotation& rotation, std::string& text) {
  if (!rotation.removed.empty()) {
    text += line("Removed", counted(rotation.removed.size(), "older copy", "older copies") + " from " + rotation.place +
                                ", as [keep] says; " + grouped(rotation.verdicts.size() - std::min(rotation.verdicts.size(), rotation.removed.size())) + " stay");
  }
  if (!rotation.left_alone.empty()) {
    text += line("Left alone", counted(rotation.left_alone.size(), "folder", "folders") + " in " + rotation.place +
                                   " that cannot be used (nightchart rotate --dry-run names them)");
  }
  if (rotation.fault) text += line("", "In " + rotation.place + " older copies could NOT be removed: " + rotation.fault->what);
}

void append_rotation(const Rotation& rotation, app::JsonWriter& json) {
  json.key("rotation");
  json.open_object();
  json.member("place", std::string_view(rotation.place));
  json.key("stay");
  json.open_array();
  for (const KeepVerdict& verdict : rotation.verdicts) {
    if (verdict.stays()) json.text(verdict.copy.name);
  }
  json.close_array();
  json.key("removed");
  json.open_array();
  for (const std::string& name : rotation.removed) json.text(name);
  json.close_array();
  json.key("left_alone");
  json.open_array();
  for (const SetAside& aside : rotation.left_alone) {
    json.open_object();
    json.member("name", std::string_view(aside.name));
    json.member("reason", std::string_view(aside.reason));
    json.close_object();
  }
  json.close_array();
  json.member("removed_volumes", static_cast<std::int64_t>(rotation.removed_volumes));
  if (rotation.fault) json.member("fault", std::string_view(rotation.fault->what));
  json.close_object();
}

}  // namespace exporter
