// A mapping pack met with its database: which files fit, what each of them gives, and what cannot be read.
//
// Errors:  what open_sql_database(), read_sql_pack() and settle_sql_pack() say; Code::bad_config naming the SQL file and
//          column; Code::bad_source for patients that may not be read.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/error.h"
#include "exporter/emr/openemr_drive.h"
#include "exporter/emr/part_keys.h"
#include "exporter/emr/sql_source.h"
#include "exporter/emr/sql_streams.h"

namespace exporter {

struct OpenedPack {
  std::unique_ptr<SqlDatabase> database;  // outlives the rows of the parts
  SqlPack pack;
  SettledPack settled;
  SqlLookups lookups;  // outlives the parts' readers
  std::shared_ptr<OpenEmrKeys> document_keys;  // of documents that the EMR encrypts; null: none are asked for
  std::shared_ptr<EntryRule> withheld;   // outlives the parts' readers
  std::shared_ptr<PatientFacts> facts;   // of the patient whose rows are read
  std::unique_ptr<PartKeys> part_keys;   // whose rows are read; outlives the parts' rows
  std::vector<std::unique_ptr<SqlPart>> parts;  // of sections that can be read whole; patients first

  struct Unread {
    SqlPackFile file;
    app::Error error;
  };
  std::vector<Unread> unread;         // files of sections whose tables are not there or may not be read
  std::vector<std::string> cautions;  // see ReadReport
  std::string version;                // the EMR's own, as the pack asks for it
  std::string product;                // the database's
};

// With `faults`, a wrong file is left out and told there instead of ending it all; patients.sql must be right.
app::Result<OpenedPack> open_sql_pack(const SqlSourceOrder& order, std::vector<app::Error>* faults = nullptr);

// The charts of what was opened.
app::Result<std::unique_ptr<ChartSource>> open_sql_source(OpenedPack opened, const SqlSourceOrder& order);

}  // namespace exporter
