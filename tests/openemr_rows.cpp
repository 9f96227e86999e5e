// The patients of the invented practice and their traps.
#include "tests/openemr_fixture.h"

namespace tests {
namespace {

constexpr const char* kPlaces = R"sql(
INSERT INTO users (id, username, password, title, fname, lname, organization, phonew1, active) VALUES
  (1, 'agreen', 'hash-of-a-password', 'Dr.', 'Ada', 'Green', '', '555-0101', 1),
  (2, 'bwhite', 'hash-of-a-password', '', 'Bob', 'White', '', '', 1),
  (3, NULL, '', '', '', '', 'Lakeside Cardiology', '555-0303', 1),
  (4, 'left', '', 'Dr.', 'Cora', 'Gone', '', '', 0);
INSERT INTO users_secure VALUES (1, 'agreen', 'secret-of-agreen');
INSERT INTO facility VALUES (3, 'Main Street Clinic'), (4, 'Harbour Clinic');
INSERT INTO openemr_postcalendar_categories VALUES (1, 'No Show'), (2, 'In Office'), (5, 'Office Visit'), (9, 'Established Patient');
INSERT INTO issue_types VALUES ('default', 'dental', 'Dental'), ('default', 'health_concern', 'Health Concern'), ('default', 'ward', 'Ward Concern');
INSERT INTO list_options (list_id, option_id, title, activity) VALUES
  ('sex', 'Female', 'Female', 1), ('sex', 'Male', 'Male', 1), ('language', 'spanish', 'Spanish', 1),
  ('reaction', 'hives', 'Hives', 1), ('reaction', 'shortness_of_breath', 'Shortness of Breath', 0), ('reaction', 'unassigned', 'Unassigned', 1),
  ('severity_ccda', 'severe', 'Severe', 1), ('severity_ccda', 'life_threatening_severity', 'Life threatening severity', 1),
  ('drug_form', '0', '', 1), ('drug_form', '2', 'tablet', 1), ('drug_units', '0', '', 1), ('drug_units', '1', 'mg', 1),
  ('drug_route', '0', '', 1), ('drug_route', '1', 'Per Oris', 1), ('drug_interval', '0', '', 1), ('drug_interval', '1', 'b.i.d.', 1),
  ('drug_interval', '9', 'Daily', 1), ('drug_interval', '19', 'Weekly', 1), ('apptstat', '-', '- None', 1),
  ('apptstat', 'x', 'x Canceled', 1), ('apptstat', '%', '% Canceled < 24h', 1), ('apptstat', '?', '? No show', 1), ('sub_relation', 'self', 'Self', 1), ('sub_relation', 'child', 'Child', 1),
  ('immunizations', '24', 'MMR 2', 1), ('immunization_refusal_reason', 'parental_decision', 'Parental decision', 1),
  ('smoking_status', '3', 'Former smoker', 1), ('occurrence', '1', 'First', 1), ('occurrence', '4', 'Chronic/Recurrent', 1),
  ('personal_relationship', 'SPS', 'Spouse', 1), ('administrative_sex', 'Female', 'Female', 1),
  ('gender_identity', '446151000124109', 'Identifies as male', 1), ('care_team_roles', 'case_manager', 'Case Manager', 1),
  ('Clinical_Note_Type', 'progress_note', 'Progress Note', 1), ('pregnancy_status', '77386006', 'Pregnant', 1);
INSERT INTO codes (code, code_type, code_text) VALUES ('3', 100, 'MMR vaccine'), ('213', 100, 'COVID-19 vaccine'), ('213', 2, 'not a vaccine');
INSERT INTO insurance_companies VALUES (70, 'Prairie Mutual'), (71, 'Old Oak Health');
INSERT INTO pharmacies VALUES (72, 'Corner Pharmacy');
INSERT INTO phone_numbers (area_code, prefix, number, type, foreign_id) VALUES
  ('312', '555', '0170', 2, 70), ('312', '555', '0199', 5, 70), ('312', '555', '0172', 2, 72);
INSERT INTO categories (id, name, parent) VALUES (1, 'Categories', 0), (2, 'Lab Report', 1), (16, 'Advance Directive', 1), (17, 'Our MOLST form', 16),
  (18, 'Living Will', 1);
)sql";

// 1 an ordinary chart · 2 one name, no number of the practice's own · 3, 4, 5 dead, not dead, not dead yet
// 6 asked and none · 7 asked, and entries since · 8 never asked · 9 typed NKDA
constexpr const char* kPeople = R"sql(
INSERT INTO patient_data (id, pid, pubpid, title, fname, mname, lname, DOB, sex, language, ss, street, city, state, postal_code, phone_home,
    phone_cell, phone_biz, phone_contact, contact_relationship, email, guardiansname, guardianrelationship, guardianphone, mothersname,
    providerID, ref_providerID, pharmacy_id, completed_ad, ad_reviewed) VALUES
  (1001, 1, 'P-0001', 'Mrs.', 'Jane', 'Q.', 'Doe', '1956-02-29', 'Female', 'spanish', '078-05-1120', '1 Elm Street', 'Springfield', 'IL',
   '62701', '555-1111', '555-2222', '555-3333', '555-9999', 'Carl Doe (husband)', 'jane@example.org', 'Gail Ward', 'SPS', '555-4444',
   'Mona Moss', 1, 3, 72, 'YES', '2024-05-06');
INSERT INTO patient_data (id, pid, pubpid, fname, lname, DOB, sex, deceased_date, deceased_reason) VALUES
  (1002, 2, '', 'Cher', '', '0000-00-00', '', NULL, ''),
  (1003, 3, 'P-0003', 'Dora', 'Dead', '1930-01-01', 'Female', '2023-04-05 00:00:00', 'old age'),
  (1004, 4, 'P-0004', 'Zeno', 'Zero', '1950-01-01', 'Male', '0000-00-00 00:00:00', 'was entered by mistake'),
  (1005, 5, 'P-0005', 'Fritz', 'Future', '1950-01-01', 'Male', NOW() + INTERVAL 2 YEAR, '');
INSERT INTO patient_data (id, pid, pubpid, fname, lname, DOB, sex) VALUES
  (6, 6, 'P-0006', 'Nora', 'None', '1960-01-01', 'Female'), (7, 7, 'P-0007', 'Sven', 'Since', '1960-01-01', 'Male'),
  (8, 8, 'P-0008', 'Una', 'Unasked', '1960-01-01', 'Female'), (9, 9, 'P-0009', 'Nick', 'Kader', '1960-01-01', 'Male'),
  (10, 10, 'P-0010', 'Ella', 'Ends', '1960-01-01', 'Female'), (11, 11, 'P-0011', 'Max', 'Medicated', '1960-01-01', 'Male'),
  (12, 12, 'P-0012', 'Vita', 'Vitals', '1960-01-01', 'Female'), (13, 13, 'P-0013', 'Lars', 'Labs', '1960-01-01', 'Male'),
  (14, 14, 'P-0014', 'Ina', 'Immune', '1960-01-01', 'Female'), (15, 15, 'P-0015', 'Alma', 'Again', '1960-01-01', 'Female'),
  (16, 16, 'P-0016', 'Ivan', 'Insured', '1960-01-01', 'Male'), (17, 17, 'P-0017', 'Carl', 'Careful', '1960-01-01', 'Male'),
  (18, 18, 'P-0018', 'Vera', 'Visits', '1960-01-01', 'Female'), (19, 19, 'P-0019', 'Dan', 'Documents', '1960-01-01', 'Male'),
  (20, 20, 'P-0020', 'Hanna', 'History', '1990-01-01', 'Female'), (21, 21, '21', '王', '小明', '1990-01-01', 'Male');
INSERT INTO lists_touch (pid, type, date) VALUES (6, 'allergy', '2024-01-01'), (6, 'medication', '2024-01-01'), (6, 'medical_problem', '2024-01-01'),
  (6, 'surgery', '2024-01-01'), (7, 'allergy', '2020-01-01'), (7, 'medication', '2020-01-01'), (7, 'medical_problem', '2020-01-01');
INSERT INTO lists (pid, type, title, activity) VALUES (7, 'allergy', 'Latex', 1), (7, 'dental', 'Caries', 1), (9, 'allergy', 'NKDA', 1);
INSERT INTO prescriptions (patient_id, drug, active, start_date) VALUES (7, 'metformin 500 mg', 1, '2024-02-02');
)sql";

