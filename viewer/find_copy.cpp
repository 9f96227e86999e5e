// Where the viewer finds what it can open: copies, and the parts of practices, in the places where they may be.
#include <algorithm>
#include <iterator>
#include <set>
#include <system_error>
#include <tuple>
#include <utility>

#include "viewer/records.h"

namespace viewer {
namespace {

namespace fs = std::filesystem;

bool is_copy(const fs::path& place) {
  std::error_code ignored;
  return fs::exists(place / app::kManifestName, ignored);
}

// The copies of a place, which may be one itself.
std::vector<app::FoundCopy> list_place(const fs::path& place) {
  if (!is_copy(place)) return app::list_copies(place);
  return {{place, 0, std::nullopt}};
}

// The folder of copies in which this one lies.
fs::path folder_around(const fs::path& copy) {
  std::error_code failure;
  const fs::path whole = fs::absolute(copy, failure).lexically_normal();
  return (whole.has_filename() ? whole : whole.parent_path()).parent_path();
}

// Two places may show the same folder: one as the place itself, one as what lies in it.
std::string identity_of(const fs::path& folder) {
  std::error_code failure;
  const fs::path real = fs::canonical(folder, failure);
  return (failure ? folder.lexically_normal() : real).string();
}

// What lies in the folders of parts and cannot be used.
void name_faults(const std::vector<app::FoundPart>& parts, Found& found) {
  for (const app::FoundPart& part : parts) {
    for (app::FoundCopy& copy : app::list_copies(part.folder))
      if (copy.fault) found.others.push_back(std::move(copy));
  }
}

// The parts that lie in a place together, whatever whole copies lie beside them.
void sort_in_parts(const fs::path& place, Found& found) {
  const std::vector<app::PublicKey> known = app::known_signers(found.known);
  std::vector<Openable> together = list_together(place, known);
  if (together.empty()) {
    for (const app::FoundPart& part : app::find_parts(place, app::Check::sizes, known)) {
      std::error_code ignored;
      if (fs::is_directory(part.folder, ignored)) found.others.push_back({part.folder, 0, part.fault});
    }
    return;
  }
  name_faults(together.front().parts, found);
  std::move(together.begin(), together.end(), std::back_inserter(found.spare));
}

// A copy that is good may be read further; one that is not keeps its fault.
void sort_in(app::FoundCopy here, std::size_t good_of_this_place, Found& found) {
  if (!here.fault && good_of_this_place <= kSpareMost) {
    auto info = app::read_copy(here.folder, app::Check::sizes);
    if (info.ok()) {
      found.spare.push_back(std::move(info).value());
      return;
    }
    here.fault = info.error();
  }
  found.others.push_back(std::move(here));
}

// Whoever can write the stick can put any date on a copy, but not a known practice's signature.
auto rank_of(const Openable& one, const app::Pairings& known) {
  return std::tuple(known.find(one.manifest.verifying_key) != nullptr, !one.is_outnumbered, newest_as_of(one).s, one.manifest.sequence);
}

void sort_newest_first(Found& found) {
  std::stable_sort(found.spare.begin(), found.spare.end(), [&](const Openable& a, const Openable& b) {
    return rank_of(a, found.known) > rank_of(b, found.known);
  });
  std::stable_sort(
      found.others.begin(), found.others.end(),
      [](const app::FoundCopy& a, const app::FoundCopy& b) { return a.sequence > b.sequence; });
}

// No more than there are keys to choose them by; the rest is named only.
void trim_spare(Found& found) {
  for (; found.spare.size() > kSpareMost; found.spare.pop_back())
    found.others.push_back(
        {found.spare.back().folder, found.spare.back().manifest.sequence, std::nullopt});
}

void choose_first(Found& found) {
  if (!found.spare.empty()) {
    found.copy = std::move(found.spare.front());
    found.spare.erase(found.spare.begin());
  }
  trim_spare(found);
  if (found.copy) return;
  for (const app::FoundCopy& other : found.others) {
    if (!other.fault || other.fault->code == app::Code::not_a_copy) continue;
    found.fault = other.fault;
    return;
  }
}

// The copy that was asked for, and nothing in its place; its neighbours wait for whoever chooses one.
void choose_asked(const fs::path& asked, Found& found) {
  const auto is_asked = [identity = identity_of(asked)](const auto& copy) { return identity_of(copy.folder) == identity; };
  const auto good = std::find_if(found.spare.begin(), found.spare.end(), is_asked);
  if (good != found.spare.end()) {
    std::rotate(found.spare.begin(), good, good + 1);
    return choose_first(found);
  }
  const auto bad = std::find_if(found.others.begin(), found.others.end(), is_asked);
  if (bad != found.others.end()) found.fault = bad->fault;
  trim_spare(found);
}

// Where the copy lies that was chosen; somebody who asked for one that comes second knows of the other.
void name_passed_over(Found& found) {
  if (!found.copy) return;
  const std::vector<app::PublicKey> known = app::known_signers(found.known);
  const bool is_in_parts = !found.copy->parts.empty();
  const fs::path around = is_in_parts ? found.copy->folder : folder_around(found.copy->folder);
  if (app::holds_parts(around, known) == is_in_parts) found.passed_over = app::describe_passed_over(around, known);
}

}  // namespace

std::vector<fs::path> usual_places(const fs::path& program_folder) {
  std::vector<fs::path> places = {program_folder, program_folder.parent_path()};
  std::vector<fs::path> beside;
  for (const fs::path& around : {program_folder, program_folder.parent_path()}) {
    std::error_code failure;
    fs::directory_iterator entry(around, fs::directory_options::skip_permission_denied, failure);
    for (const fs::directory_iterator end; !failure && entry != end; entry.increment(failure)) {
      std::error_code unreadable;
      if (entry->is_directory(unreadable) && entry->path() != program_folder)
        beside.push_back(entry->path());
    }
  }
  std::sort(beside.begin(), beside.end());
  places.insert(places.end(), beside.begin(), beside.end());
  return places;
}

Found find_copy(const std::vector<fs::path>& asked, const app::LaptopMemory& memory) {
  Found found;
  const bool is_one = asked.size() == 1 && is_copy(asked.front());
  std::vector<fs::path> places = asked;
  if (is_one) places.push_back(folder_around(asked.front()));
  found.known = memory.pairings();
  found.memory_trouble = memory.trouble();
  found.searched = asked;
  std::set<std::string> seen;
  for (const fs::path& place : places) {
    if (!is_copy(place) && seen.insert("parts of " + identity_of(place)).second) sort_in_parts(place, found);
    std::size_t good = 0;
    for (app::FoundCopy& here : list_place(place)) {
      if (!seen.insert(identity_of(here.folder)).second) continue;
      if (!here.fault) ++good;
      sort_in(std::move(here), good, found);
    }
  }
  sort_newest_first(found);
  is_one ? choose_asked(asked.front(), found) : choose_first(found);
  name_passed_over(found);
  return found;
}

}  // namespace viewer
