#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iostream>
#include <memory>

#include "app/record/json.h"
#include "app/snapshot/copy_parts.h"
#include "exporter/binder/binder_memory.h"
#include "exporter/binder/leaf_layout.h"
#include "exporter/commands/commands.h"
#include "exporter/copy/publish.h"
#include "exporter/options.h"
#include "exporter/shard.h"
#include "exporter/split.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Result;

struct Arguments {
  std::string config;
  std::string packet;
  std::string shard;
  bool json = false;
};

// "123", "000123", the copy's name or path, or the path of the packet in it.
Result<std::uint64_t> number_of(const std::string& packet) {
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(packet.data(), packet.data() + packet.size(), number);
  if (fault == std::errc() && end == packet.data() + packet.size() && number > 0) return number;
  for (fs::path path = fs::path(packet).lexically_normal(); !path.empty(); path = path.parent_path()) {
    if (app::parse_copy_name(path.filename().string(), number)) return number;
    if (path == path.parent_path()) break;
  }
  return app::Error{app::Code::not_found, "That names no packet.", "A packet's number stands on its cover and on its list; its copy's name ends with it."};
}

// Of the part that is named, or that the packet's path names.
Result<Options> read_settings(const Arguments& arguments) {
  TRY_GET(const fs::path file, find_config(arguments.config));
  TRY_GET(Options options, read_options(file));
  app::Shard shard;
  for (const fs::path& folder : fs::path(arguments.packet)) {
    if (app::parse_part_folder(folder.string(), shard)) break;
  }
  if (!arguments.shard.empty()) {
    TRY_GET(shard, parse_shard(arguments.shard));
  }
  return options_of_part(std::move(options), shard);
}

// The time in the practice's own zone, for people.
std::string said_time(std::int64_t when_s, const Options& options) { return app::format_as_of({when_s}, options.time_zone); }

// "23 sheets", "21 sheets and 2 blank forms".
std::string words_of_what_it_holds(const BinderSheets& filed) {
  const auto forms = static_cast<std::size_t>(std::count_if(filed.begin(), filed.end(), [](const auto& entry) { return entry.second.is_form; }));
  const std::string sheets = count_words(filed.size() - forms, "sheet", "sheets");
  return sheets + (forms == 0 ? "" : " and " + count_words(forms, "blank form", "blank forms"));
}

void write_state(const BinderBook& book, const std::optional<app::Error>& lost, app::JsonWriter& json) {
  json.member("confirmed", static_cast<std::int64_t>(book.confirmed_sequence()));
  if (book.confirmed_sequence() != 0) json.member("confirmed_at", std::string_view(app::format_utc({book.confirmed_when_s()})));
  json.member("sheets", static_cast<std::int64_t>(book.confirmed().size()));
  json.key("unconfirmed");
  json.open_array();
  for (const PendingPacket& packet : book.pending()) json.integer(static_cast<std::int64_t>(packet.sequence));
  json.close_array();
  json.member("memory_lost", lost.has_value());
}

Result<app::Done> confirm(const Arguments& arguments) {
  TRY_GET(const std::uint64_t number, number_of(arguments.packet));
  TRY_GET(const Options options, read_settings(arguments));
  // Packets are numbered by part.
  TRY(refuse_split(options, "nightchart binder confirm " + std::to_string(number)));
  // What was never made has no ring binder, and asking must not begin one.
  TRY(verify_made(options));
  // Not while a night makes its plan.
  TRY_GET(const CopiesFolder lock, CopiesFolder::open(options.copies, options.state_folder(), "`nightchart binder`"));
  TRY_GET(BinderMemory memory, BinderMemory::open(options.state_folder()));
  if (memory.lost()) {
    return app::Error{app::Code::not_found, "What was known of the ring binder is lost: no packet made before can be confirmed.",
                      memory.lost()->what + " The next night's packet begins the binder anew."};
  }
  const bool again = memory.book().confirmed_sequence() == number;
  TRY(memory.book().confirm(number, app::now().s));
  TRY(memory.save());
  const BinderBook& book = memory.book();
  if (arguments.json) {
    std::string text;
    app::JsonWriter json(text);
    json.open_object();
    write_state(book, memory.lost(), json);
    json.close_object();
    std::cout << text << std::endl;
    return app::Done{};
  }
  const bool is_part = !options.run.shard.is_whole();
  std::cout << (is_part ? name_of_part(options) + ": packet " : "Packet ") << number << (again ? " was confirmed already" : " is confirmed") << ": the ring binder holds "
            << words_of_what_it_holds(book.confirmed()) << ". The next packet builds on it." << std::endl;
  if (!book.pending().empty()) {
    std::cout << "Newer: packet " << book.pending().back().sequence << ". Put it in too, then confirm it." << std::endl;
  }
  return app::Done{};
}

