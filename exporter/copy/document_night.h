// The documents' part of the night: what was kept before is named again, what is new or changed goes into
// a new volume, what was lost is read again.
//
// Nothing here stops the night: a copy without some of its documents is better than none, and both the
// chart and the report say what is missing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/snapshot/manifest.h"
#include "exporter/copy/practice_keys.h"
#include "exporter/emr/document_keeper.h"

namespace exporter {

// What a practice may decide.
struct DocumentOptions {
  bool keep = true;
  std::uint64_t largest_bytes = 100'000'000;    // a larger document is left out, and said
  std::uint64_t volume_bytes = 1'000'000'000;   // a volume is closed when it holds so much
  int check_nights = 1;  // every byte of every volume is read again once in so many nights
};

struct DocumentOrder {
  std::filesystem::path copies;
  std::filesystem::path practice;
  std::uint64_t sequence = 0;
  DocumentOptions options;
  // Between the nights: only what an earlier night kept is named again, without reading the volumes, and nothing is written.
  bool only_earlier = false;
  std::uint64_t turn = 0;  // counts nights, for check_nights
};

// Counts for the night's report.
struct DocumentReport {
  std::uint64_t kept = 0;        // documents whose pages are in tonight's copy
  std::uint64_t kept_bytes = 0;
  std::uint64_t fresh = 0;       // of those, read tonight
  std::uint64_t fresh_bytes = 0; // written tonight
  std::uint64_t earlier = 0;     // of those, as they were on an earlier night: tonight they could not be read
  std::uint64_t waiting = 0;     // between the nights: they come with the next night's copy
  std::uint64_t too_large = 0;
  std::uint64_t elsewhere = 0;   // at a web address, or in a folder that the settings do not name
  std::uint64_t not_found = 0;
  std::uint64_t unreadable = 0;
  std::uint64_t withheld = 0;    // by the settings
  std::uint64_t no_room = 0;     // left out because of `fault`
  std::uint64_t volumes = 0;
  std::uint64_t fresh_volumes = 0;
  std::uint64_t removed_volumes = 0;
  std::vector<std::string> lost_volumes;     // found missing or damaged; their documents were read again
  std::optional<app::Error> forgot;          // why the memory started anew
  std::optional<app::Error> fault;           // why no more could be kept
};

class DocumentNight : public DocumentKeeper {
 public:
  DocumentNight(DocumentOrder order, const std::vector<Keyholder>& keyholders);
  ~DocumentNight() override;

  app::DocumentContent keep(const DocumentOffer& offer) override;
  // After the last chart: closes tonight's volume, and names in the manifest all volumes that tonight's charts need.
  void finish(app::Manifest& manifest);
  // After the copy is published: drops the volumes that no copy needs any longer.
  void tidy(const app::Manifest& manifest);

  const DocumentReport& report() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace exporter
