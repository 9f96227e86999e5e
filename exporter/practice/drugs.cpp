#include <cassert>
#include <string_view>

#include "exporter/practice/medicine.h"

namespace exporter {
namespace {

constexpr const char* kDaily = "once daily";
constexpr const char* kTwice = "twice daily";
constexpr const char* kNight = "at bedtime";
constexpr const char* kOneDaily = "Take 1 tablet by mouth once daily.";
constexpr const char* kOneTwice = "Take 1 tablet by mouth twice daily with food.";
constexpr const char* kOneNight = "Take 1 tablet by mouth at bedtime.";
constexpr const char* kTab = "tablet";
constexpr const char* kCap = "capsule";
constexpr const char* kOral = "oral";

// name, text, rxnorm, brand, strength, form, route, dose, frequency, instructions, family, as needed,
// never in pregnancy, never with a blood thinner
constexpr Drug kDrugs[] = {
    {"lisinopril", "Lisinopril 10 mg tablet", "29046", "Zestril", "10 mg", kTab, kOral, "1 tablet", kDaily, kOneDaily, "ACE inhibitor", false, true, false},
    {"losartan", "Losartan 50 mg tablet", "52175", "Cozaar", "50 mg", kTab, kOral, "1 tablet", kDaily, kOneDaily, "", false, true, false},
    {"amlodipine", "Amlodipine 5 mg tablet", "17767", "Norvasc", "5 mg", kTab, kOral, "1 tablet", kDaily, kOneDaily, "", false, false, false},
    {"labetalol", "Labetalol 100 mg tablet", "6185", "", "100 mg", kTab, kOral, "1 tablet", kTwice, kOneTwice, "", false, false, false},
    {"hydrochlorothiazide", "Hydrochlorothiazide 25 mg tablet", "5487", "", "25 mg", kTab, kOral, "1 tablet", kDaily, "Take 1 tablet by mouth every morning.", "sulfonamide", false, true, false},
    {"metoprolol", "Metoprolol succinate ER 50 mg tablet", "6918", "Toprol-XL", "50 mg", kTab, kOral, "1 tablet", kDaily, kOneDaily, "", false, false, false},
    {"carvedilol", "Carvedilol 12.5 mg tablet", "20352", "Coreg", "12.5 mg", kTab, kOral, "1 tablet", kTwice, kOneTwice, "", false, false, false},
    {"furosemide", "Furosemide 40 mg tablet", "4603", "Lasix", "40 mg", kTab, kOral, "1 tablet", kDaily, "Take 1 tablet by mouth every morning. Weigh yourself daily.", "", false, false, false},
    {"spironolactone", "Spironolactone 25 mg tablet", "9997", "Aldactone", "25 mg", kTab, kOral, "1 tablet", kDaily, kOneDaily, "", false, true, false},
    {"atorvastatin", "Atorvastatin 40 mg tablet", "83367", "Lipitor", "40 mg", kTab, kOral, "1 tablet", kNight, kOneNight, "statin", false, true, false},
    {"ezetimibe", "Ezetimibe 10 mg tablet", "341248", "Zetia", "10 mg", kTab, kOral, "1 tablet", kDaily, kOneDaily, "", false, true, false},
    {"aspirin", "Aspirin 81 mg chewable tablet", "1191", "", "81 mg", kTab, kOral, "1 tablet", kDaily, kOneDaily, "NSAID", false, false, true},
    {"clopidogrel", "Clopidogrel 75 mg tablet", "32968", "Plavix", "75 mg", kTab, kOral, "1 tablet", kDaily, kOneDaily, "", false, false, true},
    {"nitroglycerin", "Nitroglycerin 0.4 mg sublingual tablet", "4917", "Nitrostat", "0.4 mg", kTab, "sublingual", "1 tablet", "every 5 minutes, at most 3", "Place 1 tablet under the tongue for chest pain. Call 911 if pain lasts after the first.", "", true, false, false},
    {"warfarin", "Warfarin 5 mg tablet", "11289", "Coumadin", "5 mg", kTab, kOral, "as directed by INR", kDaily, "Take as directed by the anticoagulation clinic. INR goal 2.0-3.0.", "", false, true, false},
    {"apixaban", "Apixaban 5 mg tablet", "1364430", "Eliquis", "5 mg", kTab, kOral, "1 tablet", kTwice, "Take 1 tablet by mouth twice daily. Do not stop without asking us.", "", false, true, false},
    {"metformin", "Metformin 500 mg tablet", "6809", "Glucophage", "500 mg", kTab, kOral, "1 tablet", kTwice, kOneTwice, "", false, false, false},
    {"insulin glargine", "Insulin glargine 100 units/mL pen", "274783", "Lantus", "100 units/mL", "pen injector", "subcutaneous", "20 units", kNight, "Inject 20 units under the skin at bedtime.", "", false, false, false},
    {"insulin lispro", "Insulin lispro 100 units/mL pen", "86009", "Humalog", "100 units/mL", "pen injector", "subcutaneous", "by carbohydrate count", "with meals", "Inject before meals by carbohydrate count.", "", false, false, false},
    {"levothyroxine", "Levothyroxine 75 mcg tablet", "10582", "Synthroid", "75 mcg", kTab, kOral, "1 tablet", kDaily, "Take 1 tablet by mouth on an empty stomach, 30 minutes before breakfast.", "", false, false, false},
    {"omeprazole", "Omeprazole 20 mg capsule", "7646", "Prilosec", "20 mg", kCap, kOral, "1 capsule", kDaily, "Take 1 capsule by mouth 30 minutes before breakfast.", "", false, false, false},
    {"famotidine", "Famotidine 20 mg tablet", "4278", "Pepcid", "20 mg", kTab, kOral, "1 tablet", kTwice, kOneTwice, "", false, false, false},
    {"albuterol", "Albuterol 90 mcg/actuation inhaler", "435", "ProAir HFA", "90 mcg/actuation", "inhaler", "inhaled", "2 puffs", "every 4-6 hours", "Inhale 2 puffs every 4 to 6 hours as needed for wheezing.", "", true, false, false},
    {"fluticasone", "Fluticasone 110 mcg/actuation inhaler", "41126", "Flovent HFA", "110 mcg/actuation", "inhaler", "inhaled", "2 puffs", kTwice, "Inhale 2 puffs twice daily. Rinse mouth afterwards.", "", false, false, false},
    {"tiotropium", "Tiotropium 18 mcg inhalation capsule", "69120", "Spiriva", "18 mcg", "inhalation capsule", "inhaled", "1 capsule", kDaily, "Inhale the content of 1 capsule once daily.", "", false, false, false},
    {"montelukast", "Montelukast 10 mg tablet", "88249", "Singulair", "10 mg", kTab, kOral, "1 tablet", kNight, kOneNight, "", false, false, false},
    {"prednisone", "Prednisone 20 mg tablet", "8640", "", "20 mg", kTab, kOral, "2 tablets", kDaily, "Take 2 tablets by mouth daily for 5 days.", "", false, false, false},
    {"cetirizine", "Cetirizine 10 mg tablet", "20610", "Zyrtec", "10 mg", kTab, kOral, "1 tablet", kDaily, kOneDaily, "", false, false, false},
    {"sertraline", "Sertraline 50 mg tablet", "36437", "Zoloft", "50 mg", kTab, kOral, "1 tablet", kDaily, kOneDaily, "", false, false, false},
    {"escitalopram", "Escitalopram 10 mg tablet", "321988", "Lexapro", "10 mg", kTab, kOral, "1 tablet", kDaily, kOneDaily, "", false, false, false},
    {"lithium", "Lithium carbonate ER 300 mg tablet", "6448", "Lithobid", "300 mg", kTab, kOral, "1 tablet", kTwice, kOneTwice, "", false, true, false},
    {"quetiapine", "Quetiapine 100 mg tablet", "51272", "Seroquel", "100 mg", kTab, kOral, "1 tablet", kNight, kOneNight, "", false, false, false},
    {"methylphenidate", "Methylphenidate ER 18 mg tablet", "6901", "Concerta", "18 mg", kTab, kOral, "1 tablet", kDaily, "Take 1 tablet by mouth every morning on school days.", "", false, true, false},
    {"sumatriptan", "Sumatriptan 50 mg tablet", "37418", "Imitrex", "50 mg", kTab, kOral, "1 tablet", "at onset, may repeat once after 2 hours", "Take 1 tablet at the onset of migraine.", "", true, false, false},
    {"levetiracetam", "Levetiracetam 500 mg tablet", "114477", "Keppra", "500 mg", kTab, kOral, "1 tablet", kTwice, kOneTwice, "", false, false, false},
    {"gabapentin", "Gabapentin 300 mg capsule", "25480", "Neurontin", "300 mg", kCap, kOral, "1 capsule", "three times daily", "Take 1 capsule by mouth three times daily.", "", false, false, false},
    {"allopurinol", "Allopurinol 300 mg tablet", "519", "Zyloprim", "300 mg", kTab, kOral, "1 tablet", kDaily, kOneDaily, "", false, true, false},
    {"colchicine", "Colchicine 0.6 mg tablet", "2683", "Colcrys", "0.6 mg", kTab, kOral, "2 tablets, then 1 after an hour", "at onset of flare", "Take 2 tablets at the first sign of a flare, then 1 tablet an hour later.", "", true, false, false},
    {"tamsulosin", "Tamsulosin 0.4 mg capsule", "77492", "Flomax", "0.4 mg", kCap, kOral, "1 capsule", kNight, "Take 1 capsule by mouth at bedtime.", "", false, false, false},
    {"alendronate", "Alendronate 70 mg tablet", "46041", "Fosamax", "70 mg", kTab, kOral, "1 tablet", "once weekly", "Take 1 tablet once weekly with a full glass of water; stay upright for 30 minutes.", "", false, true, false},
    {"ferrous sulfate", "Ferrous sulfate 325 mg tablet", "24947", "", "325 mg", kTab, kOral, "1 tablet", "every other day", "Take 1 tablet by mouth every other day.", "", false, false, false},
    {"methotrexate", "Methotrexate 2.5 mg tablet", "6851", "", "2.5 mg", kTab, kOral, "6 tablets", "ONCE WEEKLY", "Take 6 tablets by mouth ONCE A WEEK on Monday. Never daily.", "", false, true, false},
    {"hydroxychloroquine", "Hydroxychloroquine 200 mg tablet", "5521", "Plaquenil", "200 mg", kTab, kOral, "1 tablet", kTwice, kOneTwice, "", false, false, false},
    {"folic acid", "Folic acid 1 mg tablet", "4511", "", "1 mg", kTab, kOral, "1 tablet", kDaily, kOneDaily, "", false, false, false},
    {"prenatal vitamin", "Prenatal vitamin tablet", "", "", "", kTab, kOral, "1 tablet", kDaily, kOneDaily, "", false, false, false},
    {"donepezil", "Donepezil 10 mg tablet", "135447", "Aricept", "10 mg", kTab, kOral, "1 tablet", kNight, kOneNight, "", false, false, false},
    {"carbidopa-levodopa", "Carbidopa-levodopa 25 mg-100 mg tablet", "103990", "Sinemet", "25 mg-100 mg", kTab, kOral, "1 tablet", "three times daily", "Take 1 tablet at 7 am, 12 noon and 5 pm. Keep the times.", "", false, false, false},
    {"tamoxifen", "Tamoxifen 20 mg tablet", "10324", "", "20 mg", kTab, kOral, "1 tablet", kDaily, kOneDaily, "", false, true, false},
    {"latanoprost", "Latanoprost 0.005 % eye drops", "43611", "Xalatan", "0.005 %", "eye drops", "ophthalmic", "1 drop in each eye", kNight, "Put 1 drop in each eye at bedtime.", "", false, false, false},
    {"amoxicillin", "Amoxicillin 500 mg capsule", "723", "", "500 mg", kCap, kOral, "1 capsule", "three times daily", "Take 1 capsule three times daily for 10 days.", "penicillin", false, false, false},
    {"azithromycin", "Azithromycin 250 mg tablet", "18631", "Zithromax", "250 mg", kTab, kOral, "2 tablets, then 1", kDaily, "Take 2 tablets on day 1, then 1 tablet daily on days 2 to 5.", "macrolide", false, false, false},
    {"cephalexin", "Cephalexin 500 mg capsule", "2231", "Keflex", "500 mg", kCap, kOral, "1 capsule", "four times daily", "Take 1 capsule four times daily for 7 days.", "cephalosporin", false, false, false},
    {"doxycycline", "Doxycycline hyclate 100 mg capsule", "3640", "", "100 mg", kCap, kOral, "1 capsule", kTwice, "Take 1 capsule twice daily for 7 days.", "tetracycline", false, true, false},
    {"nitrofurantoin", "Nitrofurantoin 100 mg capsule", "7454", "Macrobid", "100 mg", kCap, kOral, "1 capsule", kTwice, "Take 1 capsule twice daily for 5 days.", "", false, false, false},
    {"co-trimoxazole", "Sulfamethoxazole-trimethoprim 800 mg-160 mg tablet", "10831", "Bactrim DS", "800 mg-160 mg", kTab, kOral, "1 tablet", kTwice, "Take 1 tablet twice daily for 3 days.", "sulfonamide", false, true, true},
    {"ibuprofen", "Ibuprofen 600 mg tablet", "5640", "", "600 mg", kTab, kOral, "1 tablet", "every 8 hours", "Take 1 tablet every 8 hours with food as needed for pain.", "NSAID", true, true, true},
    {"naproxen", "Naproxen 500 mg tablet", "7258", "", "500 mg", kTab, kOral, "1 tablet", kTwice, kOneTwice, "NSAID", true, true, true},
    {"acetaminophen", "Acetaminophen 500 mg tablet", "161", "Tylenol", "500 mg", kTab, kOral, "2 tablets", "every 8 hours", "Take 2 tablets every 8 hours as needed. At most 3 g a day from all sources.", "", true, false, false},
    {"triamcinolone", "Triamcinolone 0.1 % cream", "10759", "", "0.1 %", "cream", "topical", "thin layer", kTwice, "Apply a thin layer to the affected skin twice daily for up to 2 weeks.", "", false, false, false},
    {"polyethylene glycol", "Polyethylene glycol 3350 powder", "", "MiraLAX", "17 g", "powder", kOral, "17 g", kDaily, "Stir 17 g into a glass of water once daily.", "", false, false, false},
    {"epinephrine", "Epinephrine 0.3 mg auto-injector", "3992", "EpiPen", "0.3 mg", "auto-injector", "intramuscular", "1 injection", "at once for anaphylaxis", "Inject into the outer thigh at once for a severe allergic reaction, then call 911.", "", true, false, false},
    {"norethindrone-estradiol", "Norethindrone-ethinyl estradiol tablet", "", "Junel", "1 mg-20 mcg", kTab, kOral, "1 tablet", kDaily, kOneDaily, "", false, true, false},
    {"antiretroviral", "Bictegravir-emtricitabine-tenofovir alafenamide tablet", "", "Biktarvy", "50 mg-200 mg-25 mg", kTab, kOral, "1 tablet", kDaily, kOneDaily, "", false, false, false},
    {"mesalamine", "Mesalamine DR 1.2 g tablet", "52582", "Lialda", "1.2 g", kTab, kOral, "2 tablets", kDaily, "Take 2 tablets by mouth once daily with food.", "", false, false, false},
};

}  // namespace

std::span<const Drug> drugs() { return kDrugs; }

int drug_index(const char* name) {
  const std::string_view wanted = name;
  for (std::size_t i = 0; i < std::size(kDrugs); ++i) {
    if (wanted == kDrugs[i].name) return static_cast<int>(i);
  }
  assert(false && "a condition names a drug that is not in the list");
  return 0;
}

}  // namespace exporter
