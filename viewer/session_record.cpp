// What goes into the record of looks, and what happens where no record can be kept.
#include <algorithm>
#include <utility>

#include "viewer/session.h"

namespace viewer {

void Session::record(std::string kind, std::string words, bool of_chart) {
  app::Look look;
  look.kind = std::move(kind);
  look.words = std::move(words);
  if (of_chart) look.mrn = sheet_.banner.mrn, look.name = sheet_.banner.name;
  remember_for_reconciling(look);
  const auto kept = records_->record(std::move(look));
  if (!kept.ok()) {
    record_fault_ = kept.error();
    return;
  }
  if (!record_fault_) return;
  // It can be kept again: that it could not is said in it.
  record_fault_.reset();
  app::Look gap;
  gap.kind = "not recorded until now";
  gap.words = unrecorded_reason_;
  if (const auto said = records_->record(std::move(gap)); !said.ok()) record_fault_ = said.error();
}

// A search stands in the record once, as far as it was typed: erasing it or typing on makes no other.
void Session::note_search() {
  const std::string& typed = line_.text;
  if (searched_.starts_with(typed) && !typed.empty()) return;
  if (!typed.starts_with(searched_) || typed.empty()) end_search();
  searched_ = typed;
}

void Session::end_search() {
  if (!searched_.empty()) record("searched", std::exchange(searched_, {}));
}

void Session::give_reason() {
  if (static_cast<std::size_t>(std::count_if(line_.text.begin(), line_.text.end(), [](char c) { return c != ' '; })) <
      kReasonLeast)
    return;
  unrecorded_reason_ = line_.text;
  line_.wipe();
  page_ = after_reason_;
  line_.insert(std::exchange(look_for_, {}));
  if (page_ == Page::search) query_changed();
}

PrintOrder Session::begin_order() const {
  const app::Manifest& manifest = found_.copy->manifest;
  PrintOrder order;
  order.frame = {(is_verified() ? "" : "NOT VERIFIED, MAY BE FALSE: ") + manifest.practice,
                 app::format_as_of(manifest.as_of, manifest.time_zone),
                 app::format_copy_name(manifest.taken, manifest.sequence)};
  order.letter = manifest.time_zone.starts_with("America/");
  return order;
}

PrintOrder Session::order_day() const {
  PrintOrder order = begin_order();
  order.day = schedule_day_;
  order.appointments = schedule_;
  return order;
}

void Session::print() {
  if (working_ || !may_print()) return;
  PrintOrder order = page_ == Page::search ? order_day() : begin_order();
  if (page_ == Page::outage) {
    order.reconciliation = reconciliation();
    order.time_zone = found_.copy->manifest.time_zone;
  } else if (page_ == Page::chart) {
    order.sheet = sheet_;
  }
  send_to_printer(order);
}

void Session::send_to_printer(const PrintOrder& order) {
  print_notice_ = "Printing\u2026";
  print_failed_ = false;
  start([print = print_paper_, order]() -> Outcome {
    const auto printed = print(order);
    const std::string what = order.sheet ? "" : order.reconciliation ? "the list of the outage" : "the day's list";
    return [printed, what](Session& session) {
      session.working_ = false;
      session.print_failed_ = !printed.ok();
      session.print_notice_ = printed.ok() ? "Sent to the printer." : "NOT PRINTED: " + printed.error().what;
      if (printed.ok() && session.records_) session.record("printed", what, what.empty());
    };
  });
}

}  // namespace viewer
