#include "exporter/binder/binder_night.h"

#include <algorithm>
#include <set>
#include <utility>

#include "app/paper/protect.h"
#include "app/paper/shape.h"
#include "app/record/chart_json.h"
#include "app/record/text.h"
#include "app/snapshot/pdf_password.h"
#include "exporter/binder/freed_memory_posix.h"
#include "exporter/binder/scan_choice.h"
#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Result;

constexpr char kBehindAll[] = "\xFF\xFF";  // in the order of filing

// Two charts of one key: each is a patient of its own, in the order in which they come.
void tell_apart(BinderPatients& patients, const BinderMemory& memory) {
  const std::vector<PatientKey> keys = patients.sorted_keys();
  if (std::adjacent_find(keys.begin(), keys.end()) == keys.end()) return;
  std::set<PatientKey> seen;
  for (std::size_t i = 0; i < patients.size(); ++i) {
    PatientKey key = patients[i].key;
    while (!seen.insert(key).second) {
      key = memory.key_of(std::string_view(reinterpret_cast<const char*>(key.data()), key.size()));
    }
    patients.set_key(i, key);
  }
}

Result<std::string> read_all(const OpenDocument& open) {
  TRY_GET(const std::unique_ptr<DocumentBytes> pages, open());
  ScanBytes bytes;
  std::string piece(1u << 16, '\0');
  for (;;) {
    TRY_GET(const std::size_t got, pages->read(piece.data(), piece.size()));
    if (got == 0) return bytes.take();
    TRY(bytes.add(std::string_view(piece).substr(0, got)));
  }
}

// A line that tells under which other names sheets of the patient may be filed; nothing if there is none.
std::string earlier_names(const std::vector<FiledSheet>& take_out, const std::string& name) {
  std::vector<std::string> earlier;
  for (const FiledSheet& sheet : take_out) {
    if (sheet.name != name && std::find(earlier.begin(), earlier.end(), sheet.name) == earlier.end()) earlier.push_back(sheet.name);
  }
  std::string words;
  for (const std::string& other : earlier) words += (words.empty() ? "\nuntil now " : " or ") + other;
  return words;
}

std::string file_name(std::size_t number) { return "packet-" + std::to_string(number) + ".pdf"; }

}  // namespace

Result<BinderNight> BinderNight::open(BinderNightPlan plan) {
  TRY_GET(BinderMemory memory, BinderMemory::open(plan.practice));
  return BinderNight(std::move(plan), std::move(memory));
}

BinderNight::BinderNight(BinderNightPlan plan, BinderMemory memory)
    : plan_(std::move(plan)), memory_(std::move(memory)),
      booked_(app::local_date(plan_.taken, plan_.time_zone), plan_.settings.days, plan_.time_zone),
      context_{app::local_date(plan_.as_of, plan_.time_zone)},
      today_(app::add_days(app::local_date(plan_.taken, plan_.time_zone), 0)) {
  report_.lost = memory_.lost();
  report_.confirmed = memory_.book().confirmed_sequence();
  report_.unconfirmed = memory_.book().pending().size();
}

void BinderNight::consider(app::ChartId id, const app::Chart& chart, const DocumentPages& pages) {
  const bool booked = booked_.consider(id, chart) && plan_.settings.sheets != BinderScope::none;
  const app::Sheet sheet = app::make_sheet(chart, plan_.sheet_template, {context_.as_of, form_of(booked)});
  BinderPatient patient = make_binder_patient(id, chart, sheet);
  patient.key = memory_.key_of(chart.emr_key.empty() ? chart.mrn : chart.emr_key);
  patient.booked = booked;
  patient.wanted = patient.booked || is_active(chart, plan_.settings, today_);
  const auto scans = choose_scans(chart, plan_.settings, patient.booked, patient.wanted);
  patient.scans_id = scans_id(scans);
  patient.line.id += patient.scans_id;
  const FiledSheet filed{patient.line.name, patient.line.mrn, patient.line.id, patient.booked};
  if (patient.wanted && !patient.booked && !too_many_ && !memory_.book().holds(patient.key, filed)) {
    app::format_chart(chart, changed_[id]);
    too_many_ = changed_.size() > static_cast<std::size_t>(plan_.settings.packet_sheets);
    if (too_many_) changed_.clear();
  }
  for (const app::Document& scan : scans) {
    const auto found = pages.find(scan.content.id);
    if (found != pages.end() && (patient.booked || changed_.contains(id))) scans_[id].insert(*found);
  }
  patients_.push_back(patient);
}

