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

TEST(SqlUrl, GivesThePasswordThatWasTypedWithItAndKeepsNothingOfIt) {
  const struct {
    const char *typed, *password, *address;
  } urls[] = {
      {"mariadb://reader:secret@db.local/openemr", "secret", "mariadb://reader@db.local/openemr"},
      {"postgresql://reader:se%40cret@[::1]:5433/emr?tls=trust", "se@cret", "postgresql://reader@[::1]:5433/emr?tls=trust"},
      {"mysql://reader:a/b:c@d@localhost/emr", "a/b:c@d", "mysql://reader@localhost/emr"},
      {"mariadb://reader:what?now@localhost/emr", "what?now", "mariadb://reader@localhost/emr"},
      {"mariadb://reader@db.local:3306/openemr?socket=/run/a@b:c", "", "mariadb://reader@db.local:3306/openemr?socket=/run/a@b:c"},
      {"odbc:DSN=emr;UID=reader;PWD=secret", "secret", "odbc:DSN=emr;UID=reader;"},
      {"odbc:Pwd={se;c}}ret};DSN=emr", "se;c}ret", "odbc:DSN=emr"},
      {"odbc:DSN=emr", "", "odbc:DSN=emr"},
      {"sqlite:///srv/a:b@c.sqlite", "", "sqlite:///srv/a:b@c.sqlite"},
  };
  for (const auto& url : urls) {
    std::string address = url.typed;
    EXPECT_EQ(exporter::take_password(address), url.password) << url.typed;
    EXPECT_EQ(address, url.address) << url.typed;
  }
}

}  // namespace
