// The tables of an OpenEMR database as far as the mapping pack reads them, in the shape of an old and of a new version.
#include <string>

#include "tests/openemr_fixture.h"

namespace tests {
namespace {

struct Table {
  const char* name;
  const char* columns;       // of both
  const char* only_old = "";
  const char* only_new = "";
};

constexpr const char* kNoTable = nullptr;

const Table kTables[] = {
    {"version", "v_major int, v_minor int, v_patch int, v_database int"},
    {"patient_data",
     "id bigint auto_increment unique, pid bigint primary key, pubpid varchar(255) not null default '', title "
     "varchar(255) default '', "
     "fname varchar(255) default '', mname varchar(255) default '', lname varchar(255) default '', DOB date, sex "
     "varchar(255) default '', "
     "language varchar(255) default '', ss varchar(255) default '', street varchar(255) default '', city "
     "varchar(255) default '', "
     "state varchar(255) default '', postal_code varchar(255) default '', country_code varchar(255) default '', "
     "phone_home varchar(255) default '', phone_biz varchar(255) default '', phone_cell varchar(255) default '', "
     "phone_contact varchar(255) default '', contact_relationship varchar(255) default '', email varchar(255) "
     "default '', "
     "mothersname varchar(255) default '', guardiansname text, guardianrelationship text, guardianaddress text, "
     "guardiancity text, "
     "guardianstate text, guardianpostalcode text, guardiancountry text, guardianphone text, guardianworkphone "
     "text, "
     "guardianemail text, providerID int, ref_providerID int, pharmacy_id int default 0, completed_ad varchar(3) "
     "default 'NO', "
     "deceased_date datetime, deceased_reason varchar(255) default ''",
     "interpretter varchar(255) default '', ad_reviewed date, care_team int",
     "interpreter varchar(255) default '', interpreter_needed text, ad_reviewed datetime, "
     "advance_directive_user_authenticator bigint, "
     "care_team_provider text, care_team_facility text, care_team_status text, suffix tinytext, preferred_name "
     "tinytext, "
     "birth_fname text, birth_mname text, birth_lname text, street_line_2 tinytext, gender_identity text, "
     "sex_identified text"},
    {"patient_history",
     "id bigint auto_increment primary key, pid bigint, previous_name_prefix text, previous_name_first text, "
     "previous_name_middle text, previous_name_last text, previous_name_suffix text",
     kNoTable},
    {"lists",
     "id bigint auto_increment primary key, date datetime, type varchar(255), title varchar(255), outcome int "
     "default 0, "
     "occurrence int default 0, diagnosis varchar(255) default '', activity tinyint, comments longtext, pid "
     "bigint, "
     "user varchar(255), reaction varchar(255) default '', severity_al varchar(50), key (pid), key (type)",
     "begdate date, enddate date",
     "begdate datetime, enddate datetime, verification varchar(36) default '', udi varchar(255)"},
    {"lists_touch", "pid bigint, type varchar(255), date datetime"},
    {"lists_medication",
     "id bigint auto_increment primary key, list_id bigint, drug_dosage_instructions longtext, "
     "prescription_id bigint, key (list_id)",
     kNoTable},
    {"prescriptions",
     "id int auto_increment primary key, patient_id bigint, drug varchar(150), form int default 0, dosage "
     "varchar(100) default '', "
     "quantity varchar(31) default '', size varchar(25) default '', unit int default 0, `interval` int default 0, "
     "refills int default 0, "
     "medication int default 0, note text, active int default 1, provider_id int default 0, start_date date, "
     "end_date date, "
     "indication text, prn varchar(30), erx_uploaded tinyint default 0, key (patient_id)",
     "rxnorm_drugcode int, route int default 0, date_added date",
     "rxnorm_drugcode varchar(25), route varchar(100) default '', date_added datetime, drug_dosage_instructions "
     "longtext, diagnosis text"},
    {"immunizations",
     "id bigint auto_increment primary key, patient_id bigint, administered_date datetime, immunization_id int "
     "default 0, "
     "cvx_code varchar(64) default '', manufacturer varchar(100), lot_number varchar(50), administered_by_id "
     "bigint, "
     "administered_by varchar(255), note text, amount_administered float, amount_administered_unit varchar(50), "
     "route varchar(100), "
     "administration_site varchar(100), added_erroneously tinyint default 0, completion_status varchar(50), "
     "information_source varchar(31), refusal_reason varchar(31)"},
    {"form_encounter",
     "id bigint auto_increment primary key, date datetime, reason longtext, facility longtext, facility_id int "
     "default 0, pid bigint, "
     "encounter bigint, sensitivity varchar(30), pc_catid int default 5, provider_id int default 0, key (pid, "
     "encounter)",
     "", "date_end datetime, encounter_type_description text"},
    {"forms",
     "id bigint auto_increment primary key, date datetime, encounter bigint, form_name longtext, form_id bigint, "
     "pid bigint, "
     "user varchar(255), deleted tinyint default 0, formdir longtext, key (form_id)"},
    {"form_vitals",
     "id bigint auto_increment primary key, date datetime, pid bigint, bps varchar(40), bpd varchar(40), note "
     "varchar(255), "
     "BMI_status varchar(255)",
     "weight float(5,2) default 0, height float(5,2) default 0, temperature float(5,2) default 0, pulse float(5,2) "
     "default 0, "
     "respiration float(5,2) default 0, BMI float(4,1) default 0, waist_circ float(5,2) default 0, head_circ "
     "float(4,2) default 0, "
     "oxygen_saturation float(5,2) default 0",
     "weight decimal(12,6) default 0, height decimal(12,6) default 0, temperature decimal(12,6) default 0, "
     "pulse decimal(12,6) default 0, respiration decimal(12,6) default 0, BMI decimal(12,6) default 0, "
     "waist_circ decimal(12,6) default 0, head_circ decimal(12,6) default 0, oxygen_saturation decimal(6,2) "
     "default 0, "
     "oxygen_flow_rate decimal(12,6), inhaled_oxygen_concentration decimal(6,2), ped_weight_height decimal(6,2), "
     "ped_bmi decimal(6,2), "
     "ped_head_circ decimal(6,2)"},
    {"form_soap",
     "id bigint auto_increment primary key, date datetime, pid bigint, subjective text, objective text, assessment "
     "text, plan text"},
    {"form_dictation",
     "id bigint auto_increment primary key, date datetime, pid bigint, dictation longtext, additional_notes "
     "longtext"},
    {"form_clinical_notes",
     "id bigint auto_increment primary key, form_id bigint, date date, pid bigint, activity tinyint, codetext "
     "text, "
     "description text, clinical_notes_type varchar(100)",
     kNoTable},
    {"form_care_plan",
     "id bigint, pid bigint, activity tinyint, code varchar(255), codetext text, description text, care_plan_type "
     "varchar(30)",
     "date date", "date datetime, date_end datetime, reason_description text, plan_status varchar(32), proposed_date datetime"},
    {"form_clinical_instructions",
     "id int auto_increment primary key, pid bigint, instruction text, date timestamp, activity tinyint default 1"},
    {"form_functional_cognitive_status",
     "id bigint, date date, pid bigint, activity tinyint, codetext text, description text"},
    {"form_observation",
     "pid bigint, activity tinyint, code varchar(255), observation varchar(255), ob_value varchar(255), "
     "ob_unit varchar(255), description varchar(255), code_type varchar(255)",
     "id bigint, date date",
     "id bigint auto_increment primary key, form_id bigint, date datetime, ob_status varchar(32)"},
    {"procedure_order",
     "procedure_order_id bigint auto_increment primary key, provider_id bigint default 0, patient_id bigint, "
     "encounter_id bigint, "
     "date_collected datetime, order_priority varchar(31) default '', order_status varchar(31) default '', "
     "patient_instructions text, "
     "activity tinyint default 1",
     "date_ordered date", "date_ordered datetime"},
    {"procedure_order_code",
     "procedure_order_id bigint, procedure_order_seq int, procedure_code varchar(64) default '', "
     "procedure_name varchar(255) default '', primary key (procedure_order_id, procedure_order_seq)"},
    {"procedure_report",
     "procedure_report_id bigint auto_increment primary key, procedure_order_id bigint, procedure_order_seq int "
     "default 1, "
     "date_collected datetime, date_report datetime, report_status varchar(31) default '', report_notes text, key "
     "(procedure_order_id)"},
    {"procedure_result",
     "procedure_result_id bigint auto_increment primary key, procedure_report_id bigint, result_data_type char(1) "
     "default 'S', "
     "result_code varchar(31) default '', result_text varchar(255) default '', date datetime, facility "
     "varchar(255) default '', "
     "units varchar(31) default '', result varchar(255) default '', `range` varchar(255) default '', abnormal "
     "varchar(31) default '', "
     "comments text, document_id bigint default 0, result_status varchar(31) default '', key "
     "(procedure_report_id)"},
    {"openemr_postcalendar_events",
     "pc_eid int auto_increment primary key, pc_catid int default 5, pc_aid varchar(30), pc_pid varchar(11) "
     "default '', "
     "pc_title varchar(150), pc_hometext text, pc_eventDate date, pc_endDate date default '0000-00-00', "
     "pc_duration bigint default 900, "
     "pc_recurrtype int default 0, pc_recurrspec text, pc_startTime time, pc_apptstatus varchar(15) default '-', "
     "pc_facility int default 0, pc_room varchar(20) default ''"},
    {"openemr_postcalendar_categories", "pc_catid int primary key, pc_catname varchar(100)"},
    {"insurance_data",
     "id bigint auto_increment primary key, type enum('primary','secondary','tertiary'), provider varchar(255), "
     "plan_name varchar(255), "
     "policy_number varchar(255), group_number varchar(255), subscriber_lname varchar(255), subscriber_mname "
     "varchar(255), "
     "subscriber_fname varchar(255), subscriber_relationship varchar(255), copay varchar(255), date date, pid "
     "bigint, key (pid)",
     "", "date_end date"},
    {"insurance_companies", "id int primary key, name varchar(255)"},
    {"phone_numbers",
     "id int auto_increment primary key, area_code char(3), prefix char(3), number varchar(4), type int, "
     "foreign_id int"},
    {"pharmacies", "id int primary key, name varchar(255)"},
    {"addresses",
     "id int primary key, line1 varchar(255), line2 varchar(255), city varchar(255), state varchar(35), zip "
     "varchar(10), "
     "country varchar(255)",
     kNoTable},
    {"contact", "id bigint primary key, foreign_table_name varchar(255), foreign_id bigint", kNoTable},
    {"contact_address",
     "id bigint auto_increment primary key, contact_id bigint, address_id bigint, `use` varchar(255), status "
     "char(1)",
     kNoTable},
    {"contact_relation",
     "id bigint auto_increment primary key, contact_id bigint, target_table varchar(255), target_id bigint, active "
     "tinyint, "
     "relationship varchar(63), is_emergency_contact tinyint, can_make_medical_decisions tinyint, "
     "can_receive_medical_info tinyint, "
     "notes text",
     kNoTable},
    {"contact_telecom",
     "id bigint auto_increment primary key, contact_id bigint, `rank` int, system varchar(255), value "
     "varchar(255), "
     "status char(1)",
     kNoTable},
    {"person", "id bigint primary key, first_name varchar(63), middle_name varchar(63), last_name varchar(63)",
     kNoTable},
    {"care_teams", "id int primary key, pid int, status varchar(100)", kNoTable},
    {"care_team_member",
     "id int auto_increment primary key, care_team_id int, user_id bigint, contact_id bigint, role varchar(50), "
     "facility_id bigint, status varchar(100)",
     kNoTable},
    {"users",
     "id bigint primary key, username varchar(255), password longtext, title varchar(30) default '', fname "
     "varchar(255) default '', "
     "mname varchar(255) default '', lname varchar(255) default '', suffix varchar(255) default '', organization "
     "varchar(255) default '', "
     "phone varchar(30) default '', phonew1 varchar(30) default '', phonew2 varchar(30) default '', active tinyint "
     "default 1"},
    {"facility", "id int primary key, name varchar(255)"},
    {"list_options",
     "list_id varchar(100), option_id varchar(100), title varchar(255), activity tinyint default 1, "
     "primary key (list_id, option_id)"},
    {"lbf_data", "form_id int, field_id varchar(31), field_value longtext, primary key (form_id, field_id)"},
    {"layout_options",
     "form_id varchar(31), field_id varchar(31), group_id varchar(31), title text, seq int, list_id varchar(100) "
     "default '', "
     "primary key (form_id, field_id, seq)"},
    {"issue_types", "category varchar(75), type varchar(75), singular varchar(75)"},
    {"codes",
     "id int auto_increment primary key, code varchar(25), code_type smallint, code_text varchar(255), key "
     "(code_type)"},
    {"history_data",
     "id bigint auto_increment primary key, pid bigint, date datetime, coffee longtext, tobacco longtext, alcohol "
     "longtext, "
     "sleep_patterns longtext, exercise_patterns longtext, seatbelt_use longtext, counseling longtext, "
     "hazardous_activities longtext, "
     "recreational_drugs longtext, dc_mother text, dc_father text, dc_siblings text, dc_offspring text, dc_spouse text, "
     "history_mother longtext, history_father longtext, history_siblings longtext, "
     "history_offspring longtext, history_spouse longtext, relatives_cancer longtext, relatives_tuberculosis "
     "longtext, "
     "relatives_diabetes longtext, relatives_high_blood_pressure longtext, relatives_heart_problems longtext, "
     "relatives_stroke longtext, relatives_epilepsy longtext, relatives_mental_illness longtext, relatives_suicide "
     "longtext, "
     "additional_history text, key (pid)"},
    {"form_history_sdoh",
     "id bigint auto_increment primary key, pid int, assessment_date date, food_insecurity varchar(50), "
     "food_insecurity_notes text, "
     "housing_instability varchar(50), housing_instability_notes text, transportation_insecurity varchar(50), "
     "transportation_insecurity_notes text, interpersonal_safety varchar(50), interpersonal_safety_notes text, "
     "employment_status varchar(50), caregiver_status varchar(20), disability_status varchar(50), "
     "disability_status_notes text, "
     "pregnancy_status varchar(20), pregnancy_edd date, pregnancy_intent varchar(32), postpartum_status "
     "varchar(20), postpartum_end date, "
     "key (pid)",
     kNoTable},
    {"patient_treatment_intervention_preferences",
     "id int auto_increment primary key, patient_id int, observation_code varchar(50), observation_code_text "
     "varchar(255), "
     "value_type enum('coded','text','boolean'), value_code varchar(50), value_display varchar(255), value_text "
     "text, value_boolean tinyint, "
     "effective_datetime datetime, status varchar(20), note text",
     kNoTable},
    {"documents",
     "id int primary key, type enum('file_url','blob','web_url') default 'file_url', size int, date datetime, url "
     "varchar(255), "
     "mimetype varchar(255), owner int, revision timestamp default current_timestamp, foreign_id bigint, docdate "
     "date, "
     "storagemethod tinyint default 0, path_depth tinyint default 1, encrypted tinyint default 0",
     "hash varchar(40)", "hash varchar(255), name varchar(255), date_expires datetime, deleted tinyint default 0"},
    {"categories", "id int primary key, name varchar(255), parent int", "", "codes varchar(255)"},
    {"categories_to_documents", "category_id int, document_id int, primary key (category_id, document_id)"},
    {"keys", "id bigint auto_increment primary key, name varchar(20), value text"},
    {"pnotes",
     "id bigint auto_increment primary key, date datetime, body longtext, pid bigint, user varchar(255), title "
     "varchar(255), "
     "deleted tinyint default 0, message_status varchar(20), is_msg_encrypted tinyint default 0"},
    {"external_procedures",
     "ep_id int auto_increment primary key, ep_date date, ep_code_type varchar(20), ep_code varchar(9), ep_pid "
     "int, ep_code_text longtext"},
    {"external_encounters",
     "ee_id int auto_increment primary key, ee_date date, ee_pid int, ee_provider_id varchar(255), "
     "ee_facility_id varchar(255), ee_encounter_diagnosis varchar(255)"},
    {"users_secure", "id bigint, username varchar(255), password varchar(255)"},
};

}  // namespace

std::string openemr_tables(OpenEmrVersion version) {
  std::string sql = "SET sql_mode = '';\n";
  const bool is_old = version == OpenEmrVersion::v5;
  for (const Table& table : kTables) {
    if (is_old && table.only_old == kNoTable) continue;
    const std::string more = is_old ? table.only_old : table.only_new;
    // Keys stand at the end of what both have; MariaDB takes them anywhere.
    sql += std::string("CREATE TABLE `") + table.name + "` (" + table.columns + (more.empty() ? "" : ", " + more) +
           ") ENGINE=InnoDB DEFAULT CHARSET=" + (is_old ? "utf8" : "utf8mb4") + ";\n";
  }
  return sql;
}

}  // namespace tests
