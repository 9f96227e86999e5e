// From the passphrase to an open copy, whose every byte is then read while people already work with it.
#include <algorithm>
#include <set>
#include <utility>

#include "app/snapshot/recovery_lines.h"
#include "viewer/session.h"

namespace viewer {
namespace {

// Practices beside the chosen copy's whose newest copy is tried with the same passphrase.
constexpr std::size_t kSignersTried = 3;

struct OpenedOne {
  app::Result<std::unique_ptr<Records>> records;
  std::optional<std::size_t> spare;  // it is this one and not the chosen copy
};

// Whoever can write the stick can put a copy of their own there that seems newer: one of another signer, which the same
// passphrase opens and vouches for, comes in its place.
OpenedOne open_first_good(const OpenRecords& open, const Openable& info, const std::vector<Openable>& spare,
                          const app::Request& request) {
  OpenedOne opened{open(info, request), std::nullopt};
  const auto& outcome = opened.records;
  if (outcome.ok() || request.insistence.is_given()) return opened;
  const app::Code code = outcome.error().code;
  if (code != app::Code::forged && code != app::Code::wrong_passphrase && code != app::Code::not_found) return opened;
  std::set<app::PublicKey> tried = {info.manifest.verifying_key};
  for (std::size_t i = 0; i < spare.size() && tried.size() <= kSignersTried; ++i) {
    if (!tried.insert(spare[i].manifest.verifying_key).second) continue;
    auto instead = open(spare[i], request);
    if (instead.ok()) return {std::move(instead), i};
  }
  return opened;
}

}  // namespace

void Session::start_unlock() {
  if (working_ || !found_.copy || line_.text.empty()) return;
  problem_.reset();
  // Enter after each line of the envelope: what was typed stays, and the page says which line is next.
  const app::RecoveryProgress progress = app::judge_recovery_lines(line_.text);
  if (progress.right_lines > 0 && progress.right_lines < app::kRecoveryLines) return;
  const std::string keyholder = chosen_keyholder_ == 0 ? "" : keyholders_[chosen_keyholder_ - 1];
  start([open = open_records_, info = *found_.copy, spare = found_.spare, typed = line_, keyholder,
         insistence = insistence_]() mutable -> Outcome {
    app::Request request{typed.text, keyholder, insistence};
    auto done = std::make_shared<OpenedOne>(open_first_good(open, info, spare, request));
    EditLine{std::move(request.passphrase)}.wipe();
    typed.wipe();
    return [done](Session& session) {
      session.working_ = false;
      if (!done->records.ok()) {
        session.typed_ahead_.wipe();  // perhaps the passphrase once more
        session.problem_ = done->records.error();
        // A line of the envelope is corrected where it stands; a passphrase is typed anew.
        if (session.problem_->code != app::Code::wrong_kind) session.line_.wipe();
        return;
      }
      if (done->spare) {
        session.passed_over_ = session.found_.copy;
        std::swap(*session.found_.copy, session.found_.spare[*done->spare]);
        session.found_.passed_over.clear();
      }
      session.opened(std::move(done->records).value());
    };
  });
}

void Session::opened(std::unique_ptr<Records> records) {
  line_.wipe();
  records_ = std::move(records);
  page_ = Page::search;
  note_pairing();
  resume_outage();
  record("opened");
  read_schedule();
  start_check();
  const std::string ahead = typed_ahead_.text;
  typed_ahead_.wipe();
  if (asks_initials_) {
    page_ = Page::initials;
    line_.insert(ahead);
    return;
  }
  // Another name than before: nobody goes back to where they were.
  if (!ahead.empty()) resume_.reset(), look_for_ = ahead;
  consider_print_offer();
  go_on_after_opening();
}

// What this computer has just remembered, for the page that asks for the passphrase again.
void Session::note_pairing() {
  const auto& said = records_->warnings();
  const auto is_forgotten = [](const app::Warning& warning) { return warning.kind == app::Warning::Kind::not_remembered; };
  if (!records_->is_verified() || std::any_of(said.begin(), said.end(), is_forgotten)) return;
  for (const app::CopyInfo& copy : records_->copies()) (void)app::merge_pairing(found_.known, app::make_pairing(copy, now_, false));
}

void Session::go_on_after_opening() {
  page_ = Page::search;
  line_.insert(std::exchange(look_for_, {}));
  query_changed();
  resume();
  if (!record_fault_) return;
  after_reason_ = page_;
  page_ = Page::unrecorded;
  look_for_ = line_.text;  // the line is the reason's now
  line_.wipe();
}

void Session::lock_idle() {
  Place place{records_->keyholder(), identity_of(*found_.copy), page_ == Page::initials ? look_for_ : line_.text, std::nullopt};
  const bool prints = page_ == Page::print || page_ == Page::stick;
  if (is_about_a_chart() || (prints && before_print_ != Page::search)) place.chart = open_chart_;
  end_search();
  record("locked itself");
  close_records();
  resume_ = std::move(place);
}

// Only for the one who was there, in the copy that was open.
void Session::resume() {
  const auto place = std::exchange(resume_, std::nullopt);
  if (!place || place->keyholder != records_->keyholder() || place->copy != identity_of(*found_.copy)) return;
  line_.insert(place->typed);
  query_changed();
  if (place->chart) open_chart(*place->chart);
}

namespace {

// Of parts, the first that is wrong, by its name.
app::Result<app::Done> check_all(const CheckBytes& check, const std::vector<app::CopyInfo>& copies, const std::atomic<bool>& goes_on) {
  for (const app::CopyInfo& copy : copies) {
    auto right = check(copy, [&goes_on] { return goes_on.load(); });
    if (right.ok()) continue;
    app::Error fault = right.error();
    if (!copy.manifest.shard.is_whole() && copies.size() > 1) fault.what = app::name_of(copy.manifest.shard) + ": " + fault.what;
    return fault;
  }
  return app::Done{};
}

}  // namespace

void Session::start_check() {
  checked_ = false;
  goes_on_ = std::make_shared<std::atomic<bool>>(true);
  check_ = [check = check_bytes_, copies = records_->copies(), identity = identity_of(*found_.copy), goes_on = goes_on_,
            receipt = records_->receipt()]() -> Outcome {
    if (receipt) receipt();
    const auto right = check_all(check, copies, *goes_on);
    return [right, identity, goes_on](Session& session) {
      if (!right.ok() && right.error().code == app::Code::busy) return;  // it was stopped
      if (right.ok()) {
        session.failed_checks_.erase(identity);
        session.checked_ = session.checked_ || goes_on == session.goes_on_;
      } else {
        session.failed_checks_.insert_or_assign(identity, right.error());
      }
    };
  };
}

Session::Bytes Session::bytes() const {
  if (failed_check() != nullptr) return Bytes::wrong;
  if (!records_) return Bytes::unknown;
  return checked_ ? Bytes::right : Bytes::being_checked;
}

const app::Error* Session::failed_check() const {
  if (!found_.copy) return nullptr;
  const auto failed = failed_checks_.find(identity_of(*found_.copy));
  return failed == failed_checks_.end() ? nullptr : &failed->second;
}

void Session::copy_changed() {
  keyholders_.clear();
  chosen_keyholder_ = 0;
  if (!found_.copy) return;
  for (const app::KeySlot& slot : found_.copy->manifest.slots)
    if (!slot.locked_key.empty()) keyholders_.push_back(slot.keyholder);
}

void Session::choose_keyholder(int step) {
  if (working_ || page_ != Page::unlock || keyholders_.size() < 2) return;
  const int choices = static_cast<int>(keyholders_.size()) + 1;
  chosen_keyholder_ = static_cast<std::size_t>((static_cast<int>(chosen_keyholder_) + step % choices + choices) % choices);
}

bool Session::may_choose_spare() const {
  if (working_ || found_.spare.empty()) return false;
  return page_ == Page::unlock || page_ == Page::no_copy || (page_ == Page::search && problem_ && records_);
}

void Session::choose_spare(std::size_t index) {
  if (!may_choose_spare() || index >= found_.spare.size()) return;
  if (records_) {
    // The same patient, in a copy that may have the chart.
    std::string again = line_.text;
    if (has_selection() && selected_ < rows())
      again = shows_schedule() ? schedule_[selected_].mrn : hits_.hits[selected_].mrn;
    if (again.empty()) again = line_.text;
    lock();
    look_for_ = again;
  }
  if (found_.copy) {
    std::swap(*found_.copy, found_.spare[index]);
  } else {
    found_.copy = std::move(found_.spare[index]);
    found_.spare.erase(found_.spare.begin() + static_cast<std::ptrdiff_t>(index));
  }
  std::sort(found_.spare.begin(), found_.spare.end(), [](const Openable& a, const Openable& b) {
    return a.manifest.as_of.s > b.manifest.as_of.s;
  });
  found_.passed_over.clear();  // somebody saw the list and chose
  page_ = Page::unlock;
  line_.wipe();
  problem_.reset();
  insistence_ = {};
  copy_changed();
}

}  // namespace viewer
