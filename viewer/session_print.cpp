// What goes on paper: what is on the screen by one key, everything else from a page of choices. Each is recorded before it
// goes to the printer, and once more if it did not come out.
#include <algorithm>
#include <utility>

#include "app/paper/form_shelf.h"
#include "app/snapshot/reconcile.h"
#include "viewer/document_view.h"
#include "viewer/session.h"

namespace viewer {
namespace {

std::string join(const std::vector<std::string>& numbers) {
  std::string joined;
  for (const std::string& number : numbers) joined += (joined.empty() ? "" : ", ") + number;
  return joined;
}

std::string words_of(const PrintOrder& order) {
  switch (order.kind) {
    case PaperKind::chart: return "";
    case PaperKind::slip: return "slip with allergies and medications";
    case PaperKind::labels: return "labels";
    case PaperKind::day: return "the day's list";
    case PaperKind::reconciliation: return std::string(kOutageListWords);
    case PaperKind::document: return order.document;
    case PaperKind::form: break;
  }
  std::string words = "form \u201C" + order.form->title + "\u201D";
  if (!order.sheet) words += ", blank";
  if (order.copies > 1) words += ", " + std::to_string(order.copies) + " copies";
  const std::vector<std::string>& numbers = order.drawn->numbers;
  if (!numbers.empty()) words += (numbers.size() == 1 ? ", number " : ", numbers ") + join(numbers);
  return words;
}

std::string say_sent(const PrintOrder& order) {
  return order.partly.empty() ? "Sent to the printer." : "Sent: " + order.partly + ". What is printed begins at the page that is shown.";
}

}  // namespace

PrintOrder Session::start_order(PaperKind kind) const {
  const bool is_chart = kind == PaperKind::chart || kind == PaperKind::slip || kind == PaperKind::labels ||
                        kind == PaperKind::document;
  const app::Manifest& manifest = is_chart ? copy_of_chart().manifest : found_.copy->manifest;
  PrintOrder order;
  order.kind = kind;
  order.frame = {(is_verified() ? "" : "NOT VERIFIED, MAY BE FALSE: ") + manifest.practice,
                 app::format_as_of(manifest.as_of, manifest.time_zone),
                 app::format_copy_name(manifest.taken, manifest.sequence)};
  if (kind == PaperKind::day) order.frame.warning = describe_gaps(missing_parts(), parts_without_schedule());
  order.letter = manifest.time_zone.starts_with("America/");
  order.practice_key = std::string(manifest.verifying_key.begin(), manifest.verifying_key.end());
  order.sequence = manifest.sequence;
  order.as_of_day = app::format_day(app::local_date(manifest.as_of, manifest.time_zone));
  order.time_zone = manifest.time_zone;
  if (is_chart) order.sheet = sheet_;
  if (kind == PaperKind::day) order.day = schedule_day_, order.appointments = schedule_;
  if (kind == PaperKind::reconciliation) {
    order.reconciliation = reconciliation();
    order.listed_looks = outage() == nullptr ? 0 : outage()->looks.size();
  }
  return order;
}

void Session::print() {
  if (working_ || !may_print()) return;
  if (page_ == Page::document) return print_document(start_order(PaperKind::document));
  print_order(start_order(page_ == Page::outage    ? PaperKind::reconciliation
                          : page_ == Page::chart ? PaperKind::chart
                                                 : PaperKind::day));
}

void Session::print_order(PrintOrder order) {
  print_notice_ = order.stick ? "Locking it and writing on the stick\u2026" : "Printing\u2026";
  print_failed_ = false;
  start([draw = draw_paper_, order = std::move(order), records = records_]() mutable -> Outcome {
    auto drawn = draw(order);
    if (!drawn.ok()) {
      return [fault = drawn.error(), for_stick = order.stick.has_value()](Session& session) {
        session.working_ = false;
        session.print_failed_ = true;
        session.print_notice_ = (for_stick ? "NOT ON THE STICK: " : "NOT PRINTED: ") + fault.what;
      };
    }
    order.drawn = std::make_shared<const DrawnPaper>(std::move(drawn).value());
    if (order.stick) order.file = free_pdf_name(*order.stick, order.now, order.time_zone);
    return [order, records](Session& session) {
      session.working_ = false;
      session.send_order(order, records);
    };
  });
}

// Recorded first: what is on paper and in no record is worse than the other way round.
void Session::send_order(const PrintOrder& order, const std::shared_ptr<Records>& records) {
  if (records_ != records) {
    print_failed_ = true;
    print_notice_ = std::string(order.stick ? "NOT ON THE STICK" : "NOT PRINTED") + ": the copy was locked first.";
    return;
  }
  const bool is_form = order.kind == PaperKind::form;
  app::Look look;
  look.kind = is_form ? app::kFormPrinted : std::string_view("printed");
  look.words = words_of(order);
  if (order.sheet) look.mrn = order.sheet->banner.mrn, look.name = order.sheet->banner.name;
  if (order.file) look.words += (look.words.empty() ? "" : ", ") + ("put on a stick as PDF, " + order.file->filename().string());
  record_look(look);
  if (order.file) return put_order(order, look, records);
  start([print = print_paper_, order, look, records]() -> Outcome {
    const auto printed = print(order);
    return [printed, look, records, order](Session& session) {
      session.working_ = false;
      session.print_failed_ = !printed.ok();
      session.print_notice_ = printed.ok() ? say_sent(order) : "NOT PRINTED: " + printed.error().what;
      if (printed.ok()) session.note_printed(order);
      else session.take_back(look, records);
    };
  });
}

void Session::take_back(app::Look look, const std::shared_ptr<Records>& records) {
  look.kind = look.kind == app::kFormPrinted ? app::kFormNotPrinted : app::kNotPrinted;
  // Somebody may have locked it meanwhile: the copy that it was printed from keeps the record.
  if (records_ == records) return record_look(std::move(look));
  if (const auto kept = records->record(std::move(look)); !kept.ok()) record_fault_ = kept.error();
}

void Session::show_print() {
  if (working_ || !records_ || (page_ != Page::search && page_ != Page::chart && page_ != Page::document)) return;
  before_print_ = page_;
  print_choices_.clear();
  selected_print_ = 0;
  form_copies_ = 1;
  to_stick_ = false;
  const bool has_chart = page_ != Page::search;
  if (page_ == Page::document && !document_->is_lost()) print_choices_.push_back({PaperKind::document, "This document", title_of(document_->entry()), {}, true});
  if (has_chart) {
    print_choices_.push_back({PaperKind::chart, "The whole chart", "as it is in the ring binder", {}, true});
    print_choices_.push_back({PaperKind::slip, "Slip in large type", "who it is, allergies, medications: for whoever is on the phone", {}, true});
    print_choices_.push_back({PaperKind::labels, "A sheet of labels", "name, birth date, MRN", {}, true});
  } else if (!schedule_.empty()) {
    print_choices_.push_back({PaperKind::day, "The list of appointments", app::format_date(schedule_day_), {}, false});
  }
  if (outage() != nullptr) print_choices_.push_back({PaperKind::reconciliation, "The list of the outage", "what to put right when the usual system is back", {}, false});
  forms_fault_.reset();
  const auto texts = records_->read_forms();
  if (!texts.ok()) forms_fault_ = texts.error();
  for (const app::FormText& text : texts.ok() ? texts.value() : std::vector<app::FormText>{}) {
    auto form = app::parse_form(text.text, text.name);
    if (!form.ok()) {
      forms_fault_ = form.error();
      continue;
    }
    const bool prefilled = has_chart && app::is_about_a_patient(form.value());
    print_choices_.push_back({PaperKind::form, form.value().title, prefilled ? "with who it is for" : "blank", std::move(form).value(), prefilled});
  }
  // Those with the patient on them first.
  std::stable_partition(print_choices_.begin(), print_choices_.end(), [](const PrintChoice& choice) { return choice.for_patient || choice.kind == PaperKind::day; });
  page_ = Page::print;
  start([list = list_printers_]() -> Outcome {
    return [printers = list()](Session& session) {
      session.working_ = false;
      session.printers_ = printers.queues;
      session.spool_keeps_ = printers.keeps;
      session.chosen_printer_ = 0;
    };
  });
}

void Session::choose_print(int step) {
  const auto last = static_cast<std::int64_t>(print_choices_.size()) - 1;
  if (last < 0) return;
  selected_print_ = static_cast<std::size_t>(std::clamp<std::int64_t>(static_cast<std::int64_t>(selected_print_) + step, 0, last));
}

void Session::choose_printer(int step) {
  const auto count = static_cast<int>(printers_.size());
  if (count > 1) chosen_printer_ = static_cast<std::size_t>((static_cast<int>(chosen_printer_) + step + count) % count);
}

void Session::print_choice(std::size_t index) {
  if (working_ || page_ != Page::print || index >= print_choices_.size()) return;
  selected_print_ = index;
  if (printers_.empty() && !to_stick_) {
    print_failed_ = true;
    print_notice_ = "NOT PRINTED: this computer knows no printer. Connect one by USB and switch it on, then press Esc and F6 again. Or press Tab: as a PDF onto a stick.";
    return;
  }
  const PrintChoice& choice = print_choices_[index];
  PrintOrder order = start_order(choice.kind);
  if (to_stick_) order.stick = found_sticks_[chosen_stick_].folder, order.now = now_;
  else order.queue = printers_[chosen_printer_];
  if (choice.kind == PaperKind::form) {
    order.form = choice.form;
    order.copies = form_copies_;
    if (choice.for_patient) order.sheet = sheet_;
  }
  if (choice.kind == PaperKind::document) return print_document(std::move(order));
  print_order(std::move(order));
}

// A digit chooses and does not print, a sign says how many; false for all else, which is meant for the search.
bool Session::type_on_print(std::string_view text) {
  if (text.size() != 1) return false;
  if (text == "+" || text == "=") form_copies_ = std::min(form_copies_ + 1, kFormCopiesMost);
  else if (text == "-") form_copies_ = std::max(form_copies_ - 1, 1);
  else if (text[0] < '0' || text[0] > '9') return false;
  else if (const auto at = kPrintKeys.find(text[0]); at < print_choices_.size()) selected_print_ = at;
  return true;
}

}  // namespace viewer
