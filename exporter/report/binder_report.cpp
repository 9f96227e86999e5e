#include "app/record/json.h"
#include "exporter/report/report_words.h"

namespace exporter {

namespace {

void append_scans(const ScanCounts& scans, std::string& text) {
  if (scans.printed() + scans.missing() == 0) return;
  text += line("Scans", counted(scans.printed(), "scan", "scans") + " behind the sheets, " + counted(scans.pages, "page", "pages") +
                            (scans.drawn == 0 ? "" : "; " + counted(scans.drawn, "could", "could") + " only be printed as pictures"));
  if (scans.damaged > 0) text += line("", counted(scans.damaged, "scan is", "scans are") + " damaged: parts of it may be missing, and its pages say so");
  const auto say = [&text](std::size_t count, const char* why) {
    if (count > 0) text += line("", counted(count, "scan", "scans") + " not printed, and a page says so: " + why);
  };
  say(scans.unreadable, "damaged, or locked with a password");
  say(scans.too_large, "too large");
  say(scans.of_other_kind, "neither PDF nor a picture");
  say(scans.not_there, "the record system did not give the pages");
  say(scans.left_over, "the time for scans was over ([binder] scan_minutes), or for this one; the next night tries again");
}

void append_scans(const ScanCounts& scans, app::JsonWriter& json) {
  json.key("scans");
  json.open_object();
  const auto number = [&json](const char* name, std::size_t value) { json.member(name, static_cast<std::int64_t>(value)); };
  number("clean", scans.clean);
  number("pictures", scans.pictures);
  number("drawn_as_pictures", scans.drawn);
  number("pages", scans.pages);
  number("damaged", scans.damaged);
  number("unreadable", scans.unreadable);
  number("too_large", scans.too_large);
  number("of_other_kind", scans.of_other_kind);
  number("not_there", scans.not_there);
  number("left_over", scans.left_over);
  json.close_object();
}

}  // namespace

void append_binder(const BinderReport& binder, int days, std::string& text) {
  const PacketCounts& counts = binder.counts;
  const std::string sheets = counted(binder.put_in, "sheet", "sheets") + (binder.forms == 0 ? "" : " and " + counted(binder.forms, "blank form", "blank forms"));
  text += line("Printed", counted(counts.pages, "page", "pages") + ": the schedule of " + counted(static_cast<std::uint64_t>(days), "day", "days") +
                              (binder.indexed == 0 ? "" : ", the index of " + counted(binder.indexed, "patient", "patients")) + ", " +
                              counted(counts.sheets, "patient sheet", "patient sheets"));
  if (binder.sheets_elsewhere) {
    text += line("", "more sheets are new than a packet takes: print the whole binder once (nightchart print COPY binder)");
  } else if (binder.start_over) {
    text += line("Ring binder", "empty it and put in " + sheets + "; then `nightchart binder confirm` this packet");
  } else {
    text += line("Ring binder", "put in " + sheets + ", take out those of " +
                                    counted(binder.taken_out, "patient", "patients") + "; " + counted(binder.kept, "stays", "stay"));
  }
  if (binder.unconfirmed > 0) {
    text += line("", (binder.confirmed == 0 ? "no packet was ever confirmed" : "packet " + std::to_string(binder.confirmed) + " was confirmed last") +
                         ", " + counted(binder.unconfirmed, "packet waits", "packets wait"));
  }
  append_scans(counts.scans, text);
  if (counts.missing > 0) text += line("", counted(counts.missing, "sheet", "sheets") + " could not be made, and say so");
  if (counts.uncovered > 0) {
    text += line("", counted(counts.uncovered, "character has", "characters have") + " no font and stand as [U+…] on paper");
  }
  if (binder.lost) text += line("LOST", "what the night knew of the ring binder: the packet begins it anew. " + binder.lost->what);
}

void append_binder(const BinderReport& binder, app::JsonWriter& json) {
  const auto number = [&json](const char* name, std::uint64_t value) { json.member(name, static_cast<std::int64_t>(value)); };
  number("pages", binder.counts.pages);
  number("uncovered_characters", binder.counts.uncovered);
  json.key("binder");
  json.open_object();
  number("sheets", binder.counts.sheets);
  number("sheets_missing", binder.counts.missing);
  number("indexed", binder.indexed);
  number("put_in", binder.put_in);
  number("forms", binder.forms);
  number("taken_out", binder.taken_out);
  number("kept", binder.kept);
  json.member("start_over", binder.start_over);
  json.member("print_whole_binder", binder.sheets_elsewhere);
  number("confirmed", binder.confirmed);
  number("unconfirmed", binder.unconfirmed);
  json.member("memory_lost", binder.lost.has_value());
  append_scans(binder.counts.scans, json);
  json.close_object();
}

}  // namespace exporter
