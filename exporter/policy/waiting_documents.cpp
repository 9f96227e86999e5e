#include "exporter/policy/waiting_documents.h"

#include <utility>

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

DocumentPages WaitingDocuments::keep_documents_of(app::Chart& chart) {
  DocumentPages pages;
  for (app::Document& document : chart.documents.entries) {
    if (document.content.volume != kWaiting || document.content.bytes >= offers_.size()) continue;
    DocumentOffer& offer = offers_[document.content.bytes];
    document.content = keeper_.keep(offer);
    if (document.content.state == app::Presence::known) pages.emplace(document.content.id, std::move(offer.open));
  }
  forget();
  return pages;
}

}  // namespace exporter
