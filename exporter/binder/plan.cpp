#include "exporter/binder/plan.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <set>
#include <utility>

namespace exporter {
namespace {

constexpr std::size_t kStraysMost = 100'000;

std::optional<FiledSheet> find_sheet(const BinderSheets& sheets, const PatientKey& patient) {
  const auto found = sheets.find(patient);
  return found == sheets.end() ? std::nullopt : std::optional(found->second);
}

BinderChanges changes_between(const BinderSheets& from, const BinderSheets& to) {
  BinderChanges changes;
  for (const auto& [patient, sheet] : to) {
    const auto before = from.find(patient);
    if (before == from.end() || !(before->second == sheet)) changes.emplace(patient, sheet);
  }
  for (const auto& [patient, sheet] : from) {
    if (!to.contains(patient)) changes.emplace(patient, std::nullopt);
  }
  return changes;
}

void add_once(std::vector<FiledSheet>& sheets, const FiledSheet& sheet) {
  if (std::find(sheets.begin(), sheets.end(), sheet) == sheets.end()) sheets.push_back(sheet);
}

void put_into(const BinderChanges& changes, BinderSheets& sheets) {
  for (const auto& [patient, sheet] : changes) {
    if (sheet) sheets[patient] = *sheet;
    else sheets.erase(patient);
  }
}

BinderPlan fresh_plan(std::uint64_t base, const BinderSheets& target) {
  BinderPlan plan;
  plan.base = base;
  plan.start_over = plan.forms_too = true;
  for (const auto& [patient, sheet] : target) plan.changes.push_back({patient, {}, sheet});
  return plan;
}

bool is_of_form(const SheetChange& change) {
  return change.put_in ? change.put_in->is_form : !change.take_out.empty() && change.take_out.front().is_form;
}

std::size_t count_sheets(const BinderSheets& sheets) {
  return static_cast<std::size_t>(std::count_if(sheets.begin(), sheets.end(), [](const auto& entry) { return !entry.second.is_form; }));
}

// Takes all sheets out, and does with the forms what `plan` does.
BinderPlan start_sheets_over(const BinderPlan& plan, const BinderSheets& target) {
  BinderPlan fresh;
  fresh.base = plan.base;
  fresh.start_over = true;
  for (const SheetChange& change : plan.changes) {
    if (is_of_form(change)) fresh.changes.push_back(change);
  }
  fresh.kept = target.size() - count_sheets(target) - fresh.put_in_count();
  for (const auto& [patient, sheet] : target) {
    if (!sheet.is_form) fresh.changes.push_back({patient, {}, sheet});
  }
  return fresh;
}

}  // namespace

std::size_t BinderPlan::put_in_count() const {
  return static_cast<std::size_t>(
      std::count_if(changes.begin(), changes.end(), [](const SheetChange& change) { return change.put_in.has_value(); }));
}

BinderPlan BinderBook::make_plan(const BinderSheets& target, bool may_start_over) const {
  if (is_unknown()) return fresh_plan(confirmed_sequence_, target);
  // Only of these patients may the binder hold anything but what tonight's would.
  std::set<PatientKey> doubtful;
  for (const auto& [patient, change] : changes_between(confirmed_, target)) doubtful.insert(patient);
  for (const PendingPacket& packet : pending_) {
    for (const auto& [patient, change] : packet.changes) doubtful.insert(patient);
  }
  for (const auto& [patient, sheets] : strays_) doubtful.insert(patient);

  BinderPlan plan;
  plan.base = confirmed_sequence_;
  for (const PatientKey& patient : doubtful) {
    SheetChange change{patient, {}, find_sheet(target, patient)};
    bool certain = true;
    const auto consider = [&](const std::optional<FiledSheet>& sheet) {
      if (sheet != change.put_in) certain = false;
      if (sheet) add_once(change.take_out, *sheet);
    };
    consider(find_sheet(confirmed_, patient));
    for (const PendingPacket& packet : pending_) {
      if (const auto found = packet.changes.find(patient); found != packet.changes.end()) consider(found->second);
    }
    if (const auto found = strays_.find(patient); found != strays_.end()) {
      certain = false;
      for (const FiledSheet& sheet : found->second) consider(sheet);
    }
    if (!certain) plan.changes.push_back(std::move(change));
  }
  // When nearly all of it is new, emptying it is less work than searching it, and less to get wrong.
  const auto changes = static_cast<std::size_t>(std::count_if(plan.changes.begin(), plan.changes.end(), std::not_fn(is_of_form)));
  const auto printed = static_cast<std::size_t>(std::count_if(plan.changes.begin(), plan.changes.end(), [](const SheetChange& change) {
    return change.put_in && !change.put_in->is_form;
  }));
  if (may_start_over && changes > 0 && printed * 5 >= count_sheets(target) * 4) return start_sheets_over(plan, target);
  plan.kept = target.size() - plan.put_in_count();
  return plan;
}

bool BinderBook::holds(const PatientKey& patient, const FiledSheet& sheet) const {
  if (is_unknown() || strays_.contains(patient)) return false;
  const auto found = confirmed_.find(patient);
  if (found == confirmed_.end() || !(found->second == sheet)) return false;
  return std::none_of(pending_.begin(), pending_.end(), [&](const PendingPacket& packet) { return packet.changes.contains(patient); });
}

void BinderBook::note_packet(std::uint64_t sequence, const BinderSheets& target) {
  for (std::size_t at = pending_.size(); at-- > 0;) {
    if (pending_[at].sequence == sequence) drop_pending(at);
  }
  if (is_unknown() && !pending_.empty()) pending_.back().changes = changes_between(target, sheets_of(pending_.size() - 1));
  pending_.push_back({sequence, changes_between(confirmed_, target)});
  if (pending_.size() > kPendingMost) forget_oldest();
}

void BinderBook::drop_pending(std::size_t at) {
  if (is_unknown() && at > 0) {
    const bool newest = at + 1 == pending_.size();
    pending_[at - 1].changes = changes_between(newest ? confirmed_ : sheets_of(at + 1), sheets_of(at - 1));
  }
  pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(at));
}

