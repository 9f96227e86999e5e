#include "exporter/emr/odbc_statement.h"

#include <sql.h>
#include <sqlext.h>

#include <algorithm>
#include <cstring>

#include "exporter/emr/emr_reach.h"
#include "exporter/emr/odbc_text.h"

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr std::size_t kLongest_chars = 1000;  // what is declared longer is fetched by itself
constexpr std::size_t kBlock_bytes = 1 << 20;
constexpr std::size_t kBlockMost_rows = 1000;
constexpr std::size_t kPiece_units = 8192;
constexpr std::size_t kNumber_bytes = 128;

enum class Form : std::uint8_t { integer, letters, wide };

struct Column {
  Form form = Form::wide;
  bool padded = false;
  bool is_long = false;
  std::size_t cell_bytes = 0;
  std::vector<char> cells;      // of a block
  std::vector<SQLLEN> lengths;  // of a block
};

Form form_of(SQLSMALLINT type) {
  switch (type) {
    case SQL_BIT:
    case SQL_TINYINT:
    case SQL_SMALLINT:
    case SQL_INTEGER:
    case SQL_BIGINT: return Form::integer;
    case SQL_CHAR:
    case SQL_VARCHAR:
    case SQL_LONGVARCHAR:
    case SQL_WCHAR:
    case SQL_WVARCHAR:
    case SQL_WLONGVARCHAR: return Form::wide;
    default: return Form::letters;  // numbers, dates and times are told in ASCII
  }
}

SQLSMALLINT c_type_of(Form form) {
  return form == Form::integer ? SQL_C_SBIGINT : form == Form::wide ? SQL_C_WCHAR : SQL_C_CHAR;
}

std::string_view without_padding(std::string_view text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool worked(SQLRETURN code) { return SQL_SUCCEEDED(code); }

}  // namespace

struct OdbcStatement::State {
  SQLHSTMT handle = SQL_NULL_HSTMT;
  std::vector<Column> columns;
  std::vector<SqlValue> row;
  std::vector<std::string> texts;  // of the row, where they had to be converted
  SQLULEN block_rows = 0;
  SQLULEN fetched = 0;
  SQLULEN at = 0;
  bool one_by_one = false;

  ~State() { SQLFreeHandle(SQL_HANDLE_STMT, handle); }

  Error read_error() const {
    const OdbcFault fault = odbc_fault(SQL_HANDLE_STMT, handle);
    const bool lost = fault.sqlstate.starts_with("08") || fault.sqlstate.starts_with("HYT") || fault.sqlstate == "57P01";
    return {Code::bad_source,
            lost ? std::string(kWentAway) : "The EMR's database could not give all its rows.",
            format_odbc_fault(fault) + (lost ? ". See whether it runs. Then run the night again." : "")};
  }

  Result<Done> describe() {
    SQLSMALLINT count = 0;
    if (!worked(SQLNumResultCols(handle, &count))) return read_error();
    columns.assign(static_cast<std::size_t>(count), {});
    for (SQLSMALLINT i = 0; i < count; ++i) {
      SQLSMALLINT type = 0, digits = 0, nullable = 0;
      SQLULEN size = 0;
      if (!worked(SQLDescribeCol(handle, static_cast<SQLUSMALLINT>(i + 1), nullptr, 0, nullptr, &type, &size, &digits, &nullable))) {
        return read_error();
      }
      Column& column = columns[static_cast<std::size_t>(i)];
      column.form = form_of(type);
      column.padded = type == SQL_CHAR || type == SQL_WCHAR;
      const bool sized = size > 0 && size <= kLongest_chars;
      column.is_long = !sized && column.form != Form::integer;
      // A character may be two units, and one more ends the text.
      column.cell_bytes = column.form == Form::integer ? sizeof(SQLBIGINT)
                          : column.form == Form::wide  ? (size * 2 + 1) * sizeof(SQLWCHAR)
                                                       : std::max<std::size_t>(size + 1, kNumber_bytes);
    }
    row.resize(columns.size());
    texts.resize(columns.size());
    return Done{};
  }

