// Names as they are searched: without case, accents and script, in every spelling that may be typed.
//
// Shape:   tokens are lower-case ASCII letters and digits, never empty.
// Source:  ICU's Any-Latin and Russian-Latin/BGN; see each function for what is added.
// Errors:  none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace app {

// Every token under which a name may be looked for: "Müller-Sørensen" gives muller, mueller, sorensen,
// soerensen; Cyrillic both transliterations; Han also the syllables joined. Keeps a cache of its own
// for each thread; call it from the thread that builds the index.
std::vector<std::string> fold_name(std::string_view name);

// The tokens of what somebody typed, in the order typed.
std::vector<std::string> fold_query(std::string_view typed);

// A cheap consonant skeleton, so that "mhmd" and "mohammed" meet: the last resort of the search.
std::string sound_skeleton(std::string_view token);

}  // namespace app
