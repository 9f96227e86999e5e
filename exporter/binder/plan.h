// What has to be done to the ring binder tonight: which sheets to take out, put in and destroy.
//
// Nobody sees the binder but the person who keeps it. They say `binder confirm` when a packet's pages are in it;
// until then the binder may stand as it was confirmed last, or as any packet since would have it. A packet's list is
// right for every one of these: it names each sheet that may be there, so it does not matter which of them were put in.
//
// Memory:  about 200 bytes a sheet, and as much for each that changed from packet to packet.
// Errors:  confirm(): not_found for a packet that is not known or too old.
// Source:  pure; kept between nights by binder_memory.h.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/error.h"

namespace exporter {

// A keyed hash of the EMR's own key: it stays when name and number change.
using PatientKey = std::array<std::uint8_t, 16>;

// One patient's leaves, as they stand in the binder or should.
struct FiledSheet {
  std::string name;  // under which it is filed
  std::string mrn;
  std::string id;    // the sheet id: equal ids, equal words
  bool long_form = false;
  bool is_form = false;  // a blank form: nobody's, and it stays where all sheets are taken out

  friend bool operator==(const FiledSheet& a, const FiledSheet& b) { return a.id == b.id && a.long_form == b.long_form; }
};

using BinderSheets = std::map<PatientKey, FiledSheet>;
// What differs from some binder; nothing: no sheet.
using BinderChanges = std::map<PatientKey, std::optional<FiledSheet>>;

// A packet that was made and that nobody has confirmed yet.
struct PendingPacket {
  std::uint64_t sequence = 0;  // the copy's
  // Against the confirmed sheets. While nobody knows what the binder holds, only the newest packet's are: those of every
  // older one are against the packet after it, for nearly all sheets would be in all of them.
  BinderChanges changes;
};

// What to do about one patient.
struct SheetChange {
  PatientKey patient{};
  std::vector<FiledSheet> take_out;  // each that may be there: one of them is, or none
  std::optional<FiledSheet> put_in;
};

struct BinderPlan {
  std::uint64_t base = 0;   // the packet that was confirmed last; 0: none
  bool start_over = false;  // take all sheets out first; then `changes` says all that go in
  bool forms_too = false;   // and all forms, for nobody knows which are there
  std::vector<SheetChange> changes;
  std::size_t kept = 0;     // sheets and forms that stay where they are

  std::size_t put_in_count() const;
};

// The latest packets can be confirmed; of older ones is remembered what they may have left in the binder.
inline constexpr std::size_t kPendingMost = 30;

class BinderBook {
 public:
  // The packet that brings the binder, however it stands, to `target`. With `may_start_over` it empties the binder when
  // nearly all of it is new; without, only when nobody knows what it holds.
  BinderPlan make_plan(const BinderSheets& target, bool may_start_over) const;
  // Whether the binder holds this sheet of the patient for certain, and no other.
  bool holds(const PatientKey& patient, const FiledSheet& sheet) const;
  // A packet with that plan was made.
  void note_packet(std::uint64_t sequence, const BinderSheets& target);
  // Its pages are in the binder now. Confirming the last one again changes nothing.
  app::Result<app::Done> confirm(std::uint64_t sequence, std::int64_t when_s);
  // What the binder holds is not known any more: the next packet starts over.
  void lose_track();

  std::uint64_t confirmed_sequence() const { return confirmed_sequence_; }
  std::int64_t confirmed_when_s() const { return confirmed_when_s_; }
  const BinderSheets& confirmed() const { return confirmed_; }
  const std::vector<PendingPacket>& pending() const { return pending_; }
  // Sheets that packets older than those pending may have left there.
  const std::map<PatientKey, std::vector<FiledSheet>>& strays() const { return strays_; }
  bool track_is_lost() const { return track_is_lost_; }

  // As it was kept.
  static BinderBook restore(std::uint64_t confirmed_sequence, std::int64_t confirmed_when_s, BinderSheets confirmed,
                            std::vector<PendingPacket> pending, std::map<PatientKey, std::vector<FiledSheet>> strays,
                            bool track_is_lost);

 private:
  bool is_unknown() const { return confirmed_sequence_ == 0 || track_is_lost_; }
  void drop_pending(std::size_t at);
  void forget_oldest();
  // While it is unknown: what the binder holds once this packet is in it.
  BinderSheets sheets_of(std::size_t pending) const;
  // Sets what is confirmed to that, and all newer packets against it.
  void build_on_unknown(std::size_t pending);
  void build_on_known(std::size_t pending);

  std::uint64_t confirmed_sequence_ = 0;
  std::int64_t confirmed_when_s_ = 0;
  BinderSheets confirmed_;
  std::vector<PendingPacket> pending_;  // ascending
  std::map<PatientKey, std::vector<FiledSheet>> strays_;
  bool track_is_lost_ = false;
};

}  // namespace exporter
