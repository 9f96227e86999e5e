// Which server's addresses mean the resources of this export: Patient/5 of another one is somebody else.
//
// The settings say it, else the export's manifest, else it is learnt: the server that most references to
// patients name, unless relative ones outnumber it ten to one. An address of another server is not followed.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace exporter {

class LocalServers {
 public:
  // What the settings or the manifest say: from then on nothing is guessed.
  void tell(std::string_view server);
  // The server that a reference to a patient names; "" where it is relative.
  void note(std::string_view server);
  // Ends noting; before it no address of a server is taken as local.
  void learn();

  // Requires: learn(). A relative reference ("") is always local.
  bool is_local(std::string_view server) const;

 private:
  bool told_ = false;
  std::uint64_t relative_ = 0;
  std::map<std::string, std::uint64_t, std::less<>> noted_;
  std::set<std::string, std::less<>> local_;
};

// Without its scheme and the slash at its end, in lower case: how two spellings of one server are compared.
std::string server_name(std::string_view server);

}  // namespace exporter
