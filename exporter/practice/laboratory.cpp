#include "exporter/practice/medicine.h"

namespace exporter {
namespace {

constexpr const char* kMetabolic = "Basic metabolic panel";
constexpr const char* kCount = "Complete blood count";
constexpr const char* kLipids = "Lipid panel";

// panel, text, loinc, unit, low, high, low and high for women, digits
constexpr LabTest kTests[] = {
    {kMetabolic, "Glucose", "2345-7", "mg/dL", 70, 99, 70, 99, 0},
    {kMetabolic, "Creatinine", "2160-0", "mg/dL", 0.7, 1.3, 0.6, 1.1, 2},
    {kMetabolic, "Urea nitrogen", "3094-0", "mg/dL", 7, 20, 7, 20, 0},
    {kMetabolic, "Sodium", "2951-2", "mmol/L", 136, 145, 136, 145, 0},
    {kMetabolic, "Potassium", "2823-3", "mmol/L", 3.5, 5.1, 3.5, 5.1, 1},
    {kMetabolic, "eGFR", "98979-8", "mL/min/1.73 m2", 60, 120, 60, 120, 0},
    {kCount, "Hemoglobin", "718-7", "g/dL", 13.5, 17.5, 12.0, 15.5, 1},
    {kCount, "Leukocytes", "6690-2", "10*3/uL", 4.0, 11.0, 4.0, 11.0, 1},
    {kCount, "Platelets", "777-3", "10*3/uL", 150, 400, 150, 400, 0},
    {kCount, "MCV", "787-2", "fL", 80, 100, 80, 100, 0},
    {kLipids, "Cholesterol", "2093-3", "mg/dL", 125, 199, 125, 199, 0},
    {kLipids, "LDL cholesterol", "13457-7", "mg/dL", 50, 129, 50, 129, 0},
    {kLipids, "HDL cholesterol", "2085-9", "mg/dL", 40, 90, 50, 90, 0},
    {kLipids, "Triglycerides", "2571-8", "mg/dL", 50, 149, 50, 149, 0},
    {"Hemoglobin A1c", "Hemoglobin A1c", "4548-4", "%", 4.0, 5.6, 4.0, 5.6, 1},
    {"Thyroid", "TSH", "3016-3", "mIU/L", 0.4, 4.5, 0.4, 4.5, 2},
    {"Prothrombin time", "INR", "6301-6", "", 0.9, 1.1, 0.9, 1.1, 1},
    {"Iron studies", "Ferritin", "2276-4", "ng/mL", 24, 336, 11, 307, 0},
    {"Uric acid", "Uric acid", "3084-1", "mg/dL", 3.5, 7.2, 2.6, 6.0, 1},
    {"PSA", "Prostate specific antigen", "2857-1", "ng/mL", 0, 4.0, 0, 4.0, 1},
    {"NT-proBNP", "NT-proBNP", "33762-6", "pg/mL", 5, 125, 5, 125, 0},
    {"C-reactive protein", "C-reactive protein", "1988-5", "mg/L", 0, 5, 0, 5, 0},
    {"Lithium level", "Lithium", "14334-7", "mmol/L", 0.6, 1.2, 0.6, 1.2, 1},
    {"Lead", "Lead, blood", "5671-3", "ug/dL", 0, 3.5, 0, 3.5, 1},
};

constexpr LabEffect kEffects[] = {
    {"Type 2 diabetes mellitus", "Hemoglobin A1c", 6.3, 9.8},
    {"Type 2 diabetes mellitus", "Glucose", 108, 265},
    {"Type 1 diabetes mellitus", "Hemoglobin A1c", 6.4, 9.4},
    {"Type 1 diabetes mellitus", "Glucose", 62, 310},
    {"Iron deficiency anemia", "Hemoglobin", 7.9, 11.7},
    {"Iron deficiency anemia", "MCV", 66, 79},
    {"Iron deficiency anemia", "Ferritin", 3, 14},
    {"Sickle cell disease", "Hemoglobin", 6.8, 9.9},
    {"Sickle cell disease", "Leukocytes", 9, 16},
    {"Chronic kidney disease stage 3", "Creatinine", 1.35, 2.3},
    {"Chronic kidney disease stage 3", "eGFR", 31, 58},
    {"Chronic kidney disease stage 3", "Urea nitrogen", 22, 48},
    {"Chronic kidney disease stage 3", "Potassium", 4.2, 5.7},
    {"Hyperlipidemia", "LDL cholesterol", 68, 188},
    {"Hyperlipidemia", "Cholesterol", 150, 282},
    {"Hyperlipidemia", "Triglycerides", 90, 340},
    {"Hypothyroidism", "TSH", 0.6, 9.5},
    {"warfarin", "INR", 1.6, 3.9},
    {"Gout", "Uric acid", 4.8, 10.4},
    {"Malignant neoplasm of prostate", "Prostate specific antigen", 0.1, 14},
    {"Heart failure", "NT-proBNP", 380, 6200},
    {"Rheumatoid arthritis", "C-reactive protein", 2, 38},
    {"Crohn's disease", "C-reactive protein", 2, 45},
    {"lithium", "Lithium", 0.4, 1.3},
};

constexpr Vaccine kVaccines[] = {
    {"Hepatitis B vaccine, pediatric", "08", "Merck", "0 1 6", 1991, false},
    {"Rotavirus vaccine, pentavalent", "116", "Merck", "2 4 6", 2006, false},
    {"DTaP vaccine", "20", "Sanofi Pasteur", "2 4 6 15 48", 1997, false},
    {"Hib (PRP-T) vaccine", "48", "Sanofi Pasteur", "2 4 6 12", 1991, false},
    {"Pneumococcal conjugate PCV 13 vaccine", "133", "Pfizer", "2 4 6 12", 2010, false},
    {"Poliovirus vaccine, inactivated", "10", "Sanofi Pasteur", "2 4 6 48", 1999, false},
    {"Measles, mumps and rubella vaccine", "03", "Merck", "12 48", 1978, false},
    {"Varicella vaccine", "21", "Merck", "12 48", 1995, false},
    {"Hepatitis A vaccine, pediatric", "83", "Merck", "12 18", 2006, false},
    {"Tdap vaccine", "115", "Sanofi Pasteur", "132 252 372 492 612 732 852", 1940, false},
    {"HPV vaccine, 9-valent", "165", "Merck", "132 138", 2004, false},
    {"Meningococcal MCV4P vaccine", "114", "Sanofi Pasteur", "132 192", 1994, false},
    {"Zoster vaccine, recombinant", "187", "GlaxoSmithKline", "612 615", 1930, false},
    {"Pneumococcal polysaccharide PPV23 vaccine", "33", "Merck", "780", 1930, false},
    {"Influenza vaccine, injectable, quadrivalent, preservative free", "150", "Sanofi Pasteur", "", 1900, true},
};

constexpr Allergen kAllergens[] = {
    {"Penicillin", "7980", "medication", "penicillin", {"Hives", "Anaphylaxis", "Rash"}},
    {"Amoxicillin", "723", "medication", "penicillin", {"Rash", "Hives", "Vomiting"}},
    {"Sulfonamide antibiotics", "", "medication", "sulfonamide", {"Rash", "Stevens-Johnson syndrome", "Hives"}},
    {"Aspirin and NSAIDs", "", "medication", "NSAID", {"Wheezing", "Facial swelling", "Stomach bleeding"}},
    {"ACE inhibitors", "", "medication", "ACE inhibitor", {"Cough", "Angioedema", "Cough"}},
    {"Azithromycin", "18631", "medication", "macrolide", {"Rash", "Vomiting", "Prolonged QT"}},
    {"Cephalexin", "2231", "medication", "cephalosporin", {"Hives", "Rash", "Anaphylaxis"}},
    {"Tetracyclines", "", "medication", "tetracycline", {"Rash", "Sun rash", "Vomiting"}},
    {"Statins", "", "medication", "statin", {"Muscle pain", "Raised liver enzymes", "Muscle pain"}},
    {"Codeine", "2670", "medication", "", {"Nausea", "Itching", "Confusion"}},
    {"Iodinated contrast", "", "medication", "", {"Hives", "Anaphylaxis", "Flushing"}},
    {"Peanut", "", "food", "", {"Anaphylaxis", "Hives", "Lip swelling"}},
    {"Shellfish", "", "food", "", {"Hives", "Anaphylaxis", "Vomiting"}},
    {"Egg", "", "food", "", {"Hives", "Eczema flare", "Vomiting"}},
    {"Cow's milk", "", "food", "", {"Hives", "Diarrhea", "Vomiting"}},
    {"Latex", "", "environment", "", {"Contact rash", "Hives", "Wheezing"}},
    {"Bee venom", "", "environment", "", {"Anaphylaxis", "Local swelling", "Hives"}},
    {"Ragweed pollen", "", "environment", "", {"Sneezing", "Itchy eyes", "Wheezing"}},
    {"Cat dander", "", "environment", "", {"Sneezing", "Wheezing", "Itchy eyes"}},
};

constexpr Operation kOperations[] = {
    {"Appendectomy", "80146002", Who::anyone, 8, "abdomen", ""},
    {"Cholecystectomy", "38102005", Who::anyone, 30, "abdomen", ""},
    {"Tonsillectomy", "173422009", Who::anyone, 4, "throat", ""},
    {"Cesarean section", "11466000", Who::women, 20, "abdomen", ""},
    {"Hysterectomy", "236886002", Who::women, 45, "pelvis", ""},
    {"Colonoscopy", "73761001", Who::anyone, 45, "colon", ""},
    {"Colonoscopy with polypectomy", "", Who::anyone, 50, "colon", ""},
    {"Total knee replacement", "609588000", Who::anyone, 58, "knee", "Knee joint prosthesis"},
    {"Total hip replacement", "52734007", Who::anyone, 60, "hip", "Hip joint prosthesis"},
    {"Cataract surgery with lens implant", "", Who::anyone, 62, "eye", "Intraocular lens"},
    {"Insertion of pacemaker", "307280005", Who::anyone, 65, "chest", "Cardiac pacemaker"},
    {"Coronary stent placement", "", Who::anyone, 52, "heart", "Drug-eluting coronary stent"},
    {"Insertion of intrauterine device", "65200003", Who::women, 20, "uterus", "Levonorgestrel intrauterine device"},
    {"Repair of inguinal hernia", "44558001", Who::men, 25, "groin", ""},
    {"Vasectomy", "22523008", Who::men, 30, "", ""},
    {"Excision of skin lesion", "", Who::anyone, 18, "back", ""},
};

}  // namespace

std::span<const LabTest> lab_tests() { return kTests; }
std::span<const LabEffect> lab_effects() { return kEffects; }
std::span<const Vaccine> vaccines() { return kVaccines; }
std::span<const Allergen> allergens() { return kAllergens; }
std::span<const Operation> operations() { return kOperations; }

}  // namespace exporter
