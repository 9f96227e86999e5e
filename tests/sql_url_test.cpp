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
      {"mysql://reader:a%2Fb:c%40d@localhost/emr", "a/b:c@d", "mysql://reader@localhost/emr"},
      {"mariadb://reader:what%3Fnow@localhost/emr", "what?now", "mariadb://reader@localhost/emr"},
      {"mariadb://reader@db.local:3306/openemr?socket=/run/a%40b:c", "", "mariadb://reader@db.local:3306/openemr?socket=/run/a%40b:c"},
      {"mariadb://db.local:3306/openemr?tls=off", "", "mariadb://db.local:3306/openemr?tls=off"},
      {"MariaDB://reader:secret@db.local/openemr", "secret", "MariaDB://reader@db.local/openemr"},
      {"odbc:DSN=emr;UID=reader;PWD=secret", "secret", "odbc:DSN=emr;UID=reader;"},
      {"odbc:Pwd={se;c}}ret};DSN=emr", "se;c}ret", "odbc:DSN=emr"},
      {"odbc:DSN=emr", "", "odbc:DSN=emr"},
      {"sqlite:///srv/a:b@c.sqlite", "", "sqlite:///srv/a:b@c.sqlite"},
  };
  for (const auto& url : urls) {
    std::string address = url.typed;
    const auto password = exporter::take_password(address);
    ASSERT_TRUE(password.ok()) << url.typed;
    EXPECT_EQ(password.value(), url.password) << url.typed;
    EXPECT_EQ(address, url.address) << url.typed;
  }
}

TEST(SqlUrl, RefusesAnAddressOfWhichNobodyCanSayWhereThePasswordEnds) {
  for (const char* typed : {"mariadb://u:p@s?x@host/db", "mariadb://host:3306/db?a=b@c", "mysql://reader:a/b:c@d@localhost/emr",
                            "mariadb://reader:what?now@localhost/emr", "postgresql://reader:pass/word@localhost/emr", "mariadb://u:p@ss@host/db"}) {
    std::string address = typed;
    const auto password = exporter::take_password(address);
    ASSERT_FALSE(password.ok()) << typed << " gives " << address;
    EXPECT_NE(password.error().detail.find("%40 for @"), std::string::npos);
    EXPECT_EQ(password.error().what.find("p@"), std::string::npos);
    EXPECT_EQ(address, typed);
  }
}

}  // namespace
