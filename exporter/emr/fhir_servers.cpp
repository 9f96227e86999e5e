#include "exporter/emr/fhir_servers.h"

#include <algorithm>

namespace exporter {
namespace {

constexpr std::size_t kMostNoted = 1000;  // an export that names more of them is none that could be learnt from
constexpr std::uint64_t kOutnumbered = 10;

}  // namespace

std::string server_name(std::string_view server) {
  const std::size_t scheme = server.find("://");
  if (scheme != std::string_view::npos) server.remove_prefix(scheme + 3);
  while (server.ends_with('/')) server.remove_suffix(1);
  std::string name(server);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return name;
}

void LocalServers::tell(std::string_view server) {
  if (server.empty()) return;
  told_ = true;
  local_.insert(server_name(server));
}

void LocalServers::note(std::string_view server) {
  if (server.empty()) {
    ++relative_;
    return;
  }
  if (const auto known = noted_.find(server); known != noted_.end()) {
    ++known->second;
  } else if (noted_.size() < kMostNoted) {
    noted_.emplace(server, 1);
  }
}

void LocalServers::learn() {
  if (told_) return;
  std::map<std::string, std::uint64_t> by_name;
  for (const auto& [server, count] : noted_) by_name[server_name(server)] += count;
  const auto most = std::max_element(by_name.begin(), by_name.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most != by_name.end() && most->second * kOutnumbered >= relative_) local_.insert(most->first);
}

bool LocalServers::is_local(std::string_view server) const {
  return server.empty() || local_.contains(server_name(server));
}

}  // namespace exporter
