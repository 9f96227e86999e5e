// When the outage began and ended, and the list of looks that has to be put right afterwards. The list is kept in this
// program's memory alone: this computer cannot read the record that it keeps for the privacy officer.
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

// The mark that is not set yet: the beginning, the end, or the beginning of another.
void Session::mark_outage() {
  const std::string practice = app::format_hex(found_.copy->manifest.verifying_key);
  if (outage() != nullptr && outage()->runs()) {
    record(std::string(app::kOutageEnded));
    outages_[practice].end = now_;
    records_->keep_outage_mark(std::nullopt);
    return;
  }
  outages_[practice] = {now_, std::nullopt, {}, std::nullopt};
  records_->keep_outage_mark(now_);
  record(std::string(app::kOutageBegan));
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
  outages_[app::format_hex(found_.copy->manifest.verifying_key)] = {*began, std::nullopt, {mark, gap}, now_};
}

// What the record of the privacy officer says too; kept even where that cannot be written.
void Session::remember_for_reconciling(app::Look look) {
  if (outage() == nullptr || !outage()->runs()) return;
  look.time = now_;
  outages_[app::format_hex(found_.copy->manifest.verifying_key)].looks.push_back(std::move(look));
}

}  // namespace viewer
