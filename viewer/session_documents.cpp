// The documents of the open chart: their list, and one whose pages are drawn beside the window.
#include <algorithm>
#include <utility>

#include "viewer/document_text.h"
#include "viewer/document_view.h"
#include "viewer/session.h"

namespace viewer {

void Session::show_documents() {
  if (working_ || page_ != Page::chart || !open_chart_) return;
  auto read = records_->read_documents(*open_chart_);
  problem_.reset();
  documents_.clear();
  if (!read.ok()) problem_ = read.error();
  else documents_ = std::move(read).value();
  selected_document_ = 0;
  page_ = Page::documents;
}

void Session::choose_document(int step) {
  if (documents_.empty()) return;
  const auto last = static_cast<std::int64_t>(documents_.size()) - 1;
  selected_document_ = static_cast<std::size_t>(std::clamp<std::int64_t>(static_cast<std::int64_t>(selected_document_) + step, 0, last));
}

void Session::open_document(std::size_t index) {
  if (page_ != Page::documents || index >= documents_.size()) return;
  close_document();
  selected_document_ = index;
  const app::Document& entry = documents_[index];
  if (entry.content.state != app::Presence::known) return;  // its line says why
  problem_.reset();
  // Before anything of it is seen.
  record("document viewed", title_of(entry), true);
  document_ = std::make_unique<OpenDocument>(entry);
  ++document_number_;
  page_ = Page::document;
}

void Session::close_document() {
  document_goes_on_->store(false);
  document_goes_on_ = std::make_shared<std::atomic<bool>>(true);
  document_.reset();
}

std::optional<Job> Session::take_page_job() {
  if (!document_ || !records_) return std::nullopt;
  const auto wish = document_->next_wish();
  if (!wish) return std::nullopt;
  return [records = records_, content = document_->entry().content, bytes = document_->bytes(), wish = *wish, draw = draw_document_,
          goes_on = document_goes_on_, number = document_number_]() -> Outcome {
    std::shared_ptr<const std::string> all = bytes;
    std::vector<std::string> texts;
    app::Result<app::PagePicture> drawn = app::Error{app::Code::bad_source, "", ""};
    std::string lost;
    if (!all) {
      auto read = records->read_document(content);
      if (!read.ok()) lost = "its pages cannot be read from the copy";
      else all = std::make_shared<const std::string>(std::move(read).value());
    }
    if (all && all->empty()) lost = "it is EMPTY in the record system";
    if (lost.empty() && is_plain_text(*all)) texts = make_text_pages(*all);
    else if (lost.empty()) drawn = draw(*all, wish, [goes_on] { return goes_on->load(); });
    const auto picture = std::make_shared<app::Result<app::PagePicture>>(std::move(drawn));
    return [all, texts, picture, lost, wish, number](Session& session) {
      // Another document, or none, is open by now.
      if (!session.document_ || session.document_number_ != number) return;
      session.document_->put_bytes(all);
      if (!lost.empty()) session.document_->give_up(lost);
      else if (!texts.empty()) session.document_->put_text(texts);
      else session.document_->put(wish, std::move(*picture));
    };
  };
}

}  // namespace viewer
