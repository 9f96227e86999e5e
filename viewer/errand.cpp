#include "viewer/errand.h"

#include <utility>

namespace viewer {

app::Result<app::Done> run_errand(Errand& errand, Session& session) {
  if (session.is_working()) return app::Done{};
  if (session.problem()) return *session.problem();
  if (session.page() == Page::unlock && !errand.passphrase.empty()) {
    session.type(std::exchange(errand.passphrase, {}));
    session.submit();
    return app::Done{};
  }
  if (session.page() != Page::search) return app::Done{};
  const std::string find = std::exchange(errand.find, {}), open = std::exchange(errand.open, {});
  if (!find.empty()) session.type(find);
  if (!open.empty()) return session.open_mrn(open);
  // A hit that assumes a typing error may be somebody else: that is for a person to judge.
  const app::Hits& hits = session.hits();
  if (!find.empty() && hits.hits.size() == 1 && !hits.more && hits.hits.front().exact) session.open_row(0);
  if (session.problem()) return *session.problem();
  return app::Done{};
}

}  // namespace viewer
