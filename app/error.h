// The one way anything in Nightchart fails.
//
// A function that can fail returns Result<T>. Its caller handles the Error or hands it up with TRY;
// only the commands and the viewer's Session turn one into words. An exception thrown by a library is
// caught in the one file that keeps that library and leaves it as an Error.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace app {

// What went wrong, as far as a caller may branch on it. The numbers are the programs' exit codes and
// stand in night reports: never renumber, only append. 0 is done; 2 is a command line that makes no
// sense; 3 is done, but some entries were unreadable (and said so).
enum class Code : int {
  wrong_passphrase = 10,  // the copy is intact and no key slot opens with this passphrase
  damaged = 11,           // the bytes are not the bytes that were exported
  newer_format = 12,      // written by a later release; this one must not guess
  not_found = 13,         // no such file, no such patient
  not_a_copy = 14,        // the folder holds no Nightchart copy
  no_room = 15,           // it does not fit: on the disk, or on the page
  io = 16,                // the system refused; detail names the call
  forged = 17,            // the signature does not fit the practice's key
  bad_config = 18,        // nightchart.toml, a pack or a template says something impossible
  bad_source = 19,        // the EMR's data cannot be read as what they are said to be
  busy = 20,              // another night is running on this folder
  not_verified = 21,      // the copy was written and did not read back as written: not published
  wrong_kind = 22,        // a file that exists and is something else (a key file, a passphrase file)
  shrunk = 23,            // far less than on the nights before: the copy was not published
  out_of_time = 24,       // the time that was given ran out before a copy was made, or before it was at every place
};

inline constexpr int kExitUsage = 2;
inline constexpr int kExitUnreadable = 3;

// `what` may be shown to anyone; `detail` is for whoever looks after the exporter. Neither may ever
// hold a patient's name, number or clinical value: both end up in logs. File names and line numbers
// are welcome in both.
struct Error {
  Code code;
  std::string what;
  std::string detail;
};

// The value of an operation whose only news is that it worked.
struct Done {};

// Either a T or an Error, never neither.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(std::move(error)) {}

  bool ok() const { return std::holds_alternative<T>(state_); }
  // Requires: ok().
  const T& value() const& { return std::get<T>(state_); }
  T& value() & { return std::get<T>(state_); }
  // By value: a loop over the members of a temporary keeps them alive.
  T value() && { return std::get<T>(std::move(state_)); }
  // Requires: !ok().
  const Error& error() const { return std::get<Error>(state_); }

 private:
  std::variant<T, Error> state_;
};

// One sentence on what to do next, for the person at the screen.
std::string_view advice(Code code);

// The error as a terminal shows it: what, detail, advice, each on a line of its own.
std::string format_error(const Error& error);

}  // namespace app

// TRY(f());              : go on if f() worked, else return its Error from here.
// TRY_GET(auto x, f());  : the same, and x is f()'s value. Write the type as one token.
#define TRY(expression)                                               \
  do {                                                                \
    if (auto tried = (expression); !tried.ok()) return tried.error(); \
  } while (false)
#define TRY_GET(declaration, expression) TRY_GET_LINE_(__LINE__, declaration, expression)
#define TRY_GET_LINE_(line, declaration, expression) TRY_GET_NAME_(line, declaration, expression)
#define TRY_GET_NAME_(line, declaration, expression)   \
  auto tried_##line = (expression);                    \
  if (!tried_##line.ok()) return tried_##line.error(); \
  declaration = std::move(tried_##line).value()
