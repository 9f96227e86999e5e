#include "app/snapshot/recovery_lines.h"

#include <algorithm>
#include <vector>

#include "app/digest.h"

namespace app {
namespace {

constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kChecks = 3;
constexpr std::size_t kDataLetters = kRecoveryLetters - kChecks;
constexpr std::size_t kAllLetters = kRecoveryLines * kRecoveryLetters;
constexpr std::size_t kGroup = 4;
constexpr std::size_t kTypedMost = 1024;
constexpr int kVersion = 1;
constexpr int kVersionBits = 4;
static_assert(kRecoveryLines * kDataLetters * 5 == kVersionBits + 8 * (kRecoverySeedBytes + sizeof(PracticeDigest)));

using Symbol = std::uint8_t;  // an element of GF(32): a polynomial over GF(2) modulo x^5 + x^2 + 1

constexpr Symbol times(Symbol a, Symbol b) {
  unsigned product = 0;
  for (int bit = 0; bit < 5; ++bit) product ^= (b >> bit & 1u) ? static_cast<unsigned>(a) << bit : 0u;
  for (int bit = 9; bit >= 5; --bit) product ^= (product >> bit & 1u) ? 0b100101u << (bit - 5) : 0u;
  return static_cast<Symbol>(product);
}

// (x + 1)(x + 2)(x + 4): its three roots 1, 2 and 4 follow each other as powers of 2.
constexpr std::array<Symbol, kChecks> kGenerator = {
    static_cast<Symbol>(1 ^ 2 ^ 4), static_cast<Symbol>(times(1, 2) ^ times(1, 4) ^ times(2, 4)), times(2, 4)};

// Of the line as a polynomial, the highest coefficient first: its number, then its letters.
std::array<Symbol, kChecks> remainder(std::size_t line, const Symbol* letters) {
  std::array<Symbol, kChecks> rest{};
  const auto push = [&rest](Symbol symbol) {
    const Symbol lead = rest[0];
    rest = {static_cast<Symbol>(rest[1] ^ times(lead, kGenerator[0])),
            static_cast<Symbol>(rest[2] ^ times(lead, kGenerator[1])),
            static_cast<Symbol>(symbol ^ times(lead, kGenerator[2]))};
  };
  push(static_cast<Symbol>(line + 1));
  for (std::size_t i = 0; i < kRecoveryLetters; ++i) push(letters[i]);
  return rest;
}

// The line's polynomial at the generator's roots: all zero if it has no mistake.
std::array<Symbol, kChecks> syndromes(std::size_t line, const Symbol* letters) {
  std::array<Symbol, kChecks> sums{};
  for (std::size_t i = 0; i < kChecks; ++i) {
    const auto root = static_cast<Symbol>(1u << i);
    sums[i] = static_cast<Symbol>(line + 1);
    for (std::size_t at = 0; at < kRecoveryLetters; ++at) sums[i] = static_cast<Symbol>(times(sums[i], root) ^ letters[at]);
  }
  return sums;
}

// The group with the wrong letter, from 1, if changing one letter would make the line right.
std::size_t single_mistake(const std::array<Symbol, kChecks>& sums) {
  Symbol first = sums[0], second = sums[0];
  for (std::size_t at = kRecoveryLetters; at-- > 0; first = times(first, 2), second = times(second, 4)) {
    if (sums[0] != 0 && sums[1] == first && sums[2] == second) return at / kGroup + 1;
  }
  return 0;
}

// -1: a letter that means nothing here; -2: something that may stand between letters.
int symbol_of(char c) {
  if (c == ' ' || c == '-' || c == '\n' || c == '\r' || c == '\t') return -2;
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  const std::size_t at = kLetters.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

struct Letters {
  ~Letters() {
    for (volatile Symbol& symbol : symbols) symbol = 0;
  }
  std::array<Symbol, kAllLetters> symbols{};
  std::size_t count = 0;     // of all letters typed, also those beyond the last
  std::size_t digits = 0;
  std::size_t strange_at = 0;  // before which letter, from 1, something stands that is none; 0: nowhere
};

Letters read_letters(std::string_view typed) {
  Letters letters;
  for (const char c : typed.substr(0, kTypedMost)) {
    const int symbol = symbol_of(c);
    if (symbol == -2) continue;
    if (symbol == -1 && letters.strange_at == 0) letters.strange_at = letters.count + 1;
    if (letters.count < kAllLetters) letters.symbols[letters.count] = static_cast<Symbol>(std::max(symbol, 0));
    ++letters.count;
    letters.digits += c >= '0' && c <= '9' ? 1 : 0;
  }
  return letters;
}

// The highest bit of each number comes first.
class BitReader {
 public:
  explicit BitReader(const Symbol* symbols) : symbols_(symbols) {}
  unsigned take(int bits) {
    unsigned value = 0;
    for (; bits > 0; --bits, ++at_) {
      // Each line's check letters are passed over.
      const std::size_t letter = at_ / 5, place = letter / kDataLetters * kRecoveryLetters + letter % kDataLetters;
      value = value << 1 | (symbols_[place] >> (4 - at_ % 5) & 1u);
    }
    return value;
  }

 private:
  const Symbol* symbols_;
  std::size_t at_ = 0;
};

Error mistaken(std::string what) {
  return Error{Code::wrong_kind, std::move(what), "the envelope has four lines of sixteen letters and digits"};
}

}  // namespace

PracticeDigest practice_digest(const PublicKey& verifying_key) {
  const Digest whole = digest_of({reinterpret_cast<const char*>(verifying_key.data()), verifying_key.size()});
  PracticeDigest digest{};
  std::copy_n(whole.begin(), digest.size(), digest.begin());
  return digest;
}

SecretBytes format_recovery_letters(const Recovery& recovery) {
  SecretBytes bits(kRecoveryLines * kDataLetters * 5);  // one a byte
  std::size_t at = 0;
  const auto put = [&bits, &at](unsigned value, int count) {
    for (int bit = count - 1; bit >= 0; --bit) bits.data()[at++] = static_cast<unsigned char>(value >> bit & 1u);
  };
  put(kVersion, kVersionBits);
  for (std::size_t i = 0; i < recovery.seed.size(); ++i) put(recovery.seed.data()[i], 8);
  for (const std::uint8_t byte : recovery.practice) put(byte, 8);

  SecretBytes text(kAllLetters);
  at = 0;
  for (std::size_t line = 0; line < kRecoveryLines; ++line) {
    SecretBytes symbols(kRecoveryLetters);
    for (std::size_t i = 0; i < kDataLetters; ++i) {
      for (int bit = 0; bit < 5; ++bit) symbols.data()[i] = static_cast<Symbol>(symbols.data()[i] << 1 | bits.data()[at++]);
    }
    // Zeros in the checks' places leave a remainder; the checks that take it away are the remainder itself.
    const auto checks = remainder(line, symbols.data());
    std::copy(checks.begin(), checks.end(), symbols.data() + kDataLetters);
    for (std::size_t i = 0; i < kRecoveryLetters; ++i) {
      text.data()[line * kRecoveryLetters + i] = static_cast<unsigned char>(kLetters[symbols.data()[i]]);
    }
  }
  return text;
}

std::string format_recovery_line(const SecretBytes& letters, std::size_t line) {
  std::string text(letters.view().substr(line * kRecoveryLetters, kRecoveryLetters));
  for (std::size_t at = kRecoveryLetters - kGroup; at > 0; at -= kGroup) text.insert(at, "-");
  return text;
}

Result<Recovery> parse_recovery_lines(std::string_view typed) {
  const RecoveryProgress progress = judge_recovery_lines(typed);
  if (progress.wrong_line != 0) return mistaken(describe_mistake(progress));
  if (progress.right_lines < kRecoveryLines) {
    return mistaken("Line " + std::to_string(progress.right_lines + 1) + " of the sealed envelope is not whole.");
  }
  if (progress.letters > kAllLetters || typed.size() > kTypedMost) {
    return mistaken("There is more here than the four lines of a sealed envelope.");
  }
  const Letters letters = read_letters(typed);
  BitReader bits(letters.symbols.data());
  if (const unsigned version = bits.take(kVersionBits); version != kVersion) {
    return Error{Code::newer_format, "This sealed envelope was made by a later Nightchart.",
                 "its version is " + std::to_string(version)};
  }
  Recovery recovery;
  for (std::size_t i = 0; i < recovery.seed.size(); ++i) recovery.seed.data()[i] = static_cast<unsigned char>(bits.take(8));
  for (std::uint8_t& byte : recovery.practice) byte = static_cast<std::uint8_t>(bits.take(8));
  return recovery;
}

RecoveryProgress judge_recovery_lines(std::string_view typed) {
  const Letters letters = read_letters(typed);
  RecoveryProgress progress;
  progress.letters = letters.count;
  for (std::size_t line = 0; line < kRecoveryLines && progress.wrong_line == 0; ++line) {
    const std::size_t begin = line * kRecoveryLetters, end = begin + kRecoveryLetters;
    if (letters.strange_at > begin && letters.strange_at <= end) {
      progress.wrong_line = line + 1;
      progress.wrong_group = (letters.strange_at - 1 - begin) / kGroup + 1;
    } else if (letters.count < end) {
      break;
    } else if (const auto sums = syndromes(line, letters.symbols.data() + begin); sums == std::array<Symbol, kChecks>{}) {
      ++progress.right_lines;
    } else {
      progress.wrong_line = line + 1;
      progress.wrong_group = single_mistake(sums);
    }
  }
  // Of 64 letters some twenty are digits; words and sentences have next to none, and letters that lines never have.
  const bool like_lines = letters.strange_at == 0 && letters.count >= kRecoveryLetters && letters.digits * 6 >= letters.count;
  progress.seems_to_be = progress.right_lines > 0 || like_lines;
  return progress;
}

std::string describe_mistake(const RecoveryProgress& progress) {
  static constexpr std::array<const char*, 5> kGroups = {"", "first", "second", "third", "last"};
  std::string text = "Line " + std::to_string(progress.wrong_line) + " of the sealed envelope has a mistake";
  if (progress.wrong_group != 0) text += std::string(", probably in its ") + kGroups.at(progress.wrong_group) + " group";
  return text + ".";
}

}  // namespace app
