// Documents that OpenEMR encrypted on its own disk, and the keys it has for them.
//
// Shape:   three digits of the version, then base64 of HMAC-SHA384 (48 bytes), IV (16), AES-256-CBC. Two keys a
//          version, "sevena" for the cipher and "sevenb" for the HMAC, in OpenEMR's table `keys`; up to version 4
//          they may lie in documents/logs_and_misc/methods instead.
// Promise: keys are wiped when they are no longer needed, and are never part of a copy.
// Errors:  `what` is the reason as a chart says it. bad_source: not in that shape, no key for its version, or not
//          the bytes that OpenEMR wrote. Bytes given before such an error are to be thrown away: the HMAC counts at
//          the end.
// Source:  OpenEMR 5.0.2 to 8.x, versions 004 to 007 of its way to encrypt.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "app/error.h"
#include "exporter/emr/document_keeper.h"

namespace exporter {

class OpenEmrKeys {
 public:
  OpenEmrKeys() = default;
  ~OpenEmrKeys();
  OpenEmrKeys(const OpenEmrKeys&) = delete;
  OpenEmrKeys& operator=(const OpenEmrKeys&) = delete;

  // A key in base64 under its name in the table `keys`. What is no key of 32 bytes is passed over.
  void add(std::string_view name, std::string_view base64);
  // The keys up to version 4 that lie in a site's folder of documents.
  void read_folder(const std::filesystem::path& documents);

  // Of the version with this number and this part, 'a' or 'b'; empty if there is none.
  std::string_view find(int version, char part) const;

 private:
  std::map<std::string, std::string, std::less<>> keys_;
};

// The plain bytes of what `sealed` gives. `keys` must outlive the reading.
std::unique_ptr<DocumentBytes> open_openemr_document(std::unique_ptr<DocumentBytes> sealed, const OpenEmrKeys& keys);

}  // namespace exporter
