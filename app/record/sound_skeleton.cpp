#include "app/record/name_folding.h"

namespace app {
namespace {

bool is_vowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

// A group of letters at the front of what is left of a token: how many, and the class they sound as
// ('\0': not heard).
struct Sound {
  std::size_t letters = 1;
  char heard = '\0';
};

// c, g and s change with what follows.
Sound hear_soft_letter(char c, char next, char after) {
  const bool before_soft = next == 'e' || next == 'i' || next == 'y';
  if (c == 'c') {
    if (next == 'h') return {2, after == 'r' || after == 'l' ? 'k' : 's'};
    if (next == 'z') return {2, 's'};
    if (next == 'k') return {2, 'k'};
    return {1, before_soft ? 's' : 'k'};
  }
  if (c == 'g') return {1, next == 'e' || next == 'i' ? 's' : 'k'};
  if (next == 'c' && after == 'h') return {3, 's'};
  return {next == 'h' || next == 'z' ? std::size_t{2} : 1, 's'};
}

Sound hear(std::string_view rest, bool at_start) {
  const char c = rest[0];
  const char next = rest.size() > 1 ? rest[1] : '\0';
  const char after = rest.size() > 2 ? rest[2] : '\0';
  if (is_vowel(c)) return {1, at_start ? 'a' : '\0'};
  switch (c) {
    case 'h': return {1, at_start ? 'h' : '\0'};
    case 'w': return {1, at_start ? 'f' : '\0'};
    case 'b': return {1, 'b'};
    case 'p': return next == 'h' ? Sound{2, 'f'} : Sound{1, 'b'};
    case 'f':
    case 'v': return {1, 'f'};
    case 'g':
      if (next == 'h') return {2, at_start ? 'k' : '\0'};
      return hear_soft_letter(c, next, after);
    case 'c':
    case 's': return hear_soft_letter(c, next, after);
    case 'z': return {next == 'h' ? std::size_t{2} : 1, 's'};
    case 'j': return {1, 's'};
    case 'k':
    case 'q': return {next == 'h' ? std::size_t{2} : 1, 'k'};
    case 'x': return {1, 'k'};
    case 'd':
      if (next == 'j' || next == 'z') return {2, 's'};
      return {next == 'h' ? std::size_t{2} : 1, 't'};
    case 't':
      if (next == 's' || next == 'z') return {2, 's'};
      return {next == 'h' ? std::size_t{2} : 1, 't'};
    case 'l': return {1, 'l'};
    case 'm':
    case 'n': return {1, 'n'};
    case 'r': return {1, 'r'};
    default: return {1, c};
  }
}

}  // namespace

std::string sound_skeleton(std::string_view token) {
  std::string skeleton;
  for (std::size_t at = 0; at < token.size();) {
    const Sound sound = hear(token.substr(at), at == 0);
    if (sound.heard != '\0' && (skeleton.empty() || skeleton.back() != sound.heard)) skeleton += sound.heard;
    at += std::min(sound.letters, token.size() - at);
  }
  return skeleton;
}

}  // namespace app
