#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>

#include "app/paper/protect.h"
#include "app/paper/scan_page.h"
#include "app/paper/shape.h"
#include "app/record/document_list.h"
#include "app/record/json.h"
#include "exporter/binder/copy_binder.h"
#include "exporter/binder/leaf_layout.h"
#include "exporter/binder/packet.h"
#include "exporter/binder/scan.h"
#include "exporter/commands/looks.h"
#include "exporter/commands/paper_out.h"
#include "exporter/commands/print_forms.h"
#include "exporter/commands/terminal.h"

namespace exporter {
namespace {

struct Arguments : CopyArguments {
  std::string what;
  std::string mrn;     // of form: its name
  std::string second;  // of document: its number; of form: the MRN
  int number = 0;
  int from = 1;
  int count = 0;
  int copies = 1;
  PaperOut out;
  std::string day;
  bool letter = false;
  bool as_pages = false;  // of a document
  bool estimate = false;
  std::string sheets;
  std::size_t up_to = 500;
};

// What came out.
struct Printed {
  std::size_t pages = 0;
  std::size_t uncovered = 0;
  bool only_estimated = false;
};

const app::Paper& paper_of(const Arguments& arguments) { return arguments.letter ? app::kLetter : app::kA4; }

// Pages of an old copy look like those of the newest; so they say that they are not.
std::string words_if_older(const app::Opened& opened) {
  const app::CopyInfo& info = opened.copy.info();
  for (const app::FoundCopy& beside : app::list_copies(info.folder.parent_path())) {
    if (beside.fault || beside.signer != info.manifest.verifying_key || beside.sequence <= info.manifest.sequence) continue;
    return "OLDER COPY: a newer one lies beside it. Use these pages only if you mean to look back.";
  }
  for (const app::Warning& warning : opened.warnings) {
    if (warning.kind == app::Warning::Kind::older) {
      return "OLDER COPY: a newer one was opened on this computer. Use these pages only if you mean to look back.";
    }
  }
  return "";
}

// A page outlives the screen that warned of it: what is not verified says so on each.
app::PrintFrame frame_of(const app::Opened& opened) {
  const app::Manifest& manifest = opened.copy.info().manifest;
  return {(opened.verified ? "" : "NOT VERIFIED, MAY BE FALSE: ") + manifest.practice, app::format_as_of(manifest.as_of, manifest.time_zone),
          app::format_copy_name(manifest.taken, manifest.sequence), words_if_older(opened)};
}

app::Result<app::DrawnPdf> print_charts(app::Opened& opened, const Arguments& arguments, const app::FontSet& fonts) {
  app::Copy& copy = opened.copy;
  const auto ids = copy.search().find_mrn(arguments.mrn);
  if (ids.empty()) {
    return app::Error{app::Code::not_found, "No chart in this copy has that MRN.", "Look it up with `nightchart find`."};
  }
  const app::CopyInfo& info = copy.info();
  const app::SheetContext context{app::local_date(info.manifest.as_of, info.manifest.time_zone)};
  std::vector<app::Sheet> sheets;
  for (const app::ChartId id : ids) {
    TRY_GET(const app::Chart chart, copy.read_chart(id));
    sheets.push_back(app::make_sheet(chart, copy.sheet_template(), context));
  }
  return print_sheets(sheets, frame_of(opened), paper_of(arguments), fonts);
}

app::Result<app::DrawnPdf> print_day(const app::Opened& opened, const Arguments& arguments, const app::FontSet& fonts) {
  const app::Copy& copy = opened.copy;
  app::Known<app::Date> day = app::local_date(app::now(), copy.info().manifest.time_zone);
  if (!arguments.day.empty()) day = app::read_date(arguments.day);
  if (!day.is_known() || day.value().precision < app::Precision::day) {
    return app::Error{app::Code::not_found, "--day must be a date such as 2026-03-02.", ""};
  }
  const app::Date date = app::add_days(day.value(), 0);
  TRY_GET(const std::vector<app::ScheduleEntry> entries, copy.read_schedule(date));
  return print_schedule({date, entries}, frame_of(opened), paper_of(arguments), fonts);
}

app::Result<BinderOrder> order_paper(const app::Opened& opened, const Arguments& arguments) {
  TRY_GET(BinderSettings settings, read_binder_settings(opened.copy));
  settings.letter = settings.letter || arguments.letter;
  const BinderSettings kept = settings;
  if (!arguments.sheets.empty()) settings.sheets = arguments.sheets == "booked" ? BinderScope::booked : BinderScope::active;
  if (arguments.sheets == "all") settings.active_years = 0;
  TRY_GET(BinderOrder order, order_binder(opened.copy, settings, frame_of(opened)));
  order.loose = settings.sheets != kept.sheets || (settings.sheets == BinderScope::active && settings.active_years != kept.active_years);
  return order;
}

app::Result<app::DrawnPdf> print_index(const app::Opened& opened, const Arguments& arguments, const app::FontSet& fonts) {
  TRY_GET(const BinderOrder order, order_paper(opened, arguments));
  TRY_GET(app::Drawing drawing, app::Drawing::begin(fonts, "Nightchart: index"));
  TRY(lay_out_index(order.index, order.frame, order.paper, fonts, [&drawing](const app::Page& page) { return drawing.add(page); }));
  return drawing.finish();
}

// The packet as the night made it.
app::Result<Printed> print_packet(const app::Opened& opened, Arguments& arguments) {
  TRY_GET(const std::vector<std::string> files, read_packet(opened.copy));
  Printed printed;
  for (std::size_t i = 0; i < files.size(); ++i) {
    TRY_GET(const std::size_t pages, app::count_pages(files[i]));
    TRY(arguments.out.put(files[i], files.size() == 1 ? 0 : i + 1));
    printed.pages += pages;
  }
  return printed;
}

app::Result<Printed> print_whole_binder(const app::Opened& opened, Arguments& arguments, const app::FontSet& fonts) {
  Progress progress;
  progress.show("Reading the charts");
  TRY_GET(BinderOrder order, order_paper(opened, arguments));
  TRY_GET(const BinderSettings settings, read_binder_settings(opened.copy));
  TRY_GET(order.behind, lay_out_blank_forms(opened.copy, settings.forms, order.frame, order.paper, fonts));
  const CopySheets sheets(opened.copy);
  const ReadSheet read_sheet = [&sheets](const BinderSheet& sheet) { return sheets.read(sheet); };
  const ReadScans read_scans = [&sheets, &settings](const BinderSheet& sheet) { return sheets.read_scans(sheet, settings); };
  // Scans are cleaned only to be counted where somebody decides by the number.
  if (arguments.estimate || arguments.out.is_printer()) order.read_scans = read_scans;
  TRY_GET(const std::size_t estimated, estimate_pages(order, read_sheet, fonts));
  if (arguments.estimate) return Printed{estimated, 0, true};
  if (arguments.out.is_printer() && estimated > arguments.up_to) {
    return app::Error{app::Code::no_room, "That is about " + count_words(estimated, "page", "pages") + ": more than this command sends to a printer unasked.",
                      "If all of it is meant: --up-to " + std::to_string(estimated + estimated / 10)};
  }
  order.read_scans = read_scans;
  std::size_t files = 0;
  TRY_GET(const PacketCounts counts, print_binder(order, read_sheet, fonts, [&](const BinderVolume& volume, const std::string& bytes) {
    progress.show("Printing file " + std::to_string(++files) + " of about " + std::to_string(1 + estimated / order.pages_most));
    return arguments.out.put(bytes, volume.number == 1 && files == 1 ? 0 : volume.number);
  }));
  return Printed{counts.pages, counts.uncovered, false};
}

// Forms and labels are on the paper that the practice's binder is on.
app::Result<app::DrawnPdf> draw_to_write_on(app::Opened& opened, const Arguments& arguments, const app::FontSet& fonts) {
  const auto settings = read_binder_settings(opened.copy);
  const bool letter = arguments.letter || (settings.ok() && settings.value().letter);
  if (arguments.what == "labels") {
    return print_labels(opened.copy, {arguments.mrn, arguments.from, arguments.count, letter}, fonts);
  }
  return print_form(opened.copy, {arguments.mrn, arguments.second, arguments.copies}, frame_of(opened), letter ? app::kLetter : app::kA4, fonts);
}

app::Result<app::DrawnPdf> draw(app::Opened& opened, const Arguments& arguments, const app::FontSet& fonts) {
  if (arguments.what == "schedule") return print_day(opened, arguments, fonts);
  if (arguments.what == "index") return print_index(opened, arguments, fonts);
  if (arguments.what == "form" || arguments.what == "labels") return draw_to_write_on(opened, arguments, fonts);
  return print_charts(opened, arguments, fonts);
}

app::Result<app::Chart> find_chart(app::Copy& copy, const std::string& mrn) {
  const auto ids = copy.search().find_mrn(mrn);
  if (ids.size() == 1) return copy.read_chart(ids[0]);
  return app::Error{app::Code::not_found, ids.empty() ? "No chart in this copy has that MRN." : "Several charts have that MRN.",
                    "Look it up with `nightchart find`."};
}

struct FoundDocument {
  app::Document entry;
  std::string whose;
  std::string bytes;
};

app::Result<FoundDocument> read_document(app::Opened& opened, const Arguments& arguments) {
  TRY_GET(const app::Chart chart, find_chart(opened.copy, arguments.mrn));
  const auto listed = app::documents_as_listed(chart);
  if (arguments.number < 1 || static_cast<std::size_t>(arguments.number) > listed.size()) {
    return app::Error{app::Code::not_found, "This chart has " + std::to_string(listed.size()) + " documents; there is no number " +
                                                std::to_string(arguments.number) + ".", "`nightchart show` lists them with their numbers."};
  }
  const app::Document& document = *listed[static_cast<std::size_t>(arguments.number) - 1];
  if (document.content.state != app::Presence::known) {
    return app::Error{app::Code::not_found, "The pages of this document are not in this copy.", document.content.reason};
  }
  FoundDocument found{document, app::format_scan_owner(app::format_name(app::shown_name(chart)), app::format_known_date(chart.birth_date), chart.mrn), {}};
  found.bytes.reserve(document.content.bytes);
  TRY(opened.copy.read_document(document.content, [&found](std::string_view piece) -> app::Result<app::Done> {
    found.bytes += piece;
    return app::Done{};
  }));
  return found;
}

// Before a page of it leaves. Where the number of the patient is wrong, nothing is printed anyway.
app::Result<app::Done> record(app::Opened& opened, const Arguments& arguments) {
  const std::string& mrn = arguments.what == "form" ? arguments.second : arguments.mrn;
  const bool is_of_chart = arguments.what == "chart" || arguments.what == "labels" || arguments.what == "document" || arguments.what == "form";
  if (arguments.estimate || (is_of_chart && mrn.empty())) return app::Done{};
  if (!is_of_chart) return record_look(opened, arguments, "printed", "the " + arguments.what);
  for (const app::ChartId id : opened.copy.search().find_mrn(mrn)) {
    TRY_GET(const app::Chart chart, opened.copy.read_chart(id));
    TRY(record_look(opened, arguments, "printed", chart));
  }
  return app::Done{};
}

// Writes a document's own bytes, whatever they are; returns what it is.
app::Result<std::string> write_document(Arguments& arguments) {
  TRY_GET(app::Opened opened, open_copy(arguments));
  TRY_GET(const FoundDocument document, read_document(opened, arguments));
  TRY(record(opened, arguments));
  TRY(arguments.out.put_file(document.bytes));
  return app::words_of_media_type(document.entry.media_type) + ", " + app::words_of_size(document.bytes.size());
}

// "2, 3": given from 0, said from 1.
std::string list_pages(const std::vector<std::size_t>& pages) {
  std::string words;
  for (const std::size_t page : pages) words += (words.empty() ? "" : ", ") + std::to_string(page + 1);
  return words;
}

// Its pages, made clean; or one that says why there are none.
app::Result<Printed> print_document(app::Opened& opened, Arguments& arguments, const app::FontSet& fonts) {
  TRY_GET(const FoundDocument document, read_document(opened, arguments));
  const auto scan = clean_scan(document.bytes);
  if (scan.ok()) {
    if (scan.value().cut_short) std::cerr << "nightchart: The document's file is cut short: pages, or parts of them, are missing." << std::endl;
    if (const std::string pages = list_pages(scan.value().damaged); !pages.empty())
      std::cerr << "nightchart: PARTS MAY BE MISSING of page " << pages << ": the document's file is damaged." << std::endl;
    TRY(arguments.out.put(scan.value().pdf));
    return Printed{scan.value().in_all, 0, false};
  }
  const app::Page page = lay_out_missing_scan(document.entry.text, document.whose, scan.error(), frame_of(opened), paper_of(arguments), fonts);
  TRY_GET(const app::DrawnPdf drawn, app::draw_pdf({page}, fonts, "Nightchart: document"));
  TRY(arguments.out.put(drawn.bytes));
  return Printed{1, drawn.uncovered, false};
}

// Copies between two nights have no packet: the night's, which lies beside them, is still the one to print.
void choose_copy_with_packet(Arguments& arguments) {
  const std::vector<app::FoundCopy> copies = app::list_copies(arguments.copy);
  const auto newest = std::ranges::find_if(copies, [](const app::FoundCopy& copy) { return !copy.fault; });
  if (newest == copies.end() || newest->occasion == app::Occasion::night) return;
  const auto of_night = std::find_if(newest, copies.end(), [&](const app::FoundCopy& copy) {
    return !copy.fault && copy.signer == newest->signer && copy.occasion == app::Occasion::night;
  });
  if (of_night == copies.end()) return;
  std::cerr << "nightchart: The packet is that of the night's copy, " << of_night->folder.filename().string()
            << "; the newer copies between the nights have none." << std::endl;
  arguments.copy = of_night->folder.string();
}

app::Result<Printed> print(Arguments& arguments) {
  if (arguments.what == "packet") choose_copy_with_packet(arguments);
  TRY_GET(app::Opened opened, open_copy(arguments));
  TRY(record(opened, arguments));
  if (arguments.what == "packet") return print_packet(opened, arguments);
  TRY_GET(const app::FontSet fonts, app::FontSet::open(app::find_fonts()));
  if (arguments.what == "document") return print_document(opened, arguments, fonts);
  if (arguments.what == "binder") return print_whole_binder(opened, arguments, fonts);
  const auto drawn = draw(opened, arguments, fonts);
  if (!drawn.ok()) return drawn.error();
  TRY(arguments.out.put(drawn.value().bytes));
  return Printed{drawn.value().pages, drawn.value().uncovered, false};
}

int run_document(Arguments& arguments) {
  const auto written = write_document(arguments);
  if (!written.ok()) return report_error(written.error(), arguments.json);
  if (arguments.json) {
    std::string text;
    app::JsonWriter json(text);
    json.open_object();
    json.member("out", std::string_view(arguments.out.out()));
    json.member("kind", std::string_view(written.value()));
    json.close_object();
    std::cout << text << std::endl;
  } else {
    std::cout << arguments.out.out() << ": the document as the EMR has it (" << written.value()
              << "). It is NOT encrypted any more: look at it or print it, then delete it." << std::endl;
  }
  return 0;
}

int run(Arguments& arguments) {
  if (arguments.what == "document" && !arguments.as_pages && !arguments.out.is_printer()) return run_document(arguments);
  const auto printed = print(arguments);
  if (!printed.ok()) return report_error(printed.error(), arguments.json);
  const std::size_t pages = printed.value().pages;
  if (arguments.json) {
    std::string text;
    app::JsonWriter json(text);
    json.open_object();
    if (!arguments.out.out().empty()) json.member("out", std::string_view(arguments.out.out()));
    if (arguments.out.is_printer()) json.member("printer", std::string_view(arguments.out.printer()));
    json.key("files");
    json.open_array();
    for (const std::string& file : arguments.out.files()) json.text(file);
    json.close_array();
    json.member("pages", static_cast<std::int64_t>(pages));
    json.member("estimated", printed.value().only_estimated);
    json.member("uncovered_characters", static_cast<std::int64_t>(printed.value().uncovered));
    json.close_object();
    std::cout << text << std::endl;
  } else if (printed.value().only_estimated) {
    std::cout << "About " << count_words(pages, "page", "pages") << ", which is " << count_words((pages + 1) / 2, "leaf", "leaves")
              << " printed on both sides. Nothing was printed." << std::endl;
  } else {
    std::cout << arguments.out.said(pages) << std::endl;
  }
  return 0;
}

}  // namespace

void add_print(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand("print", "Print out of a copy: the packet, the ring binder, the index, a day's schedule, a sheet, a form, labels, a document");
  add_copy_arguments(*command, *arguments);
  command->add_option("WHAT", arguments->what, "What to print: packet, binder, index, schedule, chart, form, labels or document")
      ->required()
      ->check(CLI::IsMember({"packet", "binder", "index", "schedule", "chart", "form", "labels", "document"}));
  auto* mrn = command->add_option("MRN", arguments->mrn, "chart, labels, document: the patient's record number; form: its name (`nightchart form list`)");
  auto* second = command->add_option("N", arguments->second, "document: its number, as `nightchart show` lists it; form: an MRN, else it is blank");
  arguments->out.add_options(*command);
  command->add_option("--day", arguments->day, "schedule: the day, such as 2026-03-02; else today");
  command->add_flag("--letter", arguments->letter, "US Letter instead of A4, unless the practice's settings say so already");
  command->add_flag("--estimate", arguments->estimate, "binder: only say how many pages it would be");
  command->add_option("--sheets", arguments->sheets, "binder, index: whose sheets, instead of those in the settings: booked, active, all")
      ->check(CLI::IsMember({"booked", "active", "all"}));
  command->add_option("--up-to", arguments->up_to, "binder: send no more pages than these to a printer [500]");
  command->add_option("--copies", arguments->copies, "form: how many, each with numbers of its own")->check(CLI::Range(1, 200));
  command->add_flag("--pages", arguments->as_pages, "document: as clean PDF pages, without scripts and links, instead of its own bytes; so it always goes to a printer");
  command->add_option("--from", arguments->from, "labels: the first free label of a part-used sheet, counted from 1 row by row")->check(CLI::Range(1, 30));
  command->add_option("--count", arguments->count, "labels: how many; else to the end of the sheet")->check(CLI::Range(1, 300));
  command->footer("Examples: nightchart print /srv/nightchart packet --printer office\n"
                  "          nightchart print /srv/nightchart binder --estimate\n"
                  "          nightchart print /srv/nightchart chart 10442 --out sheet.pdf --passphrase-file key.txt\n"
                  "          nightchart print /srv/nightchart schedule --out today.pdf --passphrase-file key.txt\n"
                  "          nightchart print /srv/nightchart form progress-note 10442 --printer office\n"
                  "          nightchart print /srv/nightchart labels 10442 --from 7 --count 6 --printer labels\n"
                  "          nightchart print /srv/nightchart document 10442 2 --out scan.pdf --passphrase-file key.txt");
  command->callback([arguments, mrn, second, &exit_code] {
    const std::string& what = arguments->what;
    if ((what == "chart" || what == "labels" || what == "document") && mrn->count() == 0) throw CLI::RequiredError("MRN");
    if (what == "form" && mrn->count() == 0) throw CLI::RequiredError("The form's name");
    if (what == "document" && second->count() == 0) throw CLI::RequiredError("N");
    if (what == "document" && !CLI::detail::lexical_cast(arguments->second, arguments->number)) throw CLI::ConversionError(arguments->second, "N");
    const bool estimate = arguments->estimate && what == "binder";
    if (!estimate && arguments->out.out().empty() && !arguments->out.is_printer()) throw CLI::RequiredError("--out or --printer");
    exit_code = run(*arguments);
  });
}

}  // namespace exporter
