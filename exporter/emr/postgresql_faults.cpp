#include "exporter/emr/postgresql_faults.h"

#include "exporter/emr/emr_reach.h"
#include "exporter/emr/sql_rows.h"

namespace exporter {
namespace {

using app::Code;
using app::Error;

constexpr const char* kDenied = "42501";
constexpr const char* kNoTable = "42P01";
constexpr const char* kNoSchema = "3F000";
constexpr const char* kConflict = "40001";
constexpr const char* kCancelled = "57014";
constexpr const char* kLocked = "55P03";

std::string said(const PostgresqlFault& fault) {
  // Its further lines are questions to whoever set up the server.
  const std::string message = safe_server_message(fault.sqlstate, fault.message.substr(0, fault.message.find('\n')));
  return fault.sqlstate.empty() || message.ends_with(')') ? message : message + " (" + fault.sqlstate + ")";
}

// "permission denied for table lists" → "GRANT SELECT ON lists TO nightchart;"
std::string grant_for(const PostgresqlPlace& place, const std::string& message) {
  const std::string name = message.substr(message.rfind(' ') + 1);
  const std::string to = " TO \"" + place.user + "\";";
  if (message.find(" schema ") != std::string::npos) {
    return "GRANT USAGE ON SCHEMA " + name + to + " GRANT SELECT ON ALL TABLES IN SCHEMA " + name + to;
  }
  return "GRANT SELECT ON " + name + to;
}

bool says(const PostgresqlFault& fault, const char* words) { return fault.message.find(words) != std::string::npos; }

bool is_row_security(const PostgresqlFault& fault) { return fault.sqlstate == kDenied && says(fault, "row-level security"); }

Error row_security_error(Code code, const PostgresqlPlace& place, const PostgresqlFault& fault) {
  return {code, "The EMR's database would show Nightchart's user only some rows of a table.",
          said(fault) + ". An administrator of the database can allow all: ALTER ROLE \"" + place.user + "\" BYPASSRLS;"};
}

}  // namespace

// A server that refuses gives words alone: libpq keeps no code of it.
Error postgresql_connect_error(const PostgresqlPlace& place, bool wants_password, const PostgresqlFault& fault) {
  if (says(fault, "timeout expired")) {
    return {Code::not_found, place.server + " did not answer in time.", said(fault) + ". [emr] connect_timeout_s is how long it may take."};
  }
  if (says(fault, "SSL") || says(fault, "certificate")) {
    return {Code::bad_config, "No encrypted connection to " + place.server + " can be made.",
            said(fault) + ". In [emr] url, tls_ca=FILE names the authority that vouches for the server; "
                          "tls=trust encrypts without asking who it is; tls=off leaves the network open to listeners."};
  }
  if (wants_password || says(fault, "authentication failed") || says(fault, "no pg_hba.conf entry") ||
      (says(fault, "role \"") && says(fault, "does not exist"))) {
    return {Code::bad_config, place.server + " did not let Nightchart in.",
            said(fault) + ". Check the user in [emr] url and the password in the file that password_file names."};
  }
  if (says(fault, "database \"") && says(fault, "does not exist")) {
    return {Code::bad_config, place.server + " has no database " + place.database + ".",
            said(fault) + ". [emr] url names it after the last \"/\"."};
  }
  if (says(fault, "permission denied for database")) {
    return {Code::bad_config, "Nightchart may not use the database " + place.database + ".",
            said(fault) + ". An administrator of the database can allow it: GRANT CONNECT ON DATABASE \"" + place.database +
                "\" TO \"" + place.user + "\";"};
  }
  if (says(fault, "Connection refused") || says(fault, "No such file") || says(fault, "could not translate host") ||
      says(fault, "No route to host") || says(fault, "Network is unreachable") || says(fault, "Connection timed out") ||
      says(fault, "server closed the connection") || says(fault, "the database system is ")) {
    return {Code::not_found, "There is no answer from " + place.server + ".",
            said(fault) + ". Is it running, and is its address in [emr] url right?"};
  }
  return {Code::bad_source, place.server + " did not take the connection.", said(fault)};
}

Error postgresql_select_error(const PostgresqlPlace& place, const PostgresqlFault& fault) {
  if (fault.lost) return postgresql_read_error(place, fault);
  if (is_row_security(fault)) return row_security_error(Code::not_found, place, fault);
  if (fault.sqlstate == kDenied) {
    return {Code::not_found, "A table may not be read.",
            said(fault) + ". An administrator of the database can allow it: " + grant_for(place, fault.message)};
  }
  if (fault.sqlstate == kNoTable || fault.sqlstate == kNoSchema) return {Code::not_found, "A table is not there.", said(fault)};
  if (fault.sqlstate.starts_with("42") || fault.sqlstate.starts_with("0A")) {
    return {Code::bad_config, "The EMR's database does not understand this SELECT.", said(fault)};
  }
  return postgresql_read_error(place, fault);
}

Error postgresql_read_error(const PostgresqlPlace& place, const PostgresqlFault& fault) {
  const std::string again = " Then run the night again.";
  if (fault.lost) {
    return {Code::bad_source, std::string(kWentAway),
            place.server + ": " + said(fault) + ". It was stopped, or the connection was cut, or it said nothing for " +
                std::to_string(place.read_timeout_s) + " s (read_timeout_s). See whether it runs." + again};
  }
  if (fault.sqlstate == kConflict) {
    return {Code::bad_source, "The EMR's standby server could not keep the moment that was being read.",
            said(fault) + ". Raise max_standby_streaming_delay there, or name the main server in [emr] url."};
  }
  if (fault.sqlstate == kLocked) {
    return {Code::bad_source, "A table of the EMR is locked by somebody else.",
            said(fault) + ". Let the night run when no upgrade or backup locks the tables."};
  }
  if (fault.sqlstate == kCancelled) {
    return {Code::bad_source, "The EMR's database cut a SELECT short.",
            said(fault) + ". An administrator, or a limit set for Nightchart's user, ended it." + again};
  }
  if (is_row_security(fault)) return row_security_error(Code::bad_source, place, fault);
  return {Code::bad_source, "The EMR's database could not give all its rows.", place.server + ": " + said(fault)};
}

}  // namespace exporter
