// Copies that open.
#include "app/record/calendar.h"
#include "exporter/copy/practice_keys.h"
#include "tests/temporary_folder.h"
#include "tests/vectors/maker.h"

namespace vectors {
namespace {

using app::Presence;

// Every state that a value, a section or an entry can be in.
app::Chart chart_of_states() {
  app::Chart chart = small_chart();
  chart.birth_date = app::Known<app::Date>::unreadable("31/02/1975");
  chart.deceased_date = app::Known<app::Date>::without_value(Presence::withheld);
  chart.contacts.state = Presence::not_recorded;
  chart.coverage.state = Presence::withheld;
  chart.coverage.withheld = 2;
  chart.medications.state = Presence::not_in_copy;
  chart.problems.state = Presence::unreadable;
  app::Allergy allergy;
  allergy.text = "penicillin \u2014 \u76D8\u5C3C\u897F\u6797";
  chart.allergies = {};
  chart.allergies.add(allergy);
  app::Appointment appointment;
  appointment.text = "Check-up";
  appointment.start = app::read_date("2026-09-22T09:30:00-04:00", "America/New_York");
  chart.appointments.add(appointment);
  chart.unreadable = {{"results", "value", "\uFFFD", "no UTF-8"}};
  return chart;
}

void good(const Cast& cast, const std::string& name, const std::string& about, const Changes& changes = {}) {
  Vector vector(cast.root, name);
  Verdict verdict{about};
  verdict.warnings = {"first_time"};
  vector.write_verdict(vector.add_copy(cast.practice, changes), verdict);
}

void good_charts(const Cast& cast, const std::string& name, const std::string& about, const std::vector<app::Chart>& charts) {
  Vector vector(cast.root, name);
  Verdict verdict{about};
  verdict.warnings = {"first_time"};
  vector.write_verdict(vector.add_copy(cast.practice, charts), verdict);
}

void make_keyholders(const Cast& cast) {
  const tests::TemporaryFolder temporary;
  auto practice = tests::make_practice(temporary.path());
  if (!practice.ok() ||
      !exporter::add_keyholder(temporary.path(), "Otto Brandst\u00E4tter", "gr\u00FCne Wiese 7", app::kLockForTests).ok() ||
      !exporter::add_keyholder(temporary.path(), "\u524D\u53F0", "\u516D\u628A\u94A5\u5319", app::kLockForTests).ok()) {
    give_up("no keyholders");
  }
  practice.value().keyholders = exporter::read_keyholders(temporary.path()).value();
  Vector vector(cast.root, "good-several-keyholders");
  Verdict verdict{"Three keyholders; the passphrase is the second one's, with its umlauts typed as letter and accent."};
  verdict.passphrase = "gru\u0308ne Wiese 7";
  verdict.keyholder = "Otto Brandst\u00E4tter";
  verdict.warnings = {"first_time"};
  vector.write_verdict(vector.add_copy(practice.value()), verdict);
}

}  // namespace

void make_good(const Cast& cast) {
  good(cast, "good-minimal", "One patient of whom little is known.");
  good_charts(cast, "good-no-patients", "A practice without patients has a copy too.", {});
  good_charts(cast, "good-every-state", "Every state that a value, a section and an entry can be in.", {chart_of_states()});
  Changes names;
  names.before_signing = [](const std::filesystem::path& copy) {
    std::string longest = "binder/" + std::string(244, 'x') + ".pdf";
    write(copy / longest, "a name of 255 bytes");
    write(copy / "binder" / "\u738B & S\u00F6hne, 50% #1 'packet'.pdf", "blanks, accents, signs");
    write(copy / "binder" / "empty.pdf", "");
  };
  names.manifest = [](std::string& text) {
    replace(text, "Elm Street Family Practice", "Pr\u00E1ctica \\\"El Olmo\\\" \u2695 \u8BCA\u6240");
  };
  good(cast, "good-odd-names", "The longest name a file may have, other scripts, and a file without bytes.", names);
  Changes unknown;
  unknown.sql = "CREATE TABLE tomorrow(x);\nINSERT INTO meta VALUES ('of-tomorrow', 'y');\n";
  unknown.manifest = [](std::string& text) { replace(text, "\"skipped\":", "\"of_tomorrow\":{\"a\":[1,2]},\"skipped\":"); };
  good(cast, "good-unknown-members", "Members, names and tables that a reader does not know are passed over.", unknown);
  Changes litter;
  litter.after_signing = [](const std::filesystem::path& copy) {
    write(copy / ".DS_Store", "x");
    write(copy / "binder" / "notes.txt", "not the copy's");
  };
  good(cast, "good-with-strangers", "Files that the manifest does not name are not read and change nothing.", litter);
  make_keyholders(cast);
}

}  // namespace vectors
