// What the exporter remembers of the paper from night to night: what the ring binder holds as far as anybody said, the
// packets that wait to be confirmed, and since when each patient's sheet says what it says.
//
// It holds names, record numbers and sheet ids, and keyed hashes in the place of the EMR's keys: no clinical fact. Shape:
// PRACTICE/binder.state, a SQLCipher database under the key in PRACTICE/keys/binder.key (its owner's only).
// Memory:  about 100 bytes a patient, 200 a sheet in the binder.
// Errors:  opening never fails for want of a memory: what is lost or damaged starts anew, and the next packet starts the
//          binder over. io, no_room for what cannot be written.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/error.h"
#include "app/record/calendar.h"
#include "app/snapshot/keys.h"
#include "exporter/binder/plan.h"
#include "exporter/copy/document_memory.h"

namespace exporter {

// In the practice's folder.
inline constexpr std::string_view kBinderMemoryName = "binder.state";

// Since when a patient's sheet is unchanged.
struct SheetAge {
  std::string id;
  std::int64_t since_s = 0;  // the moment its data was read
};

class BinderMemory {
 public:
  static app::Result<BinderMemory> open(const std::filesystem::path& practice);

  // Why it starts anew, if it should have known something.
  const std::optional<app::Error>& lost() const { return lost_; }

  BinderBook& book() { return book_; }
  const BinderBook& book() const { return book_; }
  PatientKey key_of(std::string_view emr_key) const;
  PatientKey key_of_form(std::string_view name) const;

  // Notes tonight's sheet of a patient; returns since when it is the same.
  std::int64_t note_sheet(const PatientKey& patient, const std::string& id, std::int64_t as_of_s);
  // Patients whose sheet was not noted since it was opened are forgotten.
  app::Result<app::Done> save() const;

 private:
  struct Noted : SheetAge {
    bool tonight = false;
  };

  BinderMemory(std::filesystem::path practice, app::CopyKey key, app::SecretBytes name_key)
      : practice_(std::move(practice)), key_(std::move(key)), name_key_(std::move(name_key)) {}
  app::Result<app::Done> load();
  PatientKey keyed(std::string_view kind, std::string_view key) const;

  std::filesystem::path practice_;
  app::CopyKey key_;
  app::SecretBytes name_key_;
  std::optional<app::Error> lost_;
  BinderBook book_;
  std::unordered_map<PatientKey, Noted, FirstBytes> sheets_;
};

}  // namespace exporter
