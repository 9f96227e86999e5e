// Holds what a chart's documents offer until the policy has decided: the pages of what is withheld are never kept.
//
// Holds one chart's offers at most. Offers may be opened long after they are made: they must hold what they need.
// Errors:  none.
#pragma once

#include <vector>

#include "app/record/chart.h"
#include "exporter/emr/document_keeper.h"

namespace exporter {

class WaitingDocuments final : public DocumentKeeper {
 public:
  explicit WaitingDocuments(DocumentKeeper& keeper) : keeper_(keeper) {}

  app::DocumentContent keep(const DocumentOffer& offer) override;
  // Hands on what the chart's documents still name, and forgets all others. Returns how to open those that were kept.
  DocumentPages keep_documents_of(app::Chart& chart);
  void forget() { offers_.clear(); }

 private:
  DocumentKeeper& keeper_;
  std::vector<DocumentOffer> offers_;
};

}  // namespace exporter
