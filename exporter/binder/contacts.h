// Whom to ring when the EMR is out: a list that the practice keeps in a file of its own.
//
// Shape:   TOML: `checked = 2026-10-01`, then any number of [[contact]] with what, name, phone, note.
// Units:   points.
// Errors:  bad_config naming the file and what is wrong in it; not_found.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/paper/page_frame.h"
#include "app/record/calendar.h"

namespace exporter {

struct PracticeContact {
  std::string what;  // "EMR support"
  std::string name;
  std::string phone;
  std::string note;
};

struct PracticeContacts {
  app::Known<app::Date> checked;  // when somebody last made sure that they are right
  std::vector<PracticeContact> contacts;
};

app::Result<PracticeContacts> read_contacts(const std::filesystem::path& file);
// As a copy keeps them.
std::string format_contacts(const PracticeContacts& contacts);
app::Result<PracticeContacts> parse_contacts(std::string_view json);

// A page that says since when it is unchecked, with lines to write on.
std::vector<app::Page> lay_out_contacts(const PracticeContacts& contacts, const app::Date& today, const app::PrintFrame& frame,
                                        const app::Paper& paper, const app::FontSet& fonts);

}  // namespace exporter
