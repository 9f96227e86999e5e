// Rows on their way, with the EMR's codes said in the chart's words, and packed lists of codes taken apart.
//
// Shape:   a column "codes" holds "ICD10:E11.9;SNOMED-CT:44054006", as many EMRs keep it; it becomes codes.system,
//          codes.code, codes.2.system, … What stands there without a system and is no code becomes codes.display.
#pragma once

#include <memory>
#include <string_view>

#include "exporter/emr/sql_pack.h"
#include "exporter/emr/sql_rows.h"

namespace exporter {

// The rows themselves when the pack has nothing to say about them.
std::unique_ptr<SqlRows> with_words(std::unique_ptr<SqlRows> rows, std::string_view part, const SqlPack& pack);

}  // namespace exporter
