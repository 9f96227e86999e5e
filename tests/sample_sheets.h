// Invented patients' sheets for tests and benchmarks of paper: a full one, an almost empty one.
#pragma once

#include <string>

#include "app/paper/page_frame.h"
#include "app/record/sheet.h"

namespace sample {

using app::Row;
using app::SheetSection;
using app::Weight;

inline app::PrintFrame frame() {
  return {"Elm Street Family Practice", "Sun 22-Nov-2026 02:10 (America/New_York)", "000123"};
}

inline Row drug(const std::string& name, const std::string& dose, const std::string& how,
                const std::string& when, const std::string& detail, Weight weight = Weight::plain) {
  return {name, {{dose, Weight::strong}, {"— " + how, Weight::plain}}, when, detail,
          weight == Weight::plain ? Weight::strong : weight};
}

inline Row fact(const std::string& label, const std::string& value, const std::string& when = "",
                const std::string& detail = "", Weight weight = Weight::plain) {
  return {label, {{value, Weight::plain}}, when, detail, weight};
}

inline SheetSection allergies() {
  SheetSection section{"allergies", "Allergies and intolerances (3)", "", Weight::plain, {}};
  section.rows.push_back({"penicillin", {{"SEVERE", Weight::alarm}, {"anaphylaxis + urticaria", Weight::plain}},
                          "14-Mar-1998", "allergy, medication; confirmed; recorded by Dr A. Okafor", Weight::alarm});
  section.rows.push_back({"latex", {{"contact dermatitis", Weight::plain}}, "2011", "not coded", Weight::strong});
  section.rows.push_back({"Allergy that could not be read", {{"unreadable: \"sulfa??? 3/\"", Weight::missing}}, "",
                          "ask the patient", Weight::missing});
  return section;
}

inline SheetSection medications() {
  SheetSection section{"medications", "Current medications (8)", "Stopped in the last 30 days: 1", Weight::strong, {}};
  section.rows.push_back(drug("warfarin", "3 mg", "tablet — by mouth — once daily at 18:00", "since 02-Feb-2019",
                              "INR target 2.0–3.0; anticoagulation clinic"));
  section.rows.push_back(drug("metformin (Glucophage XR)", "1,000 mg", "extended-release tablet — by mouth — twice daily with meals",
                              "since 14-Aug-2015", ""));
  section.rows.push_back(drug("insulin glargine", "24 units", "100 units per mL solution for injection — subcutaneous — at bedtime",
                              "since 30-Jun-2022", "rotate sites"));
  section.rows.push_back(drug("amLODIPine", "5 mg", "tablet — by mouth — once daily", "since 2018", ""));
  section.rows.push_back(drug("hydroCHLOROthiazide", "12.5 mg", "capsule — by mouth — every morning", "since 2018", ""));
  section.rows.push_back(drug("fluticasone propionate and salmeterol (Advair Diskus)", "250 micrograms and 50 micrograms",
                              "inhaler — 1 inhalation — twice daily; rinse mouth after use", "since Nov-2020", ""));
  section.rows.push_back(drug("nitroglycerin", "0.4 mg", "sublingual tablet — as needed for chest pain, up to 3 doses 5 minutes apart",
                              "since 2021", "call 911 if pain persists after the first dose"));
  section.rows.push_back(drug("prednisone", "dose unreadable (\"1O-2O mg?\")", "by mouth", "since 16-Nov-2026", "",
                              Weight::missing));
  return section;
}

inline SheetSection results() {
  SheetSection section{"results", "Results (6)", "", Weight::plain, {}};
  section.rows.push_back({"INR", {{"4.8", Weight::alarm}, {"(2.0–3.0) critical high", Weight::alarm}}, "20-Nov-2026 09:12",
                          "", Weight::alarm});
  section.rows.push_back({"Haemoglobin A1c", {{"8.1 %", Weight::strong}, {"(4.0–5.6) high", Weight::plain}}, "02-Nov-2026", "", Weight::plain});
  section.rows.push_back({"Creatinine", {{"1.3 mg per dL", Weight::strong}, {"(0.6–1.2) high", Weight::plain}}, "02-Nov-2026", "", Weight::plain});
  section.rows.push_back({"Potassium", {{"4.4 mmol per L", Weight::strong}, {"(3.5–5.1)", Weight::plain}}, "02-Nov-2026", "", Weight::plain});
  section.rows.push_back({"eGFR", {{"52 mL per min per 1.73 m²", Weight::strong}}, "02-Nov-2026", "", Weight::plain});
  section.rows.push_back({"Urine culture", {{"not in this copy", Weight::missing}}, "18-Nov-2026", "ordered, no result yet", Weight::missing});
  return section;
}

inline app::Sheet full_sheet() {
  app::Sheet sheet;
  sheet.banner = {"AL-RASHIDI-MONTGOMERY, Fatima Zahra Elisabeth (Mrs)", "فاطمة الزهراء الراشدي · maiden name الراشدي · known as Zahra",
                  "14-Jul-1945 (81y)", "female", "00104427", "(555) 010-4477 home · (555) 010-9911 mobile",
                  "1400 North Meridian Avenue, Apartment 12B, Springfield, IL 62704", "Arabic, interpreter needed", "",
                  "Allergies: penicillin (SEVERE anaphylaxis + urticaria), latex; 1 more could not be read", Weight::alarm,
                  "Alerts: fall risk · DNR on file, see advance directives"};
  sheet.id = "7KD2-M4QX";
  sheet.sections = {
      {"contacts", "Contacts (2)", "", Weight::plain,
       {fact("Emergency contact", "محمد الراشدي (son) (555) 010-3321"), fact("Guardian", "王小明 Wang Xiaoming (555) 010-8842")}},
      {"directives", "Advance directives (1)", "", Weight::plain,
       {fact("Do not attempt resuscitation", "signed, paper original in chart room", "03-May-2024", "", Weight::strong)}},
      allergies(),
      medications(),
      {"medications.past", "Past medications (2)", "", Weight::plain,
       {fact("clopidogrel", "75 mg — once daily — stopped", "stopped 01-Nov-2026", "replaced by warfarin", Weight::muted),
        fact("lisinopril", "10 mg — stopped (cough)", "stopped 2018", "", Weight::muted)}},
      {"problems", "Problems (5)", "", Weight::plain,
       {fact("Atrial fibrillation", "active", "since 2019", "ICD-10 I48.91"), fact("Type 2 diabetes mellitus with diabetic chronic kidney disease", "active", "since 14-Aug-2015", "ICD-10 E11.22"),
        fact("Essential hypertension", "active", "since 2004", "ICD-10 I10"), fact("Chronic obstructive pulmonary disease, moderate", "active", "since Nov-2020", "ICD-10 J44.9"),
        fact("Cataract, left eye", "resolved", "resolved 2016", "", Weight::muted)}},
      {"immunizations", "Immunizations (4)", "", Weight::plain,
       {fact("Influenza, high dose", "completed", "06-Oct-2026"), fact("Pneumococcal conjugate PCV20", "completed", "11-Apr-2023"),
        fact("Zoster recombinant, dose 2 of 2", "completed", "19-Sep-2021"), fact("Tdap", "not done: patient declined", "11-Apr-2023")}},
      results(),
      {"vital_signs", "Vital signs (4)", "", Weight::plain,
       {fact("Blood pressure", "148/86 mmHg", "20-Nov-2026 09:05"), fact("Pulse", "88 per minute, irregular", "20-Nov-2026 09:05"),
        fact("Body weight", "71.4 kg", "20-Nov-2026 09:05"), fact("Oxygen saturation", "94 % on room air", "20-Nov-2026 09:05")}},
      {"procedures", "Procedures", "None recorded in this copy: this does not mean that there were none", Weight::missing, {}},
      {"coverage", "Insurance coverage (1)", "", Weight::plain,
       {fact("Medicare Part B", "member 1EG4-TE5-MK72, primary, co-pay none", "since 01-Jul-2010")}},
      {"notes", "Notes (1)", "1 of 37, newest first; the others are in the copy", Weight::plain,
       {fact("Visit note", "INR 4.8 today, no bleeding. Held warfarin tonight and tomorrow, recheck INR on 23-Nov.\nPrednisone burst started on 16-Nov by urgent care for COPD exacerbation – likely interaction. Discussed bleeding precautions with patient and son through an interpreter; both repeat back correctly.\n\nPlan: recheck INR Monday, A1c in 3 months, refer to podiatry.",
             "20-Nov-2026", "Dr Ngozi Okafor")}}};
  return sheet;
}

inline app::Sheet empty_sheet() {
  app::Sheet sheet;
  sheet.banner = {"王小明", "", "not recorded", "not recorded", "00000007", "not recorded", "not recorded", "", "",
                  "Allergies: not recorded, ask the patient", Weight::missing, ""};
  sheet.id = "2222-0AAA";
  sheet.sections = {
      {"allergies", "Allergies and intolerances", "Not recorded: ask the patient", Weight::missing, {}},
      {"medications", "Medications", "No medications: recorded as none on 03-Mar-2026", Weight::plain, {}},
      {"problems", "Problems", "Not in this copy", Weight::missing, {}},
      {"results", "Results", "Withheld by the practice's policy", Weight::missing, {}},
      {"visits", "Visits", "None recorded", Weight::plain, {}}};
  return sheet;
}

}  // namespace sample
