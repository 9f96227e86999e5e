#include "exporter/policy/waiting_documents.h"

namespace exporter {
namespace {

constexpr const char* kWaiting = "waiting";

}  // namespace

app::DocumentContent WaitingDocuments::keep(const DocumentOffer& offer) {
  app::DocumentContent content;
  content.state = app::Presence::known;
  content.volume = kWaiting;
  content.bytes = offers_.size();
  offers_.push_back(offer);
  return content;
}

void WaitingDocuments::keep_documents_of(app::Chart& chart) {
  for (app::Document& document : chart.documents.entries) {
    if (document.content.volume != kWaiting || document.content.bytes >= offers_.size()) continue;
    document.content = keeper_.keep(offers_[document.content.bytes]);
  }
  forget();
}

}  // namespace exporter
