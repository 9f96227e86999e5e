// A value together with how far it is known: the difference between "nobody asked" and "none".
//
// Promise: "none recorded", "known to be none", "not in this copy", "withheld" and "unreadable" are
// different values and are said in different words; none of them is ever an empty box.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace app {

enum class Presence : std::uint8_t {
  not_recorded,  // the EMR holds nothing here; nobody may read it as "none"
  known,         // there is a value
  known_none,    // somebody recorded that there is none
  not_in_copy,   // the EMR may hold it; this copy does not
  withheld,      // the practice's policy keeps it out of the copy
  unreadable,    // the EMR holds something that could not be read or trusted
};

// The word kept in JSON: "not-recorded", "known", "known-none", "not-in-copy", "withheld", "unreadable".
std::string_view format_presence(Presence presence);
// Returns not_recorded for a word that is none of them.
Presence parse_presence(std::string_view word);

// One value of type T. The default is not_recorded.
template <typename T>
class Known {
 public:
  Known() = default;
  Known(T value) : presence_(Presence::known), value_(std::move(value)) {}

  static Known unreadable(std::string as_recorded) {
    Known known;
    known.presence_ = Presence::unreadable;
    known.as_recorded_ = std::move(as_recorded);
    return known;
  }
  // For the states that carry no value: anything but known and unreadable.
  static Known without_value(Presence presence) {
    Known known;
    known.presence_ = presence;
    return known;
  }

  Presence presence() const { return presence_; }
  bool is_known() const { return presence_ == Presence::known; }
  // Requires: is_known().
  const T& value() const { return value_; }
  // What the EMR gave in place of a value, when it is unreadable; may be empty.
  const std::string& as_recorded() const { return as_recorded_; }

 private:
  Presence presence_ = Presence::not_recorded;
  T value_{};
  std::string as_recorded_;
};

}  // namespace app