PacketPlan BinderNight::plan_packet(const BinderSheets& target, const std::set<PatientKey>& booked) {
  // Emptying the binder wants the sheets of all at hand, as they are of those booked.
  const bool all_at_hand = plan_.settings.sheets != BinderScope::active;
  const BinderPlan plan = memory_.book().make_plan(target, all_at_hand);
  PacketPlan packet{plan.base, plan.start_over || too_many_, plan.kept, {}, too_many_, plan.forms_too || too_many_};
  report_.start_over = packet.start_over;
  report_.sheets_elsewhere = too_many_;
  report_.kept = plan.kept;
  std::vector<std::pair<std::string, NamedChange>> named;
  for (const SheetChange& change : plan.changes) {
    NamedChange row{change, "", "", ""};
    const FiledSheet& filed = change.put_in ? *change.put_in : change.take_out.front();
    if (!filed.is_form) {
      report_.taken_out += change.take_out.empty() ? 0 : 1;
      report_.put_in += change.put_in ? 1 : 0;
    }
    if (too_many_ && !booked.contains(change.patient)) continue;
    // Whoever is gone is filed under the last name; a new name does not move an old sheet.
    row.name = filed.name;
    row.mrn = filed.mrn;
    row.tab = filed.is_form ? kFormsTab : app::tab_of(filed.name);
    if (change.put_in && !filed.is_form) row.name += earlier_names(change.take_out, filed.name);
    const std::string place = filed.is_form ? kBehindAll : "";
    named.emplace_back(place + app::collation_key(filed.name) + '\0' + filed.mrn, std::move(row));
  }
  std::sort(named.begin(), named.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [key, row] : named) packet.changes.push_back(std::move(row));
  return packet;
}

// Those that the list says to put in; a row of the list leads to each.
void BinderNight::add_forms(const std::vector<BinderForm>& forms, const app::FontSet& fonts, BinderOrder& order) const {
  app::FormNumbers numbers(app::binder_numbers(plan_.practice_key, plan_.sequence, 1));
  for (const BinderForm& form : forms) {
    const PatientKey key = memory_.key_of_form(form.form.name);
    for (NamedChange& row : order.packet->changes) {
      if (row.change.patient != key || !row.change.put_in) continue;
      order.behind.push_back(lay_out_binder_form(form, order.frame, order.paper, numbers, fonts));
      row.pages = order.behind.back().page_count();
      row.anchor = order.behind.back().anchor;
    }
  }
}

Result<BinderOrder> BinderNight::order_of(const app::PrintFrame& frame, const std::vector<std::string>& left_out, const app::FontSet& fonts) {
  const app::Paper paper = plan_.settings.letter ? app::kLetter : app::kA4;
  TRY_GET(const ChosenForms forms, choose_forms(plan_.forms, plan_.settings.forms, frame.practice, paper));
  tell_apart(patients_, memory_);
  patients_.sort_for_filing();
  BinderSheets target;
  std::set<PatientKey> booked;
  for (std::size_t i = 0; i < patients_.size(); ++i) {
    const BinderPatient patient = patients_[i];
    if (patient.booked) booked.insert(patient.key);
    if (patient.wanted) target.emplace(patient.key, FiledSheet{patient.line.name, patient.line.mrn, patient.line.id, patient.booked});
  }
  for (const BinderForm& form : forms.forms) {
    target.emplace(memory_.key_of_form(form.form.name), FiledSheet{form.form.title, "", form.id, false, true});
  }
  BinderOrder order;
  order.frame = frame;
  order.paper = paper;
  order.sequence = plan_.sequence;
  order.today = today_;
  order.days = booked_.days();
  order.scan_minutes = plan_.settings.scan_minutes;
  order.contacts = plan_.settings.contacts;
  order.not_in_it = left_out;
  for (const std::string& name : forms.unknown) order.not_in_it.push_back(sentence_of_unknown_form(name));
  order.pages_most = static_cast<std::size_t>(plan_.settings.volume_pages);
  order.packet = plan_packet(target, booked);
  add_forms(forms.forms, fonts, order);
  report_.forms = order.behind.size();
  std::set<PatientKey> to_print;
  for (const NamedChange& row : order.packet->changes) {
    if (row.change.put_in) to_print.insert(row.change.patient);
  }
  for (std::size_t i = 0; i < patients_.size(); ++i) {
    BinderPatient patient = patients_[i];
    const std::int64_t since_s = memory_.note_sheet(patient.key, patient.line.id, plan_.as_of.s);
    if (to_print.contains(patient.key)) {
      order.sheets.push_back({patient.chart, patient.key, patient.line.tab, patient.line.name, patient.line.mrn, patient.booked, patient.scans_id});
    }
    if (!plan_.settings.index) continue;
    patient.line.since = app::format_day(app::local_date({since_s}, plan_.time_zone));
    patient.line.filed = patient.wanted;
    order.index.push_back(patient.line);
  }
  patients_ = {};
  report_.indexed = order.index.size();
  target_ = std::move(target);
  return order;
}

