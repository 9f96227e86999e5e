// manifest.json that is not to be believed: nothing else is read then.
#include "app/digest.h"
#include "tests/vectors/maker.h"

namespace vectors {
namespace {

void bad(const Cast& cast, const std::string& name, const Changes& changes, Verdict verdict) {
  Vector vector(cast.root, name);
  verdict.stage = "manifest";
  vector.write_verdict(vector.add_manifest(cast.practice, changes), verdict);
}

// Changed, then signed by the practice's own key: only the reader's care is left.
void signed_so(const Cast& cast, const std::string& name, const std::string& about, const Edit& edit,
               const std::string& code = "damaged") {
  Changes changes;
  changes.manifest = edit;
  bad(cast, name, changes, {about, "", code, "manifest.json"});
}

// Changed behind the signature's back.
void afterwards(const Cast& cast, const std::string& name, const std::string& about, const std::string& code,
                const std::string& says, const Edit& edit) {
  Changes changes;
  changes.signed_manifest = edit;
  bad(cast, name, changes, {about, "", code, says});
}

void name_file(const Cast& cast, const std::string& vector, const std::string& about, const std::string& file) {
  signed_so(cast, vector, about, [&](std::string& text) {
    replace(text, "\"files\":[", "\"files\":[{\"name\":\"" + file + "\",\"bytes\":1,\"blake2b\":\"" + std::string(64, '0') + "\"},");
  });
}

void repeat_slot(std::string& text, int times) {
  const auto begin = text.find("\"slots\":[") + 9, end = text.find("],\"verifying_key\"");
  const std::string slot = text.substr(begin, end - begin);
  std::string slots;
  for (int i = 0; i < times; ++i) {
    std::string one = slot;
    replace(one, "\"Anna\"", "\"Anna " + std::to_string(i) + "\"");
    slots += (i == 0 ? "" : ",") + one.substr(0, one.find(",\"locked_key\"")) + "}";
  }
  text.replace(begin, end - begin, slots);
}

void make_unsigned(const Cast& cast) {
  afterwards(cast, "manifest-empty", "No byte of it is left.", "damaged", "empty", [](std::string& bytes) { bytes.clear(); });
  afterwards(cast, "manifest-cut", "Half of it is left.", "damaged", "cut short",
             [](std::string& bytes) { bytes.resize(bytes.size() / 2); });
  afterwards(cast, "manifest-not-json", "It is something else altogether.", "damaged", "manifest.json",
             [](std::string& bytes) { bytes = "PK\x03\x04 this is no JSON\n"; });
  afterwards(cast, "manifest-of-another-program", "A web application's manifest.", "not_a_copy", "manifest.json",
             [](std::string& bytes) { bytes = "{\"name\":\"an app\",\"start_url\":\"/\"}\n"; });
  afterwards(cast, "manifest-of-a-later-version", "Format version 9; nothing is known of how it is signed.", "newer_format",
             "newer format", [](std::string& bytes) { replace(bytes, "\"version\":1", "\"version\":9"); });
  afterwards(cast, "manifest-changed", "The practice's name was changed after it was signed.", "forged", "changed",
             [](std::string& bytes) { replace(bytes, "Elm Street", "Oak Street"); });
  afterwards(cast, "manifest-signature-flipped", "One digit of the signature is another.", "forged", "changed", [](std::string& bytes) {
    char& digit = bytes[bytes.size() - 4];
    digit = digit == '0' ? '1' : '0';
  });
  afterwards(cast, "manifest-with-bytes-behind", "A line feed more stands behind the signature.", "forged", "changed",
             [](std::string& bytes) { bytes += "\n"; });
  afterwards(cast, "manifest-signed-by-another", "Another's signature under the practice's own verifying key.", "forged", "changed",
             [&](std::string& bytes) {
               bytes.resize(bytes.size() - 145);
               bytes = app::join_signature(bytes, cast.other.signing_key.sign(bytes));
             });
}

}  // namespace

void make_manifests(const Cast& cast) {
  make_unsigned(cast);
  name_file(cast, "manifest-names-a-file-twice", "The second time in capital letters.", "CHARTS.DB");
  name_file(cast, "manifest-name-leads-out", "A file's name with two dots.", "binder/../../charts.db");
  name_file(cast, "manifest-name-with-backslash", "A name that leads out on one system only.", "..\\\\charts.db");
  name_file(cast, "manifest-name-absolute", "A name that begins at the root.", "/etc/passwd");
  name_file(cast, "manifest-name-with-colon", "A name that is a drive's on one system.", "C:charts.db");
  name_file(cast, "manifest-name-too-long", "256 bytes.", std::string(256, 'x'));
  signed_so(cast, "manifest-without-charts", "It does not name charts.db.",
            [](std::string& text) { replace(text, "\"charts.db\"", "\"chart.db\""); });
  signed_so(cast, "manifest-without-files", "An empty list of files.", [](std::string& text) {
    const auto begin = text.find("\"files\":[") + 9;
    text.erase(begin, text.find(']', begin) - begin);
  });
  signed_so(cast, "manifest-size-too-large", "A size that no 63-bit number holds.",
            [](std::string& text) { replace(text, "\"bytes\":", "\"bytes\":9223372036854775808"); });
  signed_so(cast, "manifest-size-negative", "A size below nothing.",
            [](std::string& text) { replace(text, "\"bytes\":", "\"bytes\":-"); });
  signed_so(cast, "manifest-sequence-zero", "Numbers begin with 1.",
            [](std::string& text) { replace(text, "\"sequence\":5,", "\"sequence\":0,"); });
  signed_so(cast, "manifest-without-patients", "The count of patients is missing.",
            [](std::string& text) { replace(text, "\"patients\":1", "\"impatient\":1"); });
  signed_so(cast, "manifest-time-of-no-day", "The 31st of February.",
            [](std::string& text) { replace(text, "\"as_of\":\"2026-09-25", "\"as_of\":\"2026-02-31"); });
  signed_so(cast, "manifest-name-with-an-escape", "A practice's name that would command a terminal.",
            [](std::string& text) { replace(text, "Elm Street", "Elm\\u001b[2J Street"); });
  signed_so(cast, "manifest-too-many-slots", "257 slots.", [](std::string& text) { repeat_slot(text, 257); });
}

}  // namespace vectors
