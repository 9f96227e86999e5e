#include "app/snapshot/pdf_password.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "app/snapshot/keys_random.h"

namespace app {
namespace {

char draw(std::string_view letters) { return letters[random_below(static_cast<std::uint32_t>(letters.size()))]; }

}  // namespace

// As long as the programs that open PDFs take (poppler cuts at 32).
std::string make_pdf_password() {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
  constexpr std::size_t kLength = 32;
  std::string password;
  while (password.size() < kLength) password += draw(kLetters);
  return password;
}

// Small letters: nobody has to hold Shift for what is hidden behind dots as it is typed.
std::string make_typed_password() {
  constexpr std::string_view kCrockford = "0123456789abcdefghjkmnpqrstvwxyz";
  constexpr int kGroups = 4, kGroupLetters = 4;
  std::string password;
  for (int group = 0; group < kGroups; ++group) {
    if (group > 0) password += '-';
    for (int i = 0; i < kGroupLetters; ++i) password += draw(kCrockford);
  }
  return password;
}

}  // namespace app