Result<app::Chart> BinderNight::chart_of(app::ChartId id) const {
  const auto changed = changed_.find(id);
  return changed == changed_.end() ? booked_.chart(id) : app::parse_chart(changed->second, plan_.time_zone);
}

std::vector<FoundScan> BinderNight::read_scans(const BinderSheet& sheet) const {
  std::vector<FoundScan> found;
  const auto chart = chart_of(sheet.chart);
  if (!chart.ok()) return found;
  const auto pages = scans_.find(sheet.chart);
  for (const app::Document& scan : choose_scans(chart.value(), plan_.settings, sheet.long_form, true)) {
    found.push_back({title_of_scan(scan), app::Error{app::Code::not_found, "The record system does not give the document's pages tonight.", ""}});
    if (pages == scans_.end()) continue;
    const auto open = pages->second.find(scan.content.id);
    if (open != pages->second.end()) found.back().bytes = read_all(open->second);
  }
  return found;
}

Result<app::Sheet> BinderNight::read_sheet(const BinderSheet& sheet) const {
  TRY_GET(const app::Chart chart, chart_of(sheet.chart));
  return app::make_sheet(chart, plan_.sheet_template, {context_.as_of, form_of(sheet.long_form)});
}

Result<std::string> BinderNight::print(const app::PrintFrame& frame, const std::vector<std::string>& left_out, const fs::path& folder) {
  TRY_GET(const app::FontSet fonts, app::FontSet::open(app::find_fonts()));
  TRY_GET(BinderOrder order, order_of(frame, left_out, fonts));
  give_back_freed_memory();  // of the reading
  order.sheets_are_printed = [this] {
    booked_.forget_charts();
    changed_.clear();
    scans_.clear();
    give_back_freed_memory();
  };
  order.read_scans = [this](const BinderSheet& sheet) { return read_scans(sheet); };
  // Noted by what stands on the paper, and not by what should: then the next packet brings it.
  order.tell_unfinished = [this](const PatientKey& patient, const std::string& id_on_paper) {
    const auto found = target_.find(patient);
    if (found != target_.end()) found->second.id = id_on_paper == found->second.id ? id_on_paper + " (with scans missing)" : id_on_paper;
  };
  const std::string password = app::make_pdf_password();
  std::error_code fault;
  fs::create_directories(folder, fault);
  if (fault) return system_error("mkdir", folder, fault);
  // Before the copy is published, and that is after what they are is remembered, nobody can find or open them.
  std::size_t files = 0;
  TRY_GET(report_.counts, print_binder(order, [this](const BinderSheet& sheet) { return read_sheet(sheet); }, fonts,
                                       [&](const BinderVolume& volume, const std::string& bytes) -> Result<app::Done> {
                                         TRY_GET(std::string locked, app::protect_pdf(bytes, password, app::make_pdf_password()));
                                         ++files;
                                         const auto written = write_file(folder / file_name(volume.number), locked);
                                         locked = {};
                                         give_back_freed_memory();  // pages are drawn in several threads, each with its own
                                         return written;
                                       }));
  memory_.book().note_packet(plan_.sequence, target_);
  // First what is remembered of it: a packet that nobody knows of would make the lists of later ones wrong.
  TRY(memory_.save());
  if (files == 1) fs::rename(folder / file_name(1), folder / "packet.pdf", fault);
  if (fault) return system_error("rename", folder, fault);
  return password;
}

}  // namespace exporter
