#include "exporter/emr/mariadb_faults.h"

#include <errmsg.h>
#include <mysqld_error.h>

#include "exporter/emr/emr_reach.h"
#include "exporter/emr/sql_rows.h"

namespace exporter {
namespace {

using app::Code;
using app::Error;

// Newer than the headers of Debian 12, or MySQL's alone.
constexpr unsigned kMysqlStatementTimeout = 3024;

std::string said(const MariadbFault& fault) {
  return safe_server_message(fault.sqlstate, fault.message) + " (" + std::to_string(fault.number) + ")";
}

// The table of "SELECT command denied to user … for table `db`.`t`" or "… for table 't'", with its quotation marks.
std::string table_denied(const std::string& message) {
  static constexpr std::string_view kBefore = "for table ";
  const auto at = message.rfind(kBefore);
  if (at == std::string::npos) return "";
  std::string table = message.substr(at + kBefore.size());
  for (char& c : table) {
    if (c == '\'') c = '`';
  }
  return table;
}

std::string grant_for(const MariadbPlace& place, const MariadbFault& fault) {
  std::string table = table_denied(fault.message);
  if (table.empty()) table = "`" + place.database + "`.*";
  if (table.find('.') == std::string::npos) table = "`" + place.database + "`." + table;
  return "GRANT SELECT ON " + table + " TO " + (place.account.empty() ? place.user : place.account) + ";";
}

}  // namespace

Error mariadb_connect_error(const MariadbPlace& place, const MariadbFault& fault) {
  const std::string who = place.user.empty() ? "The user" : "The user \"" + place.user + "\"";
  switch (fault.number) {
    case ER_ACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_NO_PASSWORD_ERROR:
    case ER_NOT_SUPPORTED_AUTH_MODE:
      return {Code::bad_config, place.server + " did not let Nightchart in.",
              said(fault) + ". Check the user in [emr] url and the password in the file that password_file names."};
    case ER_DBACCESS_DENIED_ERROR:
      return {Code::bad_config, who + " may not use the database " + place.database + ", or it is not there.",
              said(fault) + ". An administrator of the database can allow it: " + grant_for(place, fault)};
    case ER_BAD_DB_ERROR:
      return {Code::bad_config, place.server + " has no database " + place.database + ".",
              said(fault) + ". [emr] url names it after the last \"/\"."};
    case ER_HOST_NOT_PRIVILEGED:
    case ER_HOST_IS_BLOCKED:
      return {Code::bad_config, place.server + " lets nobody in from this machine.", said(fault)};
    case CR_SSL_CONNECTION_ERROR:
      return {Code::bad_config, "No encrypted connection to " + place.server + " can be made.",
              said(fault) + ". In [emr] url, tls_ca=FILE names the authority that vouches for the server; "
                            "tls=trust encrypts without asking who it is; tls=off leaves the network open to listeners."};
    case CR_CONNECTION_ERROR:
    case CR_CONN_HOST_ERROR:
    case CR_UNKNOWN_HOST:
    case CR_IPSOCK_ERROR:
    case CR_SERVER_LOST:
    case CR_SERVER_LOST_EXTENDED:
    case CR_SERVER_GONE_ERROR:
    case ER_SERVER_SHUTDOWN:
      return {Code::not_found, "There is no answer from " + place.server + ".",
              said(fault) + ". Is it running, and is its address in [emr] url right?"};
    default:
      return {Code::bad_source, place.server + " did not take the connection.", said(fault)};
  }
}

Error mariadb_select_error(const MariadbPlace& place, const MariadbFault& fault) {
  switch (fault.number) {
    case ER_TABLEACCESS_DENIED_ERROR:
    case ER_COLUMNACCESS_DENIED_ERROR:
    case ER_DBACCESS_DENIED_ERROR:
    case ER_PROCACCESS_DENIED_ERROR:
      return {Code::not_found, "A table may not be read, or is not there.",
              said(fault) + ". An administrator of the database can allow it: " + grant_for(place, fault)};
    case ER_NO_SUCH_TABLE:
    case ER_NO_SUCH_TABLE_IN_ENGINE:
    case ER_BAD_DB_ERROR:
      return {Code::not_found, "A table is not there.", said(fault)};
    case ER_VIEW_INVALID:
      return {Code::not_found, "A view cannot be read.", said(fault)};
    default: break;
  }
  if (fault.number >= CR_MIN_ERROR && fault.number <= CR_MAX_ERROR) return mariadb_read_error(place, fault);
  if (fault.sqlstate.starts_with("42")) {
    return {Code::bad_config, "The EMR's database does not understand this SELECT.", said(fault)};
  }
  return mariadb_read_error(place, fault);
}

Error mariadb_read_error(const MariadbPlace& place, const MariadbFault& fault) {
  const std::string again = " Then run the night again.";
  switch (fault.number) {
    case CR_SERVER_LOST:
    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_LOST_EXTENDED:
    case ER_SERVER_SHUTDOWN:
    case ER_CONNECTION_KILLED:
      return {Code::bad_source, std::string(kWentAway),
              place.server + ": " + said(fault) + ". It was stopped, or the connection was cut, or it said nothing for " +
                  std::to_string(place.read_timeout_s) + " s (read_timeout_s). See whether it runs." + again};
    case ER_TABLE_DEF_CHANGED:
      return {Code::bad_source, "A table of the EMR was rebuilt while it was being read.",
              said(fault) + ". Wait until the EMR's upgrade has ended." + again};
    case ER_LOCK_WAIT_TIMEOUT:
      return {Code::bad_source, "A table of the EMR is locked by somebody else.",
              said(fault) + ". Let the night run when no upgrade or backup locks the tables."};
    case ER_STATEMENT_TIMEOUT:
    case ER_QUERY_INTERRUPTED:
    case kMysqlStatementTimeout:
      return {Code::bad_source, "The EMR's database cut a SELECT short.",
              said(fault) + ". An administrator, or a limit set for Nightchart's user, ended it." + again};
    default:
      return {Code::bad_source, "The EMR's database could not give all its rows.", place.server + ": " + said(fault)};
  }
}

}  // namespace exporter