BinderSheets BinderBook::sheets_of(std::size_t pending) const {
  BinderSheets sheets = confirmed_;
  for (std::size_t at = pending_.size(); at-- > pending;) put_into(pending_[at].changes, sheets);
  return sheets;
}

void BinderBook::forget_oldest() {
  if (!is_unknown()) {
    for (const auto& [patient, sheet] : pending_.front().changes) {
      if (sheet) add_once(strays_[patient], *sheet);
      else strays_.try_emplace(patient);
    }
  }
  pending_.erase(pending_.begin());
  if (strays_.size() > kStraysMost) lose_track();
}

app::Result<app::Done> BinderBook::confirm(std::uint64_t sequence, std::int64_t when_s) {
  if (sequence == confirmed_sequence_ && sequence != 0) return app::Done{};
  const std::string number = std::to_string(sequence);
  if (sequence < confirmed_sequence_) {
    return app::Error{app::Code::not_found, "Packet " + number + " is older than what was confirmed last: packet " +
                                                std::to_string(confirmed_sequence_) + ".",
                      "If its pages were put in afterwards, take them out again, shred them and confirm the newest packet once it is in."};
  }
  const auto found = std::find_if(pending_.begin(), pending_.end(),
                                  [sequence](const PendingPacket& packet) { return packet.sequence == sequence; });
  if (found == pending_.end()) {
    const bool any = !pending_.empty();
    return app::Error{app::Code::not_found, "Packet " + number + " is not known here.",
                      any ? "The latest is packet " + std::to_string(pending_.back().sequence) + "." : "No packet waits to be confirmed."};
  }
  const auto at = static_cast<std::size_t>(found - pending_.begin());
  if (is_unknown()) build_on_unknown(at);
  else build_on_known(at);
  strays_.clear();
  confirmed_sequence_ = sequence;
  confirmed_when_s_ = when_s;
  track_is_lost_ = false;
  return app::Done{};
}

void BinderBook::build_on_unknown(std::size_t pending) {
  BinderSheets confirmed = sheets_of(pending);
  BinderSheets sheets = std::move(confirmed_);
  for (std::size_t at = pending_.size(); at-- > pending + 1;) {
    put_into(pending_[at].changes, sheets);
    pending_[at].changes = changes_between(confirmed, sheets);
  }
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(pending + 1));
  confirmed_ = std::move(confirmed);
}

void BinderBook::build_on_known(std::size_t pending) {
  const BinderChanges confirmed = std::move(pending_[pending].changes);
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(pending + 1));
  const BinderSheets before = confirmed_;
  put_into(confirmed, confirmed_);
  for (PendingPacket& packet : pending_) {
    // What it would leave there is the same; what that differs from is not.
    BinderChanges rebased;
    const auto rebase = [&](const PatientKey& patient, const std::optional<FiledSheet>& then) {
      if (then != find_sheet(confirmed_, patient)) rebased[patient] = then;
    };
    for (const auto& [patient, sheet] : packet.changes) rebase(patient, sheet);
    for (const auto& [patient, sheet] : confirmed) {
      if (!packet.changes.contains(patient)) rebase(patient, find_sheet(before, patient));
    }
    packet.changes = std::move(rebased);
  }
}

void BinderBook::lose_track() {
  for (std::size_t at = 0; !is_unknown() && at + 1 < pending_.size(); ++at) {
    BinderSheets sheets = confirmed_, next = confirmed_;
    put_into(pending_[at].changes, sheets), put_into(pending_[at + 1].changes, next);
    pending_[at].changes = changes_between(next, sheets);
  }
  track_is_lost_ = true;
  strays_.clear();
}

BinderBook BinderBook::restore(std::uint64_t confirmed_sequence, std::int64_t confirmed_when_s, BinderSheets confirmed,
                               std::vector<PendingPacket> pending,
                               std::map<PatientKey, std::vector<FiledSheet>> strays, bool track_is_lost) {
  BinderBook book;
  book.confirmed_sequence_ = confirmed_sequence;
  book.confirmed_when_s_ = confirmed_when_s;
  book.confirmed_ = std::move(confirmed);
  book.pending_ = std::move(pending);
  book.strays_ = std::move(strays);
  book.track_is_lost_ = track_is_lost;
  return book;
}

}  // namespace exporter
