// A path or a word as those read it who run Nightchart by themselves: systemd, the shell.
#pragma once

#include <filesystem>
#include <string>

namespace exporter {

std::string unit_word(const std::string& text);
std::string unit_path(const std::filesystem::path& path);
std::string shell_word(const std::string& text);

}  // namespace exporter
