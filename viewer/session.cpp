#include "viewer/session.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "app/record/text.h"
#include "app/snapshot/recovery_lines.h"

namespace viewer {

Session::Session(FindCopy find_copy, OpenRecords open_records, CheckBytes check_bytes, PrintPaper print_paper,
                 DrawDocument draw_document, DrawPaper draw_paper, ListPrinters list_printers, Sticks sticks)
    : find_copy_(std::move(find_copy)), open_records_(std::move(open_records)), check_bytes_(std::move(check_bytes)),
      print_paper_(std::move(print_paper)), draw_document_(std::move(draw_document)),
      draw_paper_(std::move(draw_paper)), list_printers_(std::move(list_printers)),
      sticks_(std::move(sticks)) {
  look_again();
}

void Session::tick(app::Instant now) {
  now_ = now;
  if (active_ || now.s < last_active_.s) last_active_ = now;
  active_ = false;
  if (records_ && idle_limit_s_ > 0 && now.s - last_active_.s >= idle_limit_s_) lock_idle();
  if (!records_ || app::format_day_number(today()) == schedule_read_on_) return;
  // Past midnight: other appointments are today's now.
  read_schedule();
  move_selection(0);
  moved_ = false;
}

void Session::start(Job job) {
  assert(!working_);
  job_ = std::move(job);
  working_ = true;
}

std::optional<Job> Session::take_job() { return std::exchange(job_, std::nullopt); }
std::optional<Job> Session::take_check() { return std::exchange(check_, std::nullopt); }

void Session::look_again() {
  page_ = Page::looking;
  problem_.reset();
  start([find = find_copy_]() -> Outcome {
    auto found = std::make_shared<Found>(find());
    return [found](Session& session) {
      session.working_ = false;
      session.found_ = std::move(*found);
      session.page_ = session.found_.copy ? Page::unlock : Page::no_copy;
      session.copy_changed();
    };
  });
}

bool Session::may_insist() const {
  return page_ == Page::unlock && problem_ && problem_->code == app::Code::forged;
}

void Session::begin_insisting() {
  if (working_ || !may_insist()) return;
  line_.wipe();
  insistence_ = {};
  page_ = Page::insist;
}

void Session::insist_further() {
  std::string& answer = insistence_.reason.empty() ? insistence_.reason : insistence_.initials;
  const std::size_t least = insistence_.reason.empty() ? kReasonLeast : 1;
  if (line_.text.size() - static_cast<std::size_t>(std::count(line_.text.begin(), line_.text.end(), ' ')) < least) return;
  answer = line_.text;
  line_.wipe();
  if (insistence_.initials.empty()) return;
  problem_.reset();
  page_ = Page::unlock;
}

void Session::lock() {
  if (!records_) return;
  end_search();
  record("locked");
  close_records();
}

void Session::close_records() {
  stop_check();
  check_.reset();
  (void)stop_printing();
  close_document();
  documents_.clear();
  print_choices_.clear();
  leave_stick_page();
  records_.reset();
  hits_ = {};
  reasons_.clear();
  next_.clear();
  schedule_.clear();
  schedule_fault_.reset();
  sheet_ = {};
  line_.wipe();
  problem_.reset();
  insistence_ = {};
  passed_over_.reset();
  look_for_.clear();
  resume_.reset();
  record_fault_.reset();
  unrecorded_reason_.clear();
  covered_ = false;
  offers_print_ = false;
  initials_.clear();
  initials_refused_ = false;
  typed_ahead_.wipe();
  before_initials_.reset();
  print_notice_.clear();
  page_ = Page::unlock;
  if (const app::Error* failed = failed_check()) problem_ = *failed;
}

void Session::type(std::string_view text) {
  note_activity();
  if (std::exchange(covered_, false)) return;
  // Whoever types on while the copy opens finds it in the first line that takes letters then.
  if (working_ && page_ == Page::unlock) typed_ahead_.insert(text);
  if (working_) return;
  print_notice_.clear();
  initials_refused_ = false;
  if (page_ == Page::print && type_on_print(text)) return;
  if (is_about_a_chart() || page_ == Page::outage || page_ == Page::print) {
    // The next caller: the letter begins a search of its own.
    close_document();
    page_ = Page::search;
    line_.wipe();
  }
  if (!takes_letters()) return;
  const std::string before = line_.text;
  line_.insert(text);
  if (page_ == Page::unlock) problem_.reset();
  if (page_ == Page::search && line_.text != before) query_changed();
}

void Session::press(const KeyPress& press) {
  note_activity();
  if (std::exchange(covered_, false)) return;
  if (press.key == Key::f8) return cover();
  if (press.key == Key::f7) return accept_print_offer();
  if (press.key == Key::escape && std::exchange(offers_print_, false)) return;
  if (press.key == Key::escape && stop_printing()) return;
  if (press.key == Key::f6) return show_print();
  // Esc takes the notice away, and nobody from the page that it stands on.
  if (press.key == Key::escape && !working_ && may_print() && print_failed_ && !print_notice_.empty())
    return print_notice_.clear();
  if (!prints_document_) print_notice_.clear();
  if (press.ctrl && press.key == Key::character && press.character == 'P') return print();
  if (press.ctrl && press.key == Key::character && press.character == 'L') return lock();
  if (press.ctrl && press.key == Key::character && press.character >= '1' && press.character <= '9')
    return choose_spare(static_cast<std::size_t>(press.character - '1'));
  if (press.ctrl && press.key == Key::character && press.character == 'E') return begin_insisting();
  if (press.ctrl && press.key == Key::character && press.character == 'O') return show_outage();
  if (press.ctrl && press.key == Key::character && press.character == 'T') {
    if (page_ == Page::search && shows_schedule()) order_by_time(!by_time_);
    return;
  }
  if (press.ctrl && press.key == Key::character && press.character == 'D') return show_documents();
  if (press.ctrl && press.key == Key::character && press.character == 'I') return change_initials();
  if (press.key == Key::enter) return submit();
  if (press.key == Key::escape) return back();
  if (working_ && page_ == Page::unlock) (void)typed_ahead_.press(press);
  if (working_) return;
  if (is_about_a_chart() && press.key == Key::backspace) return back();
  if (page_ == Page::print && (press.key == Key::up || press.key == Key::down)) return choose_print(press.key == Key::down ? 1 : -1);
  if (page_ == Page::print && (press.key == Key::left || press.key == Key::right)) {
    const int step = press.key == Key::right ? 1 : -1;
    return to_stick_ ? choose_stick(step) : choose_printer(step);
  }
  if (page_ == Page::print && press.key == Key::tab) return switch_to_stick();
  if (page_ == Page::documents && (press.key == Key::up || press.key == Key::down))
    return choose_document(press.key == Key::down ? 1 : -1);
  if (!takes_letters()) return;
  const std::string before = line_.text;
  if (line_.press(press) && page_ == Page::search && line_.text != before) query_changed();
}

void Session::move_selection(int rows) {
  const auto last = static_cast<std::int64_t>(this->rows()) - 1;
  const auto wanted = static_cast<std::int64_t>(selected_) + rows;
  // The first step down on an untouched list chooses its first row.
  const bool begins = shows_schedule() && !moved_ && rows != 0;
  moved_ = moved_ || rows != 0;
  selected_ = static_cast<std::size_t>(std::max<std::int64_t>(0, std::min(begins && rows == 1 ? wanted - 1 : wanted, last)));
  if (!shows_schedule()) read_next_appointments();
}

void Session::open_row(std::size_t row) {
  if (page_ != Page::search || row >= rows()) return;
  selected_ = row;
  moved_ = true;
  open_chart(shows_schedule() ? schedule_[row].chart : hits_.hits[row].chart);
}

void Session::submit() {
  if (working_) return;
  if (page_ == Page::no_copy) return look_again();
  if (page_ == Page::unlock) return start_unlock();
  if (page_ == Page::insist) return insist_further();
  if (page_ == Page::unrecorded) return give_reason();
  if (page_ == Page::initials) return take_initials();
  if (page_ == Page::outage) return mark_outage();
  if (page_ == Page::print) return print_choice(selected_print_);
  if (page_ == Page::documents) return open_document(selected_document_);
  if (page_ == Page::search && has_selection()) open_row(selected_);
}

void Session::back() {
  if (working_) return;
  initials_refused_ = false;
  if (page_ == Page::initials && before_initials_) {
    page_ = *std::exchange(before_initials_, std::nullopt);
    line_.wipe();
    line_.insert(std::exchange(look_for_, {}));
    return;
  }
  if (page_ == Page::unrecorded || page_ == Page::initials) return lock();
  if (page_ == Page::insist) {
    // Back to what was said of the copy, with nothing taken upon oneself.
    insistence_ = {};
    line_.wipe();
    page_ = Page::unlock;
    return;
  }
  if (page_ == Page::outage) {
    page_ = before_outage_;
    return;
  }
  if (page_ == Page::stick) return leave_stick_page();
  if (page_ == Page::print) {
    page_ = before_print_;
    return;
  }
  problem_.reset();
  if (page_ == Page::document) {
    close_document();
    page_ = Page::documents;
  } else if (page_ == Page::documents) {
    page_ = Page::chart;
  } else if (page_ == Page::chart) {
    page_ = Page::search;
    // The next caller's letters take the place of the last one's.
    line_.is_selected = !line_.text.empty();
  } else if (page_ == Page::search || page_ == Page::unlock) {
    line_.wipe();
    if (page_ == Page::search) query_changed();
  }
}

void Session::query_changed() {
  note_search();
  selected_ = 0;
  moved_ = false;
  problem_.reset();
  hits_ = line_.text.empty() ? app::Hits{} : records_->find(line_.text, kHitsMost, today());
  reasons_ = records_->explain(hits_, line_.text, today());
  next_.clear();
  read_next_appointments();
}

void Session::read_next_appointments() {
  while (next_.size() < std::min(hits_.hits.size(), selected_ + kHitsAhead))
    next_.push_back(records_->next_appointment(hits_.hits[next_.size()].chart, today()));
}

void Session::read_schedule() {
  schedule_.clear();
  schedule_fault_.reset();
  schedule_read_on_ = app::format_day_number(today());
  for (int days = 0; days <= kScheduleDays; ++days) {
    schedule_day_ = app::add_days(today(), days);
    auto read = records_->read_schedule(schedule_day_);
    if (!read.ok()) {
      schedule_fault_ = read.error();
      return;
    }
    schedule_ = std::move(read).value();
    if (schedule_.empty()) continue;
    return sort_day();
  }
}

void Session::order_by_time(bool by_time) {
  by_time_ = by_time;
  sort_day();
  selected_ = 0;
  moved_ = false;
}

void Session::sort_day() {
  const auto clinician = [](const app::ScheduleEntry& entry) { return app::collation_key(entry.appointment.clinician); };
  app::sort_schedule(schedule_);
  if (!by_time_)
    std::stable_sort(schedule_.begin(), schedule_.end(), [&](const app::ScheduleEntry& a, const app::ScheduleEntry& b) {
      return clinician(a) < clinician(b);
    });
}

void Session::open_chart(app::ChartId chart) {
  auto sheet = records_->read_sheet(chart);
  if (!sheet.ok()) {
    problem_ = sheet.error();
    return;
  }
  problem_.reset();
  sheet_ = std::move(sheet).value();
  open_chart_ = chart;
  end_search();
  record("viewed", "", true);
  ++chart_number_;
  page_ = Page::chart;
}

app::Result<app::Done> Session::open_mrn(std::string_view mrn) {
  const auto none = app::Error{app::Code::not_found, "No patient of this copy has this record number.", ""};
  if (!records_) return none;
  const std::vector<app::ChartId> charts = records_->find_mrn(mrn);
  if (charts.empty()) {
    problem_ = none;
    return none;
  }
  if (charts.size() > 1) {
    // Which of them is meant, only a person can tell.
    line_.wipe();
    line_.insert(mrn);
    page_ = Page::search;
    query_changed();
    return app::Done{};
  }
  open_chart(charts.front());
  if (problem_) return *problem_;
  return app::Done{};
}

app::Date Session::today() const {
  return app::local_date(now_, found_.copy ? found_.copy->manifest.time_zone : "UTC");
}

std::vector<app::Warning> Session::warnings() const {
  if (records_) return records_->warnings();
  if (!found_.copy) return {};
  if (found_.copy->parts.empty()) return app::make_warnings(*found_.copy, found_.known, now_);
  return warn_of_parts(*found_.copy, found_.known, now_);
}

std::vector<MissingPart> Session::missing_parts() const {
  if (records_) return records_->missing();
  return found_.copy ? missing_of(found_.copy->parts) : std::vector<MissingPart>{};
}

std::vector<MissingPart> Session::parts_without_schedule() const {
  return records_ ? records_->without_schedule() : std::vector<MissingPart>{};
}

std::vector<app::LatePart> Session::late_parts() const {
  return found_.copy ? app::find_late_parts(found_.copy->parts) : std::vector<app::LatePart>{};
}

bool Session::is_verified() const {
  if (records_) return records_->is_verified() && failed_check() == nullptr;
  return insistence_.initials.empty() && failed_check() == nullptr;
}

const std::string& Session::keyholder() const {
  static const std::string kNobody;
  return records_ ? records_->keyholder() : kNobody;
}

}  // namespace viewer
