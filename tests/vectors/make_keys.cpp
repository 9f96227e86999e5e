// Keys that don't open, or that say whose the copy is not.
#include "app/digest.h"
#include "app/snapshot/keys_envelope.h"
#include "tests/vectors/maker.h"

namespace vectors {
namespace {

// A member of the first slot, which is there once.
std::string member(const std::string& text, const std::string& name) {
  const std::string key = "\"" + name + "\":\"";
  const auto begin = text.find(key, text.find("\"slots\":")) + key.size();
  return text.substr(begin, text.find('"', begin) - begin);
}

void bad(const Cast& cast, const std::string& name, const Edit& manifest, Verdict verdict) {
  Vector vector(cast.root, name);
  verdict.stage = "open";
  Changes changes;
  changes.manifest = manifest;
  vector.write_verdict(vector.add_copy(cast.practice, changes), verdict);
}

void flip_digit(std::string& text, const std::string& name) {
  const std::string old_digits = member(text, name);
  std::string digits = old_digits;
  digits[7] = digits[7] == '0' ? '1' : '0';
  replace(text, old_digits, digits);
}

// Somebody who holds a copy knows every public key and every locked key, and seals a copy of their own to them.
void make_forgeries(const Cast& cast) {
  const tests::Practice forger{cast.other.folder, cast.other.copies, app::SigningKey::make(), cast.practice.keyholders};
  Vector vector(cast.root, "forged-with-the-practices-slots");
  const Verdict forged{"Signed with a key of the forger's own, sealed to the practice's keyholders: the locked key does not vouch for it.",
                       "open", "forged", "was not made by Elm Street Family Practice"};
  vector.write_verdict(vector.add_copy(forger), forged);

  Vector vouched(cast.root, "forged-with-an-altered-locked-key");
  Changes changes;
  changes.manifest = [&](std::string& text) {
    replace(text, "\"verifying_key\":\"" + app::format_hex(cast.practice.signing_key.verifying_key()),
            "\"verifying_key\":\"" + app::format_hex(forger.signing_key.verifying_key()));
  };
  vouched.write_verdict(vouched.add_copy(forger, changes),
                        {"The same, and the verifying key in the locked key was changed too: now the passphrase does not open it.",
                         "open", "wrong_passphrase", "passphrase"});
}

std::string lines_of(const app::Recovery& recovery) {
  const app::SecretBytes letters = app::format_recovery_letters(recovery);
  std::string lines;
  for (std::size_t i = 0; i < app::kRecoveryLines; ++i) lines += (i == 0 ? "" : "\n") + app::format_recovery_line(letters, i);
  return lines;
}

// A practice with an envelope: its slot has no locked key, for the private key is on paper alone.
void make_envelopes(const Cast& cast) {
  const app::Recovery own = app::make_recovery(cast.practice.signing_key.verifying_key());
  tests::Practice practice{cast.practice.folder, cast.practice.copies,
                           app::SigningKey::from_seed(cast.practice.signing_key.seed()).value(), cast.practice.keyholders};
  practice.keyholders.push_back({"Sealed envelope", app::envelope_key_pair(own).public_key, ""});
  const auto make = [&](const std::string& name, Verdict verdict, const std::string& typed) {
    Vector vector(cast.root, name);
    verdict.passphrase = typed;
    vector.write_verdict(vector.add_copy(practice), verdict);
  };
  const std::string lines = lines_of(own);
  make("good-envelope", {"What is typed are the lines of the sealed envelope.", "good", "", "", {"first_time"}}, lines);
  std::string other_case = lines;
  for (char& c : other_case) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == '\n' ? ' ' : c;
  make("good-envelope-in-small-letters", {"The same in small letters and on one line.", "good", "", "", {"first_time"}}, other_case);
  std::string mistyped = lines;
  const auto second = mistyped.find('\n') + 1;
  const auto letter = mistyped.find_first_of("ABCDEFGH23456789", second);
  mistyped[letter] = mistyped[letter] == '7' ? '8' : '7';
  make("envelope-mistyped", {"One letter of the second line is another.", "open", "wrong_kind", ""}, mistyped);
  make("envelope-of-another-practice", {"The lines are right, and another practice's.", "open", "wrong_kind", "another practice"},
       lines_of(app::make_recovery(cast.other.signing_key.verifying_key())));
  make("envelope-of-another-copy", {"The lines are right, and those of another envelope of this practice.", "open", "wrong_kind", ""},
       lines_of(app::make_recovery(cast.practice.signing_key.verifying_key())));
}

}  // namespace

void make_keys(const Cast& cast) {
  Verdict wrong{"Another passphrase.", "", "wrong_passphrase", "passphrase"};
  wrong.passphrase = "wrong horse battery";
  bad(cast, "passphrase-wrong", nullptr, wrong);
  Verdict blank{"The passphrase with a blank behind it: blanks count.", "", "wrong_passphrase", "passphrase"};
  blank.passphrase = std::string(tests::kPassphrase) + " ";
  bad(cast, "passphrase-with-a-blank", nullptr, blank);
  Verdict nobody{"The passphrase is right, but of a keyholder whom the copy does not know.", "", "not_found", "knows no keyholder named Otto"};
  nobody.keyholder = "Otto";
  bad(cast, "keyholder-unknown", nullptr, nobody);
  bad(cast, "slots-none", [](std::string& text) {
    const auto begin = text.find("\"slots\":[") + 9, end = text.find("],\"verifying_key\"");
    text.erase(begin, end - begin);
  }, {"No slot at all: nobody can open it.", "", "not_found", "no key"});
  bad(cast, "slot-without-locked-key", [](std::string& text) {
    const auto begin = text.find(",\"locked_key\""), end = text.find("}}]", begin);
    text.erase(begin, end + 1 - begin);
  }, {"A slot for whoever has the private key elsewhere; a passphrase opens nothing.", "", "not_found", "no key"});
  bad(cast, "slot-of-another-copy", [&](std::string& text) {
    replace(text, member(text, "sealed_key"),
            app::format_hex(app::seal(app::CopyKey::make().bytes().view(), cast.practice.keyholders[0].public_key)));
  }, {"The slot holds the key of another copy: it opens, and charts.db does not.", "", "damaged", ""});
  bad(cast, "slot-box-flipped", [](std::string& text) { flip_digit(text, "sealed_key"); },
      {"One digit of the sealed box is another.", "", "damaged", "slot"});
  bad(cast, "slot-public-key-of-another", [&](std::string& text) {
    replace(text, member(text, "public_key"), app::format_hex(cast.other.keyholders[0].public_key));
  }, {"The slot's public key is not the locked key's.", "", "damaged", "slot"});
  bad(cast, "locked-key-flipped", [](std::string& text) { flip_digit(text, "locked"); },
      {"One digit of the locked key: not to be told from a wrong passphrase.", "", "wrong_passphrase", "passphrase"});
  bad(cast, "locked-key-too-many-passes", [](std::string& text) { replace(text, "\"passes\":1,", "\"passes\":17,"); },
      {"Argon2id with 17 passes: a reader refuses before it begins.", "", "wrong_kind", "locked key"});
  bad(cast, "locked-key-too-much-memory",
      [](std::string& text) { replace(text, "\"memory_bytes\":65536", "\"memory_bytes\":1073741825"); },
      {"Argon2id with a byte more than 1 GiB.", "", "wrong_kind", "locked key"});
  bad(cast, "locked-key-of-a-later-version", [](std::string& text) {
    const auto at = text.find("\"version\":", text.find("\"locked_key\":"));
    text.replace(at, text.find(',', at) - at, "\"version\":9");
  }, {"A lock of which nothing is known.", "", "newer_format", "later Nightchart"});
  make_forgeries(cast);
  make_envelopes(cast);
}

}  // namespace vectors