// 10: what ends, what does not, and what only looks so · 1: codes and words
constexpr const char* kLists = R"sql(
INSERT INTO lists (pid, date, type, title, begdate, enddate, activity, reaction, severity_al, comments, user, diagnosis) VALUES
  (10, '2020-03-04 10:00:00', 'allergy', 'Penicillin', '2019-05-05', NULL, 1, 'hives', 'severe', 'needed adrenaline', 'agreen', 'RXNORM:7980'),
  (10, '2020-03-04 10:00:00', 'allergy', 'Sulfa', '2019-05-05', '0000-00-00', 0, 'shortness_of_breath', 'unassigned', '', 'left', ''),
  (10, '2020-03-04 10:00:00', 'allergy', 'Strawberries', '2019-05-05', '2021-06-07', 1, 'unassigned', '', '', '', ''),
  (10, '2020-03-04 10:00:00', 'allergy', 'Pollen', '0000-00-00', NOW() + INTERVAL 1 YEAR, NULL, 'itchy eyes', '', '', '', ''),
  (10, '2020-03-04 10:00:00', 'allergy', 'Dust', NULL, NULL, NULL, '', NULL, NULL, NULL, '');
INSERT INTO lists (pid, type, title, begdate, enddate, activity, outcome, occurrence, diagnosis, comments) VALUES
  (10, 'medical_problem', 'Diabetes', '2001-02-03', NULL, 1, 0, 4, 'ICD10:E11.9;SNOMED-CT:44054006;ICD9:250.00;ICD10:E11.65;something uncoded', 'diet only'),
  (10, 'medical_problem', 'Asthma', '2001-02-03', '2010-01-01', 1, 1, 0, '', ''),
  (10, 'medical_problem', 'First gout', '2001-02-03', NULL, 1, 0, 1, '', ''),
  (10, 'medical_problem', 'Old flag', '2001-02-03', NULL, 0, 0, 0, '', ''),
  (10, 'ward', 'Fall risk', '2001-02-03', NULL, 1, 0, 0, '', ''),
  (10, 'surgery', 'Appendectomy', '1999-09-09', NULL, 1, 0, 0, 'CPT4:44950', ''),
  (10, 'medical_device', 'Pacemaker', '2015-05-05', NULL, 1, 0, 0, '', '');
)sql";