  Result<Done> bind() {
    std::size_t row_bytes = 0;
    for (const Column& column : columns) row_bytes += column.cell_bytes + sizeof(SQLLEN);
    block_rows = std::clamp<std::size_t>(kBlock_bytes / std::max<std::size_t>(row_bytes, 1), 1, kBlockMost_rows);
    const auto attribute = [this](SQLINTEGER name, void* value) { SQLSetStmtAttr(handle, name, value, 0); };
    attribute(SQL_ATTR_ROW_BIND_TYPE, reinterpret_cast<void*>(static_cast<SQLULEN>(SQL_BIND_BY_COLUMN)));
    attribute(SQL_ATTR_ROW_ARRAY_SIZE, reinterpret_cast<void*>(block_rows));
    attribute(SQL_ATTR_ROWS_FETCHED_PTR, &fetched);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      Column& column = columns[i];
      column.cells.resize(column.cell_bytes * block_rows);
      column.lengths.resize(block_rows);
      if (!worked(SQLBindCol(handle, static_cast<SQLUSMALLINT>(i + 1), c_type_of(column.form), column.cells.data(),
                             static_cast<SQLLEN>(column.cell_bytes), column.lengths.data()))) {
        return read_error();
      }
    }
    return Done{};
  }

  // A cell of the block. False when it is longer than the driver had said.
  bool take_cell(std::size_t i) {
    Column& column = columns[i];
    const SQLLEN length = column.lengths[at];
    const char* cell = column.cells.data() + at * column.cell_bytes;
    if (length == SQL_NULL_DATA) {
      row[i] = {};
      return true;
    }
    if (column.form == Form::integer) {
      SQLBIGINT number = 0;
      std::memcpy(&number, cell, sizeof number);
      row[i] = {SqlValue::Kind::integer, number, {}};
      return true;
    }
    const std::size_t bytes = length < 0 ? column.cell_bytes : static_cast<std::size_t>(length);
    if (bytes >= column.cell_bytes) return false;
    take_text(i, cell, bytes);
    return true;
  }

  void take_text(std::size_t i, const char* bytes, std::size_t size) {
    std::string_view text(bytes, size);
    if (columns[i].form == Form::wide) {
      texts[i].clear();
      append_utf8(reinterpret_cast<const SQLWCHAR*>(bytes), size / sizeof(SQLWCHAR), texts[i]);
      text = texts[i];
    }
    row[i] = {SqlValue::Kind::text, 0, columns[i].padded ? without_padding(text) : text};
  }

  // A cell of a row that is read one by one, whatever its length.
  Result<Done> get_cell(std::size_t i) {
    const auto number = static_cast<SQLUSMALLINT>(i + 1);
    const Form form = columns[i].form;
    row[i] = {};
    SQLLEN length = 0;
    if (form == Form::integer) {
      SQLBIGINT value = 0;
      if (!worked(SQLGetData(handle, number, SQL_C_SBIGINT, &value, sizeof value, &length))) return read_error();
      if (length != SQL_NULL_DATA) row[i] = {SqlValue::Kind::integer, value, {}};
      return Done{};
    }
    SQLWCHAR piece[kPiece_units];
    std::string gathered;
    const std::size_t ending = form == Form::wide ? sizeof(SQLWCHAR) : 1;
    while (true) {
      const SQLRETURN code = SQLGetData(handle, number, c_type_of(form), piece, sizeof piece, &length);
      if (code == SQL_NO_DATA) break;
      if (!worked(code)) return read_error();
      if (length == SQL_NULL_DATA) return Done{};
      const bool more = code == SQL_SUCCESS_WITH_INFO && (length == SQL_NO_TOTAL || length >= static_cast<SQLLEN>(sizeof piece));
      gathered.append(reinterpret_cast<const char*>(piece), more ? sizeof piece - ending : static_cast<std::size_t>(length));
      if (!more) break;
    }
    take_text(i, gathered.data(), gathered.size());
    if (form == Form::wide) return Done{};
    texts[i] = std::move(gathered);
    row[i].text = columns[i].padded ? without_padding(texts[i]) : texts[i];
    return Done{};
  }
};

OdbcStatement::OdbcStatement(std::unique_ptr<State> state) : state_(std::move(state)) {}
OdbcStatement::~OdbcStatement() = default;

