#include "app/record/chart.h"

namespace app {

const HumanName& shown_name(const Chart& chart) {
  static const HumanName nameless;
  return chart.names.empty() ? nameless : chart.names.front();
}

}  // namespace app