// 11: two lists of medications, codes that are blanks, dates that disagree
constexpr const char* kMedications = R"sql(
INSERT INTO prescriptions (id, patient_id, drug, form, dosage, size, unit, route, `interval`, active, provider_id, start_date, end_date, note, medication,
    quantity, refills, rxnorm_drugcode, date_added) VALUES
  (201, 11, 'methotrexate', 2, '1', '2.5', 1, '1', 19, 1, 1, '2024-01-02', NULL, 'once a WEEK', 0, '4', 2, '105585', '2024-01-02'),
  (202, 11, 'lisinopril 10 mg', 0, '', '', 0, '0', 0, 1, 0, '0000-00-00', NULL, '', 1, '', 0, NULL, '2023-03-03'),
  (203, 11, 'warfarin', 2, '1', '5', 1, '1', 9, 1, 1, '2020-01-01', '2021-01-01', '', 0, '30', 0, '0', '2020-01-01'),
  (204, 11, 'ibuprofen', 2, '1', '400', 1, '1', 1, 0, 1, '2020-01-01', NULL, '', 0, '30', 0, '0', '2020-01-01'),
  (205, 11, 'codeine', 2, '1', '30', 1, '1', 1, -1, 1, '2020-01-01', NULL, '', 0, '30', 0, '0', '2020-01-01'),
  (206, 11, 'atorvastatin 20 mg', 2, '1', '20', 1, '1', 9, 0, 1, '2022-01-01', NULL, '', 1, '30', 0, '0', '2022-01-01');
INSERT INTO lists (id, pid, type, title, begdate, enddate, activity, comments) VALUES
  (301, 11, 'medication', 'lisinopril 10 mg', '2023-03-03', NULL, 1, ''),
  (302, 11, 'medication', 'aspirin 81 mg', '2018-01-01', NULL, 0, 'bought without prescription'),
  (303, 11, 'medication', 'prednisone', '2018-01-01', '2018-02-01', 1, ''),
  (304, 11, 'medication', 'atorvastatin 20 mg', '2022-01-01', NULL, 1, ''),
  (305, 11, 'medication', 'warfarin', '2020-01-01', NULL, 1, 'INR 2 to 3');
)sql";

// 12: forms that count and forms that do not, zeros, dates · 99 was deleted, and left these behind
constexpr const char* kVitals = R"sql(
INSERT INTO form_encounter (id, pid, encounter, date, reason, provider_id, facility_id) VALUES (401, 12, 41, '2024-06-01 09:00:00', 'Check', 1, 3);
INSERT INTO form_vitals (id, pid, date, bps, bpd, weight, height, temperature, pulse, BMI, oxygen_saturation, note) VALUES
  (501, 12, '2024-06-01 09:30:00', '128', '84', 154.323584, 68, 98.6, 72, 23.5, 98, 'sat down first'),
  (502, 12, '2024-06-01 16:00:00', '0', '', 0, 0, 101.3, 0, 0, 0, ''),
  (503, 12, '2023-06-01 09:00:00', '140', '', 180, 0, 0, 0, 0, 0, ''),
  (504, 12, '0000-00-00 00:00:00', '', '', 0, 70, 0, 0, 0, 0, ''),
  (505, 12, '2024-06-02 09:00:00', '300', '200', 0, 0, 0, 0, 0, 0, 'deleted form'),
  (506, 12, '2024-06-03 09:00:00', '310', '210', 0, 0, 0, 0, 0, 0, 'form without an index'),
  (507, 12, '2024-06-04 09:00:00', '0', '0', 0, 0, 0, 0, 0, 0, ''),
  (508, 99, '2024-06-04 09:00:00', '99', '99', 0, 0, 0, 0, 0, 0, '');
