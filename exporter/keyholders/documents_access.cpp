#include "exporter/keyholders/documents_access.h"

#include <system_error>

#include "app/snapshot/keys_locked.h"
#include "exporter/copy/document_memory.h"

namespace exporter {

namespace fs = std::filesystem;
using app::Code;
using app::Error;

app::Result<app::KeyPair> unlock_any_keyholder(const fs::path& practice, const std::string& passphrase) {
  TRY_GET(const std::vector<Keyholder> keyholders, read_keyholders(practice));
  for (const Keyholder& keyholder : keyholders) {
    if (keyholder.is_envelope()) continue;
    auto unlocked = app::unlock_key(keyholder.locked_key, passphrase);
    if (unlocked.ok()) return std::move(unlocked.value().pair);
    if (unlocked.error().code != Code::wrong_passphrase) return unlocked.error();
  }
  return Error{Code::wrong_passphrase, "This is no keyholder's passphrase: nothing was changed.",
               "it is to open the scanned documents that were kept before, for the new keyholder"};
}

bool keeps_documents(const fs::path& practice) {
  std::error_code ignored;
  if (!fs::exists(practice / kDocumentMemoryName, ignored)) return false;
  auto memory = DocumentMemory::open(practice);
  return memory.ok() && !memory.value().volumes().empty();
}

}  // namespace exporter
