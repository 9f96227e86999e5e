#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>

#include "app/record/json.h"
#include "app/snapshot/search_reason.h"
#include "exporter/commands/looks.h"

namespace exporter {
namespace {

struct Arguments : CopyArguments {
  std::vector<std::string> words;
  int most = 20;
};

std::string typed(const Arguments& arguments) {
  std::string text;
  for (const std::string& word : arguments.words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// What one copy, or all parts of a practice, have.
struct Found {
  struct One {
    app::Hit hit;
    std::string reason;
  };
  std::vector<One> hits;
  std::int64_t total = 0;
  bool more = false;
  std::string typed;
  app::Shard shard;  // where nothing but this part was looked through
};

void look_in(app::Copy& copy, std::size_t most, Found& found) {
  const app::Date today = app::local_date(app::now(), copy.info().manifest.time_zone);
  const app::Hits hits = copy.search().find(found.typed, most, today);
  const std::vector<std::string> reasons = app::explain_hits(hits, copy, found.typed, today);
  for (std::size_t i = 0; i < hits.hits.size(); ++i) found.hits.push_back({hits.hits[i], reasons[i]});
  found.total += hits.total;
  found.more = found.more || hits.more;
}

void print_hits(const Found& found, const app::Date& today) {
  for (const auto& [hit, reason] : found.hits) {
    const auto born = app::read_date(hit.born);
    std::cout << "  " << hit.name << (hit.deceased ? "  (deceased)" : "") << (hit.exact ? "" : "  (spelt otherwise)") << "\n"
              << "      born " << app::format_known_date(born);
    if (born.is_known() && !hit.deceased) std::cout << " (" << app::format_age(born.value(), today) << ")";
    std::cout << "   " << (hit.sex.empty() ? "sex not recorded" : hit.sex) << "   MRN " << (hit.mrn.empty() ? "none" : hit.mrn);
    if (!hit.phone.empty()) std::cout << "   tel. " << hit.phone;
    if (!hit.town.empty()) std::cout << "   " << hit.town;
    std::cout << "\n";
    if (!reason.empty()) std::cout << "      found by " << reason << "\n";
  }
}

std::string hits_json(const Found& found, bool parts_missing) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("total", found.total);
  json.member("more", found.more);
  if (parts_missing) json.member("parts_missing", true);
  if (!found.shard.is_whole()) {
    json.member("part", std::int64_t{found.shard.number});
    json.member("parts", std::int64_t{found.shard.of});
  }
  json.key("hits");
  json.open_array();
  for (const auto& [hit, reason] : found.hits) {
    json.open_object();
    json.member("name", std::string_view(hit.name));
    json.member("born", std::string_view(hit.born));
    json.member("sex", std::string_view(hit.sex));
    json.member("mrn", std::string_view(hit.mrn));
    json.member("phone", std::string_view(hit.phone));
    json.member("town", std::string_view(hit.town));
    json.member("deceased", hit.deceased);
    json.member("exact", hit.exact);
    if (!reason.empty()) json.member("found_by", std::string_view(reason));
    json.close_object();
  }
  json.close_array();
  json.close_object();
  return text;
}

void print_words(const Found& found, const OpenedCopies& opened) {
  const auto is_verified = [](const app::Opened& copy) { return copy.verified; };
  if (!std::ranges::all_of(opened.copies, is_verified)) std::cout << "NOT VERIFIED: what follows may be false.\n";
  // All parts are as old as the oldest of them.
  const auto oldest = std::ranges::min_element(opened.copies, {}, [](const app::Opened& one) { return one.copy.info().manifest.as_of.s; });
  const app::CopyInfo& info = oldest->copy.info();
  std::cout << describe(info) << (opened.copies.size() > 1 ? ", in " + std::to_string(opened.copies.size()) + " parts" : "") << "\n";
  if (found.hits.empty()) {
    std::cout << "Nobody in this copy matches \"" << found.typed << "\"." << (opened.missing ? " But a part is missing: they may be in it." : found.shard.is_whole() ? "" : " But it is a part only: they may be in another.")
              << " Try fewer letters, or the birth date." << std::endl;
    return;
  }
  std::cout << (found.more ? "At least " : "") << found.total << (found.total == 1 ? " patient matches \"" : " patients match \"") << found.typed << "\"";
  if (static_cast<std::int64_t>(found.hits.size()) < found.total) std::cout << ", the best " << found.hits.size() << " shown";
  std::cout << ":\n";
  print_hits(found, app::local_date(app::now(), info.manifest.time_zone));
}

int run(const Arguments& arguments) {
  auto opened = open_copies(arguments);
  if (!opened.ok()) return report_error(opened.error(), arguments.json);
  Found found;
  found.typed = typed(arguments);
  if (opened.value().copies.size() == 1) found.shard = opened.value().copies.front().copy.info().manifest.shard;
  const auto most = static_cast<std::size_t>(arguments.most);
  for (app::Opened& one : opened.value().copies) {
    if (const auto recorded = record_look(one, arguments, "searched", found.typed); !recorded.ok()) return report_error(recorded.error(), arguments.json);
    look_in(one.copy, most, found);
  }
  if (opened.value().copies.size() > 1) {
    std::ranges::stable_sort(found.hits, [](const Found::One& a, const Found::One& b) {
      return a.hit.exact != b.hit.exact ? a.hit.exact : a.hit.name < b.hit.name;
    });
  }
  if (found.hits.size() > most) found.hits.resize(most);
  if (arguments.json) std::cout << hits_json(found, opened.value().missing.has_value()) << std::endl;
  else print_words(found, opened.value());
  if (opened.value().missing) return static_cast<int>(opened.value().missing->code);
  return found.hits.empty() ? static_cast<int>(app::Code::not_found) : 0;
}

}  // namespace

void add_find(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand(
      "find", "Find patients, as the viewer does: any part of any name in any order, birth date, phone, MRN, typing errors allowed");
  add_copy_arguments(*command, *arguments);
  command->add_option("WORDS", arguments->words, "What the caller says: smi john, 4/3/75, 555 0142, 10442")->required();
  command->add_option("--most", arguments->most, "At most so many")->check(CLI::Range(1, 1000))->capture_default_str();
  command->footer("Example: nightchart find /srv/nightchart smi 4/3/75 --passphrase-file key.txt\nExit code 13 when nobody matches.");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace exporter
