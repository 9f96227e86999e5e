// The files of a copy against its manifest: whether each is there, whole and in its place, and if not, what happened.
//
// Errors:  damaged, whose `what` names the file and says what it is now: missing, empty, cut short, another file's
//          bytes, another copy's; io; busy when somebody stopped it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/snapshot/copy.h"

namespace app {

Result<Done> check_size(const CopyInfo& info, const ManifestFile& file);
// Reads every byte.
Result<Done> check_hash(const CopyInfo& info, const ManifestFile& file, const std::function<bool()>& goes_on = {});

// Reads every byte of the copy's own files, as slowly as the disk gives them; volumes are not among them. Before each
// piece `goes_on` is asked: false ends it at once, with Code::busy.
Result<Done> check_every_byte(const CopyInfo& info, const std::function<bool()>& goes_on);

// What lies in the folder and is not the copy's; at most a hundred names.
std::vector<std::string> list_strangers(const CopyInfo& info);

// A database that did not open, said more exactly if reading the whole file tells more.
Error explain_damage(const CopyInfo& info, const Error& error);

}  // namespace app
