// Scans for an invented practice: one small PDF for each paper in a chart, in a folder as an EMR keeps them.
//
// Errors:  opening: Code::io, Code::bad_config when the folder exists. A paper that fails is remembered and told by close().
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "app/error.h"
#include "app/paper/shape.h"

namespace exporter {

class Papers {
 public:
  static app::Result<Papers> open(const std::filesystem::path& folder);

  // Returns the file's path from the folder.
  std::string add(std::int64_t patient, int number, const std::string& title, const std::string& name, const std::string& day);
  app::Result<app::Done> close() const;

 private:
  Papers(std::filesystem::path folder, app::FontSet fonts) : folder_(std::move(folder)), fonts_(std::move(fonts)) {}
  app::Result<app::Done> write(const std::string& file, const std::string& title, const std::string& name,
                               const std::string& day) const;

  std::filesystem::path folder_;
  app::FontSet fonts_;
  std::optional<app::Error> fault_;
};

}  // namespace exporter