INSERT INTO forms (pid, encounter, formdir, form_id, date, user, deleted) VALUES
  (12, 41, 'vitals', 501, '2024-06-01 09:30:00', 'bwhite', 0), (12, 41, 'vitals', 502, '2024-06-01 16:00:00', 'bwhite', 0),
  (12, 41, 'vitals', 503, '2023-06-01 09:00:00', 'bwhite', 0), (12, 41, 'vitals', 504, '2022-02-02 08:00:00', 'bwhite', 0),
  (12, 41, 'vitals', 505, '2024-06-02 09:00:00', 'bwhite', 1), (12, 41, 'vitals', 507, '2024-06-04 09:00:00', 'bwhite', 0),
  (12, 41, 'newpatient', 401, '2024-06-01 09:00:00', 'bwhite', 0), (12, 41, 'soap', 501, '2024-06-01 09:00:00', 'bwhite', 0);
INSERT INTO form_soap (id, pid, date, subjective, plan) VALUES (501, 12, '2024-06-01 09:40:00', 'Feels well', 'Come again');
)sql";

// 13: flags, reports that follow reports, orders without any · 99 again
constexpr const char* kLabs = R"sql(
INSERT INTO procedure_order (procedure_order_id, patient_id, date_ordered, date_collected, order_status, provider_id, activity) VALUES
  (601, 13, '2024-05-01', NULL, 'complete', 1, 1), (602, 13, '2024-05-20', NULL, 'pending', 1, 1), (603, 13, '2024-05-02', NULL, 'complete', 1, 0),
  (604, 13, '2024-05-03', NULL, 'complete', 1, 1), (605, 13, '2024-05-04', NULL, 'canceled', 1, 1), (606, 99, '2024-05-04', NULL, 'complete', 1, 1), (607, 13, '2024-05-05', NULL, 'pending', 1, 0);
INSERT INTO procedure_order_code VALUES (601, 1, 'BMP', 'Basic metabolic panel'), (601, 2, 'CBC', 'Blood count'), (602, 1, 'TSH', 'TSH'),
  (603, 1, 'HIV', 'Deleted order'), (604, 1, 'XR', 'Chest X-ray'), (605, 1, 'PSA', 'PSA'), (606, 1, 'BMP', 'Basic metabolic panel'), (607, 1, 'X', 'Deleted open order');
INSERT INTO procedure_report (procedure_report_id, procedure_order_id, procedure_order_seq, date_collected, date_report, report_status, report_notes) VALUES
  (701, 601, 1, '2024-05-01 08:00:00', '2024-05-01 18:00:00', 'prelim', ''), (702, 601, 1, '2024-05-01 08:00:00', '2024-05-02 18:00:00', 'correct', 'Sample was haemolysed'),
  (703, 601, 2, '0000-00-00 00:00:00', '2024-05-02 12:00:00', 'final', ''), (704, 603, 1, '2024-05-02 08:00:00', '2024-05-02 18:00:00', 'final', ''),
  (705, 604, 1, NULL, '2024-05-04 18:00:00', 'final', 'No infiltrate seen.'), (706, 606, 1, NULL, '2024-05-04 18:00:00', 'final', '');
INSERT INTO procedure_result (procedure_report_id, result_data_type, result_code, result_text, date, units, result, `range`, abnormal, comments, result_status) VALUES
  (701, 'N', '2823-3', 'Potassium', '2024-05-01 08:00:00', 'mmol/L', '6.9', '3.5-5.1', 'vhigh', '', 'prelim'),
  (702, 'N', '2823-3', 'Potassium', '2024-05-01 08:00:00', 'mmol/L', '4.1', '3.5-5.1', 'no', '', 'correct'),
  (703, 'N', '718-7', 'Hemoglobin', NULL, 'g/dL', '<10', '12-16', 'LL', '', 'final'),
  (703, 'S', '883-9', '', NULL, '', 'positive', '', 'yes', '', ''),
  (703, 'L', '6463-4', 'Culture', '0000-00-00 00:00:00', '', '', '', '', 'No growth after 5 days', 'final'),
  (704, 'S', '75622-1', 'Deleted', '2024-05-02 08:00:00', '', 'positive', '', 'yes', '', 'final'),
  (706, 'N', '2823-3', 'Potassium of nobody', '2024-05-02 08:00:00', '', '5', '', 'no', '', 'final'),
  (999, 'N', '2823-3', 'Potassium of no report', '2024-05-02 08:00:00', '', '5', '', 'no', '', 'final');
)sql";

