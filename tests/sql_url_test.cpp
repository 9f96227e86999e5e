// How a practice may write where its database is.
#include "exporter/emr/sql_url.h"

#include <gtest/gtest.h>

namespace {

TEST(SqlUrl, AnAbsolutePathHasThreeSlashesOrFour) {
  for (const char* url : {"sqlite:///var/lib/emr.sqlite", "sqlite:////var/lib/emr.sqlite"}) {
    const auto read = exporter::parse_sql_url(url);
    ASSERT_TRUE(read.ok()) << url;
    EXPECT_EQ(read.value().rest, "/var/lib/emr.sqlite") << url;
  }
  EXPECT_EQ(exporter::parse_sql_url("sqlite://emr.sqlite").value().rest, "emr.sqlite");
}

}  // namespace
