#include <CLI/CLI.hpp>

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

void print_hits(const app::Hits& hits, const std::vector<std::string>& reasons, const app::Date& today) {
  for (const app::Hit& hit : hits.hits) {
    const auto born = app::read_date(hit.born);
    std::cout << "  " << hit.name << (hit.deceased ? "  (deceased)" : "") << (hit.exact ? "" : "  (spelt otherwise)") << "\n"
              << "      born " << app::format_known_date(born);
    if (born.is_known() && !hit.deceased) std::cout << " (" << app::format_age(born.value(), today) << ")";
    std::cout << "   " << (hit.sex.empty() ? "sex not recorded" : hit.sex) << "   MRN " << (hit.mrn.empty() ? "none" : hit.mrn);
    if (!hit.phone.empty()) std::cout << "   tel. " << hit.phone;
    if (!hit.town.empty()) std::cout << "   " << hit.town;
    std::cout << "\n";
    const std::string& reason = reasons[static_cast<std::size_t>(&hit - hits.hits.data())];
    if (!reason.empty()) std::cout << "      found by " << reason << "\n";
  }
}

std::string hits_json(const app::Hits& hits, const std::vector<std::string>& reasons) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("total", std::int64_t{hits.total});
  json.member("more", hits.more);
  json.key("hits");
  json.open_array();
  for (const app::Hit& hit : hits.hits) {
    json.open_object();
    json.member("name", std::string_view(hit.name));
    json.member("born", std::string_view(hit.born));
    json.member("sex", std::string_view(hit.sex));
    json.member("mrn", std::string_view(hit.mrn));
    json.member("phone", std::string_view(hit.phone));
    json.member("town", std::string_view(hit.town));
    json.member("deceased", hit.deceased);
    json.member("exact", hit.exact);
    const std::string& reason = reasons[static_cast<std::size_t>(&hit - hits.hits.data())];
    if (!reason.empty()) json.member("found_by", std::string_view(reason));
    json.close_object();
  }
  json.close_array();
  json.close_object();
  return text;
}

int run(const Arguments& arguments) {
  auto opened = open_copy(arguments);
  if (!opened.ok()) return report_error(opened.error(), arguments.json);
  app::Copy& copy = opened.value().copy;
  const auto recorded = record_look(opened.value(), arguments, "searched", typed(arguments));
  if (!recorded.ok()) return report_error(recorded.error(), arguments.json);
  const app::Date today = app::local_date(app::now(), copy.info().manifest.time_zone);
  const app::Hits hits = copy.search().find(typed(arguments), static_cast<std::size_t>(arguments.most), today);
  const std::vector<std::string> reasons = app::explain_hits(hits, copy, typed(arguments), today);
  if (arguments.json) {
    std::cout << hits_json(hits, reasons) << std::endl;
  } else {
    std::cout << (opened.value().verified ? "" : "NOT VERIFIED: what follows may be false.\n") << describe(copy.info()) << "\n";
    if (hits.hits.empty()) {
      std::cout << "Nobody in this copy matches \"" << typed(arguments) << "\". Try fewer letters, or the birth date." << std::endl;
    } else {
      std::cout << (hits.more ? "At least " : "") << hits.total << (hits.total == 1 ? " patient matches \"" : " patients match \"")
                << typed(arguments) << "\"";
      if (hits.hits.size() < hits.total) std::cout << ", the best " << hits.hits.size() << " shown";
      std::cout << ":\n";
      print_hits(hits, reasons, today);
    }
  }
  return hits.hits.empty() ? static_cast<int>(app::Code::not_found) : 0;
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
