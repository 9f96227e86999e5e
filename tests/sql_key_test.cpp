#include "exporter/emr/sql_key.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace {

using exporter::SqlKey;
using namespace std::string_view_literals;

TEST(SqlKey, SortsByItsBytesAsItCompares) {
  std::vector<SqlKey> keys;
  for (const std::int64_t number : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-70'000}, std::int64_t{-257}, std::int64_t{-256},
                                    std::int64_t{-255}, std::int64_t{-1}, std::int64_t{0}, std::int64_t{1}, std::int64_t{255}, std::int64_t{256},
                                    std::int64_t{65'535}, std::int64_t{65'536}, std::numeric_limits<std::int64_t>::max()}) {
    keys.push_back({false, number, {}});
  }
  for (const std::string_view text : {""sv, "\0"sv, "\0a"sv, "a"sv, "a\0"sv, "a\0b"sv, "a\1"sv, "aa"sv, "b"sv, "\xff"sv}) keys.push_back({true, 0, text});
  for (std::size_t a = 0; a < keys.size(); ++a) {
    for (std::size_t b = 0; b < keys.size(); ++b) {
      std::string first, second;
      keys[a].append_sortable(first);
      keys[b].append_sortable(second);
      EXPECT_EQ((first + "\xff") <=> (second + '\0'), a == b ? std::strong_ordering::greater : a <=> b) << a << ' ' << b;
      EXPECT_EQ(keys[a] <=> keys[b], a <=> b) << a << ' ' << b;
    }
  }
}

}  // namespace
