// Where the programs' own data lie: fonts, templates, word lists.
#pragma once

#include <filesystem>

namespace app {

// "share/nightchart" beside the running program's folder or, if there is none, the one that the build made.
std::filesystem::path find_share();

}  // namespace app