// 14 · 15: events that repeat, end, are left out, are broken; blocks of the providers' own
constexpr const char* kGivenAndBooked = R"sql(
INSERT INTO immunizations (patient_id, administered_date, immunization_id, cvx_code, completion_status, added_erroneously, refusal_reason,
    information_source, lot_number, administered_by_id) VALUES
  (14, '2020-01-02 00:00:00', 0, '03', 'Completed', 0, NULL, 'new_immunization_record', 'L1', 2), (14, '2019-01-02 10:30:00', 24, '', '', 0, NULL, NULL, 'L2', NULL),
  (14, '2021-01-02 00:00:00', 0, '213', 'Refused', 0, 'parental_decision', NULL, '', NULL), (14, '2021-03-02 00:00:00', 0, '213', 'Completed', 1, NULL, NULL, 'WRONG', NULL),
  (14, '0000-00-00 00:00:00', 0, '998', NULL, 0, NULL, 'parent_recall', '', NULL), (14, '2022-01-02 00:00:00', 0, '213', 'Partially_Administered', NULL, NULL, NULL, 'L3', 4);
INSERT INTO openemr_postcalendar_events (pc_pid, pc_aid, pc_catid, pc_title, pc_eventDate, pc_startTime, pc_endDate, pc_apptstatus, pc_recurrtype, pc_recurrspec,
    pc_duration, pc_facility, pc_room, pc_hometext) VALUES
  ('15', '1', 9, 'Established Patient', CURDATE() + INTERVAL 3 DAY, '09:15:00', '0000-00-00', '-', 0, 'a:0:{}', 1800, 3, 'R2', 'Bring tablets'),
  ('15', '1', 5, 'Office Visit', CURDATE() + INTERVAL 4 DAY, '10:00:00', NULL, 'x', 0, '', 900, 3, '', ''),
  ('15', '1', 5, 'Office Visit', CURDATE() + INTERVAL 5 DAY, '10:00:00', NULL, '%', 0, '', 900, 3, '', ''),
  ('15', '2', 5, 'Dressing', CURDATE() - INTERVAL 70 DAY, '11:00:00', CURDATE() + INTERVAL 14 DAY, '-', 1,
   CONCAT('a:6:{s:17:"event_repeat_freq";s:1:"1";s:22:"event_repeat_freq_type";s:1:"1";s:19:"event_repeat_on_num";s:1:"1";s:19:"event_repeat_on_day";s:1:"0";s:20:"event_repeat_on_freq";s:1:"0";s:6:"exdate";s:8:"',
          DATE_FORMAT(CURDATE() + INTERVAL 7 DAY, '%Y%m%d'), '";}'), 900, 3, '', ''),
  ('15', '2', 5, 'Broken', CURDATE() + INTERVAL 1 DAY, '12:00:00', CURDATE() + INTERVAL 90 DAY, '-', 1, 'a:6:{s:17:"event_repeat_fr', 900, 3, '', ''),
  ('', '1', 2, 'In Office', CURDATE(), '08:00:00', CURDATE() + INTERVAL 90 DAY, '-', 1, '', 36000, 3, '', ''),
  ('0', '1', 2, 'Lunch', CURDATE(), '12:00:00', NULL, '-', 0, '', 3600, 3, '', '');
)sql";

// 16: placeholders, several over time · 17: who decides · 18: visits withheld, deleted, imported, elsewhere
constexpr const char* kPayersAndVisits = R"sql(
INSERT INTO insurance_data (pid, type, provider, plan_name, policy_number, group_number, subscriber_fname, subscriber_lname, subscriber_relationship, copay, date) VALUES
  (16, 'primary', '71', 'Old plan', 'OLD1', '', 'Ivan', 'Insured', 'self', '', '2015-01-01'), (16, 'primary', '70', 'Gold', 'G77', 'GRP', 'Irma', 'Insured', 'child', '20', '2020-01-01'),
  (16, 'primary', '71', 'Next year', 'N1', '', '', '', 'self', '', CURDATE() + INTERVAL 200 DAY), (16, 'secondary', '', '', '', '', '', '', '', '', NULL),
  (16, 'tertiary', '0', '', '', '', '', '', '', '', '0000-00-00'), (17, 'primary', '70', 'Was insured', 'W1', '', '', '', '', '', '0000-00-00'),
  (17, 'primary', '', '', '', '', '', '', '', '', '2022-02-02');
INSERT INTO form_encounter (id, pid, encounter, date, reason, sensitivity, provider_id, facility_id, facility, pc_catid) VALUES
  (411, 18, 81, '2024-01-01 09:00:00', 'Cough', 'normal', 1, 3, '', 5), (412, 18, 82, '2024-02-01 09:00:00', 'Counselling about alcohol', 'high', 1, 3, '', 5),
  (413, 18, 83, '2024-03-01 09:00:00', 'Deleted visit', '', 1, 3, '', 5), (414, 18, 84, '2010-03-01 00:00:00', 'Imported', NULL, 4, 0, 'Old paper file', 77);
