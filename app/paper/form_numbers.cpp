#include "app/paper/form_numbers.h"

#include <cassert>
#include <cstddef>

#include "app/digest.h"

namespace app {
namespace {

// 31 of them, a prime: then weights that are powers of 3 notice every single wrong letter and every two that changed places.
constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTWXYZ";
constexpr std::uint32_t kBase = 31;
static_assert(kLetters.size() == kBase);
constexpr std::size_t kPrintingLetters = 6;
constexpr char kBinder = 'B';

std::string letters_of(std::uint64_t number, std::size_t count) {
  std::string text(count, kLetters[0]);
  for (std::size_t i = count; i-- > 0; number /= kBase) text[i] = kLetters[number % kBase];
  return text;
}

char capital(char letter) { return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter; }

bool is_between(char letter) { return letter == '-' || letter == ' '; }

}  // namespace

std::string practice_letters(std::string_view key) {
  const Digest digest = digest_of(key);
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 6; ++i) number = number << 8 | digest[i];
  return letters_of(number, 3);
}

NumberSpace binder_numbers(std::string_view practice_key, std::uint64_t copy, std::uint32_t serial) {
  assert(serial > 0 && serial < 28'629'151);
  return {practice_letters(practice_key), std::to_string(copy), kBinder + letters_of(serial, kPrintingLetters - 1)};
}

NumberSpace numbers_on_demand(std::string_view practice_key, std::uint64_t copy, RandomBelow random) {
  std::string letters;
  while (letters.size() < kPrintingLetters) {
    const char letter = kLetters[random(kBase)];
    if (letters.empty() && letter == kBinder) continue;
    letters += letter;
  }
  return {practice_letters(practice_key), std::to_string(copy), letters};
}

std::string FormNumbers::next(const std::string& prefix) {
  const unsigned count = ++given_[prefix];
  std::string text = prefix + "-" + space_.practice + "-" + space_.copy + "-" + space_.printing + "-" + (count < 10 ? "0" : "") +
                     std::to_string(count) + "-";
  all_.push_back(text + check_letter(text));
  return all_.back();
}

char check_letter(std::string_view text) {
  std::uint32_t sum = 0;
  for (const char written : text) {
    if (is_between(written)) continue;
    const auto value = kLetters.find(capital(written));
    if (value == std::string_view::npos) return '\0';
    sum = (sum * 3 + static_cast<std::uint32_t>(value)) % kBase;
  }
  // With it the weighted sum of all is nought.
  return kLetters[(kBase - sum * 3 % kBase) % kBase];
}

bool is_form_number(std::string_view text) {
  while (!text.empty() && is_between(text.back())) text.remove_suffix(1);
  constexpr std::size_t kShortest = 14;  // T, practice, copy, printing, count, check
  if (text.size() < kShortest || text.size() > 64) return false;
  const char check = check_letter(text.substr(0, text.size() - 1));
  return check != '\0' && check == capital(text.back());
}

}  // namespace app
