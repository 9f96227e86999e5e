// A practice that is split into parts, opened as if it were one.
#include <iostream>

#include "app/snapshot/copy_parts.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/terminal.h"

namespace exporter {

app::Result<OpenedCopies> open_copies(CopyArguments arguments) {
  OpenedCopies opened;
  const std::vector<app::PublicKey> known = known_signers(app::LaptopMemory::read(arguments.memory).pairings());
  if (!app::holds_parts(arguments.copy, known)) {
    TRY_GET(app::Opened one, open_copy(arguments));
    const app::Shard& shard = one.copy.info().manifest.shard;
    if (!shard.is_whole()) std::cerr << "nightchart: " << words_of_part(shard) << std::endl;
    opened.copies.push_back(std::move(one));
    return opened;
  }
  const std::vector<app::FoundPart> parts = app::find_parts(arguments.copy, app::Check::sizes, known);
  note_unread_beside(arguments.copy, known);
  for (const app::FoundPart& part : parts) {
    std::optional<app::Error> fault = part.fault;
    if (!fault && arguments.typed.empty() && arguments.passphrase_file.empty()) {
      TRY_GET(arguments.typed, ask_passphrase("Passphrase, or the sealed envelope's lines, for all parts of " + describe(*part.info) + ":"));
    }
    if (!fault) {
      arguments.copy = part.folder.string();
      auto copy = open_copy(arguments);
      if (copy.ok()) opened.copies.push_back(std::move(copy).value());
      else fault = copy.error();
      if (fault && fault->code == app::Code::wrong_passphrase) return *fault;
    }
    if (!fault) continue;
    std::cerr << "nightchart: " << app::name_of(part.shard) << " CANNOT BE OPENED: its patients are not found here. " << plain(fault->what) << std::endl;
    if (!opened.missing) opened.missing = fault;
  }
  if (opened.copies.empty()) return *opened.missing;
  return opened;
}

}  // namespace exporter
