// How much of this computer a run may take: behind every other program, or on so many cores only.
//
// Errors:  none: where the system refuses, the run is in the way a little more.
#pragma once

#include <cstddef>

namespace exporter {

// A small share of the processor, and the disk only when nobody else wants it. For the whole process; call it before threads are made.
void step_behind_everybody();

// All threads of this process together, whoever makes them, from now on. Call it before threads are made.
void use_cores(std::size_t most);
// What is left to this process by that, by the system or by a container; never less than 1.
std::size_t count_usable_cores();

// What was freed and is not used again, which else stays with the process.
void give_back_memory();

}  // namespace exporter
