#include "exporter/practice/medicine.h"

namespace exporter {
namespace {

constexpr Who kAll = Who::anyone;

// text, icd10, snomed, who, onset from, to, in a thousand young, old, lasting, treatments, added, complaint, plan
constexpr Condition kConditions[] = {
    {"Essential hypertension", "I10", "38341003", kAll, 30, 75, 60, 620, true, {"lisinopril", "losartan", "amlodipine", "labetalol"}, {"hydrochlorothiazide", nullptr}, "Blood pressure check", "Continue present medication. Home readings, salt, walking. Recheck in 3 months."},
    {"Type 2 diabetes mellitus", "E11.9", "44054006", kAll, 32, 75, 25, 220, true, {"metformin", nullptr}, {"insulin glargine", nullptr}, "Diabetes follow-up", "A1c today. Foot exam done. Eye exam due yearly. Diet reviewed."},
    {"Type 1 diabetes mellitus", "E10.9", "46635009", kAll, 4, 30, 3, 5, true, {"insulin glargine", nullptr}, {"insulin lispro", nullptr}, "Diabetes follow-up", "Pump and meter data reviewed. Glucagon kit at home. Ketone plan repeated."},
    {"Hyperlipidemia", "E78.5", "55822004", kAll, 35, 75, 80, 430, true, {"atorvastatin", "ezetimibe"}, {nullptr, nullptr}, "Cholesterol follow-up", "Continue. Lipids in 12 months."},
    {"Coronary artery disease", "I25.10", "53741008", kAll, 50, 85, 15, 190, true, {"aspirin", "clopidogrel"}, {"metoprolol", "nitroglycerin"}, "Chest pain on exertion", "No change since last stress test. Knows when to call 911."},
    {"Heart failure", "I50.9", "84114007", kAll, 60, 90, 10, 110, true, {"furosemide", nullptr}, {"carvedilol", "spironolactone"}, "Swelling of the legs, short of breath", "Daily weights. Call for a gain of more than 3 lb in a day. Labs for potassium."},
    {"Atrial fibrillation", "I48.91", "49436004", kAll, 55, 90, 10, 120, true, {"apixaban", "warfarin"}, {"metoprolol", nullptr}, "Palpitations", "Rate controlled. Anticoagulation continued."},
    {"Deep vein thrombosis of lower limb", "I82.409", "128053003", kAll, 40, 85, 2, 15, true, {"warfarin", "apixaban"}, {nullptr, nullptr}, "Swollen calf", "Anticoagulation for at least 3 months."},
    {"Chronic kidney disease stage 3", "N18.30", "433144002", kAll, 55, 90, 15, 160, true, {"losartan", "amlodipine"}, {nullptr, nullptr}, "Kidney function follow-up", "Avoid NSAIDs. Recheck creatinine and potassium."},
    {"Chronic obstructive pulmonary disease", "J44.9", "13645005", kAll, 45, 80, 10, 110, true, {"tiotropium", nullptr}, {"albuterol", nullptr}, "Cough and short of breath", "Inhaler technique checked. Smoking discussed. Pneumococcal vaccine up to date."},
    {"Asthma", "J45.909", "195967001", kAll, 3, 40, 60, 85, true, {"fluticasone", nullptr}, {"albuterol", "montelukast"}, "Wheezing", "Action plan given. Peak flow at home."},
    {"Allergic rhinitis", "J30.9", "61582004", kAll, 6, 50, 60, 110, true, {"cetirizine", nullptr}, {nullptr, nullptr}, "Runny nose, itchy eyes", "Continue antihistamine in season."},
    {"Hypothyroidism", "E03.9", "40930008", Who::women, 25, 75, 20, 130, true, {"levothyroxine", nullptr}, {nullptr, nullptr}, "Tired, cold", "TSH in 6 weeks after any change of dose."},
    {"Hypothyroidism", "E03.9", "40930008", Who::men, 35, 80, 5, 40, true, {"levothyroxine", nullptr}, {nullptr, nullptr}, "Tired", "TSH in 6 weeks after any change of dose."},
    {"Depression", "F32.A", "35489007", kAll, 14, 70, 40, 110, true, {"sertraline", "escitalopram"}, {nullptr, nullptr}, "Low mood", "PHQ-9 done. No thoughts of self-harm. Counselling continues."},
    {"Generalized anxiety disorder", "F41.1", "21897009", kAll, 13, 60, 35, 80, true, {"escitalopram", "sertraline"}, {nullptr, nullptr}, "Anxious, poor sleep", "GAD-7 done. Breathing exercises, therapy referral."},
    {"Bipolar disorder", "F31.9", "13746004", kAll, 18, 50, 4, 10, true, {"lithium", "quetiapine"}, {nullptr, nullptr}, "Mood follow-up", "Lithium level and TSH every 6 months where it applies."},
    {"Attention deficit hyperactivity disorder", "F90.9", "406506008", kAll, 6, 18, 50, 90, true, {"methylphenidate", nullptr}, {nullptr, nullptr}, "School follow-up", "Weight and pulse charted. Teacher form reviewed."},
    {"Gastroesophageal reflux disease", "K21.9", "235595009", kAll, 25, 75, 40, 170, true, {"omeprazole", "famotidine"}, {nullptr, nullptr}, "Heartburn", "Smaller evening meals. Try to step down in 8 weeks."},
    {"Osteoarthritis", "M19.90", "396275006", kAll, 45, 85, 30, 330, true, {"naproxen", "acetaminophen"}, {nullptr, nullptr}, "Knee pain", "Physical therapy. Weight-bearing exercise."},
    {"Osteoporosis", "M81.0", "64859006", Who::women, 55, 85, 30, 260, true, {"alendronate", nullptr}, {nullptr, nullptr}, "Bone density result", "Calcium and vitamin D. Fall risk reviewed."},
    {"Iron deficiency anemia", "D50.9", "87522002", Who::women, 14, 50, 40, 60, true, {"ferrous sulfate", nullptr}, {nullptr, nullptr}, "Tired, pale", "Iron every other day. CBC in 8 weeks."},
    {"Migraine", "G43.909", "37796009", kAll, 12, 45, 45, 100, true, {"sumatriptan", nullptr}, {nullptr, nullptr}, "Headache", "Diary kept. Triptan at most 9 days a month."},
    {"Epilepsy", "G40.909", "84757009", kAll, 2, 70, 5, 12, true, {"levetiracetam", nullptr}, {nullptr, nullptr}, "Seizure follow-up", "No seizure since last visit. Driving rules repeated."},
    {"Gout", "M10.9", "90560007", Who::men, 40, 80, 15, 75, true, {"allopurinol", nullptr}, {"colchicine", nullptr}, "Painful big toe", "Urate goal below 6. Alcohol discussed."},
    {"Benign prostatic hyperplasia", "N40.0", "266569009", Who::men, 50, 85, 60, 340, true, {"tamsulosin", nullptr}, {nullptr, nullptr}, "Weak stream, up at night", "Symptom score stable."},
    {"Rheumatoid arthritis", "M06.9", "69896004", kAll, 30, 70, 3, 14, true, {"methotrexate", "hydroxychloroquine"}, {"folic acid", nullptr}, "Stiff hands in the morning", "CBC and liver tests every 3 months."},
    {"Dementia", "F03.90", "52448006", kAll, 68, 95, 10, 240, true, {"donepezil", nullptr}, {nullptr, nullptr}, "Memory concerns", "Family present. Driving stopped. Proxy on file."},
    {"Parkinson's disease", "G20", "49049000", kAll, 58, 88, 3, 25, true, {"carbidopa-levodopa", nullptr}, {nullptr, nullptr}, "Tremor", "Medication times reviewed. Falls: none."},
    {"Glaucoma", "H40.9", "23986001", kAll, 50, 85, 15, 90, true, {"latanoprost", nullptr}, {nullptr, nullptr}, "Eye follow-up", "Drops continued. Ophthalmology yearly."},
    {"Malignant neoplasm of breast", "C50.919", "254837009", Who::women, 40, 85, 4, 60, true, {"tamoxifen", nullptr}, {nullptr, nullptr}, "Oncology follow-up", "In remission. Mammogram yearly."},
    {"Malignant neoplasm of prostate", "C61", "399068003", Who::men, 55, 90, 5, 90, true, {nullptr, nullptr}, {nullptr, nullptr}, "PSA follow-up", "Active surveillance with urology."},
    {"Atopic dermatitis", "L20.9", "24079001", kAll, 0, 20, 80, 90, true, {"triamcinolone", nullptr}, {nullptr, nullptr}, "Itchy rash", "Emollients daily, steroid cream for flares."},
    {"Crohn's disease", "K50.90", "34000006", kAll, 16, 60, 2, 5, true, {"mesalamine", nullptr}, {nullptr, nullptr}, "Abdominal cramps", "GI follow-up. Weight stable."},
    {"Human immunodeficiency virus infection", "B20", "86406008", kAll, 20, 70, 3, 5, true, {"antiretroviral", nullptr}, {nullptr, nullptr}, "Follow-up", "Viral load undetectable. Adherence excellent."},
    {"Obstructive sleep apnea", "G47.33", "78275009", kAll, 35, 75, 25, 110, true, {nullptr, nullptr}, {nullptr, nullptr}, "Snoring, sleepy by day", "CPAP used nightly."},
    {"Obesity", "E66.9", "414916001", kAll, 10, 60, 90, 330, true, {nullptr, nullptr}, {nullptr, nullptr}, "Weight", "Goals set together. Dietitian offered."},
    {"Diabetic neuropathy", "E11.40", "", kAll, 50, 80, 8, 60, true, {"gabapentin", nullptr}, {nullptr, nullptr}, "Burning feet", "Foot care. Monofilament reduced."},
    {"Sickle cell disease", "D57.1", "127040003", kAll, 0, 1, 1, 1, true, {"folic acid", nullptr}, {nullptr, nullptr}, "Pain crisis plan", "Fever plan: emergency department at once."},
    {"Acute otitis media", "H66.90", "3110003", kAll, 0, 8, 130, 60, false, {"amoxicillin", "azithromycin", "cephalexin", nullptr}, {nullptr, nullptr}, "Ear pain", "Recheck if fever lasts more than 48 hours."},
    {"Streptococcal pharyngitis", "J02.0", "43878008", kAll, 4, 25, 70, 25, false, {"amoxicillin", "azithromycin", "cephalexin", nullptr}, {nullptr, nullptr}, "Sore throat", "Rapid strep positive. Finish the antibiotic."},
    {"Urinary tract infection", "N39.0", "68566005", Who::women, 16, 90, 60, 110, false, {"nitrofurantoin", "cephalexin", "co-trimoxazole", nullptr}, {nullptr, nullptr}, "Burning on urination", "Culture sent. Fluids."},
    {"Acute bronchitis", "J20.9", "10509002", kAll, 5, 90, 60, 90, false, {"acetaminophen", nullptr}, {"albuterol", nullptr}, "Cough", "Viral. No antibiotic. Return if short of breath."},
    {"Acute sinusitis", "J01.90", "15805002", kAll, 12, 80, 50, 60, false, {"amoxicillin", "doxycycline", "azithromycin", nullptr}, {nullptr, nullptr}, "Facial pressure", "Saline rinses."},
    {"Low back pain", "M54.50", "279039007", kAll, 18, 85, 70, 150, false, {"ibuprofen", "acetaminophen"}, {nullptr, nullptr}, "Back pain", "No red flags. Stay active."},
    {"Sprain of ankle", "S93.409A", "44465007", kAll, 8, 60, 35, 15, false, {"ibuprofen", "acetaminophen"}, {nullptr, nullptr}, "Twisted ankle", "Ottawa rules negative. Brace for 2 weeks."},
    {"Constipation", "K59.00", "14760008", kAll, 2, 90, 30, 90, false, {"polyethylene glycol", nullptr}, {nullptr, nullptr}, "Constipation", "Fluids, fibre."},
};

}  // namespace

std::span<const Condition> conditions() { return kConditions; }

}  // namespace exporter
