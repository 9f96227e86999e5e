// Makes the list that has to close to zero after an outage from the looks that were recorded during it.
#pragma once

#include <string_view>
#include <vector>

#include "app/record/reconciliation.h"
#include "app/snapshot/access_log.h"

namespace app {

inline constexpr std::string_view kOutageBegan = "outage began";
inline constexpr std::string_view kOutageEnded = "outage ended";
// A form to write on; its look's words name it and the numbers on it.
inline constexpr std::string_view kFormPrinted = "form printed";
// Looks are recorded before anything goes to the printer; these say that it did not come out.
inline constexpr std::string_view kNotPrinted = "not printed after all";
inline constexpr std::string_view kFormNotPrinted = "form not printed after all";

// Of looks in their order. Only those from the last outage that was marked: from its first "outage began" to its
// "outage ended", or to the last look where nobody marked its end. Without any such mark all of them.
Reconciliation make_reconciliation(const std::vector<Look>& looks);

}  // namespace app
