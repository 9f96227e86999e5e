// charts.db that the practice signed and that does not hold together, and copies that this computer has reason to doubt.
#include "app/snapshot/pairing.h"
#include "tests/vectors/maker.h"

namespace vectors {
namespace {

void bad(const Cast& cast, const std::string& name, const std::string& about, const std::string& stage, const std::string& sql,
         const Edit& manifest = nullptr) {
  Vector vector(cast.root, name);
  Changes changes;
  changes.sql = sql;
  changes.manifest = manifest;
  vector.write_verdict(vector.add_copy(cast.practice, changes), {about, stage, "damaged", ""});
}

app::Pairing pairing_of(const tests::Practice& practice, std::uint64_t sequence) {
  app::Pairing pairing;
  pairing.verifying_key = practice.signing_key.verifying_key();
  pairing.practice = "Elm Street Family Practice";
  pairing.time_zone = "America/New_York";
  pairing.paired = {1'780'000'000};
  pairing.sequence = sequence;
  pairing.as_of = {1'790'000'000 + static_cast<std::int64_t>(sequence - 1) * 86'400};
  return pairing;
}

void remembered(const Cast& cast, const std::string& name, const std::string& about, const std::vector<app::Pairing>& pairings,
                const std::vector<std::string>& warnings, const EditFolder& after = nullptr) {
  Vector vector(cast.root, name);
  Changes changes;
  changes.after_signing = after;
  Verdict verdict{about};
  verdict.warnings = warnings;
  vector.write_verdict(vector.add_copy(cast.practice, changes), verdict);
  vector.write_memory(app::format_pairings({pairings}));
}

void make_renamed(const Cast& cast) {
  Vector vector(cast.root, "folder-renamed");
  const auto copy = vector.add_copy(cast.practice);
  const auto renamed = copy.parent_path() / "2099-01-01T000000Z-000777";
  std::filesystem::rename(copy, renamed);
  Verdict verdict{"The folder's name promises a newer copy than it holds."};
  verdict.warnings = {"first_time", "renamed"};
  vector.write_verdict(renamed, verdict);
}

}  // namespace

void make_charts(const Cast& cast) {
  bad(cast, "meta-of-another-number", "charts.db says another sequence number than the manifest.", "open",
      "UPDATE meta SET value = '2' WHERE name = 'sequence';");
  bad(cast, "meta-without-number", "charts.db says no sequence number.", "open", "DELETE FROM meta WHERE name = 'sequence';");
  bad(cast, "meta-without-dictionary", "The dictionary's row is gone; an empty one would mean that there is none.", "open",
      "DELETE FROM meta WHERE name = 'dictionary';");
  bad(cast, "meta-with-a-broken-template", "sheet_template is no JSON.", "open",
      "UPDATE meta SET value = '{\"sections\":' WHERE name = 'sheet_template';");
  bad(cast, "table-missing", "There is no table of charts.", "open", "DROP TABLE chart;");
  bad(cast, "charts-fewer-than-counted", "The manifest counts one patient more.", "open", "",
      [](std::string& text) { replace(text, "\"patients\":1", "\"patients\":2"); });
  bad(cast, "search-part-missing", "A part of the search index is gone.", "open", "DELETE FROM search WHERE part = 'word-ends';");
  bad(cast, "search-part-broken", "A part of the search index is no table of numbers.", "open",
      "UPDATE search SET bytes = x'ff' WHERE part = 'charts';");
  bad(cast, "chart-broken", "A chart's frame is no Zstandard.", "content", "UPDATE chart SET z = x'00010203';");
  bad(cast, "chart-too-large", "A chart's frame says that it is larger than any chart.", "content",
      "UPDATE chart SET z = x'28b52ffda0000000080100006100010000';");
  bad(cast, "chart-empty", "A chart without bytes.", "content", "UPDATE chart SET z = x'';");
  bad(cast, "digest-of-other-charts", "charts_digest is not that of the charts.", "content",
      "UPDATE meta SET value = '" + std::string(64, '0') + "' WHERE name = 'charts_digest';");
  bad(cast, "count-of-a-section-differs", "The manifest counts an allergy that no chart holds.", "content", "",
      [](std::string& text) { replace(text, "\"allergies\":0", "\"allergies\":1"); });
  bad(cast, "unreadable-differs", "The manifest counts an unreadable entry that no chart marks.", "content", "",
      [](std::string& text) { replace(text, "\"unreadable\":0", "\"unreadable\":1"); });
}

void make_remembered(const Cast& cast) {
  app::Pairing same = pairing_of(cast.practice, 5);
  same.manifest[0] = 1;
  app::Pairing elsewhere = pairing_of(cast.other, 3);
  remembered(cast, "remembered-older", "Number 9 was opened on this computer before.", {pairing_of(cast.practice, 9)}, {"older"});
  remembered(cast, "remembered-newer", "Number 4 was opened on this computer before: nothing to say.", {pairing_of(cast.practice, 4)}, {});
  remembered(cast, "remembered-same-number", "Another number 5 was opened on this computer before.", {same}, {"same_number"});
  remembered(cast, "remembered-other-key",
             "This computer knows the practice's name with another key, and the passphrase vouches for this one.", {elsewhere}, {"new_key"});
  elsewhere.sequence = 9;
  elsewhere.as_of = pairing_of(cast.practice, 9).as_of;
  remembered(cast, "remembered-newer-under-another-key",
             "Of the same name, under another key, a copy with later data was opened on this computer.", {elsewhere}, {"new_key", "older"});
  elsewhere.practice = "Oak Street Dental";
  remembered(cast, "remembered-other-practice", "This computer knows another practice only.", {elsewhere}, {"first_time"});
  make_renamed(cast);
  Vector future(cast.root, "from-the-future");
  Verdict verdict{"By the clock of the computer the copy is not made yet."};
  verdict.now = "2026-09-01T06:00:00Z";
  verdict.warnings = {"first_time", "clock"};
  future.write_verdict(future.add_copy(cast.practice), verdict);
  Vector damaged(cast.root, "remembered-damaged");
  Verdict again{"What the computer remembered is damaged: the copy opens as if for the first time."};
  again.warnings = {"first_time"};
  damaged.write_verdict(damaged.add_copy(cast.practice), again);
  damaged.write_memory("{\"nightchart\":\"known pra");
}

}  // namespace vectors