INSERT INTO forms (pid, encounter, formdir, form_id, date, user, deleted) VALUES (18, 81, 'newpatient', 411, '2024-01-01', 'agreen', 0),
  (18, 82, 'newpatient', 412, '2024-02-01', 'agreen', 0), (18, 83, 'newpatient', 413, '2024-03-01', 'agreen', 1), (18, 81, 'soap', 511, '2024-01-01 09:30:00', 'agreen', 0),
  (18, 82, 'soap', 512, '2024-02-01 09:30:00', 'agreen', 0), (18, 81, 'soap', 513, '2024-01-01 09:30:00', 'agreen', 1), (18, 81, 'dictation', 514, '2024-01-01 09:45:00', 'agreen', 0),
  (18, 81, 'care_plan', 515, '2024-01-01 09:45:00', 'agreen', 0);
INSERT INTO form_soap (id, pid, date, subjective, objective, assessment, plan) VALUES (511, 18, '2024-01-01 09:30:00', 'Cough <b>since</b> &amp; Monday\r\nworse at night', '', 'Cold', 'Tea'),
  (512, 18, '2024-02-01 09:30:00', 'Drinks a bottle a day', '', '', ''), (513, 18, '2024-01-01 09:30:00', 'deleted note', '', '', '');
INSERT INTO form_dictation (id, pid, date, dictation) VALUES (514, 18, '2024-01-01 09:45:00', 'Lungs clear.');
INSERT INTO form_care_plan (id, pid, date, activity, code, codetext, description, care_plan_type) VALUES
  (515, 18, '2024-01-01', 1, 'SNOMED-CT:225323000', 'Stop smoking', 'with patches', 'goal'), (515, 18, '2024-01-01', 1, '', '', 'Walk daily', NULL),
  (515, 18, '2024-01-01', 0, '', 'inactive', 'gone', 'goal'), (517, 18, '2024-02-01', 1, '', 'Plan of the sensitive visit', '', 'goal'),
  (518, 18, '2024-01-01', 1, '', 'Plan of a deleted form', '', 'goal');
INSERT INTO forms (pid, encounter, formdir, form_id, date, user, deleted) VALUES (18, 82, 'care_plan', 517, '2024-02-01 09:45:00', 'agreen', 0),
  (18, 81, 'care_plan', 518, '2024-01-01 09:45:00', 'agreen', 1), (18, 82, 'observation', 92, '2024-02-01 09:45:00', 'agreen', 0);
INSERT INTO list_options (list_id, option_id, title) VALUES ('Plan_of_Care_Type', 'goal', 'Goal'), ('Plan_of_Care_Type', 'plan_of_care', 'Plan of Care'),
  ('care_plan_status', 'completed', 'Completed');
INSERT INTO procedure_order (procedure_order_id, patient_id, encounter_id, date_ordered, order_status, provider_id, activity) VALUES
  (611, 18, 82, '2024-02-01', 'pending', 1, 1), (612, 18, 82, '2024-02-01', 'complete', 1, 1), (613, 18, 82, '2024-02-01', 'complete', 1, 1);
INSERT INTO procedure_order_code VALUES (611, 1, 'ETOH', 'Alcohol, open order'), (612, 1, 'ETOH', 'Alcohol, report'), (613, 1, 'ETOH', 'Alcohol, values');
INSERT INTO procedure_report (procedure_report_id, procedure_order_id, procedure_order_seq, date_report, report_status, report_notes) VALUES
  (712, 612, 1, '2024-02-02 18:00:00', 'final', 'Much'), (713, 613, 1, '2024-02-02 18:00:00', 'final', 'Much more');
INSERT INTO procedure_result (procedure_report_id, result_text, date, result) VALUES (713, 'Alcohol', '2024-02-02', '2');
INSERT INTO forms (pid, encounter, formdir, form_name, form_id, date, user, deleted) VALUES (18, 81, 'LBFfall', 'Falls', 91, '2024-01-01 10:00:00', 'bwhite', 0),
  (18, 82, 'LBFfall', 'Falls', 92, '2024-02-01 10:00:00', 'bwhite', 0), (18, 81, 'LBFfall', 'Falls', 93, '2024-01-01 11:00:00', 'bwhite', 1);
