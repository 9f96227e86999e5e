// Hands a document to a printer without a file in between.
//
// POSIX only: the `lp` program of CUPS, fed through a pipe. What CUPS keeps of a job is said by print_spool.h.
// Errors:  Code::not_found when there is no lp; Code::io when lp refuses (no such queue).
// `queue`: empty is the one that this computer prints on usually.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"

namespace app {

// As `lpstat` of CUPS names them, the usual one first; empty where there is none, or no CUPS. Waits a few seconds at most.
std::vector<std::string> list_printers();

Result<Done> send_to_printer(const std::string& queue, const std::string& title, std::string_view pdf);

}  // namespace app
