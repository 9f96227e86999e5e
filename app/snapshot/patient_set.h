// A set of patients as one bit each, in the order in which hits are listed.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace app {

class PatientSet {
 public:
  explicit PatientSet(std::size_t patients = 0) : words_((patients + 63) / 64) {}

  void add(std::uint32_t patient) { words_[patient / 64] |= std::uint64_t{1} << patient % 64; }
  bool has(std::uint32_t patient) const { return (words_[patient / 64] >> patient % 64 & 1) != 0; }
  bool empty() const {
    for (const std::uint64_t word : words_) {
      if (word != 0) return false;
    }
    return true;
  }

  // Requires: sets of the same patients.
  void keep(const PatientSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  }
  void join(const PatientSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
  }
  void drop(const PatientSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
  }

  // use(patient) for each from `begin` up to, not with, `end`, ascending.
  template <typename Use>
  void each_between(std::size_t begin, std::size_t end, Use use) const {
    for (std::size_t i = begin / 64; i < words_.size() && i * 64 < end; ++i) {
      for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
        const std::size_t patient = i * 64 + static_cast<std::size_t>(std::countr_zero(word));
        if (patient >= begin && patient < end) use(static_cast<std::uint32_t>(patient));
      }
    }
  }
  // use(patient) for each, ascending.
  template <typename Use>
  void each(Use use) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
        use(static_cast<std::uint32_t>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
      }
    }
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace app