INSERT INTO layout_options (form_id, field_id, group_id, title, seq, list_id) VALUES ('LBFfall', 'aid', '1', 'Walking aid', 20, 'walking_aid'), ('LBFfall', 'falls', '1', 'Falls this year', 10, '');
INSERT INTO list_options (list_id, option_id, title) VALUES ('walking_aid', '2', 'Rollator');
INSERT INTO lbf_data VALUES (91, 'aid', '2'), (91, 'falls', '3'), (91, 'empty', ''), (91, 'zz_old', 'a field that is laid out no more'), (92, 'aid', '2'), (93, 'aid', '2');
INSERT INTO external_encounters (ee_date, ee_pid, ee_provider_id, ee_encounter_diagnosis) VALUES ('2023-01-02', 18, '', 'Broken wrist');
INSERT INTO external_procedures (ep_date, ep_code_type, ep_code, ep_pid, ep_code_text) VALUES ('2023-01-02', 'CPT4', '25600', 18, 'Wrist cast');
INSERT INTO pnotes (pid, date, title, body, user, deleted, message_status, is_msg_encrypted) VALUES (18, '2024-04-04 10:00:00', 'Phone Call', 'Call back about cough', 'bwhite', 0, 'New', 0),
  (18, '2024-04-05 10:00:00', 'Phone Call', 'deleted', 'bwhite', 1, 'New', 0), (18, '2024-04-06 10:00:00', 'Other', '007abc', 'bwhite', 0, 'New', 1);
)sql";

// 19: files by the end of their paths, categories of the site's own · 20: edits, of which the newest counts
constexpr const char* kPapers = R"sql(
INSERT INTO documents (id, type, url, mimetype, owner, foreign_id, docdate, date, storagemethod, path_depth, encrypted, size) VALUES
  (901, 'file_url', 'file:///old/server/sites/default/documents/19/scan one.pdf', 'application/pdf', 2, 19, '2024-01-01', '2024-01-02', 0, 1, 0, 9),
  (902, 'file_url', 'file:///var/www/openemr/sites/default/documents/7/19/sealed.txt', 'text/plain', 2, 19, '0000-00-00', '2024-02-02 00:00:00', 0, 2, 1, 0),
  (903, 'file_url', 'file:///var/www/openemr/sites/default/documents/19/will.pdf', 'application/pdf', 2, 19, '2022-01-01', '2022-01-02', 0, 1, 0, 0),
  (904, 'file_url', 'file:///var/www/openemr/sites/default/documents/00/nobody.pdf', 'application/pdf', 2, 0, '2022-01-01', '2022-01-02', 0, 1, 0, 0),
  (905, 'web_url', 'https://example.org/picture', 'text/html', 2, 19, '2022-02-01', '2022-01-02', 0, 0, 0, 0),
  (906, 'file_url', 'couch', 'image/png', 2, 19, '2022-03-01', '2022-01-02', 1, 0, 0, 0),
  (907, 'file_url', 'file:///var/www/openemr/sites/default/documents/99/leftover.pdf', 'application/pdf', 2, 99, '2022-03-01', '2022-01-02', 0, 1, 0, 0);
INSERT INTO categories_to_documents VALUES (2, 901), (2, 902), (17, 903), (2, 904), (2, 905), (2, 906);
INSERT INTO `keys` (name, value) VALUES ('sevena', 'QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE='), ('sevenb', 'QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=');
INSERT INTO history_data (pid, date, tobacco, alcohol, history_mother, exercise_patterns) VALUES
  (20, '2020-01-01 10:00:00', 'two packs|currenttobacco||1', '', '', ''),
  (20, '2024-01-01 10:00:00', '|quittobacco|2021-05-06|3', 'wine on Sundays|currentalcohol|', 'Diabetes', 'walks'),
  (20, '2022-01-01 10:00:00', 'one pack|currenttobacco||1', '', 'healthy', '');
UPDATE history_data SET dc_mother = 'ICD10:E11.9', dc_father = 'ICD10:I21.9', relatives_high_blood_pressure = 'aunt', relatives_suicide = 'uncle',
  history_spouse = 'Asthma' WHERE pid = 20 AND date = '2024-01-01 10:00:00';
)sql";

constexpr const char* kOnlyOld = R"sql(
INSERT INTO version VALUES (5, 0, 2, 295);
UPDATE patient_data SET interpretter = 'daughter helps', care_team = 2 WHERE pid = 1;
INSERT INTO form_observation (id, pid, date, activity, code, observation, ob_value) VALUES (92, 18, '2024-02-01', 1, '', 'Breath alcohol', '2');
)sql";

constexpr const char* kOnlyNew = R"sql(
INSERT INTO version VALUES (8, 2, 0, 541);
UPDATE categories SET codes = 'LOINC:42348-3' WHERE id = 16;
UPDATE patient_data SET interpreter = 'daughter helps', interpreter_needed = 'YES', suffix = 'Jr.', preferred_name = 'Janie', birth_lname = 'Moss',
  birth_fname = 'Jane', street_line_2 = 'Apartment 5', gender_identity = '446151000124109', sex_identified = 'nonbinary', care_team_provider = '1|2|77',
  care_team_facility = '3' WHERE pid = 1;
INSERT INTO patient_history (pid, previous_name_first, previous_name_last) VALUES (1, 'Jane', 'Fox');
INSERT INTO lists (pid, date, type, title, begdate, activity, verification) VALUES (10, '2020-03-04 10:00:00', 'allergy', 'Peanut', '2020-03-04 00:00:00', 1, 'refuted'),
  (10, '2020-03-04 10:00:00', 'allergy', 'Kiwi', '2020-03-04 08:30:00', 1, 'unconfirmed');
