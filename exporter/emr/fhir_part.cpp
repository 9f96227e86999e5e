#include "exporter/emr/fhir_part.h"

#include <utility>

namespace exporter {
namespace {

std::size_t place_of(const std::string& patient, std::size_t size) { return std::hash<std::string>()(patient) % size; }

}  // namespace

FhirPart::FhirPart(const app::Shard& shard, Successors known) : keys_(shard), replaced_(std::move(known)) {
  if (!keys_.is_whole()) let_go_.resize(kRemembered);
  gather();
}

void FhirPart::gather() {
  shared_.clear();
  if (keys_.is_whole()) return;
  for (const auto& [patient, successor] : replaced_) {
    if (keys_.holds(patient)) shared_.insert(replaced_by(patient));
  }
}

void FhirPart::note_successor(const std::string& patient, Successor successor, bool says_itself) {
  const auto [known, is_new] = replaced_.try_emplace(patient, successor);
  if (!is_new && says_itself) known->second = std::move(successor);
  if (!is_whole() && keys_.holds(patient)) shared_.insert(replaced_by(patient));
}

bool FhirPart::wants(const std::string& patient) {
  if (keys_.holds(patient)) return true;
  if (!replaced_.empty() && may_hold(replaced_by(patient))) return true;
  let_go_[place_of(patient, let_go_.size())] = true;
  return false;
}

void FhirPart::settle(const std::function<bool(const std::string& server)>& is_local) {
  if (!is_whole()) noted_ = replaced_;
  std::erase_if(replaced_, [&](const auto& one) { return !is_local(one.second.server); });
  gather();
}

bool FhirPart::may_hold(const std::string& key) const { return keys_.holds(key) || shared_.contains(key); }

bool FhirPart::let_go_too_much() const {
  if (keys_.is_whole()) return false;
  const auto was_let_go = [this](const std::string& patient) { return let_go_[place_of(patient, let_go_.size())]; };
  for (const auto& [patient, successor] : replaced_) {
    const std::string last = replaced_by(patient);
    if (may_hold(last) && (was_let_go(patient) || was_let_go(last))) return true;
  }
  return false;
}

std::string FhirPart::replaced_by(const std::string& patient) const {
  std::string last = patient;
  for (std::size_t steps = 0; steps <= replaced_.size(); ++steps) {
    const auto next = replaced_.find(last);
    if (next == replaced_.end()) return last;
    last = next->second.patient;
  }
  return patient;
}

}  // namespace exporter
