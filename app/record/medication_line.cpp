#include "app/record/medication_line.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/record/clinical_numbers.h"
#include "app/record/sheet_words.h"

namespace app {
namespace {

constexpr std::array kTallMan = std::to_array<std::string_view>({
    "acetaZOLAMIDE", "ALPRAZolam", "aMILoride", "amLODIPine", "ARIPiprazole", "azaCITIDine", "azaTHIOprine",
    "buPROPion", "busPIRone", "carBAMazepine", "CARBOplatin", "ceFAZolin", "cefTRIAXone", "chlordiazePOXIDE",
    "chlorproMAZINE", "chlorproPAMIDE", "CISplatin", "clomiPHENE", "clomiPRAMINE", "clonazePAM", "cloNIDine",
    "cloZAPine", "cycloSERINE", "cycloSPORINE", "DAUNOrubicin", "dexmedeTOMIDine", "diazePAM", "dilTIAZem",
    "dimenhyDRINATE", "diphenhydrAMINE", "DOBUTamine", "DOPamine", "DOXOrubicin", "DULoxetine", "ePHEDrine",
    "EPINEPHrine", "fentaNYL", "FLUoxetine", "fluvoxaMINE", "glipiZIDE", "glyBURIDE", "guaiFENesin", "guanFACINE",
    "HumaLOG", "HumuLIN", "hydrALAZINE", "hydroCHLOROthiazide", "HYDROcodone", "HYDROmorphone", "hydrOXYzine",
    "ISOtretinoin", "KlonoPIN", "LaMICtal", "LamISIL", "lamiVUDine", "lamoTRIgine", "levETIRAcetam",
    "levOCARNitine", "levoFLOXacin", "LORazepam", "medroxyPROGESTERone", "metFORMIN", "methylPREDNISolone",
    "methylTESTOSTERone", "metroNIDAZOLE", "mitoMYcin", "mitoXANTRONE", "niCARdipine", "NIFEdipine", "niMODipine",
    "NovoLIN", "NovoLOG", "OLANZapine", "OXcarbazepine", "oxyCODONE", "OxyCONTIN", "oxyMORphone", "PARoxetine",
    "PENTobarbital", "PHENobarbital", "prednisoLONE", "predniSONE", "PriLOSEC", "PROzac", "QUEtiapine",
    "RABEprazole", "raNITIdine", "rifAMPin", "rifAXIMin", "riMANTAdine", "risperiDONE", "rOPINIRole",
    "SAXagliptin", "SEROquel", "SINEquan", "SITagliptin", "sulfADIAZINE", "sulfiSOXAZOLE", "SUMAtriptan",
    "TEGretol", "tiaGABine", "tiZANidine", "TOLAZamide", "TOLBUTamide", "traMADol", "traZODone", "TRENtal",
    "valACYclovir", "valGANciclovir", "vinBLAStine", "vinCRIStine", "ZOLMitriptan", "ZyPREXA", "ZyrTEC",
});

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
static_assert(std::is_sorted(kTallMan.begin(), kTallMan.end(), [](std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char x, char y) { return lower(x) < lower(y); });
}));

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string_view tall_man_word(std::string_view word) {
  if (word.size() < 6) return word;
  const auto found = std::lower_bound(kTallMan.begin(), kTallMan.end(), word, less_ignoring_case);
  return found != kTallMan.end() && same_ignoring_case(*found, word) ? *found : word;
}

bool says_as_needed(std::string_view text) {
  const std::string lower = lower_ascii(text);
  return lower.find("as needed") != std::string::npos || lower.find("prn") != std::string::npos;
}

}  // namespace

std::string tall_man(std::string_view drug) {
  std::string out;
  out.reserve(drug.size());
  for (std::size_t at = 0; at < drug.size();) {
    std::size_t end = at;
    while (end < drug.size() && is_letter(drug[end])) ++end;
    const bool alone = end == drug.size() || (drug[end] & 0x80) == 0;
    if (end == at) {
      // A letter of another alphabet makes one word with what follows it: leave all of it.
      const bool foreign = (drug[end] & 0x80) != 0;
      out += drug[end++];
      while (foreign && end < drug.size() && is_letter(drug[end])) out += drug[end++];
    } else {
      out += alone ? tall_man_word(drug.substr(at, end - at)) : drug.substr(at, end - at);
    }
    at = end;
  }
  return out;
}

std::vector<Span> make_medication_line(const Medication& m) {
  constexpr std::string_view kDash = "—";
  std::vector<Span> spans;
  std::string plain;
  const auto put = [&](const std::string& text, Weight weight = Weight::plain) {
    if (text.empty()) return;
    const bool first = spans.empty() && plain.empty();
    if (!first) plain += plain.empty() ? "" : " ", plain += kDash;
    if (weight == Weight::plain) {
      plain += plain.empty() ? text : ' ' + text;
      return;
    }
    plain += plain.empty() ? "DOSE" : " DOSE";
    spans.push_back({std::exchange(plain, {}), Weight::plain});
    spans.push_back({text, weight});
  };
  put(tall_man(m.brand));
  put(format_amount(m.strength));
  put(m.form);
  put(format_amount(m.dose), Weight::strong);
  put(format_amount(m.rate));
  put(format_amount(m.duration));
  put(format_route(m.route));
  const std::string frequency = format_frequency(m.frequency);
  put(frequency);
  const bool told = !m.dose.empty() || !m.frequency.empty();
  if (!told) put(m.instructions);
  const bool said = says_as_needed(frequency) || (!told && says_as_needed(m.instructions));
  if (m.as_needed.value_or(false) && !said) {
    put("as needed");
  }
  if (!plain.empty()) spans.push_back({plain, Weight::plain});
  return spans;
}

std::string format_medication(const Medication& medication) {
  std::string line = tall_man(medication.text);
  const auto spans = make_medication_line(medication);
  if (!spans.empty()) line += " —";
  for (const Span& span : spans) line += ' ' + span.text;
  return line;
}

}  // namespace app
