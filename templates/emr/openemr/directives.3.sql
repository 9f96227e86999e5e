-- requires: patient_treatment_intervention_preferences
SELECT t.patient_id AS patient, t.id AS position, CONCAT_WS(': ', t.observation_code_text,
         CASE t.value_type WHEN 'boolean' THEN IF(t.value_boolean, 'yes', 'no') WHEN 'text' THEN t.value_text
              ELSE COALESCE(NULLIF(t.value_display, ''), t.value_code) END) AS text,
       'http://loinc.org' AS "codes.system", t.observation_code AS "codes.code", 'treatment preference' AS category, t.status,
       CASE WHEN t.status IN ('entered-in-error', 'cancelled') THEN 0 ELSE 1 END AS current,
       SUBSTRING_INDEX(t.effective_datetime, ' 00:00:00', 1) AS recorded, t.note
FROM patient_treatment_intervention_preferences AS t
