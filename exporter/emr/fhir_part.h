// Whose resources a part of the practice needs, though a record of another part may turn out to be one of its patients'.
//
// Records that were replaced belong to the record that replaced them. Who replaced whom is known only once everything was read:
// what was let go by then and is needed after all makes a second reading necessary, with the links of the first.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "exporter/emr/part_keys.h"

namespace exporter {

struct Successor {
  std::string patient;
  std::string server;  // that the link names
};
using Successors = std::unordered_map<std::string, Successor>;  // by the patient that was replaced

class FhirPart {
 public:
  FhirPart(const app::Shard& shard, Successors known);

  // What a record says of itself counts more than what its successor says of it.
  void note_successor(const std::string& patient, Successor successor, bool says_itself);
  bool is_whole() const { return keys_.is_whole(); }
  // Whether what names this patient is to be kept; if not, it is remembered that something was let go.
  bool wants(const std::string& patient);

  // Ends noting: links to other servers mean nothing.
  void settle(const std::function<bool(const std::string& server)>& is_local);
  // After settle(): whether the chart with this key may be of this part; whether something of it was let go.
  bool may_hold(const std::string& key) const;
  bool let_go_too_much() const;

  // A ring of replacements replaces nobody.
  std::string replaced_by(const std::string& patient) const;
  bool anybody_replaced() const { return !replaced_.empty(); }
  const Successors& all_noted() const { return noted_; }

 private:
  static constexpr std::size_t kRemembered = 1u << 23;
  void gather();

  PartKeys keys_;
  Successors replaced_;
  Successors noted_;                        // with those that settle() took away
  std::unordered_set<std::string> shared_;  // successors of whom a record that was replaced is of this part
  std::vector<bool> let_go_;                // by a hash of the patient; may hold more than there was
};

}  // namespace exporter
