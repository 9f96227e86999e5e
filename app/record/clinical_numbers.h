// Amounts, units, routes and frequencies as they can be read aloud without a ten-fold error.
//
// A rule is applied only to what it certainly understands; everything else stays as it was recorded.
// Source:  ISMP's list of error-prone abbreviations; NHS CUI MEDi-014…017, 024, 041…046.
// Errors:  none.
#pragma once

#include <string>
#include <string_view>

namespace app {

// A dose, strength, rate or duration: "1.0mg" → "1 mg", ".5" → "0.5", "100000 U" → "100,000 units",
// "250 mg/5 mL" → "250 mg per 5 mL". A number that may mean two things ("5.000") stays as it is.
std::string format_amount(std::string_view recorded);

// The value of a result: its digits stay as recorded, but for those that only a computer's arithmetic can
// have written: six decimals or more are rounded to two, below 1 to three digits ("13.375975734575224" →
// "13.38"). Whoever shows it says what was recorded.
std::string format_measured(std::string_view recorded);

// The unit of a result: "mm[Hg]" → "mmHg", "ug/L" → "mcg/L".
std::string format_unit(std::string_view recorded);

// "PO" → "by mouth"; only where that is the whole field.
std::string format_route(std::string_view recorded);

// "BID" → "twice daily", "q4-6h prn" → "every 4 to 6 hours as needed"; only where that is the whole field.
std::string format_frequency(std::string_view recorded);

}  // namespace app
