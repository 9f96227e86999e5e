#include "app/snapshot/search_parts.h"

#include <algorithm>
#include <optional>
#include <string>

#include "app/snapshot/search_tables.h"

namespace app {
namespace {

constexpr std::size_t kNumber_bytes = sizeof(std::uint32_t);

Error damaged(std::string detail) {
  return {Code::damaged, "The search index of this copy is damaged.", std::move(detail)};
}
Error unfitting() { return damaged("its parts do not fit together"); }
Error of_strangers() { return damaged("it names patients that are not in it"); }

// The numbers of a part, one after the other.
class NumberReader {
 public:
  NumberReader(SearchParts& parts, std::string_view part, std::uint64_t bytes) : parts_(parts), part_(part), bytes_(bytes) {}

  // False at the end, and when reading failed.
  bool next(std::uint32_t& number) {
    if (at_ == piece_.size() && !fill()) return false;
    number = piece_[at_++];
    return true;
  }
  const std::optional<Error>& fault() const { return fault_; }

 private:
  bool fill() {
    if (read_ == bytes_ || fault_) return false;
    const auto piece = parts_.read(part_, read_);
    if (!piece.ok()) return fault_ = piece.error(), false;
    piece_ = Numbers(piece.value());
    read_ += piece_.size() * kNumber_bytes;
    at_ = 0;
    return piece_.size() > 0;
  }

  SearchParts& parts_;
  std::string_view part_;
  std::uint64_t bytes_, read_ = 0;
  Numbers piece_;
  std::size_t at_ = 0;
  std::optional<Error> fault_;
};

// The texts of a part by the ends in another, which ascend.
class TextReader {
 public:
  TextReader(SearchParts& parts, std::string_view part, NumberReader ends) : parts_(parts), part_(part), ends_(std::move(ends)) {}

  // Finds how long the next one is; false at the end, and when reading failed.
  bool next(std::size_t& size) {
    begin_ = end_;
    std::uint32_t end = 0;
    if (!ends_.next(end)) return false;
    end_ = end;
    size = end_ - begin_;
    return true;
  }
  Result<std::string_view> text() {
    across_.clear();
    for (std::uint64_t at = begin_; at < end_;) {
      if (at < first_ || at >= first_ + piece_.size()) {
        TRY_GET(piece_, parts_.read(part_, at));
        first_ = at;
      }
      const std::string_view rest = piece_.substr(at - first_, end_ - at);
      if (rest.size() == end_ - begin_) return rest;
      across_ += rest;
      at += rest.size();
    }
    return std::string_view(across_);
  }
  const std::optional<Error>& fault() const { return ends_.fault(); }

 private:
  SearchParts& parts_;
  std::string_view part_;
  NumberReader ends_;
  std::uint64_t begin_ = 0, end_ = 0;
  std::uint64_t first_ = 0;  // where the piece begins
  std::string_view piece_;
  std::string across_;
};

class Check {
 public:
  explicit Check(SearchParts& parts) : parts_(parts) {}

  Result<Done> run() {
    for (std::size_t i = 0; i < kSearchParts.size(); ++i) {
      TRY_GET(sizes_[i], parts_.size(kSearchParts[i]));
      const std::size_t item = item_bytes_of_search_part(kSearchParts[i]);
      if (sizes_[i] % item != 0) return damaged("its part " + std::string(kSearchParts[i]) + " has an impossible size");
    }
    TRY(check_counts());
    TRY(check_ends(search_part::kWordEnds, bytes(search_part::kWords)));
    TRY(check_ends(search_part::kNumberEnds, bytes(search_part::kNumbers)));
    TRY(check_ends(search_part::kSaidEnds, bytes(search_part::kSaid)));
    TRY(check_ends(search_part::kLineEnds, bytes(search_part::kLines)));
    TRY(check_ends(search_part::kWordOwnerEnds, items(search_part::kWordOwners)));
    const std::uint64_t patients = items(search_part::kCharts);
    TRY(check_below(search_part::kWordOwners, patients * 2));
    TRY(check_below(search_part::kNumberOwners, patients * 2));
    TRY(check_below(search_part::kByBirth, patients));
    TRY(check_below(search_part::kPhonePatients, patients));
    TRY(check_below(search_part::kWordsBySound, items(search_part::kWordEnds)));
    TRY(check_below(search_part::kPhonesReversed, items(search_part::kPhones)));
    TRY(check_words());
    return check_lines();
  }

 private:
  std::uint64_t bytes(std::string_view part) const {
    return sizes_[static_cast<std::size_t>(std::find(kSearchParts.begin(), kSearchParts.end(), part) - kSearchParts.begin())];
  }
  std::uint64_t items(std::string_view part) const { return bytes(part) / item_bytes_of_search_part(part); }
  NumberReader numbers(std::string_view part) { return NumberReader(parts_, part, bytes(part)); }

  Result<Done> check_counts() const {
    const std::uint64_t patients = items(search_part::kCharts), words = items(search_part::kWordEnds);
    const std::uint64_t found = items(search_part::kNumberEnds), phones = items(search_part::kPhones);
    const bool fit = items(search_part::kBirths) == patients && items(search_part::kDeceased) == patients &&
                     items(search_part::kLineEnds) == patients && items(search_part::kWordOwnerEnds) == words &&
                     items(search_part::kWordsBySound) == words && items(search_part::kNumberOwners) == found &&
                     items(search_part::kPhonePatients) == phones && items(search_part::kPhonesReversed) == phones;
    if (!fit) return unfitting();
    return Done{};
  }
  // They ascend, and the last is where the other part ends.
  Result<Done> check_ends(std::string_view part, std::uint64_t most) {
    NumberReader ends = numbers(part);
    std::uint32_t before = 0;
    for (std::uint32_t end = 0; ends.next(end); before = end) {
      if (end < before || end > most) return unfitting();
    }
    if (ends.fault()) return *ends.fault();
    if (before != most) return unfitting();
    return Done{};
  }
  Result<Done> check_below(std::string_view part, std::uint64_t limit) {
    NumberReader all = numbers(part);
    for (std::uint32_t number = 0; all.next(number);) {
      if (number >= limit) return of_strangers();
    }
    if (all.fault()) return *all.fault();
    return Done{};
  }
  Result<Done> check_words() {
    TextReader words(parts_, search_part::kWords, numbers(search_part::kWordEnds));
    std::string before;
    bool first = true;
    for (std::size_t size = 0; words.next(size); first = false) {
      if (size > kLongestWord) return damaged("its words are out of order");
      TRY_GET(const std::string_view word, words.text());
      if (!first && word <= before) return damaged("its words are out of order");
      before = word;
    }
    if (words.fault()) return *words.fault();
    return Done{};
  }
  Result<Done> check_lines() {
    TextReader lines(parts_, search_part::kLines, numbers(search_part::kLineEnds));
    const std::uint64_t said = items(search_part::kSaidEnds);
    PlacedLine line;
    for (std::size_t size = 0; lines.next(size);) {
      TRY_GET(const std::string_view text, lines.text());
      if (!take_line(text, said, line)) return damaged("a line of it cannot be read");
    }
    if (lines.fault()) return *lines.fault();
    return Done{};
  }

  SearchParts& parts_;
  std::array<std::uint64_t, kSearchParts.size()> sizes_{};
};

}  // namespace

Result<Done> check_search_parts(SearchParts& parts) { return Check(parts).run(); }

}  // namespace app
