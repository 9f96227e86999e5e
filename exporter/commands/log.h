// `nightchart log`: who may read the record of looks, and what it says.
#pragma once

namespace CLI {
class App;
}

namespace exporter {

// Adds its command to the program; when it is called it sets `exit_code`.
void add_log(CLI::App& program, int& exit_code);

}  // namespace exporter
