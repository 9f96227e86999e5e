// What the search index is made of, while it is gathered, and its parts made of that.
//
// Patients' places in the list are known only when all of them are: whatever names a patient is sorted by what it says
// first, and given its place after.
// Memory:  a quarter of `memory_bytes` for each of what is gathered; eight bytes a patient while the parts are made.
// Errors:  no_room, io.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/record/chart.h"
#include "app/snapshot/search.h"
#include "exporter/staging/sorter.h"

namespace exporter {

class SearchPartKeeper;

struct SearchPatient {
  app::ChartId chart = 0;
  std::uint32_t birth = 0;  // yyyymmdd; 0 unknown
  bool deceased = false;
};

struct GatheredTerms {
  GatheredTerms(std::filesystem::path folder, std::size_t memory_bytes);

  // Of whom add_…() speaks from now on; `line` is what a hit shows.
  app::Result<app::Done> begin_patient(std::string_view listed_by, const SearchPatient& patient, std::string_view line);
  app::Result<app::Done> add_word(std::string_view word, bool second_rank);
  app::Result<app::Done> add_number(std::string_view number, bool second_rank);
  app::Result<app::Done> add_phone(std::uint64_t digits);

  std::filesystem::path staging;
  std::size_t memory_bytes;
  std::uint32_t patients = 0;  // numbered as they come, until their places are known
  Sorter by_name, words, numbers, phones;
  std::vector<std::string_view> said;  // live in whoever gathers, in the order in which they are numbered
};

app::Result<app::Done> finish_search(GatheredTerms& gathered, SearchPartKeeper& keeper);

}  // namespace exporter