INSERT INTO lists (id, pid, type, title, begdate, activity) VALUES (310, 11, 'medication', 'Methotrexate tablets', '2024-01-02 00:00:00', 1);
INSERT INTO lists_medication (list_id, prescription_id) VALUES (310, 201), (302, 9999);
UPDATE prescriptions SET drug_dosage_instructions = 'every Monday', route = 'under the tongue' WHERE id = 201;
UPDATE insurance_data SET date_end = CURDATE() - INTERVAL 30 DAY WHERE plan_name = 'Old plan';
INSERT INTO contact VALUES (1, 'patient_data', 17), (2, 'person', 1), (3, 'person', 2), (4, 'patient_data', 1);
INSERT INTO person VALUES (1, 'Rosa', '', 'Related'), (2, 'Pete', '', 'Helper');
INSERT INTO contact_relation (contact_id, target_table, target_id, active, relationship, is_emergency_contact, can_make_medical_decisions, can_receive_medical_info)
  VALUES (1, 'person', 1, 1, 'SPS', 1, 1, 1), (1, 'person', 2, 0, 'neighbour', 0, 0, 0);
INSERT INTO contact_telecom (contact_id, `rank`, system, value, status) VALUES (2, 2, 'phone', '555-7002', 'A'), (2, 1, 'phone', '555-7001', 'A'), (2, 3, 'phone', '555-7003', 'I'),
  (2, 1, 'email', 'rosa@example.org', 'A');
INSERT INTO addresses VALUES (1, '9 Lake Road', '', 'Shelbyville', 'IL', '62565', 'USA');
INSERT INTO contact_address (contact_id, address_id, `use`, status) VALUES (4, 1, 'temp', 'A');
INSERT INTO care_teams VALUES (1, 17, 'active');
INSERT INTO care_team_member (care_team_id, user_id, contact_id, role, facility_id, status) VALUES (1, 2, NULL, 'case_manager', 4, 'active'), (1, NULL, 3, 'caregiver', NULL, 'inactive');
INSERT INTO form_clinical_notes (form_id, pid, date, activity, codetext, description, clinical_notes_type) VALUES (516, 18, '2024-01-01', 1, '', 'First part', 'progress_note'),
  (516, 18, '2024-01-01', 1, '', 'Second part', 'progress_note');
INSERT INTO forms (pid, encounter, formdir, form_id, date, user, deleted) VALUES (18, 81, 'clinical_notes', 516, '2024-01-01 09:50:00', 'agreen', 0),
  (13, 41, 'observation', 31, '2024-01-01 09:50:00', 'agreen', 0);
INSERT INTO form_observation (id, form_id, pid, date, activity, code, observation, ob_value, ob_unit, code_type) VALUES (7, 31, 13, '2024-01-01', 1, '72514-3', 'Pain', '4', 'of 10', 'LOINC');
INSERT INTO form_history_sdoh (pid, assessment_date, pregnancy_status, pregnancy_edd, food_insecurity, food_insecurity_notes) VALUES
  (20, '2023-01-01', 'old', '2023-09-09', '', ''), (20, '2024-01-01', '77386006', '2024-09-09', 'at risk', 'since March');
INSERT INTO patient_treatment_intervention_preferences (patient_id, observation_code, observation_code_text, value_type, value_text, effective_datetime, status)
  VALUES (17, '75773-2', 'Resuscitation', 'text', 'No CPR', '2024-03-03 00:00:00', 'final');
INSERT INTO form_observation (id, form_id, pid, date, activity, code, observation, ob_value) VALUES (8, 92, 18, '2024-02-01', 1, '', 'Breath alcohol', '2');
UPDATE form_care_plan SET plan_status = 'completed', date_end = '2024-06-01', proposed_date = '2024-05-01' WHERE codetext = 'Stop smoking';
UPDATE documents SET name = 'Scan one', deleted = 0 WHERE id = 901;
UPDATE documents SET date_expires = '2023-01-01' WHERE id = 903;
INSERT INTO documents (id, url, mimetype, foreign_id, docdate, name, deleted) VALUES (908, 'file:///x/documents/19/gone.pdf', 'application/pdf', 19, '2022-03-01', 'Gone', 1);
)sql";

}  // namespace

std::string openemr_rows(OpenEmrVersion version) {
  std::string sql = "SET sql_mode = '';\n";
  for (const char* rows : {kPlaces, kPeople, kLists, kMedications, kVitals, kLabs, kGivenAndBooked, kPayersAndVisits, kPapers}) sql += rows;
  return sql + (version == OpenEmrVersion::v5 ? kOnlyOld : kOnlyNew);
}

}  // namespace tests
