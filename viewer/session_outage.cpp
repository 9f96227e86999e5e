// When the outage began and ended, and the list of looks that has to be put right afterwards. The list is kept in this
// program's memory alone: this computer cannot read the record that it keeps for the privacy officer.
#include <algorithm>
#include <utility>

#include "app/snapshot/reconcile.h"
#include "viewer/session.h"

namespace viewer {

// Whoever opens another practice's copy, or a false one, learns nothing of this one's patients.
const Session::Outage* Session::outage() const {
  if (!records_) return nullptr;
  const auto known = outages_.find(app::format_hex(found_.copy->manifest.verifying_key));
  return known == outages_.end() ? nullptr : &known->second;
}

app::Reconciliation Session::reconciliation() const {
  return outage() == nullptr ? app::Reconciliation{} : app::make_reconciliation(outage()->looks);
}

void Session::show_outage() {
  if (working_ || (page_ != Page::search && page_ != Page::chart)) return;
  before_outage_ = page_;
  page_ = Page::outage;
}

namespace {

bool must_be_put_right(const app::Look& look) {
  const bool is_mark = look.kind == app::kOutageBegan || look.kind == app::kOutageEnded;
  return !is_mark && look.kind != "opened" && !look.kind.starts_with("locked") &&
         !(look.kind == "printed" && look.words == kOutageListWords);
}

}  // namespace

bool Session::has_unprinted_looks() const {
  if (outage() == nullptr) return false;
  const std::vector<app::Look>& looks = outage()->looks;
  return std::any_of(looks.begin() + static_cast<std::ptrdiff_t>(std::min(outage()->printed, looks.size())), looks.end(),
                     must_be_put_right);
}

// The mark that is not set yet: the beginning, the end, or the beginning of another. No look is thrown away before it is
// on paper: a list that nobody printed goes on in the next.
void Session::mark_outage() {
  const std::string practice = app::format_hex(found_.copy->manifest.verifying_key);
  if (outage() != nullptr && outage()->runs()) {
    record(std::string(app::kOutageEnded));
    outages_[practice].end = now_;
    records_->keep_outage_mark(std::nullopt);
    return;
  }
  Outage next;
  next.start = now_;
  if (has_unprinted_looks()) {
    Outage& last = outages_[practice];
    next.carried = last.carried ? last.carried : last.start;
    next.resumed = last.resumed;
    next.printed = last.printed;
    next.looks = std::move(last.looks);
    // Without its end it is one stretch with the next.
    const auto ended = [](const app::Look& look) { return look.kind == app::kOutageEnded; };
    const auto listed = next.looks.begin() + static_cast<std::ptrdiff_t>(std::min(next.printed, next.looks.size()));
    next.printed -= static_cast<std::size_t>(std::count_if(next.looks.begin(), listed, ended));
    std::erase_if(next.looks, ended);
  }
  outages_[practice] = std::move(next);
  records_->keep_outage_mark(now_);
  record(std::string(app::kOutageBegan));
  page_ = before_outage_;
}

// A battery that died ends no outage.
void Session::resume_outage() {
  const auto began = records_->outage_mark();
  if (outage() != nullptr || !began || began->s > now_.s) return;
  app::Look mark;
  mark.kind = std::string(app::kOutageBegan);
  mark.time = *began;
  app::Look gap;
  gap.kind = "not recorded until now";
  gap.words = std::string("this list begins here, because the program was started again; what was looked at before is ") +
              (has_privacy_officer() ? "in the privacy officer's record alone" : "not recorded");
  gap.time = now_;
  gap.who = records_->keyholder();
  Outage resumed;
  resumed.start = *began;
  resumed.looks = {mark, gap};
  resumed.resumed = now_;
  outages_[app::format_hex(found_.copy->manifest.verifying_key)] = std::move(resumed);
}

// Of whichever practice it was printed for: somebody may have opened another copy meanwhile.
void Session::note_printed(const PrintOrder& order) {
  if (order.kind != PaperKind::reconciliation) return;
  for (auto& [practice, outage] : outages_)
    if (order.reconciliation->start && practice == app::format_hex(order.practice_key) && !outage.looks.empty() &&
        outage.looks.front().time.s == order.reconciliation->start->s)
      outage.printed = std::max(outage.printed, order.listed_looks);
}

// What the record of the privacy officer says too; kept even where that cannot be written.
void Session::remember_for_reconciling(app::Look look) {
  if (outage() == nullptr || !outage()->runs()) return;
  look.time = now_;
  outages_[app::format_hex(found_.copy->manifest.verifying_key)].looks.push_back(std::move(look));
}

}  // namespace viewer
