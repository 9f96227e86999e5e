// Whether an EMR was not read because nothing answers there, as in an outage, or because it is not what it is said to be.
#pragma once

#include <string_view>

#include "app/error.h"

namespace exporter {

// What a reader of any database says of a connection that ends while rows come.
inline constexpr std::string_view kWentAway = "The EMR's database went away while it was being read.";

// Of an Error of opening the EMR, or of reading it; a file's or a part's name may stand before its words.
inline bool is_out_of_reach(const app::Error& error) {
  return error.code == app::Code::not_found || (error.code == app::Code::bad_source && error.what.ends_with(kWentAway));
}

}  // namespace exporter
