// What a column of a pack's SELECT is for, read from its name: a field, and how its cell becomes the field's text.
//
// Shape:   FIELD [+|;] [(via|from) LOOKUP [LIST]]
//          "author via users"                  the cell is a key; the text stands in lookup.users.sql
//          "reactions.text via lists reaction" the same, in the list "reaction" of lookup.lists.sql
//          "phone from insurer_phones"         the same, and nothing where the key stands in no list: it is not the text itself
//          "strength + via lists drug_units"   put after what another column gives for the field, with a blank
//          "note ;"                            the same with "; " between; texts that are already there are not repeated
#pragma once

#include <string>
#include <string_view>

namespace exporter {

struct SqlAlias {
  std::string field;
  std::string_view joint;  // "", " " or "; "
  std::string lookup;      // empty: the cell itself is the text
  std::string list;
  bool only_looked_up = false;  // "from"

  bool is_plain() const { return joint.empty() && lookup.empty(); }
};

// A name that is in no such shape is a field of that name: whoever looks for the field says that there is none.
SqlAlias parse_sql_alias(std::string_view name);

}  // namespace exporter