void print_status(const Options& options, const BinderMemory& memory) {
  const BinderBook& book = memory.book();
  const bool is_part = !options.run.shard.is_whole();
  if (is_part) std::cout << name_of_part(options) << ": ";
  if (memory.lost()) std::cout << "What was known of the ring binder is lost. " << memory.lost()->what << "\n";
  if (book.confirmed_sequence() == 0) {
    std::cout << "No packet was ever confirmed: every packet begins the ring binder anew.\n";
  } else {
    std::cout << "Confirmed last: packet " << book.confirmed_sequence() << ", on " << said_time(book.confirmed_when_s(), options)
              << ". The ring binder holds " << words_of_what_it_holds(book.confirmed()) << ".\n";
  }
  if (book.pending().empty()) {
    std::cout << "No packet waits to be put in." << std::endl;
  } else {
    std::cout << count_words(book.pending().size(), "packet waits", "packets wait") << "; only the newest need be put in: packet "
              << book.pending().back().sequence << ".\n"
              << "Print it with `nightchart print " << options.copies.string() << " packet --printer QUEUE`, put it in, then `nightchart binder confirm "
              << book.pending().back().sequence
              << (is_part ? " --shard " + std::to_string(options.run.shard.number) + "/" + std::to_string(options.run.shard.of) : "") << "`." << std::endl;
  }
}

// Of a practice that is made in parts each part that was ever made: each has packets of its own, for one ring binder.
Result<app::Done> show_status(const Arguments& arguments) {
  TRY_GET(const Options options, read_settings(arguments));
  std::vector<Options> parts = find_split(options);
  const bool is_split = !parts.empty();
  if (is_split) std::erase_if(parts, [](const Options& part) { return !was_made(part); });
  else parts = {options};
  if (!is_split) TRY(verify_made(options));
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  if (is_split) json.key("parts"), json.open_array();
  for (const Options& part : parts) {
    TRY_GET(const BinderMemory memory, BinderMemory::open(part.state_folder()));
    if (!arguments.json) print_status(part, memory);
    if (is_split) json.open_object(), json.member("part", std::string_view(app::format_part_folder(part.run.shard)));
    write_state(memory.book(), memory.lost(), json);
    if (is_split) json.close_object();
  }
  if (is_split) json.close_array();
  json.close_object();
  if (arguments.json) std::cout << text << std::endl;
  return app::Done{};
}

int end_with(const Result<app::Done>& done, bool json) { return done.ok() ? 0 : report_error(done.error(), json); }

}  // namespace

void add_binder(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* binder = program.add_subcommand("binder", "The ring binder on the shelf: say that a packet is in it, see what it holds");
  binder->require_subcommand(1);
  const auto add = [&](const char* name, const char* about) {
    CLI::App* command = binder->add_subcommand(name, about);
    command->add_option("--config", arguments->config, "The settings; else NIGHTCHART_CONFIG, ./nightchart.toml, /etc/nightchart/nightchart.toml");
    command->add_option("--shard", arguments->shard, "Which part of a practice that is made in parts, such as 2/4: packets are numbered by part");
    command->add_flag("--json", arguments->json, "One JSON document for programs");
    return command;
  };
  CLI::App* confirming = add("confirm", "The packet's pages are in the ring binder now; the next one builds on it");
  confirming->add_option("PACKET", arguments->packet, "Its number (on its cover), or its copy")->required();
  confirming->footer("Example: nightchart binder confirm 123");
  confirming->callback([arguments, &exit_code] { exit_code = end_with(confirm(*arguments), arguments->json); });
  CLI::App* status = add("status", "Which packet was confirmed last, and which wait");
  status->callback([arguments, &exit_code] { exit_code = end_with(show_status(*arguments), arguments->json); });
}

}  // namespace exporter