Result<std::unique_ptr<OdbcStatement>> OdbcStatement::make(void* connection) {
  auto state = std::make_unique<State>();
  if (!worked(SQLAllocHandle(SQL_HANDLE_STMT, connection, &state->handle))) {
    return Error{Code::io, "The ODBC driver takes no more statements.",
                 format_odbc_fault(odbc_fault(SQL_HANDLE_DBC, connection))};
  }
  return std::unique_ptr<OdbcStatement>(new OdbcStatement(std::move(state)));
}

bool OdbcStatement::prepare(const std::string& sql) {
  std::vector<unsigned short> wide = make_utf16(sql);
  return worked(SQLPrepareW(state_->handle, wide.data(), SQL_NTS));
}

bool OdbcStatement::run(const std::string& sql) {
  std::vector<unsigned short> wide = make_utf16(sql);
  const SQLRETURN code = SQLExecDirectW(state_->handle, wide.data(), SQL_NTS);
  return worked(code) || code == SQL_NO_DATA;
}

OdbcFault OdbcStatement::fault() const { return odbc_fault(SQL_HANDLE_STMT, state_->handle); }

std::vector<std::string> OdbcStatement::columns() {
  SQLSMALLINT count = 0;
  std::vector<std::string> names;
  if (!worked(SQLNumResultCols(state_->handle, &count))) return names;
  for (SQLSMALLINT i = 1; i <= count; ++i) {
    SQLWCHAR name[256] = {};
    SQLSMALLINT length = 0, type = 0, digits = 0, nullable = 0;
    SQLULEN size = 0;
    if (!worked(SQLDescribeColW(state_->handle, static_cast<SQLUSMALLINT>(i), name, 256, &length, &type, &size, &digits, &nullable))) {
      return {};
    }
    std::string& text = names.emplace_back();
    append_utf8(name, static_cast<std::size_t>(std::clamp<SQLSMALLINT>(length, 0, 255)), text);
    text = lower_case(text);  // some databases write every name in capitals
  }
  return names;
}

Result<Done> OdbcStatement::begin_rows() {
  State& state = *state_;
  TRY(state.describe());
  state.one_by_one = std::any_of(state.columns.begin(), state.columns.end(), [](const Column& c) { return c.is_long; });
  if (state.one_by_one) return Done{};
  return state.bind();
}

Result<const SqlValue*> OdbcStatement::next() {
  State& state = *state_;
  if (!state.one_by_one && ++state.at < state.fetched) {
    for (std::size_t i = 0; i < state.columns.size(); ++i) {
      if (!state.take_cell(i)) return Error{Code::bad_source, "The ODBC driver cut a text short.", "column " + std::to_string(i + 1)};
    }
    return state.row.data();
  }
  const SQLRETURN code = SQLFetch(state.handle);
  if (code == SQL_NO_DATA) return nullptr;
  if (!worked(code)) return state.read_error();
  state.at = 0;
  for (std::size_t i = 0; i < state.columns.size(); ++i) {
    if (state.one_by_one) {
      TRY(state.get_cell(i));
    } else if (!state.take_cell(i)) {
      return Error{Code::bad_source, "The ODBC driver cut a text short.", "column " + std::to_string(i + 1)};
    }
  }
  return state.row.data();
}

OdbcFault odbc_fault(short kind, void* handle) {
  SQLCHAR state[6] = {};
  SQLCHAR message[1024] = {};
  SQLINTEGER native = 0;
  SQLSMALLINT length = 0;
  OdbcFault fault;
  if (!worked(SQLGetDiagRec(kind, handle, 1, state, &native, message, sizeof message, &length))) return fault;
  fault.sqlstate = reinterpret_cast<const char*>(state);
  fault.native = native;
  fault.message = reinterpret_cast<const char*>(message);
  while (fault.message.ends_with('\n')) fault.message.pop_back();
  return fault;
}

bool OdbcFault::is_about_a_table() const {
  if (sqlstate == "42S02" || sqlstate == "42501" || sqlstate == "42P01") return true;
  // MySQL and MariaDB, SQL Server, Oracle.
  static constexpr long kNative[] = {1142, 1143, 1146, 229, 230, 208, 942, 1031};
  return std::find(std::begin(kNative), std::end(kNative), native) != std::end(kNative);
}

std::string format_odbc_fault(const OdbcFault& fault) {
  const std::string message = safe_server_message(fault.sqlstate, fault.message);
  return message != fault.message || fault.sqlstate.empty() ? message : message + " (" + fault.sqlstate + ")";
}

}  // namespace exporter
