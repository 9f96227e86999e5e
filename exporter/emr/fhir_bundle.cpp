#include "exporter/emr/fhir_bundle.h"

#include <unordered_map>
#include <utility>

#include "exporter/emr/fhir_reference.h"

namespace exporter {
namespace {

using app::Json;

constexpr int kDeepest = 4;  // a bundle in a bundle in a bundle

// "urn:uuid:…" or an address → "Patient/7".
using Addresses = std::unordered_map<std::string, std::string>;

std::string id_of(Json entry) {
  const Json id = entry["resource"]["id"];
  return id.is_text() ? std::string(id.text()) : parse_reference_text(entry["fullUrl"].text()).id;
}

Addresses addresses_of(Json bundle) {
  Addresses addresses;
  for (const Json entry : bundle["entry"].items()) {
    const std::string_view type = entry["resource"]["resourceType"].text(), address = entry["fullUrl"].text();
    const std::string id = id_of(entry);
    if (!type.empty() && !address.empty() && !id.empty()) {
      addresses[std::string(address)] = std::string(type) + '/' + id;
    }
  }
  return addresses;
}

class Rewriter {
 public:
  Rewriter(const Addresses& addresses, app::JsonWriter& write) : addresses_(addresses), write_(write) {}

  void resource(Json resource, const std::string& id) {
    write_.open_object();
    if (!resource["id"].is_text() && !id.empty()) write_.member("id", std::string_view(id));
    for (const auto& [name, member] : resource.members()) {
      if (name == "id" && !member.is_text() && !id.empty()) continue;
      write_.key(name);
      value(member, name);
    }
    write_.close_object();
  }

 private:
  void value(Json given, std::string_view name) {
    if (given.is_object()) {
      write_.open_object();
      for (const auto& [inner, member] : given.members()) {
        write_.key(inner);
        value(member, inner);
      }
      write_.close_object();
    } else if (given.is_array()) {
      write_.open_array();
      for (const Json item : given.items()) value(item, name);
      write_.close_array();
    } else if (name == "reference" && given.is_text()) {
      const std::string address(given.text().substr(0, given.text().find("/_history/")));
      const auto known = addresses_.find(address);
      write_.text(known == addresses_.end() ? given.text() : std::string_view(known->second));
    } else {
      write_.raw(given.json());
    }
  }

  const Addresses& addresses_;
  app::JsonWriter& write_;
};

app::Result<app::Done> open_entries(Json bundle, const BundleVisitor& visitor, int depth) {
  const Addresses addresses = addresses_of(bundle);
  app::JsonDocument document;
  for (const Json entry : bundle["entry"].items()) {
    const Json resource = entry["resource"];
    if (entry["request"]["method"].text() == "DELETE") {
      visitor.deleted(std::string(entry["request"]["url"].text()));
      continue;
    }
    if (!resource.is_object()) {
      visitor.skip("is a bundle with an entry that holds no resource");
      continue;
    }
    std::string text;
    app::JsonWriter write(text);
    Rewriter(addresses, write).resource(resource, id_of(entry));
    const auto parsed = document.parse(text);
    if (!parsed.ok()) {
      visitor.skip("is a bundle with an entry that cannot be read");
    } else if (!is_bundle(parsed.value())) {
      TRY(visitor.take(parsed.value(), text));
    } else if (depth == kDeepest) {
      visitor.skip("is a bundle that holds bundles deeper than any real one");
    } else {
      TRY(open_entries(parsed.value(), visitor, depth + 1));
    }
  }
  return app::Done{};
}

}  // namespace

bool is_bundle(Json resource) { return resource["resourceType"].text() == "Bundle"; }

app::Result<app::Done> open_bundle(Json bundle, const BundleVisitor& visitor) {
  return open_entries(bundle, visitor, 1);
}

}  // namespace exporter
