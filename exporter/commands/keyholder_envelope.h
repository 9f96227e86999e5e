// `nightchart keyholder envelope`: makes the sealed envelope, or checks whether its page can be read.
#pragma once

namespace CLI {
class App;
}

namespace exporter {

void add_keyholder_envelope(CLI::App& group, int& exit_code);

}  // namespace exporter
