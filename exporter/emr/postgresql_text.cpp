#include "exporter/emr/postgresql_text.h"

#include <charconv>
#include <cstring>

namespace exporter {
namespace {

char escaped(char letter) {
  switch (letter) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
    default: return letter;
  }
}

// Puts what the escapes stand for in their place; the text only gets shorter.
std::size_t unescape(char* text, std::size_t size) {
  char* const first = static_cast<char*>(std::memchr(text, '\\', size));
  if (first == nullptr) return size;
  char* to = first;
  const char* const end = text + size;
  for (const char* from = first; from < end; ++from) {
    *to++ = *from == '\\' && from + 1 < end ? escaped(*++from) : *from;
  }
  return static_cast<std::size_t>(to - text);
}

void read_cell(char* text, std::size_t size, PostgresqlForm form, SqlValue& value) {
  value = {};
  if (size == 2 && text[0] == '\\' && text[1] == 'N') return;
  value.kind = SqlValue::Kind::text;
  if (form == PostgresqlForm::integer) {
    const auto read = std::from_chars(text, text + size, value.integer);
    if (read.ec == std::errc() && read.ptr == text + size) value.kind = SqlValue::Kind::integer;
  }
  value.text = {text, unescape(text, size)};
  if (form != PostgresqlForm::padded) return;
  while (value.text.ends_with(' ')) value.text.remove_suffix(1);
}

}  // namespace

bool read_copy_line(char* bytes, std::size_t size, const std::vector<PostgresqlForm>& forms, std::vector<SqlValue>& row) {
  row.resize(forms.size());
  char* at = bytes;
  char* const end = bytes + size;
  for (std::size_t i = 0; i < forms.size(); ++i) {
    char* const tab = static_cast<char*>(std::memchr(at, '\t', static_cast<std::size_t>(end - at)));
    const bool last = i + 1 == forms.size();
    if (last != (tab == nullptr)) return false;
    char* const stop = last ? end : tab;
    read_cell(at, static_cast<std::size_t>(stop - at), forms[i], row[i]);
    at = stop + 1;
  }
  return true;
}

}  // namespace exporter
