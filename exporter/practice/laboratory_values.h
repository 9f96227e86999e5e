// One blood draw of an invented person: values that fit what they have and what they take.
#pragma once

#include "exporter/practice/record_of.h"

namespace exporter {

void write_laboratory(const Person& person, const Health& health, int day, int minutes, int clinician, Tables& tables, Random& random);

}  // namespace exporter
