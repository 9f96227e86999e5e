// What the viewer needs of an open copy, and how it finds and opens one.
//
// Errors:  as app::Copy gives them.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/paper/form_shelf.h"
#include "app/snapshot/access_log.h"
#include "app/snapshot/trust.h"
#include "viewer/openable.h"

namespace viewer {

// An open copy as the pages see it. Not for two threads at once.
class Records {
 public:
  virtual ~Records() = default;
  virtual const app::CopyInfo& info() const = 0;
  // What is open: one copy, or one of each part of the practice; and in which of them a chart is.
  virtual std::vector<app::CopyInfo> copies() const;
  virtual const app::CopyInfo& info_of(app::ChartId) const { return info(); }
  // The parts whose patients are not found here, and those whose appointments were not read when the others' last were.
  virtual const std::vector<MissingPart>& missing() const;
  virtual const std::vector<MissingPart>& without_schedule() const;
  virtual const std::string& keyholder() const = 0;
  // What app::open_trusted said of it.
  virtual const std::vector<app::Warning>& warnings() const = 0;
  virtual bool is_verified() const = 0;
  // Whether somebody is named who may read what record() keeps.
  virtual bool has_privacy_officer() const = 0;
  // At how much battery the practice wants today's list on paper; 0: at none.
  virtual int print_at_percent() const = 0;
  // Since when an outage runs, as far as this computer remembers; and what it is to remember: nothing, that it is over.
  virtual std::optional<app::Instant> outage_mark() const = 0;
  virtual void keep_outage_mark(std::optional<app::Instant> began) = 0;
  // Tells the practice beside the work that the copy opened here: slow, for any thread, without the records.
  virtual std::function<void()> receipt() const = 0;
  // Adds a look to this computer's record: kind, words, mrn, name and who (empty: the keyholder) are
  // given, the rest is known here.
  virtual app::Result<app::Done> record(app::Look look) = 0;
  virtual app::Hits find(std::string_view typed, std::size_t most, const app::Date& today) = 0;
  // Why each hit is there, where the hit itself does not show it; else "".
  virtual std::vector<std::string> explain(const app::Hits& hits, std::string_view typed, const app::Date& today) = 0;
  // Today's, or the first after it.
  virtual std::optional<app::Appointment> next_appointment(app::ChartId chart, const app::Date& today) = 0;
  virtual std::vector<app::ChartId> find_mrn(std::string_view mrn) = 0;
  virtual app::Result<app::Sheet> read_sheet(app::ChartId chart) = 0;
  virtual app::Result<std::vector<app::ScheduleEntry>> read_schedule(const app::Date& day) = 0;
  // As the sheet numbers them.
  virtual app::Result<std::vector<app::Document>> read_documents(app::ChartId chart) = 0;
  // The practice's forms as they are in the copy, or Nightchart's own.
  virtual app::Result<std::vector<app::FormText>> read_forms() = 0;
  // The bytes of a document. It alone may be called from another thread meanwhile.
  virtual app::Result<std::string> read_document(const app::DocumentContent& content) = 0;
};

// What lies in the places where a copy may be.
struct Found {
  std::optional<Openable> copy;        // the newest good one, until another is chosen
  std::vector<Openable> spare;         // other good ones, newest first: at most kSpareMost
  std::optional<app::Error> fault;     // why there is none, if one was there
  std::vector<app::FoundCopy> others;  // what else lies there, newest first
  std::vector<std::filesystem::path> searched;
  app::Pairings known;         // what this computer remembers
  std::string memory_trouble;  // why it does not, in words
  std::string passed_over;     // a whole copy beside the parts that are `copy`, or the reverse; in a sentence
};

// As many as there are keys to choose them by.
inline constexpr std::size_t kSpareMost = 9;

using FindCopy = std::function<Found()>;
using OpenRecords =
    std::function<app::Result<std::unique_ptr<Records>>(const Openable&, const app::Request&)>;

// Where to look when nothing is said: the program's folder, its parent, and the folders beside it.
std::vector<std::filesystem::path> usual_places(const std::filesystem::path& program_folder);

// The newest good copy of all these places, or the parts of a practice that lie together there; one whose signer this computer knows comes before any other. A single place
// that is a copy itself is the one that is meant: those beside it are spare.
Found find_copy(const std::vector<std::filesystem::path>& asked, const app::LaptopMemory& memory);

// Whether a receipt is left beside the copies, and in whose name; "" is the computer's own.
struct ReceiptChoice {
  bool leave = false;
  std::string laptop;
};

// Opens copies and remembers them in this folder (empty: the usual one). `pair_anew` is the fingerprint of a practice's
// new key, if somebody compared it.
OpenRecords make_opener(std::filesystem::path memory_folder = {}, std::string pair_anew = "",
                        ReceiptChoice receipts = {});

}  // namespace viewer
