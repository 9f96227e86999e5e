// What goes into the record of looks, and what happens where no record can be kept.
#include <algorithm>
#include <utility>

#include "app/record/text.h"
#include "viewer/session.h"

namespace viewer {

void Session::record(std::string kind, std::string words, bool of_chart) {
  app::Look look;
  look.kind = std::move(kind);
  look.words = std::move(words);
  if (of_chart) look.mrn = sheet_.banner.mrn, look.name = sheet_.banner.name;
  record_look(std::move(look));
}

std::string Session::who() const { return keyholder() + (initials_.empty() ? "" : " (" + initials_ + ")"); }

void Session::change_initials() {
  if (working_ || (page_ != Page::search && page_ != Page::chart)) return;
  before_initials_ = page_;
  look_for_ = line_.text;  // the line is the initials' now
  line_.wipe();
  page_ = Page::initials;
}

// Two or three letters, of any script.
void Session::take_initials() {
  std::string letters = app::upper_case(line_.text);
  std::erase_if(letters, [](char c) { return c == ' ' || c == '.'; });
  std::size_t count = 0;
  for (std::size_t at = 0; at < letters.size(); at += app::character_length(letters, at)) ++count;
  const bool is_word = std::none_of(letters.begin(), letters.end(), [](char c) { return static_cast<unsigned char>(c) < 'A'; });
  initials_refused_ = count < kInitialsLeast || count > kInitialsMost || !is_word;
  if (initials_refused_) return;
  end_search();
  initials_ = letters;
  line_.wipe();
  record("initials given");
  const auto before = std::exchange(before_initials_, std::nullopt);
  if (!before) return go_on_after_opening();
  page_ = *before;
  line_.insert(std::exchange(look_for_, {}));
}

void Session::record_look(app::Look look) {
  look.who = who();
  remember_for_reconciling(look);
  const auto kept = records_->record(std::move(look));
  if (!kept.ok()) {
    record_fault_ = kept.error();
    return;
  }
  if (!record_fault_) return;
  // It can be kept again: that it could not is said in it.
  record_fault_.reset();
  app::Look gap;
  gap.kind = "not recorded until now";
  gap.words = unrecorded_reason_;
  if (const auto said = records_->record(std::move(gap)); !said.ok()) record_fault_ = said.error();
}

// A search stands in the record once, as far as it was typed: erasing it or typing on makes no other.
void Session::note_search() {
  const std::string& typed = line_.text;
  if (searched_.starts_with(typed) && !typed.empty()) return;
  if (!typed.starts_with(searched_) || typed.empty()) end_search();
  searched_ = typed;
}

void Session::end_search() {
  if (!searched_.empty()) record("searched", std::exchange(searched_, {}));
}

void Session::give_reason() {
  if (static_cast<std::size_t>(std::count_if(line_.text.begin(), line_.text.end(), [](char c) { return c != ' '; })) <
      kReasonLeast)
    return;
  unrecorded_reason_ = line_.text;
  line_.wipe();
  page_ = after_reason_;
  line_.insert(std::exchange(look_for_, {}));
  if (page_ == Page::search) query_changed();
}

}  // namespace viewer
